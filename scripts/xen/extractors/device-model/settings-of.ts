/** The keys of xl.cfg that belong to a device: what documents them, what reads them, and what is chosen without them. */
import { compareReleases } from '../../../../src/model/release.ts';
import type { FactOf } from '../../../../src/schema/fact.ts';
import { type Problem, problem } from '../../../problems/problem.ts';
import type { Corpus } from '../../corpus.ts';
import { resolveEvidence } from '../../evidence.ts';
import { type Chosen, readDefaults } from './defaults.ts';
import type { Device, Place } from './device.ts';
import {
  type DocumentedKey,
  MANUAL,
  type ReadKey,
  readDocumentedKeys,
  readKeys,
  XL_PARSE,
} from './keys.ts';
import { LEFT_OUT } from './left-out.ts';

/** Keys that older releases of those that the Atlas covers do not have. */
const SINCE: Readonly<Record<string, string>> = {
  altp2m_count: '4.21',
  arm_sci: '4.21',
  bootloader_restrict: '4.18',
  bootloader_user: '4.18',
  hvm_pirq: '4.19',
  llc_colors: '4.20',
  max_grant_version: '4.16',
  msr_relaxed: '4.15',
  nr_spis: '4.19',
  smbios: '4.18',
  stubdomain_cmdline: '4.16',
  stubdomain_kernel: '4.14',
  stubdomain_memory: '4.14',
  stubdomain_ramdisk: '4.14',
  sve: '4.18',
  trap_unmapped_accesses: '4.21',
  virtio: '4.18',
  vmtrace_buf_kb: '4.15',
  vpmu: '4.16',
  xen_platform_pci_bar_uc: '4.21',
  xenstore_feature_mask: '4.21',
  xenstore_quota: '4.22',
  xend_suspend_evtchn_compat: '4.14',
};

export interface Key {
  readonly key: string;
  readonly documented: readonly DocumentedKey[];
  readonly read: readonly ReadKey[];
  readonly chosen: Chosen | null;
}

type Setting = FactOf<'device-model'>['attributes']['settings'][number];

/** Every key that the manual page documents or xl reads, by name. */
export function readAllKeys(corpus: Corpus): ReadonlyMap<string, Key> {
  const documented = readDocumentedKeys(corpus.texts.get(MANUAL) ?? '');
  const read = readKeys(corpus.texts.get(XL_PARSE) ?? '');
  const defaults = readDefaults(corpus);
  const names = [...new Set([...documented, ...read].map(({ key }) => key))].sort();
  return new Map(
    names.map((key) => {
      const places = documented.filter((one) => one.key === key);
      const calls = read.filter((one) => one.key === key);
      const arm = places.some(({ section }) => section === 'ARM');
      const field = calls.find((call) => call.field !== null)?.field ?? null;
      const chosen =
        defaults.ofKey(key) ?? (field === null ? undefined : defaults.ofField(field, arm));
      return [key, { key, documented: places, read: calls, chosen: chosen ?? null }];
    }),
  );
}

/** The default that the manual page states; several places that state different ones state none. */
export function statedDefault({ documented }: Key): string | null {
  const stated = new Set(documented.flatMap((one) => one.default ?? []));
  const [only = null] = stated;
  return stated.size === 1 ? only : null;
}

export function settingsOf(device: Device, keys: ReadonlyMap<string, Key>): Setting[] {
  return (device.keys ?? []).flatMap((name) => {
    const key = keys.get(name);
    if (key === undefined) return [];
    return [
      {
        key: name,
        documented: key.documented.length > 0,
        read: key.read.length > 0,
        stated: statedDefault(key),
        chosen: key.chosen?.value ?? null,
      },
    ];
  });
}

/** Where a key is documented and read, and where its default is chosen. */
export function placesOfKey(corpus: Corpus, { key, chosen }: Key): Place[] {
  const places: Place[] = [
    { path: MANUAL, anchor: `=item B<${key}=` },
    { path: XL_PARSE, anchor: `config, "${key}"` },
    ...(chosen === null ? [] : [{ path: chosen.path, symbol: chosen.symbol }]),
  ];
  return places.filter((place) => resolveEvidence(corpus, place).line !== undefined);
}

function isHere(key: string, release: string): boolean {
  const since = SINCE[key];
  return since === undefined || compareReleases(release, since) >= 0;
}

/** Keys that no table lists, and keys of the tables that are nowhere. */
export function checkKeys(
  corpus: Corpus,
  devices: readonly Device[],
  keys: ReadonlyMap<string, Key>,
): Problem[] {
  const listed = new Set([
    ...devices.flatMap((device) => device.keys ?? []),
    ...Object.values(LEFT_OUT).flat(),
  ]);
  const unknown = [...keys.values()].filter(({ key }) => !listed.has(key));
  const gone = [...listed].filter((key) => !keys.has(key) && isHere(key, corpus.release));
  return [...unknown.map(unknownKey), ...gone.map((key) => missingKey(corpus, key))];
}

function unknownKey({ key, documented, read }: Key): Problem {
  const [place] = documented;
  const where =
    place === undefined
      ? { path: XL_PARSE, line: read[0]?.line }
      : { path: MANUAL, line: place.line };
  return problem('construct-unknown', where, {
    actual: `the key \`${key}\` of xl.cfg`,
    expected: 'what the extractor `device-model` lists',
    repair:
      'Give it to a device in `DEVICES` of the extractor `device-model`, or say in `LEFT_OUT` what it is about.',
  });
}

function missingKey({ label }: Corpus, key: string): Problem {
  return problem(
    'construct-missing',
    { path: MANUAL },
    {
      actual: `no key \`${key}\` of xl.cfg in ${label}`,
      expected: 'every key that `DEVICES` and `LEFT_OUT` list',
      repair: 'Say in `SINCE` of the extractor `device-model` from which release on it is there.',
    },
  );
}
