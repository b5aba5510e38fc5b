import type { Fact } from '../../../src/schema/fact.ts';
import type { Probe } from '../probe.ts';

/**
 * Arguments with which a call tells whether it is there and changes nothing. A call that has none here is tried with an
 * operation and a pointer that cannot be.
 */
const ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  xen_version: ['xor %edi, %edi'],
  sched_op: ['xor %edi, %edi'],
  sched_op_compat: ['xor %edi, %edi'],
  memory_op: ['mov $2, %edi'],
  vcpu_op: ['mov $3, %edi'],
  multicall: ['mov $scratch, %edi', 'xor %esi, %esi'],
  set_timer_op: ['xor %edi, %edi'],
  fpu_taskswitch: ['xor %edi, %edi'],
  get_debugreg: ['xor %edi, %edi'],
  set_debugreg: ['xor %edi, %edi'],
  mmu_update: ['mov $scratch, %edi', 'xor %esi, %esi', 'xor %edx, %edx', 'mov $0x7ff0, %r10d'],
  mmuext_op: ['mov $scratch, %edi', 'xor %esi, %esi', 'xor %edx, %edx', 'mov $0x7ff0, %r10d'],
  set_segment_base: ['xor %edi, %edi', 'xor %esi, %esi'],
  console_io: ['xor %edi, %edi', 'xor %esi, %esi', 'mov $scratch, %edx'],
  event_channel_op: ['mov $5, %edi', 'mov $-1, %rsi'],
  grant_table_op: ['mov $6, %edi', 'mov $scratch, %esi', 'xor %edx, %edx'],
  physdev_op: ['mov $5, %edi', 'mov $-1, %rsi'],
  hvm_op: ['mov $1, %edi', 'mov $-1, %rsi'],
  callback_op: ['xor %edi, %edi', 'mov $-1, %rsi'],
  vm_assist: ['xor %edi, %edi', 'mov $63, %esi'],
  event_channel_op_compat: ['mov $-1, %rdi'],
  physdev_op_compat: ['mov $-1, %rdi'],
  update_va_mapping: ['mov $-1, %rdi'],
};

/** Calls that end or change the guest whatever their arguments are. */
const UNSAFE = new Set([
  'iret',
  'stack_switch',
  'set_callbacks',
  'set_trap_table',
  'set_gdt',
  'nmi_op',
  'kexec_op',
]);

const IMPOSSIBLE = ['mov $0x7ffe, %edi', 'mov $-1, %rsi', 'mov $-1, %rdx', 'mov $-1, %r10'];

/** A try of each hypercall of the table that can be tried, and of two numbers beyond it. */
export function hypercallProbes(all: readonly Fact[]): Probe[] {
  const rows = all.flatMap((fact) =>
    fact.kind === 'hypercall' && !UNSAFE.has(fact.attributes.name)
      ? [{ id: fact.id, name: fact.attributes.name, number: fact.attributes.number }]
      : [],
  );
  const beyond = [55, 63].map((number) => ({ id: null, name: `number-${number}`, number }));
  return [...rows, ...beyond]
    .sort((a, b) => a.number - b.number)
    .map(({ id, name, number }) => ({
      id: `hypercall-${name.replaceAll('_', '-')}`,
      tried: 'hypercall',
      subject: id === null ? `Hypercall ${number}, which does not exist` : `Hypercall ${name}`,
      code: [...(ARGUMENTS[name] ?? IMPOSSIBLE), `call hypercall_page + 32 * ${number}`],
      on: 'both',
      answer: 'status',
      facts: id === null ? [] : [id],
    }));
}
