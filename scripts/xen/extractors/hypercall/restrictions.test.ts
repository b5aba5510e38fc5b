import { describe, expect, it } from 'vitest';
import type { GuestType } from '../../../../src/model/guest-types.ts';
import { restrictionsOf } from './handlings.ts';
import { evidenceIn, placesIn } from './restriction.ts';
import { RESTRICTIONS } from './restrictions.ts';

const NAMES = [...new Set(RESTRICTIONS.map(({ hypercall }) => hypercall))];

function notesOf(name: string, guest: GuestType, release: string) {
  return restrictionsOf(name, release)
    .filter(({ guests }) => guests.includes(guest))
    .flatMap(({ handlings }) => handlings.map(({ how, note }) => `${how}: ${note}`));
}

function whenOf(name: string, guest: GuestType, release: string) {
  return restrictionsOf(name, release)
    .filter(({ guests }) => guests.includes(guest))
    .flatMap(({ handlings }) => handlings.map(({ when }) => when));
}

describe('restrictions', () => {
  it.each([
    '4.13.0',
    '4.14.0',
    '4.15.0',
    '4.16.0',
    '4.17.0',
    '4.19.0',
    '4.20.0',
    '4.21.0',
    '4.22.0',
  ])('speak once of a guest type in %s', (release) => {
    for (const name of NAMES) {
      const guests = restrictionsOf(name, release).flatMap((one) => one.guests);
      expect(guests.filter((guest, index) => guests.indexOf(guest) !== index)).toEqual([]);
    }
  });

  it('follow the wrapper of physdev_op', () => {
    expect(notesOf('physdev_op', 'pvh', '4.19.0')).toEqual([
      'refused: No operation passes the wrapper.',
    ]);
    expect(notesOf('physdev_op', 'pvh', '4.20.0')[0]).toMatch(
      /^restricted: Only PHYSDEVOP_map_pirq and PHYSDEVOP_unmap_pirq pass the wrapper/,
    );
    expect(whenOf('physdev_op', 'pvh', '4.20.0')).toEqual([{ role: 'device-model' }]);
    expect(whenOf('physdev_op', 'hvm', '4.22.0')).toEqual([
      { role: 'device-model' },
      { xl: { hvm_pirq: 1 } },
    ]);
    expect(notesOf('physdev_op', 'hvm', '4.18.0')).toHaveLength(1);
    expect(notesOf('physdev_op', 'hvm', '4.19.0')[0]).toMatch(/^refused/);
    expect(notesOf('physdev_op', 'pvh-dom0', '4.16.0')[0]).toMatch('PHYSDEVOP_pci_mmcfg_reserved');
  });

  it('refuse grants outside the shim in a build for the shim alone', () => {
    const hows = (guest: GuestType, release: string) =>
      notesOf('grant_table_op', guest, release).map((one) => one.replace(/:.*/, ''));
    expect(hows('pv', '4.22.0')).toEqual(['exposed', 'refused']);
    expect(hows('pv-dom0', '4.17.0')).toEqual(['exposed', 'refused']);
    expect(hows('pv', '4.16.0')).toEqual([]);
    expect(hows('pv-shim', '4.13.0')).toEqual(['restricted']);
  });

  it('give xsm_op where FLASK is compiled in and chosen', () => {
    const [, ...served] = restrictionsOf('xsm_op', '4.22.0').flatMap(({ guests, handlings }) =>
      guests.includes('arm') ? handlings : [],
    );
    expect(served.map(({ when }) => when)).toEqual([
      { kconfig: ['CONFIG_XSM_FLASK'], cmdline: 'xsm=flask' },
      { kconfig: ['CONFIG_XSM_FLASK', 'CONFIG_XSM_FLASK_DEFAULT'] },
    ]);
  });

  it('give the operations on PCI devices of Arm with an IOMMU, or with what asks for passthrough', () => {
    const pci = { kconfig: ['CONFIG_HAS_PCI'] };
    expect(whenOf('physdev_op', 'arm-dom0', '4.22.0')).toEqual([
      { kconfig: ['!CONFIG_HAS_PCI'] },
      { ...pci, feature: ['!iommu'] },
      { ...pci, feature: ['iommu'] },
      { ...pci, cmdline: 'pci-passthrough=on' },
    ]);
    expect(whenOf('physdev_op', 'arm', '4.20.0').at(-1)).toMatchObject({ role: 'privileged' });
    expect(whenOf('physdev_op', 'arm', '4.20.0')).toHaveLength(3);
  });

  it('let a domain that Xen builds at boot use the console of Xen', () => {
    expect(whenOf('console_io', 'arm', '4.22.0')).toContainEqual({ guest: ['built-at-boot'] });
    const [arm] = restrictionsOf('console_io', '4.22.0').filter(({ guests }) =>
      guests.includes('arm'),
    );
    if (arm === undefined) throw new Error('no restriction of console_io on Arm');
    expect(placesIn(arm, '4.18.0').at(-1)?.path).toBe('xen/arch/arm/domain_build.c');
    expect(placesIn(arm, '4.22.0')).toHaveLength(2);
  });

  it('say of old interfaces what the newer ones do', () => {
    expect(notesOf('physdev_op_compat', 'pv-dom0', '4.22.0')).toEqual([]);
    expect(notesOf('physdev_op_compat', 'pv', '4.13.0')[0]).toMatch(/^restricted/);
    expect(notesOf('event_channel_op_compat', 'pv-shim', '4.22.0')[0]).toMatch(
      'EVTCHNOP_bind_pirq',
    );
  });

  it('name the code where the release has it', () => {
    const symbol = (name: string, guest: GuestType, release: string) => {
      const one = restrictionsOf(name, release).find(({ guests }) => guests.includes(guest));
      return one === undefined ? null : evidenceIn(one, release).symbol;
    };
    expect(symbol('sched_op_compat', 'arm', '4.16.0')).toBe('do_deprecated_hypercall');
    expect(symbol('sched_op_compat', 'arm', '4.17.0')).toBe('dep_sched_op_compat');
    expect(symbol('event_channel_op', 'arm', '4.18.0')).toBe('alloc_pirq_struct');
    expect(symbol('event_channel_op', 'arm', '4.19.0')).toBe('evtchn_bind_pirq');
    expect(symbol('paging_domctl_cont', 'pv-shim', '4.13.0')).toBe('paging_domctl_continuation');
    expect(symbol('paging_domctl_cont', 'pv-shim', '4.22.0')).toBe('do_paging_domctl_cont');
  });
});
