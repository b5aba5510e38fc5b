import { describe, expect, it } from 'vitest';
import { MEASURED_GUESTS } from './guests.ts';
import type { Packages } from './machine-packages.ts';
import type { bootMachine } from './machine-run.ts';
import { type Prepared, runTrials } from './trials.ts';

const suite = (name: string, xen: string, qemu: string, made: string): Packages => ({
  root: `/${name}`,
  suite: { name, xen },
  versions: { xen: `${xen}.1-1`, qemu, linux: '6.1' },
  made,
});
const OLD = suite('old', '4.17', '7.2', '2025-01-01');
const NEW = suite('new', '4.20', '10.0', '2026-01-01');
const xen: Prepared = {
  packages: OLD,
  image: { xen: '/i/xen', probe: '/i/probe', kernel: '/i/vmlinuz', initramfs: '/i/init' },
  facts: [],
};
const GUESTS = MEASURED_GUESTS.filter(({ id }) => ['pv', 'pvh', 'pv-dom0'].includes(id));

const report = (guest: string) =>
  `ATLAS GUEST ${guest}\nATLAS BEGIN\nP nop ff a a 0 0 0 0\nATLAS END`;
/** Under the newer QEMU the PVH guest says nothing, and dom0 never ends. */
const boot: typeof bootMachine = async (root, _image, { initramfs }) => {
  if (root === '/new' && initramfs === null) throw new Error('the machine was not off after 5 s');
  if (initramfs === null) return report('pv-dom0');
  return root === '/new' ? report('pv') : `${report('pv')}\n${report('pvh')}`;
};

describe('runTrials', async () => {
  const never = new AbortController().signal;
  const trials = [
    { xen, qemu: OLD, guests: GUESTS },
    { xen, qemu: NEW, guests: GUESTS },
  ];
  const [own, other] = await runTrials(trials, never, boot);

  it('measures each guest under each QEMU, and says when its packages were made', () => {
    expect(own?.measurements.map(({ id, qemu, packaged }) => [id, qemu, packaged])).toEqual([
      ['4.17/pv', '7.2', '2025-01-01'],
      ['4.17/pvh', '7.2', '2025-01-01'],
      ['4.17/pv-dom0', '7.2', '2025-01-01'],
    ]);
    expect(own?.problems.some(({ place }) => place.path.startsWith('log of'))).toBe(false);
    expect(other?.measurements.map(({ id, qemu, packaged }) => [id, qemu, packaged])).toEqual([
      ['4.17/pv', '10.0', '2026-01-01'],
    ]);
  });

  it('tells a guest that is silent from a machine that does not end', () => {
    const broken = other?.problems.map(({ place, actual }) => [place.path, actual]);
    expect(broken).toContainEqual(['log of pvh', 'no report of pvh']);
    expect(broken).toContainEqual([
      'Xen 4.17.1-1 under QEMU 10.0: pv-dom0',
      'an end with `the machine was not off after 5 s`',
    ]);
  });

  it('boots nothing once it is interrupted', async () => {
    const stopped = AbortSignal.abort(new Error('stopped by SIGINT'));
    const [tried] = await runTrials([{ xen, qemu: OLD, guests: GUESTS }], stopped, () => {
      throw new Error('booted');
    });
    expect(tried?.measurements).toEqual([]);
    expect(tried?.problems[0]?.actual).toContain('stopped by SIGINT');
  });
});
