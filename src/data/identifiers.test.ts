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
  const [region] = SAMPLE.facts.filter(({ id }) => id === 'io-port/pit');
  const evidence = [{ path: 'xen/none.c' }];
  const alone = { ...SAMPLE, facts: region === undefined ? [] : [{ ...region, evidence }] };
  const only = { ...alone, features: [], answers: [], threads: [], witnesses: [] };
  const { names, pages } = deriveIdentifiers(only);
  const target = names.symbol['handle_pit_io'] ?? names.name['handle_pit_io'];
  expect(target?.map(([page]) => pages[page]?.[0])).toEqual(['/facts/io-port/pit/']);
});
