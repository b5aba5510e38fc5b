import { describe, expect, it } from 'vitest';
import { perGuest } from '../../model/guest-types.ts';
import type { FactOf } from '../../schema/fact.ts';
import { pvInstructionView } from './pv-instruction.ts';

const FACT: FactOf<'pv-instruction'> = {
  id: 'pv-instruction/wheel',
  kind: 'pv-instruction',
  title: 'TURN and ROLL',
  guests: perGuest(() => [{ how: 'absent', evidence: [0] }]),
  attributes: {
    instruction: 'TURN and ROLL from CR0',
    class: 'emulated-instruction',
    entry: 'do_general_protection',
    handlers: ['turn_wheel', 'roll_wheel'],
    operations: 'wheel_ops',
    emulator: 'runs',
    opcodes: ['0f06', '0f01/2'],
    whitelisted: true,
    alternatives: ['wheel_op'],
  },
  evidence: [{ path: 'xen/arch/x86/pv/wheel.c', symbol: 'turn_wheel' }],
  origin: 'authored',
  release: '4.22.0',
  history: [{ release: '4.22', change: 'present' }],
};

const names = (fact: FactOf<'pv-instruction'>) =>
  pvInstructionView
    .named(fact)
    .map(({ role, subject }) => [role, 'name' in subject ? subject.name : subject.kind]);

describe('the view of an instruction of PV guests', () => {
  it('says what enters Xen, what handles it, and which hypercall does it instead', () => {
    const rows = pvInstructionView
      .attributeRows(FACT)
      .map(({ label, lines }) => [
        label,
        lines.map((parts) => parts.map(({ text }) => text).join('')),
      ]);
    expect(Object.fromEntries(rows)).toMatchObject({
      Enters: ['do_general_protection'],
      'Handled by': ['turn_wheel, roll_wheel'],
      'The emulator': ['runs the instruction'],
      Opcode: ['0f06', '0f01/2'],
      'In the whitelist': ['yes'],
      'Hypercall in its place': ['wheel_op'],
    });
  });

  it('names its mnemonics, and not the registers', () => {
    expect(names(FACT)).toContainEqual(['names', 'TURN']);
    expect(names(FACT)).toContainEqual(['handler', 'roll_wheel']);
    expect(names(FACT)).not.toContainEqual(['names', 'CR0']);
    const entry = { ...FACT, attributes: { ...FACT.attributes, class: 'entry' as const } };
    expect(names(entry)).not.toContainEqual(['names', 'TURN']);
  });

  it('leaves out what is not there', () => {
    const bare = {
      ...FACT,
      attributes: { ...FACT.attributes, entry: null, handlers: [], operations: null },
    };
    const labels = pvInstructionView.attributeRows(bare).map(({ label }) => label);
    expect(labels).not.toContain('Enters');
    expect(labels).not.toContain('Handled by');
    expect(pvInstructionView.sentence(bare)).toBe(
      'TURN and ROLL from CR0: an instruction that the whitelist lets through to the emulator.',
    );
  });
});
