/** Options of QEMU by which libxl reaches the program that it started, with a word after them. */
const KEPT = ['-xen-domid', '-name', '-chardev', '-mon'];

/** The same without a word after them. */
const KEPT_ALONE = ['-xen-attach', '-no-shutdown', '-nodefaults', '-no-user-config'];

/**
 * A program that stands where the device model of an HVM guest would: QEMU as it serves a PV guest. libxl gets its
 * answers, but no ioreq server is created, so that nobody but Xen answers the guest.
 */
export function renderNoDeviceModel(qemu: string): string {
  return `#!/bin/sh
[ "$1" = -help ] && exec ${qemu} -help
set -- "$@" END
while [ "$1" != END ]; do
  case $1 in
    ${KEPT.join('|')}) set -- "$@" "$1" "$2"; shift 2 ;;
    ${KEPT_ALONE.join('|')}) set -- "$@" "$1"; shift ;;
    *) shift ;;
  esac
done
shift
exec ${qemu} "$@" -xen-attach -machine xenpv -display none
`;
}
