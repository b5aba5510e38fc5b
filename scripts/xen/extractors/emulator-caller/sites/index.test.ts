import { describe, expect, it } from 'vitest';
import type { GuestType } from '../../../../../src/model/guest-types.ts';
import { providedBy, SITES, sitesIn } from './index.ts';

const RELEASES = ['4.13.0', '4.14.0', '4.15.0', '4.16.0', '4.20.0', '4.21.0', '4.22.0'];

function whenOf(id: string, guest: GuestType, release: string) {
  const site = sitesIn(release).find((known) => known.id === id);
  return site === undefined ? null : providedBy(site, guest, release).map(({ when }) => when);
}

describe('sitesIn', () => {
  it.each(RELEASES)('has no id twice in %s', (release) => {
    const ids = sitesIn(release).map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it('names the functions as the release does', () => {
    const calls = (release: string) => sitesIn(release).map(({ call }) => call);
    expect(calls('4.14.0')).toContain('handle_hvm_io_completion handle_mmio');
    expect(calls('4.14.0')).not.toContain('arch_ioreq_complete_mmio handle_mmio');
    expect(calls('4.15.0')).toContain('arch_ioreq_complete_mmio handle_mmio');
  });

  it('leaves out what a release does not have any more', () => {
    expect(whenOf('hvm-read-only-mmio', 'pvh-dom0', '4.20.0')).not.toBeNull();
    expect(whenOf('hvm-read-only-mmio', 'pvh-dom0', '4.21.0')).toBeNull();
  });
});

describe('providedBy', () => {
  it('names a build option since it is there', () => {
    expect(whenOf('pv-call-gate', 'pv', '4.13.0')).toEqual([{ bits: 32 }]);
    expect(whenOf('pv-call-gate', 'pv', '4.14.0')).toEqual([
      { bits: 32, kconfig: ['CONFIG_PV32'] },
    ]);
  });

  it('gives guests of another vendor their system calls up to 4.21', () => {
    const forced = {
      cmdline: 'hvm_fep',
      guest: ['forced-emulation-prefix'],
      kconfig: ['CONFIG_HVM_FEP'],
    };
    expect(whenOf('hvm-forced', 'hvm', '4.21.0')).toEqual([forced, { guest: ['foreign-vendor'] }]);
    expect(whenOf('hvm-forced', 'hvm', '4.22.0')).toEqual([forced]);
    expect(whenOf('hvm-forced', 'pvh-dom0', '4.13.0')).toEqual([forced]);
  });

  it('maps holes of PVH dom0 by default since 4.22, and with the option in 4.21', () => {
    const hows = (release: string) =>
      sitesIn(release)
        .filter(({ id }) => id === 'hvm-mmio-fault')
        .flatMap((site) => providedBy(site, 'pvh-dom0', release))
        .map(({ how, when }) => [how, when?.cmdline ?? 'default']);
    expect(hows('4.22.0')).toEqual([
      ['passthrough', 'default'],
      ['emulated', 'default'],
      ['emulated', 'dom0=pf-fixup=0'],
      ['emulated', 'default'],
    ]);
    expect(hows('4.21.0')).toContainEqual(['passthrough', 'dom0=pf-fixup']);
    expect(hows('4.20.0')).toEqual([['emulated', 'default']]);
  });

  it('emulates real mode of VMX only while the guest is in it', () => {
    const sites = sitesIn('4.22.0').filter(({ id }) => id.startsWith('vmx-real-mode'));
    expect(sites).toHaveLength(3);
    for (const site of sites) {
      for (const { when } of providedBy(site, 'hvm', '4.22.0')) {
        expect(when?.guest).toContain('real-mode');
      }
    }
  });

  it('serves some guest type at every call of every release', () => {
    for (const site of SITES) {
      const release = RELEASES.find((one) => sitesIn(one).includes(site)) ?? '';
      const guests = Object.keys(site.guests) as GuestType[];
      expect(guests.flatMap((guest) => providedBy(site, guest, release))).not.toEqual([]);
    }
  });
});
