/** What an xl.cfg asks for, with the defaults of xl and libxl 4.22 in place. */
import type { GuestType } from '../model/guest-types.ts';
import { deriveDevices, deriveValues } from './derived-settings.ts';
import { DEVICE_KEYS, type Device, type DeviceKey, readDevices } from './device-specs.ts';
import { defaultsOf } from './xl-defaults.ts';
import { shapeOf, VIRIDIAN_DEFAULTS, VIRIDIAN_GROUPS } from './xl-keys.ts';
import type { ParsedXl, XlSetting, XlValue } from './xl-parser.ts';
import type { XlProblem } from './xl-problem.ts';
import type { Architecture, Decided, GuestKind, XlScalar } from './xl-types.ts';
import { type Read, readFlag, readNumber, readType, readWords, wrongShape } from './xl-values.ts';

export interface Configuration {
  readonly kind: GuestKind;
  readonly architecture: Architecture;
  /** The column of the matrix that the configuration builds. */
  readonly guest: GuestType;
  /** By key; a key that nothing decides is not there. */
  readonly values: ReadonlyMap<string, Decided>;
  readonly devices: ReadonlyMap<DeviceKey, readonly Device[]>;
  /** Keys that the file sets, in its order. */
  readonly written: readonly XlSetting[];
}

function isDeviceKey(key: string): key is DeviceKey {
  return DEVICE_KEYS.some((known) => known === key);
}

/** The groups that a list or a flag turns on. */
function viridianGroups(value: XlValue): Read<readonly string[]> {
  if (typeof value === 'string') {
    const flag = readFlag('viridian', value);
    return 'expected' in flag ? flag : { value: flag.value ? VIRIDIAN_DEFAULTS : [] };
  }
  const items = value.filter((item): item is string => typeof item === 'string');
  const known: readonly string[] = VIRIDIAN_GROUPS;
  const wrong = items.find(
    (item) => item !== 'all' && item !== 'defaults' && !known.includes(item.replace(/^!/, '')),
  );
  if (wrong !== undefined) {
    return { found: wrong, expected: `\`all\`, \`defaults\` or groups: ${known.join(', ')}` };
  }
  const on = new Set<string>(items.includes('defaults') ? VIRIDIAN_DEFAULTS : []);
  for (const item of items) {
    if (item === 'all') for (const group of known) on.add(group);
    else if (known.includes(item)) on.add(item);
  }
  for (const item of items) if (item.startsWith('!')) on.delete(item.slice(1));
  // The synthetic timers bring these two with them.
  if (on.has('stimer')) for (const group of ['time_ref_count', 'synic']) on.add(group);
  return { value: [...on] };
}

function readList(value: XlValue): readonly string[] {
  return typeof value === 'string' ? [value] : value.filter((item) => typeof item === 'string');
}

/** The value of a setting as xl reads it, or what it wants instead. */
function readValue({ key, value, added }: XlSetting): Read<XlScalar> | undefined {
  const shape = shapeOf(key);
  if (shape === undefined) return undefined;
  const wrong = wrongShape(shape, value, added);
  if (wrong !== undefined) return wrong;
  if (shape === 'list or flag') return viridianGroups(value);
  if (typeof value !== 'string') return { value: readList(value) };
  switch (shape) {
    case 'flag':
      return readFlag(key, value);
    case 'number':
      return readNumber(key, value);
    case 'list or text':
      return { value: [value] };
    default:
      return readWords(key, value);
  }
}

interface ReadSettings {
  readonly values: Map<string, Decided>;
  readonly devices: Map<DeviceKey, readonly Device[]>;
  readonly problems: XlProblem[];
}

function readSettings(settings: readonly XlSetting[]): ReadSettings {
  const values = new Map<string, Decided>();
  const devices = new Map<DeviceKey, readonly Device[]>();
  const problems: XlProblem[] = [];
  for (const setting of settings) {
    const { key, line, value } = setting;
    const read = readValue(setting);
    if (read === undefined) continue;
    if ('expected' in read) {
      const { found, expected, ignored = false } = read;
      problems.push({
        kind: 'xl-value',
        severity: ignored ? 'warning' : 'error',
        line,
        actual: `${found} for \`${key}\``,
        expected,
      });
    } else {
      values.set(key, { key, value: read.value, line });
      if (isDeviceKey(key) && typeof value !== 'string') {
        devices.set(key, readDevices(key, value, line));
      }
    }
  }
  return { values, devices, problems };
}

function guestOf(kind: GuestKind, shim: boolean, architecture: Architecture): GuestType {
  if (architecture === 'arm') return 'arm';
  return kind === 'pvh' && shim ? 'pv-shim' : kind;
}

/** Reads what the settings ask for. On Arm every guest is built as PVH. */
export function configure(
  { settings }: ParsedXl,
  architecture: Architecture,
): { configuration: Configuration; problems: XlProblem[] } {
  const latest = [...new Map(settings.map((setting) => [setting.key, setting])).values()];
  const { values, devices, problems } = readSettings(latest);
  const type = readType(values.get('type'), values.get('builder'), architecture);
  problems.push(...type.problems);
  const { kind } = type;
  values.set('type', { ...type.decided, value: kind });
  for (const [key, value] of Object.entries(defaultsOf(kind, architecture))) {
    if (!values.has(key)) values.set(key, { key, value });
  }
  deriveValues(values, devices, kind);
  deriveDevices(devices, values, kind);
  const guest = guestOf(kind, values.get('pvshim')?.value === true, architecture);
  return {
    configuration: { kind, architecture, guest, values, devices, written: latest },
    problems,
  };
}

export function devicesOf(configuration: Configuration, key: DeviceKey): readonly Device[] {
  return configuration.devices.get(key) ?? [];
}

/** The value of a flag; false where nothing decides it. */
export function flagOf({ values }: Configuration, key: string): boolean {
  return values.get(key)?.value === true;
}

/** The value of a key as text; undefined where nothing decides it. */
export function textOf({ values }: Configuration, key: string): string | undefined {
  const value = values.get(key)?.value;
  return typeof value === 'string' ? value : undefined;
}

/** The value of a number; undefined where nothing decides it. */
export function numberOf({ values }: Configuration, key: string): number | undefined {
  const value = values.get(key)?.value;
  return typeof value === 'number' ? value : undefined;
}
