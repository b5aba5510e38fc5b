import { describe, expect, it } from 'vitest';
import { GUEST_TYPES } from '../../src/model/guest-types.ts';
import { acceptEvidence } from './accept-evidence.ts';
import { renderEntry } from './entry.ts';

const PATH = 'content/features/time/wheel.md';
const FINGERPRINT = '0123456789abcdef';
const feature = {
  title: 'Wheel',
  area: 'time',
  summary: 'A wheel that turns for the tests.',
  guests: Object.fromEntries(
    GUEST_TYPES.map((guest) => [guest, [{ how: 'absent', evidence: [0] }]]),
  ),
  facts: [],
  answers: [],
  evidence: [
    { path: 'xen/a.c', symbol: 'turn', line: 1, fingerprint: 'f'.repeat(16), note: 'Why.' },
    { message: 'a@b' },
    { path: 'xen/gone.c', symbol: 'gone', line: 2, fingerprint: 'f'.repeat(16) },
  ],
  reviewed: '4.22.0',
};
const resolve = ({ path }: { path: string }) =>
  path === 'xen/a.c' ? { line: 9, fingerprint: FINGERPRINT } : {};

describe('acceptEvidence', () => {
  it('takes over line and fingerprint, and keeps what does not resolve', () => {
    const text = acceptEvidence({ path: PATH, text: renderEntry(feature, 'Body.') }, resolve);
    const [turned, ...others] = feature.evidence;
    const evidence = [{ ...turned, line: 9, fingerprint: FINGERPRINT }, ...others];
    expect(text).toBe(renderEntry({ ...feature, evidence: evidence.map(noteLast) }, 'Body.'));
    expect(acceptEvidence({ path: PATH, text }, resolve)).toBe(text);
  });

  it('resolves the place and not the old fingerprint', () => {
    const asked: object[] = [];
    acceptEvidence({ path: PATH, text: renderEntry(feature, '') }, (evidence) => {
      asked.push(evidence);
      return {};
    });
    expect(asked).toEqual([
      { path: 'xen/a.c', symbol: 'turn' },
      { path: 'xen/gone.c', symbol: 'gone' },
    ]);
  });

  it.each([
    ['a file of no collection', 'content/facts/hypercall/a.md', renderEntry(feature, '')],
    ['an entry that cannot be read', PATH, '---\ntitle: [\n---\n'],
  ])('leaves %s as it is', (_what, path, text) => {
    expect(acceptEvidence({ path, text }, resolve)).toBe(text);
  });
});

function noteLast({ note, ...rest }: { readonly [key: string]: unknown; note?: string }): object {
  return note === undefined ? rest : { ...rest, note };
}
