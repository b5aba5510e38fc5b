import { beforeAll, describe, expect, it } from 'vitest';
import { corpusOf } from '../../tests/xen-corpus.ts';
import type { Corpus } from './corpus.ts';
import { fingerprint, resolveEvidence } from './evidence.ts';

const PATH = 'xen/common/wheel.c';
const SOURCE = `#define SPOKES 12
#define TURN(w) \\
    turn(w)

struct wheel {
    int hub;
};

/* comments name register_handler and hub first */
static int turn(struct wheel *w)
{
    register_handler(w,   HUB,
                     4);
    return w->hub; /* hub */
}

static const struct wheel wheels[] = {
    { 1 },
};

#ifdef CONFIG_PV
void both(void) { pv(); }
#else
void both(void) { hvm(); }
#endif
`;
const TABLE = 'xen/include/wheel-defs.c';
const DOCUMENT = 'WHEELS.md';
const SECTIONS = `## Wheels

    Status: Turns
### Wheels

    Status: Stops
## Hubs
    Status: No wheel
`;
let corpus: Corpus;

beforeAll(async () => {
  corpus = await corpusOf({
    [PATH]: SOURCE,
    [TABLE]: 'prefix: do\ntable: a b\nturn do do\n',
    [DOCUMENT]: SECTIONS,
  });
});

const resolve = (place: object, path = PATH) => resolveEvidence(corpus, { path, ...place });

describe('resolveEvidence finds', () => {
  it.each([
    ['a macro', { symbol: 'SPOKES' }, 1],
    ['a type', { symbol: 'wheel' }, 5],
    ['a function', { symbol: 'turn' }, 10],
    ['a variable', { symbol: 'wheels' }, 17],
    ['the first arm of a function', { symbol: 'both' }, 22],
    ['an anchor in the second arm', { symbol: 'both', anchor: 'hvm' }, 24],
    ['an anchor in code before one in a comment', { anchor: 'register_handler' }, 12],
    ['an anchor within a symbol', { symbol: 'turn', anchor: 'hub' }, 14],
    ['an anchor whatever the white space', { anchor: 'register_handler(w, HUB' }, 12],
    ['an anchor that only a comment has', { anchor: 'comments name' }, 9],
  ])('%s', (_what, place, line) => {
    expect(resolve(place)).toMatchObject({ verdict: 'holds', line });
  });

  it('a section of a mini-language', () => {
    expect(resolve({ symbol: 'table', anchor: 'turn' }, TABLE)).toMatchObject({ line: 3 });
  });

  it.each([
    ['a section', '## Wheels', 'Status:', 3],
    ['a section within it', '### Wheels', 'Status:', 6],
    ['the last section', '## Hubs', 'Status:', 8],
  ])('%s of a document', (_what, symbol, anchor, line) => {
    expect(resolve({ symbol, anchor }, DOCUMENT)).toMatchObject({ verdict: 'holds', line });
  });

  it('an option of Kconfig, to the end of what is indented below it', async () => {
    const path = 'xen/common/Kconfig';
    const text = `menu "Wheels"
config SPOKES
\tint "Spokes"
\thelp
\t  How many

\t  config HUB is another option.

choice
\tconfig HUB
\t\tbool
endchoice
`;
    const options = await corpusOf({ [path]: text });
    const of = (symbol: string) => resolveEvidence(options, { path, symbol });
    expect(of('CONFIG_SPOKES')).toMatchObject({ verdict: 'holds', line: 2, last: 7 });
    expect(of('CONFIG_HUB')).toMatchObject({ verdict: 'holds', line: 10, last: 11 });
    expect(of('CONFIG_RIM')).toMatchObject({ verdict: 'gone' });
    expect(of('SPOKES')).toMatchObject({ verdict: 'gone' });
  });

  it('nothing of the next section of a document', () => {
    expect(resolve({ symbol: '### Wheels', anchor: 'No wheel' }, DOCUMENT).verdict).toBe('gone');
  });
});

describe('resolveEvidence says', () => {
  it.each([
    ['no such file', { path: 'xen/none.c', symbol: 'turn' }, 'gone', 'no such file'],
    ['no definition', { symbol: 'pv' }, 'gone', 'no definition of `pv`'],
    ['no anchor', { symbol: 'turn', anchor: 'pv' }, 'gone', 'no `pv` in turn'],
    ['part of a word', { symbol: 'turn', anchor: 'HU' }, 'gone', 'no `HU` in turn'],
    ['nothing to compare', {}, 'uncheckable', undefined],
  ])('%s', (_what, place, verdict, found) => {
    const resolution = resolve(place);
    expect(resolution.verdict).toBe(verdict);
    expect(resolution.found).toBe(found);
    expect(resolution.line).toBeUndefined();
  });

  it('whether the text changed or only moved', () => {
    const print = resolve({ symbol: 'turn' }).fingerprint;
    const held = { symbol: 'turn', fingerprint: print };
    expect(resolve({ ...held, line: 10 }).verdict).toBe('holds');
    expect(resolve({ ...held, line: 11 }).verdict).toBe('moved');
    expect(resolve({ ...held, line: 10, fingerprint: '0'.repeat(16) })).toMatchObject({
      verdict: 'changed',
      line: 10,
      fingerprint: print,
    });
  });
});

describe('fingerprint', () => {
  it('ignores comments and white space, and nothing else', () => {
    const print = fingerprint('if ( a /* why */ )\n    b(); // so\n');
    expect(print).toMatch(/^[0-9a-f]{16}$/);
    expect(fingerprint('if(a)b();')).toBe(print);
    expect(fingerprint('if(a)c();')).not.toBe(print);
    expect(fingerprint('s("/* a */")')).not.toBe(fingerprint('s("")'));
  });

  it('of a function covers every arm', async () => {
    const other = await corpusOf({ [PATH]: SOURCE.replace('hvm()', 'pvh()') });
    const evidence = { path: PATH, symbol: 'both' };
    expect(resolveEvidence(other, evidence).fingerprint).not.toBe(
      resolveEvidence(corpus, evidence).fingerprint,
    );
  });
});
