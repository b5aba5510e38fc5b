/**
 * Names that discussions on the list use and that are not Xen's own. Short on purpose: a name stands here when it was
 * met in the archive, and when Xen has nothing of that name that a message could mean.
 */

/** System calls and library functions of the guest or of the tool stack's host. */
const FUNCTIONS = new Set([
  'iopl',
  'ioperm',
  'ioctl',
  'mmap',
  'munmap',
  'mlock',
  'fork',
  'execve',
  'ptrace',
  'kmalloc',
  'kfree',
  'vmalloc',
  'get_user',
  'put_user',
  'copy_from_user',
  'copy_to_user',
  'pte_present',
  'native_read_msr',
  'native_write_msr',
]);

/** Prefixes of functions of Linux that speak to Xen. */
const FUNCTION_PREFIXES = ['xen_pv_', 'xen_hvm_guest_', 'kvm_', 'pci_serial_'];

/** Folders of Linux and QEMU that Xen's tree does not have. */
const FOLDERS = [
  'arch/x86/kernel/',
  'arch/x86/kvm/',
  'arch/x86/platform/',
  'arch/x86/xen/',
  'drivers/xen/',
  'drivers/pci/',
  'drivers/net/',
  'drivers/block/',
  'hw/',
  'target/i386/',
  'include/linux/',
  'linux/',
  'kernel/',
  'sys/',
];

/** Words of C and of its compilers that are followed by `(`. */
const LANGUAGE = new Set([
  'if',
  'for',
  'while',
  'switch',
  'return',
  'sizeof',
  'typeof',
  '__typeof__',
  'alignof',
  'defined',
  'case',
  'else',
  'do',
  'and',
  'or',
  'asm',
  '__asm__',
  '__attribute__',
  '__section',
  '__aligned',
  '__packed',
  'likely',
  'unlikely',
]);

/** Macros in lower case that take a type, which no function can. */
const TYPE_MACROS = new Set([
  'container_of',
  'list_entry',
  'list_for_each_entry',
  'offsetof',
  'va_arg',
]);

export function isNotXen(name: string): boolean {
  return FUNCTIONS.has(name) || FUNCTION_PREFIXES.some((prefix) => name.startsWith(prefix));
}

export function isForeignPath(path: string): boolean {
  return FOLDERS.some((folder) => path.startsWith(folder));
}

export function isLanguageWord(name: string): boolean {
  return LANGUAGE.has(name);
}

export function isTypeMacro(name: string): boolean {
  return TYPE_MACROS.has(name);
}
