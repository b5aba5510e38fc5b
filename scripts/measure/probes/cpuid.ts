import type { Probe } from '../probe.ts';

const LEAVES: readonly (readonly [leaf: number, subject: string])[] = [
  [0x0, 'highest leaf and vendor'],
  [0x1, 'family and features'],
  [0x2, 'caches and TLBs'],
  [0x4, 'caches'],
  [0x5, 'MONITOR and MWAIT'],
  [0x6, 'power and heat'],
  [0x7, 'features'],
  [0xa, 'performance counters'],
  [0xb, 'topology'],
  [0xd, 'extended state'],
  [0x40000000, 'signature of Xen'],
  [0x40000001, 'version of Xen'],
  [0x40000002, 'hypercall page of Xen'],
  [0x40000003, 'time'],
  [0x40000004, 'what an HVM guest is told'],
  [0x40000005, 'what a PV guest is told'],
  [0x40000100, 'signature of Xen behind Viridian'],
  [0x80000000, 'highest extended leaf'],
  [0x80000001, 'extended features'],
  [0x80000002, 'name'],
  [0x80000007, 'power, and whether the TSC is invariant'],
  [0x80000008, 'address sizes'],
  [0x8000000a, 'SVM'],
  [0x8000001d, 'caches'],
  [0x8000001e, 'topology'],
  [0x80000021, 'features'],
];

/** CPUID as the instruction yields it: natively for PV without CPUID faulting, by Xen in a container. */
export const CPUID_PROBES: readonly Probe[] = LEAVES.map(([leaf, subject]) => ({
  id: `cpuid-0x${leaf.toString(16)}`,
  tried: 'cpuid',
  subject: `CPUID leaf 0x${leaf.toString(16)}: ${subject}`,
  preparation: [`mov $0x${leaf.toString(16)}, %eax`],
  code: ['cpuid'],
  on: 'both',
  answer: 'value',
  facts: ['pv-instruction/cpuid'],
}));
