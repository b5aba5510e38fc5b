import { describe, expect, it } from 'vitest';
import { Lines, lineAt, lineStarts } from './lines.ts';

describe('lineStarts and lineAt', () => {
  it('count from 1, and a line end belongs to its line', () => {
    const starts = lineStarts('a\n\nbc\n');
    expect([...starts]).toEqual([0, 2, 3, 6]);
    expect([0, 1, 2, 3, 5, 6].map((offset) => lineAt(starts, offset))).toEqual([1, 1, 2, 3, 3, 4]);
    expect([...lineStarts('')]).toEqual([0]);
  });
});

describe('Lines', () => {
  const lines = new Lines(
    '/* port */\nint port;\n\nport = 1;',
    '          \nint port;\n\nport = 1;',
  );

  it('cuts out lines without the end of the last one', () => {
    expect(lines.count).toBe(4);
    expect([1, 3, 4, 5].map((line) => lines.at(line))).toEqual(['/* port */', '', 'port = 1;', '']);
    expect(lines.cut({ from: 2, to: 4 })).toBe('int port;\n\nport = 1;');
    expect(lines.all()).toHaveLength(4);
  });

  it('finds code before comments, and nothing outside of the stretch', () => {
    expect(lines.find({ from: 1, to: 4 }, /port/)).toBe(2);
    expect(lines.find({ from: 3, to: 4 }, /port/)).toBe(4);
    expect(lines.find({ from: 1, to: 1 }, /port/)).toBe(1);
    expect(lines.find({ from: 3, to: 3 }, /port/)).toBeUndefined();
    expect(lines.find({ from: 1, to: 2 }, /= 1/)).toBeUndefined();
  });
});
