import { describe, expect, it } from 'vitest';
import { glossarySchema } from './glossary.ts';

const ept = { id: 'ept', term: 'EPT', meaning: 'Nested paging of Intel CPUs.', see: ['npt'] };
const npt = { id: 'npt', term: 'NPT', also: ['RVI'], meaning: 'Nested paging of AMD CPUs.' };

function messages(terms: readonly unknown[]): string[] {
  const read = glossarySchema.safeParse({ terms });
  return read.success ? [] : read.error.issues.map(({ message }) => message);
}

describe('glossarySchema', () => {
  it('takes terms that are sorted and explained once', () => {
    expect(messages([ept, npt])).toEqual([]);
  });

  it('names an id, a spelling and a reference that are wrong', () => {
    expect(messages([ept, { ...ept, see: [] }, npt])).toEqual([
      'the id ept is used twice',
      'EPT is explained twice',
    ]);
    expect(messages([{ ...ept, also: ['RVI'] }, npt])).toEqual(['RVI is explained twice']);
    expect(messages([{ ...ept, see: ['hap'] }])).toEqual(['ept refers to hap, which is no term']);
    expect(messages([npt, ept])).toEqual(['terms are sorted by id']);
  });
});
