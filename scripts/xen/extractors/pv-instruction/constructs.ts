import type { Construct } from '../../construct.ts';
import {
  COMPAT_ENTRY,
  ENTRY,
  FRED,
  GATE,
  INVALID,
  PRIVILEGED,
  READ_ONLY,
  TRAPS,
} from './places.ts';

/** What the instructions of PV guests need of the source. */
export const constructs = {
  whitelist: {
    id: 'pv-instruction/whitelist',
    what: 'the instructions that the emulator of privileged instructions takes',
    minimum: 1,
    candidates: [{ in: PRIVILEGED, kind: 'function', name: 'validate' }],
  },
  operations: {
    id: 'pv-instruction/operations',
    what: 'the operations of the emulator of privileged instructions',
    minimum: 1,
    candidates: [
      { in: PRIVILEGED, kind: 'lines', name: 'priv_op_ops', pattern: /priv_op_ops = \{/ },
    ],
  },
  readOnly: {
    id: 'pv-instruction/read-only',
    what: 'the operations on pages that a PV domain has read-only',
    minimum: 3,
    candidates: [{ in: READ_ONLY, kind: 'lines', name: '_ops', pattern: /_ops = \{/ }],
  },
  invalid: {
    id: 'pv-instruction/forced-emulation',
    what: 'the emulation of what stands behind the forced-emulation prefix',
    minimum: 1,
    candidates: [{ in: INVALID, kind: 'function', name: 'emulate_forced_invalid_op' }],
  },
  gate: {
    id: 'pv-instruction/call-gate',
    what: 'the emulation of call gates',
    minimum: 1,
    candidates: [{ in: GATE, kind: 'function', name: 'pv_emulate_gate_op' }],
  },
  protection: {
    id: 'pv-instruction/general-protection',
    what: 'the dispatch of general protection faults',
    minimum: 1,
    candidates: [{ in: TRAPS, kind: 'function', name: 'do_general_protection' }],
  },
  events: {
    id: 'pv-instruction/events',
    what: 'the dispatch of the events of PV guests: of FRED, and before it of page faults alone',
    minimum: 1,
    candidates: [
      { in: TRAPS, kind: 'function', name: 'entry_from_pv', since: FRED },
      { in: TRAPS, kind: 'function', name: 'do_page_fault', until: FRED },
    ],
  },
  entries: {
    id: 'pv-instruction/entries',
    what: 'the entry points of exceptions, interrupts and system calls',
    minimum: 20,
    candidates: [
      { in: ENTRY, kind: 'lines', name: 'FUNC', pattern: /^FUNC\(\w+/, since: '4.18' },
      { in: ENTRY, kind: 'lines', name: 'ENTRY', pattern: /^ENTRY\(\w+/ },
    ],
  },
  compatEntries: {
    id: 'pv-instruction/compat-entries',
    what: 'the entry points of 32-bit guests',
    minimum: 1,
    candidates: [
      { in: COMPAT_ENTRY, kind: 'lines', name: 'entry_int82', pattern: /^\w+\(entry_int82/ },
    ],
  },
} as const satisfies Record<string, Construct>;
