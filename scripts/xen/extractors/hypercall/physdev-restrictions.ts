/** What the wrapper of `physdev_op` lets through for HVM and PVH callers. */
import { fails, ofDeviceModel, type Restriction, restricted } from './restriction.ts';

const WRAPPER = { path: 'xen/arch/x86/hvm/hypercall.c', symbol: 'hvm_physdev_op' } as const;
const MAPPING =
  'Only PHYSDEVOP_map_pirq and PHYSDEVOP_unmap_pirq pass the wrapper, and the caller must be the device model of the target domain, or privileged: not even interrupts of its own may it map.';
const ASKS_XSM = [
  { path: 'xen/arch/x86/physdev.c', symbol: 'physdev_map_pirq', anchor: 'xsm_map_domain_pirq' },
] as const;
const PIRQ_OPERATIONS =
  'PHYSDEVOP_map_pirq, PHYSDEVOP_unmap_pirq, PHYSDEVOP_eoi, PHYSDEVOP_irq_status_query and PHYSDEVOP_get_free_pirq pass the wrapper.';

export const PHYSDEV_RESTRICTIONS: readonly Restriction[] = [
  { ...ofDeviceModel('physdev_op', ['pvh'], MAPPING, WRAPPER), also: ASKS_XSM, since: '4.20' },
  {
    ...fails('physdev_op', ['pvh'], 'No operation passes the wrapper.', WRAPPER),
    until: '4.20',
  },
  {
    hypercall: 'physdev_op',
    guests: ['hvm'],
    handlings: [
      { how: 'restricted', by: 'xen', when: { role: 'device-model' }, note: MAPPING },
      {
        how: 'restricted',
        by: 'xen',
        when: { xl: { hvm_pirq: 1 } },
        note: 'PHYSDEVOP_eoi, PHYSDEVOP_irq_status_query and PHYSDEVOP_get_free_pirq pass as well, and the guest may map and unmap its own GSIs, if a vector is its event callback.',
      },
    ],
    evidence: WRAPPER,
    also: ASKS_XSM,
    since: '4.20',
  },
  {
    hypercall: 'physdev_op',
    guests: ['hvm'],
    handlings: [
      { how: 'refused', by: 'xen', effect: 'error', note: 'No operation passes the wrapper.' },
      {
        how: 'restricted',
        by: 'xen',
        when: { xl: { hvm_pirq: 1 } },
        note: PIRQ_OPERATIONS,
      },
    ],
    evidence: WRAPPER,
    since: '4.19',
    until: '4.20',
  },
  { ...restricted('physdev_op', ['hvm'], `Only ${PIRQ_OPERATIONS}`, WRAPPER), until: '4.19' },
  {
    ...restricted(
      'physdev_op',
      ['pvh-dom0'],
      'Mapping of interrupts, set-up of GSIs, announcing and resetting PCI devices, MMCFG and the debug port pass the wrapper; the PIRQ operations do not.',
      WRAPPER,
    ),
    since: '4.20',
  },
  {
    ...restricted(
      'physdev_op',
      ['pvh-dom0'],
      'Announcing PCI devices, MMCFG and the debug port pass the wrapper; the PIRQ operations do not.',
      WRAPPER,
    ),
    since: '4.17',
    until: '4.20',
  },
  {
    ...restricted(
      'physdev_op',
      ['pvh-dom0'],
      'Only PHYSDEVOP_pci_mmcfg_reserved passes the wrapper.',
      WRAPPER,
    ),
    until: '4.17',
  },
];
