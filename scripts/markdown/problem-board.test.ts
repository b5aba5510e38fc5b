import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { problem } from '../problems/problem.ts';
import { problemBoard } from './problem-board.ts';

const HPET = 'content/features/time/hpet.md';
const RTC = 'content/features/time/rtc.md';
const text = readFileSync(HPET, 'utf8');
const broken = text.replace('how: emulated', 'how: emulatd');

it('covers pages with the sentences of the check until the file is mended', () => {
  const board = problemBoard([]);
  expect(board.overlay()).toBeUndefined();
  expect(board.look(HPET, text)).toBeUndefined();
  const shown = board.look(HPET, broken);
  expect(shown).toMatchObject({ type: 'error', err: { id: HPET, stack: '' } });
  expect(JSON.stringify(shown)).toContain('the nearest is `emulated`');
  expect(board.overlay()).toEqual(shown);
  expect(board.look(HPET, text)).toEqual({ type: 'full-reload' });
  expect(board.overlay()).toBeUndefined();
});

it('begins with what is wrong, and goes on with what remains', () => {
  const words = { actual: 'nothing', expected: 'a text' };
  const board = problemBoard([problem('entry-schema', { path: RTC, line: 1 }, words)]);
  expect(board.overlay()).toMatchObject({ err: { id: RTC } });
  board.look(HPET, broken);
  expect(board.overlay()?.err.message).toContain(`${HPET}:`);
  expect(board.look(HPET, text)).toMatchObject({ type: 'error', err: { id: RTC } });
  expect(board.look(RTC, undefined)).toEqual({ type: 'full-reload' });
});
