import { describe, expect, it } from 'vitest';
import { readStatusRows } from './rows.ts';

const read = (body: string) => readStatusRows(`# Feature Support\n\n${body}\n`);

describe('readStatusRows', () => {
  it('reads a row below its headings, with its line and its anchor', () => {
    expect(read('## Wheels\n\n### Hubs\n\nRound.\n\n    Status, x86 PV: Supported').rows).toEqual([
      {
        path: ['Wheels', 'Hubs'],
        heading: '### Hubs',
        qualifier: 'x86 PV',
        status: 'Supported',
        about: 'status',
        caveat: false,
        anchor: 'Status, x86 PV:',
        line: 9,
      },
    ]);
  });

  it.each([
    ['an indent by a tab', '## Wheels\n\n\tStatus: Experimental', null, 'Experimental', 'status'],
    [
      'a list of formats',
      '## W\n\n    Supported, x86: round, oval',
      'x86',
      'round, oval',
      'formats',
    ],
    [
      'a qualifier with commas',
      '## W\n\n    Status, a, "b" c:  Supported  ',
      'a, "b" c',
      'Supported',
      'status',
    ],
  ])('reads %s', (_what, body, qualifier, status, about) => {
    expect(read(body)).toMatchObject({ rows: [{ qualifier, status, about }], misread: [] });
  });

  it('takes words in parentheses behind a status as a part of the qualifier', () => {
    const { rows } = read(
      '## W\n\n    Status, ice: Supported (outside of "skid" mode)\n    Status, ice: Experimental (in "skid" mode)',
    );
    expect(rows).toMatchObject([
      {
        qualifier: 'ice, outside of "skid" mode',
        status: 'Supported',
        anchor: 'Status, ice: Supported (outside of "skid" mode)',
      },
      { qualifier: 'ice, "skid" mode', status: 'Experimental' },
    ]);
  });

  it('marks every row of a section that text follows, and no row of another section', () => {
    const { rows } = read(
      '## A\n\n    Status: Supported\n    Status, x86: Supported\n\nBut.\n\n## B\n\nText.\n\n    Status: Deprecated',
    );
    expect(rows.map(({ caveat }) => caveat)).toEqual([true, true, false]);
  });

  it('marks only the rows that say so where some do', () => {
    const { rows } = read(
      '## A\n\n    Status, sun: Supported\n    Status, rain: Supported, with caveats\n\nBut.',
    );
    expect(rows.map(({ caveat }) => caveat)).toEqual([false, true]);
  });

  it('reads the keys of the release', () => {
    const { rows } = readStatusRows('# Release Support\n\n    Xen-Version: 4.22\n');
    expect(rows).toMatchObject([{ about: 'release', path: [], qualifier: 'Xen-Version' }]);
  });

  it.each([
    ['a line of another form', '## W\n\n    Status Supported', 5],
    ['a row in a list', '## W\n\n * One\n\n        Status: Supported', 7],
    ['a row that is a paragraph', '## W\n\nText\n    Status: Supported', 6],
  ])('tells %s', (_what, body, line) => {
    const { rows, misread } = read(body);
    expect(rows).toEqual([]);
    expect(misread).toMatchObject([{ line }]);
  });

  it('knows the keys of the definitions, and tells a row among them', () => {
    const { rows, misread } = readStatusRows(
      '# Format and definitions\n\n    Security supported: Yes\n    Status: Supported\n',
    );
    expect(rows).toEqual([]);
    expect(misread).toMatchObject([{ line: 4 }]);
  });
});
