import type { MeasuredClass, MeasuredException } from '../../src/model/measured.ts';
import { MEASURED_EXCEPTIONS } from '../../src/model/measured.ts';
import type { Reported } from './parse-report.ts';
import type { Probe } from './probe.ts';

export interface Classified {
  readonly class: MeasuredClass;
  readonly exception?: MeasuredException;
  readonly value?: string;
}

/** Ticks above NOP, of one instruction each: up to the first it stayed in the guest, from the second on QEMU answered. */
const STAYED = 60;
const QEMU = 30_000;

/** A first use that costs less loaded registers; one that costs more met an interrupt. */
const LOADED = 2_000;

/** Errors of Xen by number. */
const ERRORS: Readonly<Record<number, string>> = {
  1: '-EPERM',
  2: '-ENOENT',
  3: '-ESRCH',
  7: '-E2BIG',
  13: '-EACCES',
  14: '-EFAULT',
  16: '-EBUSY',
  22: '-EINVAL',
  38: '-ENOSYS',
  95: '-EOPNOTSUPP',
};

function classOf(
  { afterSwitch }: Probe,
  report: Reported,
  nop: number,
  isAlone: boolean,
): MeasuredClass {
  if (report.vector === 0xfe) return 'untried';
  if (report.vector !== 0xff) return 'exception';
  const least = report.least - nop;
  if (least >= QEMU) return 'qemu';
  if (least > STAYED) return 'xen';
  const first = report.first - nop;
  return !isAlone && afterSwitch === true && first > STAYED && first < LOADED ? 'lazy' : 'native';
}

function statusOf(rax: bigint): string {
  const status = BigInt.asIntN(64, rax);
  return status >= 0n ? 'ok' : (ERRORS[Number(-status)] ?? `-E${Number(-status)}`);
}

function answerOf(probe: Probe, { rax, rdx }: Reported): string | undefined {
  if (probe.answer === 'none' || probe.changes === true) return undefined;
  if (probe.answer === 'status') return statusOf(rax);
  const wide = probe.code.includes('rdmsr') ? (rdx << 32n) | (rax & 0xffffffffn) : rax;
  return `0x${wide.toString(16)}`;
}

/**
 * What became of a probe; `nop` is the least cost of a NOP in the same guest. Nothing takes registers away from a guest
 * that runs alone: whether its first use left it tells of what ran before the probe.
 */
export function classify(probe: Probe, report: Reported, nop: number, isAlone = false): Classified {
  const result = classOf(probe, report, nop, isAlone);
  if (result === 'exception') {
    const exception = MEASURED_EXCEPTIONS[report.vector];
    return { class: result, ...(exception === undefined ? {} : { exception }) };
  }
  const value = result === 'untried' ? undefined : answerOf(probe, report);
  return { class: result, ...(value === undefined ? {} : { value }) };
}
