/** Name of the copy to read without a network, that of its folder and of its archive; `release` is that of Xen. */
export function offlineName(release: string): string {
  return `xen-emulation-atlas-${release}`;
}
