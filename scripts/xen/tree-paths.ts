/** Folders whose sources the Atlas reads. */
export const SOURCE_FOLDERS = [
  'docs/man/',
  'tools/9pfsd/',
  'tools/console/',
  'tools/debugger/',
  'tools/firmware/hvmloader/',
  'tools/helpers/',
  'tools/hotplug/',
  'tools/libacpi/',
  'tools/libs/',
  'tools/libvchan/',
  'tools/libxc/',
  'tools/libxl/',
  'tools/misc/',
  'tools/python/xen/lowlevel/',
  'tools/xenpaging/',
  'tools/xenstore/',
  'tools/xenstored/',
  'tools/xentrace/',
  'tools/xl/',
  'xen/arch/arm/',
  'xen/arch/x86/',
  'xen/common/',
  'xen/drivers/',
  'xen/include/',
  'xen/tools/',
  'xen/scripts/',
  'xen/xsm/',
] as const;

/** Files outside these folders that evidence may name. */
const SINGLE_FILES = new Set(['SUPPORT.md', 'tools/tests/x86_emulator/predicates.c']);

/** Whether the Atlas reads a path of the tree. */
export function isSource(path: string): boolean {
  return (
    SINGLE_FILES.has(path) ||
    (SOURCE_FOLDERS.some((folder) => path.startsWith(folder)) &&
      /(?:\.(?:c|h|S|py|awk|in|pod|lds)|Kconfig|Makefile[^/]*)$/.test(path))
  );
}
