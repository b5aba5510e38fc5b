import { expect, it } from 'vitest';
import { SAMPLE } from '../../tests/samples/content.ts';
import { deriveMentions } from './content-mentions.ts';
import { deriveIdentifiers } from './identifiers.ts';

it('knows every name that an entry is about, whether or not it has a page of its own', () => {
  const { symbol, name } = deriveIdentifiers(SAMPLE).names;
  const about = deriveMentions(SAMPLE).flatMap(({ role, subject }) =>
    role === 'names' && (subject.kind === 'symbol' || subject.kind === 'name') ? subject.name : [],
  );
  expect(about.length).toBeGreaterThan(5);
  expect(about.filter((one) => symbol[one] === undefined && name[one] === undefined)).toEqual([]);
});

it('leads from a symbol that only one entry is about to that entry', () => {
  const facts = SAMPLE.facts.filter(({ kind }) => kind === 'emulation-flag');
  const alone = { ...SAMPLE, facts, features: [], answers: [], threads: [], witnesses: [] };
  const { names, pages } = deriveIdentifiers(alone);
  const name = 'XEN_X86_EMU_LAPIC';
  expect(names.symbol[name]).toBeUndefined();
  expect(names.name[name]?.map(([page]) => pages[page]?.[0])).toEqual([
    '/facts/emulation-flag/lapic/',
  ]);
});
