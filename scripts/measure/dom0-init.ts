/** Seconds that a guest has before it is ended. */
const PATIENCE = 20;

/** The word of the kernel’s command line that names guests to the first program of dom0. */
export function guestsArgument(guests: readonly string[]): string {
  return `guests=${guests.join('+')}`;
}

/**
 * The first program of dom0: it starts the daemons of Xen, then one guest after the other of those that the kernel’s
 * command line names, and prints what they said.
 */
export function renderInit(xen: string, modules: readonly string[]): string {
  return `#!/bin/busybox sh
/bin/busybox --install -s /bin
export PATH=/bin:/usr/lib/xen-${xen}/bin LD_LIBRARY_PATH=/lib/x86_64-linux-gnu
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
mkdir -p /dev/pts /dev/shm /var/lib/xen /var/lib/xenstored /var/lock /var/log/xen/console /var/run/xen /var/run/xenstored /etc/xen
mount -t devpts devpts /dev/pts
touch /etc/xen/xl.conf
${modules.map((name) => `insmod /modules/${name}.ko 2>/dev/null || { xz -d /modules/${name}.ko.xz; insmod /modules/${name}.ko; }`).join('\n')}
mount -t xenfs xenfs /proc/xen
xenstored
xen-init-dom0
xenconsoled --log=guest --log-dir=/var/log/xen/console
for guest in $(echo "$guests" | tr + ' '); do
  echo "ATLAS GUEST $guest"
  xl create -F "/guests/$guest" > "/$guest.log" 2>&1 &
  xl=$!
  tries=0
  while [ $tries -lt ${PATIENCE * 10} ] && kill -0 $xl 2>/dev/null; do
    usleep 100000
    tries=$((tries + 1))
  done
  if kill $xl 2>/dev/null; then echo "ATLAS LATE $guest"; fi
  cat "/$guest.log" "/var/log/xen/console/guest-$guest.log" 2>/dev/null
  xl destroy "$guest" 2>/dev/null
done
echo ATLAS DONE
reboot -f
`;
}
