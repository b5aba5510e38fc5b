import type { GuestState } from '../../src/model/condition.ts';
import type { Tried } from '../../src/model/measured.ts';

/** A probe: a few instructions whose fate in a guest is measured, and what it tells about the Atlas’s statements. */
export interface Probe {
  /** Lower-case letters, digits and hyphens. */
  readonly id: string;
  readonly tried: Tried;
  /** What is tried, in words. */
  readonly subject: string;
  /** Whether the first use is watched that follows a switch to another vCPU, which may have taken registers away. */
  readonly afterSwitch?: true;
  /** Assembly before the measured code; what it leaves in rax, rcx and rdx the code starts with. */
  readonly preparation?: readonly string[];
  /** Assembly, GNU syntax, without the final `ret`. */
  readonly code: readonly string[];
  /** Guests that can try it: in ring 3 on a kernel’s page tables of Xen, or in ring 0 of a container. */
  readonly on: 'pv' | 'hvm' | 'both';
  /** What is compared besides who handled it. */
  readonly answer: 'none' | 'value' | 'status';
  /** Whether the value is another one in each run, as that of a clock; it is then not kept. */
  readonly changes?: true;
  /** Direction, where statements tell reads from writes. */
  readonly access?: 'read' | 'write';
  /** States of the guest that the probe brings about, and that stay. */
  readonly given?: readonly GuestState[];
  /** Ids of the facts that the probe is about. */
  readonly facts: readonly string[];
}

const WHERE = { pv: 1, hvm: 2, both: 3 } as const;
const AFTER_SWITCH = 4;

function lines(code: readonly string[]): string {
  return [...code, 'ret'].map((line) => `        ${line}\n`).join('');
}

/** The list of probes as the assembler reads it, `probes.inc`. */
export function renderProbes(probes: readonly Probe[]): string {
  return probes
    .map(({ id, on, afterSwitch, preparation, code }) => {
      const where = WHERE[on] + (afterSwitch === true ? AFTER_SWITCH : 0);
      if (preparation === undefined) return `        probe "${id}", ${where}\n${lines(code)}`;
      const name = `prepare_${id.replaceAll('-', '_')}`;
      return (
        `        preparation ${name}\n${lines(preparation)}` +
        `        probe "${id}", ${where}, ${name}\n${lines(code)}`
      );
    })
    .join('');
}
