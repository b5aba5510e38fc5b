/** Cells of a protocol, by its offer and its exceptions. */

import type { GuestType } from '../../../../src/model/guest-types.ts';
import { isInSpan } from '../../../../src/model/release.ts';
import type { AuthoredPlace } from '../../authored.ts';
import type { Offer, Protocol } from './protocol.ts';

export interface Cell {
  readonly handlings: Offer;
  /** Beside the places of the protocol itself. */
  readonly places: readonly AuthoredPlace[];
}

const SHIM = 'xen/arch/x86/pv/shim.c';
const FORWARDED = [
  { path: SHIM, symbol: 'pv_shim_grant_table_op' },
  { path: SHIM, symbol: 'pv_shim_event_channel_op' },
] as const;
const DOM0 = ['pv-dom0', 'pvh-dom0', 'arm-dom0'] as const;

function isDom0(guest: GuestType): boolean {
  return DOM0.some((dom0) => dom0 === guest);
}

function forDom0({ offer, role }: Protocol): Offer {
  if (offer === 'always') {
    return [{ how: 'exposed', by: role === 'library' ? 'guest' : 'dom0' }];
  }
  return [
    {
      how: 'unknown',
      note: 'The toolstack does not build dom0, which usually holds the backends; whether it is given such a device later is not established.',
    },
  ];
}

/** The settings of xl that give a guest type the device, as a phrase. */
function settingsFor({ option, broughtBy = [] }: Protocol, guest: GuestType): string {
  const others = broughtBy.filter(({ guests }) => guests?.includes(guest) ?? true);
  const settings = [`${option}=`, ...others.map(({ setting }) => setting)];
  return settings.map((setting) => `\`${setting}\``).join(' or ');
}

function offered(protocol: Protocol, guest: GuestType): Offer {
  const { offer, role } = protocol;
  const when = guest === 'hvm' ? { when: { guest: ['pv-drivers'] } as const } : {};
  switch (offer) {
    case 'always':
      return [{ how: 'exposed', by: role === 'library' ? 'guest' : 'dom0', ...when }];
    case 'option':
      return [
        {
          how: 'opt-in',
          by: 'dom0',
          ...when,
          note: `With ${settingsFor(protocol, guest)} in xl.cfg.`,
        },
      ];
    case 'by-hand':
      return [
        {
          how: 'opt-in',
          by: 'dom0',
          ...when,
          note: 'No option of xl sets it up; a backend and its XenStore nodes have to be made by hand.',
        },
      ];
    case 'never':
      return [
        { how: 'hidden', by: 'dom0', note: 'The tree knows no backend, and nothing sets it up.' },
      ];
    default:
      return offer satisfies never;
  }
}

/** What a guest type has of the protocol in a release. In the shim the rings are those of the outer domain. */
export function cellOf(protocol: Protocol, guest: GuestType, release: string): Cell {
  const exception = protocol.exceptions?.find(
    (one) => one.guests.includes(guest) && isInSpan(one, release),
  );
  if (exception !== undefined) {
    const { handlings, places } = exception;
    return { handlings, places: places.filter((place) => isInSpan(place, release)) };
  }
  if (isDom0(guest)) return { handlings: forDom0(protocol), places: [] };
  const [first, ...rest] = offered(protocol, guest);
  if (guest !== 'pv-shim' || first.how === 'hidden')
    return { handlings: [first, ...rest], places: [] };
  const forwarded = 'The shim forwards grants and event channels to the hypervisor outside.';
  const note = first.note === undefined ? forwarded : `${first.note} ${forwarded}`;
  return { handlings: [{ ...first, note }, ...rest], places: FORWARDED };
}
