/** The vocabulary as a whole: what is closed is complete, distinct and written in the house style. */
import { describe, expect, it } from 'vitest';
import { AREA_WORDS } from './areas.ts';
import { GUEST_STATES, PLATFORM_FEATURES, ROLES } from './condition.ts';
import { EVIDENCE_VERDICTS } from './evidence.ts';
import { FACT_KIND_WORDS } from './fact-kinds.ts';
import { GUEST_TYPE_WORDS, GUEST_TYPES, perGuest, X86_GUEST_TYPES } from './guest-types.ts';
import { BY_WORDS, EFFECT_WORDS, HOW_WORDS } from './handling.ts';
import { ORIGIN_WORDS } from './origin.ts';
import { REFERENCE_KINDS, REFERENCE_STATES } from './references.ts';
import { branchOf, compareReleases, hasReached, isInSpan, isRelease } from './release.ts';
import { archiveUrl, upstreamUrl } from './upstream.ts';

const WORDS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  areas: AREA_WORDS,
  by: BY_WORDS,
  effects: EFFECT_WORDS,
  evidence: EVIDENCE_VERDICTS,
  features: PLATFORM_FEATURES,
  guests: GUEST_TYPE_WORDS,
  how: HOW_WORDS,
  kinds: FACT_KIND_WORDS,
  origins: ORIGIN_WORDS,
  roles: ROLES,
  states: GUEST_STATES,
  references: REFERENCE_STATES,
};

describe.each(Object.entries(WORDS))('the words of %s', (_name, words) => {
  it.each(Object.entries(words))('%s', (word, meaning) => {
    expect(word).toMatch(/^#?[A-Za-z0-9]+(-[a-z0-9]+)*$/);
    const texts = typeof meaning === 'string' ? [meaning] : Object.values(Object(meaning));
    for (const text of texts) expect(String(text)).not.toBe('');
  });

  it('mean different things', () => {
    const meanings = Object.values(words).map((meaning) => JSON.stringify(meaning));
    expect(new Set(meanings).size).toBe(meanings.length);
  });
});

describe('guest types', () => {
  it('are all described, in the order of the columns', () => {
    expect(Object.keys(GUEST_TYPE_WORDS)).toEqual([...GUEST_TYPES]);
    expect(X86_GUEST_TYPES).toEqual(GUEST_TYPES.filter((guest) => !guest.startsWith('arm')));
    expect(GUEST_TYPES.filter((guest) => GUEST_TYPE_WORDS[guest].shownByDefault)).toEqual([
      'pv',
      'pvh',
      'hvm',
    ]);
  });

  it('perGuest leaves none out', () => {
    expect(Object.entries(perGuest((guest) => `${guest}!`))).toEqual(
      GUEST_TYPES.map((guest) => [guest, `${guest}!`]),
    );
  });
});

describe('releases', () => {
  it.each([
    ['4.22.0', true],
    ['4.22', true],
    ['4', false],
    ['4.22.0-rc1', false],
    ['RELEASE-4.22.0', false],
    ['', false],
  ])('isRelease %j', (text, is) => {
    expect(isRelease(text)).toBe(is);
  });

  it('are ordered as numbers', () => {
    const ordered = ['4.6.6', '4.9', '4.9.1', '4.10', '4.22.0', '5.0'];
    expect([...ordered].reverse().sort(compareReleases)).toEqual(ordered);
    expect(compareReleases('4.22', '4.22.0')).toBe(0);
    expect(branchOf('4.22.0')).toBe('4.22');
    expect(branchOf('4.22')).toBe('4.22');
  });
});

describe('addresses', () => {
  const pin = { release: '4.22.0', commit: 'c0ffee', webView: 'https://w/{commit}/{path}#L{line}' };

  it.each([
    [{ path: 'xen/a.c', line: 3 }, 'https://w/c0ffee/xen/a.c#L3'],
    [{ path: 'xen/a.c' }, 'https://w/c0ffee/xen/a.c'],
    [{ path: 'a b/#.c', line: 1 }, 'https://w/c0ffee/a%20b/%23.c#L1'],
  ])('of a place %j', (place, url) => {
    expect(upstreamUrl(pin, place)).toBe(url);
  });

  it('of a message', () => {
    expect(archiveUrl('https://m/{id}/', 'a/b@c')).toBe('https://m/a%2Fb%40c/');
  });
});

it('references are of distinct kinds', () => {
  expect(new Set(REFERENCE_KINDS).size).toBe(REFERENCE_KINDS.length);
});

describe('spans', () => {
  it.each([
    ['4.21.9', '4.22', false],
    ['4.22.0', '4.22', true],
    ['4.23.0', '4.22', true],
    ['4.20.3', ['4.20.4', '4.21.1', '4.22'], false],
    ['4.20.4', ['4.20.4', '4.21.1', '4.22'], true],
    ['4.21.0', ['4.20.4', '4.21.1', '4.22'], false],
    ['4.21.1', ['4.20.4', '4.21.1', '4.22'], true],
    ['4.19.9', ['4.20.4', '4.21.1', '4.22'], false],
  ] as const)('%s has the change of %j: %s', (release, point, holds) => {
    expect(hasReached(release, point)).toBe(holds);
    expect(isInSpan({ since: point }, release)).toBe(holds);
    expect(isInSpan({ until: point }, release)).toBe(!holds);
  });
});
