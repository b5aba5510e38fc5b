/** Facts that follow from those of other kinds: what hypercalls do in the place of instructions, and ports of PV guests. */
import { isTreeEvidence } from '../../../../src/model/evidence.ts';
import { type GuestType, perGuest } from '../../../../src/model/guest-types.ts';
import type { FactOf } from '../../../../src/schema/fact.ts';
import { operationOf } from './hypercalls.ts';

type PvInstructionFact = FactOf<'pv-instruction'>;
type Handlings = FactOf<'hypercall'>['guests'][GuestType];

const PV_GUESTS: ReadonlySet<GuestType> = new Set(['pv', 'pv-dom0', 'pv-shim']);

/** For PV guests an exposed hypercall is how the operation is done; restrictions stay as they are. */
function asReplacement(guest: GuestType, handlings: Handlings): Handlings {
  if (!PV_GUESTS.has(guest)) return handlings;
  return handlings.map((handling) =>
    handling.how === 'exposed' ? { ...handling, how: 'paravirtualized' } : handling,
  );
}

/** The operation behind a hypercall that PV guests have; undefined for one that they do not have. */
export function replacedBy(fact: FactOf<'hypercall'>): PvInstructionFact | undefined {
  const { name, callers } = fact.attributes;
  const handlers = [callers.pv64, callers.pv32].filter((handler) => handler !== null);
  if (handlers.length === 0) return undefined;
  return {
    ...fact,
    id: fact.id.replace(/^hypercall\//, 'pv-instruction/hypercall-'),
    kind: 'pv-instruction',
    title: `${name}: ${operationOf(name)}`,
    guests: perGuest((guest) => asReplacement(guest, fact.guests[guest])),
    attributes: {
      instruction: operationOf(name),
      class: 'hypercall',
      entry: 'pv_hypercall',
      handlers: [...new Set(handlers)],
      operations: null,
      emulator: 'no',
      opcodes: [],
      whitelisted: false,
      alternatives: [name],
    },
    origin: 'derived',
  };
}

/** An access to a port that `guest_io_read()` or `guest_io_write()` answers for a PV guest. */
export function portAccess(fact: FactOf<'io-port'>): PvInstructionFact | undefined {
  const { handler, device } = fact.attributes;
  const symbols = fact.evidence.filter(isTreeEvidence).map(({ symbol }) => symbol);
  if (!fact.id.startsWith('io-port/pv-')) return undefined;
  const instruction = `IN and OUT: ${fact.title}`;
  return {
    ...fact,
    id: fact.id.replace('io-port/pv-', 'pv-instruction/port-'),
    kind: 'pv-instruction',
    title: instruction,
    attributes: {
      instruction: device === null ? instruction : `IN and OUT: ${device}`,
      class: 'port',
      entry: 'do_general_protection',
      handlers: [
        ...new Set([
          ...symbols.filter((symbol) => symbol !== undefined),
          ...(handler === null ? [] : [handler]),
        ]),
      ],
      operations: 'priv_op_ops',
      emulator: 'runs',
      opcodes: [],
      whitelisted: true,
      alternatives: ['physdev_op'],
    },
    origin: 'derived',
  };
}
