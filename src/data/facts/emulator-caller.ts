import type { FactOf } from '../../schema/fact.ts';
import { type AttributeRow, file, optional, row, symbol, word } from './attribute-rows.ts';
import { defineFactView, joinSentences } from './fact-view.ts';
import { type Named, places, symbols } from './named.ts';

function doesWords(executes: boolean): string {
  return executes ? 'runs the instruction' : 'decodes the instruction without running it';
}

function attributeRows({ attributes: a }: FactOf<'emulator-caller'>): AttributeRow[] {
  return [
    row('Caller', [symbol(a.caller)]),
    row('Calls', [symbol(a.callee)]),
    row('Trigger', [word(a.trigger)]),
    row('What it does', [word(doesWords(a.executes))]),
    ...optional('Limited by', a.filter, symbol),
    row('File', [file(a.file)]),
  ];
}

function namedBy({ attributes: a }: FactOf<'emulator-caller'>): Named[] {
  return [
    ...symbols('handler', [a.caller, a.callee]),
    ...symbols('gate', [a.filter]),
    ...places('handler', [{ path: a.file, symbol: a.caller }]),
  ];
}

function sentence({ attributes: a }: FactOf<'emulator-caller'>): string {
  const does = a.executes ? 'emulates' : 'decodes';
  return joinSentences(
    `\`${a.caller}\` ${does} ${a.trigger}, by \`${a.callee}\`.`,
    a.filter === null ? '' : `\`${a.filter}\` limits which instructions are taken.`,
  );
}

export const emulatorCallerView = defineFactView('emulator-caller', {
  attributeRows,
  headings: ['Caller', 'Calls'],
  values: ({ attributes: a }) => [a.caller, a.callee],
  order: ({ attributes }) => (attributes.executes ? 0 : 1),
  named: namedBy,
  sentence,
});
