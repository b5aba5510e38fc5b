import { remark } from 'remark';
import { describe, expect, it } from 'vitest';
import { markTerms } from './mark-terms.ts';

const meaning = 'Something that the glossary explains. More of it.';
const terms = [
  { id: 'apic', term: 'APIC', meaning },
  { id: 'ept', term: 'EPT', name: 'Extended Page Tables', meaning },
  { id: 'event-channel', term: 'event channel', meaning },
  { id: 'io-apic', term: 'IO-APIC', meaning },
  { id: 'mmcfg', term: 'ECAM', also: ['MMCFG'], meaning },
  { id: 'p2m', term: 'p2m', meaning },
];

async function marked(markdown: string, path = 'content/guides/one.md'): Promise<string> {
  const file = await remark()
    .use(() => markTerms({ terms }))
    .process({ value: markdown, path });
  return String(file).trim();
}

describe('markTerms', () => {
  it('leads from the first use of a term to the glossary, with what it stands for', async () => {
    expect(await marked('EPT maps, and EPT faults.')).toBe(
      '[EPT](/glossary/#ept "Extended Page Tables") maps, and EPT faults.',
    );
  });

  it.each([
    ['Event channels are bits.', '[Event channels](/glossary/#event-channel) are bits.'],
    ['An IO-APIC.', 'An [IO-APIC](/glossary/#io-apic).'],
    ['Through MMCFG, then ECAM.', 'Through [MMCFG](/glossary/#mmcfg), then ECAM.'],
    ['(the p2m)', '(the [p2m](/glossary/#p2m))'],
    ['EPT and APICs', '[EPT](/glossary/#ept) and [APICs](/glossary/#apic)'],
  ])('finds it in %s', async (markdown, expected) => {
    expect((await marked(markdown)).replaceAll(/ "[^"]*"(?=\))/g, '')).toBe(expected);
  });

  it('hints at the explanation of what is no abbreviation', async () => {
    expect(await marked('A p2m.')).toBe(
      'A [p2m](/glossary/#p2m "Something that the glossary explains.").',
    );
  });

  it.each(['# EPT', '`EPT`', '[EPT](/x/)', 'KEPT, EPTP, x-EPT, P2M', '```\nEPT\n```'])(
    'leaves %s alone',
    async (markdown) => {
      expect(await marked(markdown)).toBe(markdown);
    },
  );

  it('counts no use in a heading as the first', async () => {
    expect(await marked('# EPT\n\nEPT')).toBe(
      '# EPT\n\n[EPT](/glossary/#ept "Extended Page Tables")',
    );
  });

  it('explains what people wrote only', async () => {
    expect(await marked('EPT', 'content/facts/boot/paging.md')).toBe('EPT');
  });
});
