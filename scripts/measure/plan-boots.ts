import { guestsArgument } from './dom0-init.ts';
import type { MeasuredGuest } from './guests.ts';
import type { Image } from './machine-image.ts';
import type { Boot } from './machine-run.ts';

/** A boot of the machine, and the guests that report in it, in their order. */
export interface Session {
  readonly boot: Boot;
  readonly guests: readonly MeasuredGuest[];
}

/** The boots that all guests take: one for those that xl starts, which takes longest and comes first, and one for each dom0. */
export function planBoots(guests: readonly MeasuredGuest[], image: Image): Session[] {
  const own = guests.flatMap((guest): Session[] => {
    if (!('xen' in guest.start)) return [];
    const { xen, devices } = guest.start;
    const boot = {
      options: `dom0_mem=256M ${xen}`,
      kernel: image.probe,
      arguments: '',
      initramfs: null,
      devices,
      memory: 768,
      patience: 600,
    };
    return [{ boot, guests: [guest] }];
  });
  const started = guests.filter(({ start }) => 'xl' in start);
  if (started.length === 0) return own;
  const boot = {
    options: 'dom0_mem=512M',
    kernel: image.kernel,
    arguments: `console=hvc0 quiet ${guestsArgument(started.map(({ id }) => id))}`,
    initramfs: image.initramfs,
    devices: [],
    memory: 1024,
    patience: 1200,
  };
  return [{ boot, guests: started }, ...own];
}
