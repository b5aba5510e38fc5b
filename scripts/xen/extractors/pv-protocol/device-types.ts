/**
 * The device types of libxl: one `DEFINE_DEVICE_TYPE_STRUCT(name, KIND, array, …)` each, which starts a line. Before Xen
 * 4.15 the array is not named and is the plural of the name, and a type whose array is called otherwise stands in
 * `DEFINE_DEVICE_TYPE_STRUCT_X(singular of the array, name, KIND, …)`.
 */
import type { Corpus } from '../../corpus.ts';
import { pathIn } from '../../moves.ts';

export interface DeviceType {
  /** Such as `vkb`. */
  readonly name: string;
  /** Such as `VKBD`: the kind of the frontend's nodes. */
  readonly kind: string;
  /** Whether a device of the type can make libxl start QEMU for a guest that has no device model. */
  readonly startsQemu: boolean;
  readonly path: string;
  /** Text on its line that singles it out. */
  readonly anchor: string;
}

const DEFINITION =
  /^(?:static )?(DEFINE_DEVICE_TYPE_STRUCT(_X)?\((\w+(?:, \w+)+))((?:,\n|, \.|\))[^;]*);/gm;

/** Names of the device types in `device_type_tbl`. */
export function readDeviceTable(text: string): string[] {
  const body = /\bdevice_type_tbl\[\]\s*=\s*\{([^}]*)\}/.exec(text)?.[1] ?? '';
  return [...body.matchAll(/&libxl__(\w+)_devtype\b/g)].map(([, name = '']) => name);
}

/** Kinds that the macro `QEMU_BACKEND` compares with. */
export function readQemuKinds(body: string): string[] {
  return [...body.matchAll(/\bLIBXL__DEVICE_KIND_(\w+)/g)].map(([, kind = '']) => kind);
}

/** Arrays of devices that the decision about QEMU counts itself, such as `vfbs`. */
export function readCounted(text: string): string[] {
  return [...new Set([...text.matchAll(/->num_(\w+)/g)].map(([, array = '']) => array))];
}

/**
 * Every device type, by name. `table` and `counted` come from the functions above: a type starts QEMU when its array
 * is counted, or when it stands in the table and has a `dm_needed`.
 */
export function readDeviceTypes(
  corpus: Corpus,
  table: readonly string[],
  counted: readonly string[],
): DeviceType[] {
  const folder = pathIn('tools/libs/light/', corpus.release);
  const types = [...corpus.texts]
    .filter(([path]) => path.startsWith(folder) && path.endsWith('.c'))
    .flatMap(([path, text]) =>
      [...text.matchAll(DEFINITION)].map(
        ([, anchor = '', singular, words = '', rest = '']): DeviceType => {
          const [entry = '', ...named] = words.split(', ');
          const [name = '', kind = '', array = `${entry}s`] =
            singular === undefined ? [entry, ...named] : named;
          const isInTable = table.includes(entry);
          return {
            name,
            kind,
            startsQemu: counted.includes(array) || (isInTable && /\.dm_needed\b/.test(rest)),
            path,
            anchor,
          };
        },
      ),
    );
  return types.sort((a, b) => (a.name < b.name ? -1 : 1));
}
