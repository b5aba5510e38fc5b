import { describe, expect, it } from 'vitest';
import type { ExcerptPlace, Excerpts } from '../schema/excerpts.ts';
import {
  definedIn,
  excerptOfEvidence,
  excerptsOfSymbol,
  placeOfEvidence,
  rowsOfFile,
  touchesByLine,
} from './excerpt-places.ts';
import type { Mention } from './mentions.ts';

const turn: ExcerptPlace = { symbol: 'turn', fingerprint: 'a', first: 20, last: 90 };
const hub: ExcerptPlace = { symbol: 'turn', anchor: 'HUB', fingerprint: 'b', first: 40, last: 40 };
const far: ExcerptPlace = { anchor: 'RIM', fingerprint: 'c', first: 300, last: 300 };

function fileOf(id: string, places: ExcerptPlace[]): Excerpts {
  return {
    id,
    release: '4.22.0',
    commit: null,
    licence: { spdx: 'MIT' },
    unreadable: false,
    pieces: [],
    places,
  };
}

const wheel = fileOf('xen/wheel.c', [turn, hub, far]);
const other = fileOf('xen/other.c', [{ symbol: 'roll', fingerprint: 'd', first: 5, last: 6 }]);
const byPath = new Map([wheel, other].map((file) => [file.id, file]));

function mention(line: number | undefined, title: string): Mention {
  return {
    subject: { kind: 'file', name: wheel.id },
    role: 'evidence',
    collection: 'fact',
    url: `/facts/${title}/`,
    title,
    guests: [],
    spot: { path: wheel.id, line },
  };
}

describe('the excerpt of evidence', () => {
  it('is that of the same place with the same text', () => {
    const evidence = { path: wheel.id, symbol: 'turn', anchor: 'HUB', line: 40, fingerprint: 'b' };
    expect(placeOfEvidence(wheel, evidence)).toBe(hub);
    expect(placeOfEvidence(wheel, { ...evidence, line: 41 })).toBeUndefined();
    expect(placeOfEvidence(wheel, { ...evidence, fingerprint: 'x' })).toBeUndefined();
    expect(excerptOfEvidence(hub)).toEqual({
      range: { first: 36, last: 44 },
      marks: new Set([40]),
    });
  });
});

describe('the excerpts of a file', () => {
  it('are merged and in order, with who rests on each line', () => {
    const touches = touchesByLine([
      mention(300, 'c'),
      mention(20, 'b'),
      mention(20, 'a'),
      mention(undefined, 'd'),
    ]);
    expect(rowsOfFile(wheel, touches.get(wheel.id) ?? new Map())).toMatchObject([
      {
        range: { first: 16, last: 31 },
        lines: [{ line: 20, names: ['turn'], touches: [{ title: 'a' }, { title: 'b' }] }],
      },
      { range: { first: 296, last: 304 }, lines: [{ line: 300, names: ['RIM'] }] },
    ]);
  });

  it('are none where no entry rests on a line', () => {
    expect(rowsOfFile(wheel, new Map())).toEqual([]);
  });
});

describe('the excerpts of a symbol', () => {
  const spots = [{ path: wheel.id, symbol: 'turn', line: 40 }];
  const of = (name: string, at = spots, files = byPath) =>
    excerptsOfSymbol(name, at, files, definedIn(files));

  it('are its definition where entries place it, with the lines that evidence names', () => {
    expect(of('turn')).toEqual([
      {
        excerpts: wheel,
        marks: new Set([40, 300]),
        definition: { open: { first: 20, last: 59 }, folded: { first: 60, last: 90 }, left: null },
        ranges: [],
      },
    ]);
  });

  it('are its definition elsewhere, when there is one only', () => {
    expect(of('roll', []).map(({ excerpts }) => excerpts.id)).toEqual([other.id]);
    const again = fileOf('xen/again.c', [...other.places]);
    expect(of('roll', [], new Map([...byPath, [again.id, again]]))).toEqual([]);
  });

  it('are the lines on which evidence names it, where it is not defined', () => {
    expect(of('HUB')).toMatchObject([{ definition: null, ranges: [{ first: 36, last: 44 }] }]);
    expect(of('SPOKE')).toEqual([]);
  });
});
