/** The words of a measurement: what became of a probe in a guest. Closed. */

/** Who completed it, as far as its cost tells. */
export const MEASURED_CLASSES = {
  native: 'It completed without leaving the guest, by the least cost of its tries.',
  lazy: 'It left the guest when it was used first after another vCPU had run, and stayed in the guest when it was used again. Looked for where registers are switched lazily: those of the FPU and the debug registers.',
  xen: 'It left the guest, and Xen completed it.',
  qemu: 'It left the guest and took as long as an answer of QEMU takes.',
  exception: 'The guest got an exception.',
  untried: 'What it takes to try it is not to be had in this guest.',
} as const;

export type MeasuredClass = keyof typeof MEASURED_CLASSES;

/** What a probe tries. */
export const TRIED = {
  instruction: 'an instruction',
  cpuid: 'a leaf of CPUID',
  port: 'an I/O port',
  memory: 'a physical address',
  msr: 'an MSR',
  hypercall: 'a hypercall',
} as const;

export type Tried = keyof typeof TRIED;

/** Exceptions by vector; a hole is a vector that no probe raises. */
export const MEASURED_EXCEPTIONS = [
  '#DE',
  '#DB',
  'NMI',
  '#BP',
  '#OF',
  '#BR',
  '#UD',
  '#NM',
  '#DF',
  'vector 9',
  '#TS',
  '#NP',
  '#SS',
  '#GP',
  '#PF',
  'vector 15',
  '#MF',
  '#AC',
  '#MC',
  '#XM',
  '#VE',
  '#CP',
] as const;

export type MeasuredException = (typeof MEASURED_EXCEPTIONS)[number];
