/** Each check over the small content of the tests: nothing wrong, then one thing wrong at a time. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Content } from '../../src/data/content.ts';
import { FACT_KINDS } from '../../src/model/fact-kinds.ts';
import type { ReleaseEntry } from '../../src/schema/release.ts';
import { MESSAGE, SAMPLE } from '../../tests/samples/content.ts';
import { corpusOf } from '../../tests/xen-corpus.ts';
import { renderEntry } from '../markdown/entry.ts';
import type { Problem } from '../problems/problem.ts';
import type { Corpus } from '../xen/corpus.ts';
import { resolveEvidence } from '../xen/evidence.ts';
import { type Check, type CheckInput, entryPath } from './check.ts';
import { contradictions } from './contradictions.ts';
import { evidenceNamed } from './evidence-named.ts';
import { evidenceResolves } from './evidence-resolves.ts';
import { ids } from './ids.ts';
import { CHECKS } from './index.ts';
import { privacy } from './privacy.ts';
import { proseNames } from './prose-names.ts';
import { published } from './published.ts';
import { referencesExist } from './references.ts';
import { releasesRead } from './releases-read.ts';

type Feature = Content['features'][number];
type Fact = Content['facts'][number];

const NAMES = { release: '4.22.0', symbols: ['io_emul_stub_setup'], paths: [], others: {} };
const PIT = entryPath('features', 'time/pit');

function filesOf(content: Content): CheckInput['files'] {
  const path =
    (collection: string) =>
    ({ id }: { id: string }) => ({
      path: entryPath(collection, id),
      text: renderEntry({ title: 'Plain' }, 'Plain text.'),
    });
  return [
    ...content.facts.map(path('facts')),
    ...content.features.map(path('features')),
    ...content.answers.map(path('answers')),
    ...content.guides.map(path('guides')),
    ...content.threads.map(path('threads')),
    ...content.witnesses.map(path('witnesses')),
  ];
}

function inputOf(content: Content, more: Partial<CheckInput> = {}): CheckInput {
  const addresses = { published: [], redirects: [] };
  const files = filesOf(content);
  return {
    content,
    names: NAMES,
    addresses,
    exceptions: [],
    files,
    authored: [],
    tree: null,
    ...more,
  };
}

const withFeature = (change: Partial<Feature>): Content => ({
  ...SAMPLE,
  features: SAMPLE.features.map((feature) => ({ ...feature, ...change })),
});
const withFact = (id: string, change: (fact: Fact) => Fact): Content => ({
  ...SAMPLE,
  facts: SAMPLE.facts.map((fact) => (fact.id === id ? change(fact) : fact)),
});
const cell = (guest: 'hvm' | 'pv', how: 'emulated' | 'absent' | 'unknown', evidence = [0]) => ({
  guests: {
    ...(SAMPLE.features[0] as Feature).guests,
    [guest]: [{ how, ...(how === 'emulated' ? { by: 'xen' as const } : {}), evidence }],
  },
});

/** Kind, place and what was found: what the tests compare. */
function brief(problems: readonly Problem[]): string[] {
  return problems.map(({ kind, place, actual }) => `${kind} ${place.path}: ${actual}`);
}

function run(check: Check, content: Content, more?: Partial<CheckInput>): string[] {
  return brief(check.run(inputOf(content, more)));
}

it('the checks have names of their own and say what holds', () => {
  expect(new Set(CHECKS.map(({ name }) => name)).size).toBe(CHECKS.length);
  for (const { holds } of CHECKS) expect(holds).toMatch(/^[A-Z].*\.$/);
});

it.each(CHECKS)('$name finds nothing wrong with the sample', (check) => {
  expect(run(check, SAMPLE)).toEqual([]);
});

describe('ids', () => {
  it('misses the file of an entry that says it stands elsewhere', () => {
    const files = filesOf(SAMPLE).filter(({ path }) => path !== PIT);
    expect(run(ids, SAMPLE, { files })).toEqual([
      `entry-id ${PIT}: no file where the entry says that it stands`,
    ]);
  });

  it('finds an area that is not the folder', () => {
    expect(run(ids, withFeature({ area: 'cpu' }))[0]).toContain('features/cpu/pit.md: no file');
  });

  it('finds an id twice, and one of another kind', () => {
    const twice = { ...SAMPLE, facts: SAMPLE.facts.flatMap((fact) => [fact, fact]).slice(0, 2) };
    expect(run(ids, twice)[0]).toContain('a second entry with id `cpuid-feature/avx2`');
    const moved = withFact('hypercall/mmu-update', (fact) => ({ ...fact, id: 'io-port/mmu' }));
    expect(run(ids, moved)).toContain('entry-id content/facts/io-port/mmu.md: id `io-port/mmu`');
  });
});

describe('published', () => {
  const withAddresses = (ids: string[], ...redirects: CheckInput['addresses']['redirects']) =>
    run(published, SAMPLE, { addresses: { published: ids, redirects } });
  const old = 'features/time/i8254';
  const pit = 'features/time/pit';

  it('keeps every id that was published, as an entry or as a redirect to one', () => {
    expect(withAddresses([pit, old], { from: old, to: pit })).toEqual([]);
    expect(withAddresses([pit, old])).toEqual([
      `id-lost content/published.yml: no entry \`${old}\`, which was published`,
    ]);
  });

  it.each<[string, string, string, string]>([
    ['to nothing', old, 'features/time/wheel', 'a redirect to `features/time/wheel`'],
    ['to another redirect', old, old, `a redirect to \`${old}\``],
    ['from an entry', pit, 'answers/why-io-emul-stub-setup', 'which is an entry'],
    ['from what has no page', 'witnesses/none', pit, 'a redirect from `witnesses/none`'],
  ])('finds a redirect %s', (_what, from, to, actual) => {
    expect(withAddresses([], { from, to })).toEqual([expect.stringContaining(actual)]);
  });

  it('finds a second redirect of an id', () => {
    expect(withAddresses([], { from: old, to: pit }, { from: old, to: pit })).toEqual([
      `id-lost content/redirects.yml: a second redirect from \`${old}\``,
    ]);
  });
});

describe('releasesRead', () => {
  const entry = {
    id: '4.22',
    release: '4.22.0',
    commit: null,
    date: null,
    kinds: FACT_KINDS.map((kind) => ({ kind, facts: 1, missing: null })),
    rewritten: [],
  };
  const of = (change: Partial<ReleaseEntry>) =>
    run(releasesRead, { ...SAMPLE, releases: [{ ...entry, ...change }] });

  it('is content with a kind that says why it has no facts', () => {
    expect(of({})).toEqual([]);
    const [first, ...others] = entry.kinds;
    const missing = { kind: first?.kind ?? 'msr', facts: 0, missing: 'The table moved' };
    expect(of({ kinds: [missing, ...others] })).toEqual([]);
    expect(of({ kinds: [{ ...missing, missing: null }, ...others] })).toEqual([
      'count-low content/releases/4.22.md: nothing about `emulation-flag`',
    ]);
  });

  it('misses a kind that is not listed, and finds a release that is not covered', () => {
    expect(of({ kinds: entry.kinds.slice(1) })).toHaveLength(1);
    expect(of({ release: '4.9.0' })).toEqual([
      'reference-unknown content/releases/4.22.md: `4.9.0`',
    ]);
  });
});

describe('references', () => {
  it.each<[string, Content, string]>([
    ['a fact', withFeature({ facts: ['facts/io-port/pitt'] }), '`io-port/pitt` at `facts`'],
    ['an answer', withFeature({ answers: ['wheel'] }), '`wheel` at `answers`'],
    ['a message', withFeature({ evidence: [{ message: 'x@y' }] }), '`x@y` at `evidence`'],
    [
      'a fact to take over',
      { ...SAMPLE, facts: SAMPLE.facts.filter(({ id }) => id !== 'io-port/pit') },
      '`io-port/pit` at `guests.hvm.from`',
    ],
    ['a feature', { ...SAMPLE, features: [] }, '`time/pit` at `features`'],
    [
      'what a guide names',
      { ...SAMPLE, guides: SAMPLE.guides.map((guide) => ({ ...guide, answers: ['wheel'] })) },
      '`wheel` at `answers`',
    ],
    ['a thread', { ...SAMPLE, threads: [] }, `\`${MESSAGE}\` at \`askedIn\``],
  ])('misses %s', (_what, content, actual) => {
    expect(run(referencesExist, content).join('\n')).toContain(`: ${actual}`);
  });

  it('suggests the nearest id when there is one', () => {
    const suggest = (facts: string[]) =>
      referencesExist.run(inputOf(withFeature({ facts }))).map(({ expected }) => expected);
    expect(suggest(['facts/io-port/pitt', 'facts/wheel/turning'])).toEqual([
      'an entry of that id; the nearest is `io-port/pit`',
      'an entry of that id',
    ]);
  });
});

describe('evidence-named', () => {
  it.each<[string, Content, string]>([
    ['a number too high', withFeature(cell('pv', 'absent', [7])), 'evidence-index'],
    ['no number', withFeature(cell('pv', 'absent', [])), 'evidence-none'],
    ['an unknown without a reason', withFeature(cell('pv', 'unknown', [])), 'evidence-none'],
    [
      'the same in a fact',
      withFact('io-port/pit', (fact) => ({ ...fact, evidence: [] })),
      'evidence-index',
    ],
  ])('finds %s', (_what, content, kind) => {
    expect(run(evidenceNamed, content)[0]).toMatch(new RegExp(`^${kind} `));
  });

  it('takes an unknown that says why', () => {
    const guests = {
      ...(SAMPLE.features[0] as Feature).guests,
      pv: [{ how: 'unknown' as const, note: 'Nobody looked.', evidence: [] }] as const,
    };
    expect(run(evidenceNamed, withFeature({ guests }))).toEqual([]);
  });
});

describe('evidence-resolves', () => {
  const PATH = 'xen/arch/x86/emul-i8254.c';
  const TEXT = '\n\nvoid pit_init(void)\n{\n    turn();\n}\n';
  let corpus: Corpus;

  beforeAll(async () => {
    corpus = await corpusOf({ [PATH]: TEXT });
  });

  const only = (evidence: Feature['evidence']): Content => ({
    ...withFeature({ evidence }),
    facts: [],
    answers: [],
    witnesses: [],
  });
  const runOn = (evidence: Feature['evidence']) => {
    const names = { release: '4.22.0', commit: null, paths: new Set<string>(), symbols: new Map() };
    return evidenceResolves.run(inputOf(only(evidence), { tree: { corpus, names } }));
  };
  const held = () => {
    const { line, fingerprint } = resolveEvidence(corpus, { path: PATH, symbol: 'pit_init' });
    return { path: PATH, symbol: 'pit_init', line, fingerprint };
  };

  it('is content with what is there, and with what is no tree evidence', () => {
    expect(runOn([held(), { message: MESSAGE }, { doc: 'SDM', section: '1' }])).toEqual([]);
  });

  it('warns about a line that moved', () => {
    expect(runOn([{ ...held(), line: 99 }])).toMatchObject([
      { kind: 'evidence-changed', severity: 'warning', expected: 'line 3' },
    ]);
  });

  it.each<[string, Feature['evidence'][number], string]>([
    ['a symbol that is gone', { path: PATH, symbol: 'gone' }, 'evidence-gone'],
    ['a file that is gone', { path: 'xen/none.c', symbol: 'gone' }, 'evidence-gone'],
    ['a path alone', { path: PATH }, 'evidence-gone'],
    ['no fingerprint', { path: PATH, symbol: 'pit_init' }, 'evidence-changed'],
    [
      'another text',
      { path: PATH, symbol: 'pit_init', fingerprint: '0'.repeat(16) },
      'evidence-changed',
    ],
  ])('finds %s, with the command that repairs it', (_what, evidence, kind) => {
    expect(runOn([evidence])).toMatchObject([
      { kind, severity: 'error', place: { path: PIT }, repair: /--accept/ },
    ]);
  });
});

describe('contradictions', () => {
  const cites = (change: Partial<Feature>) =>
    withFeature({ facts: ['facts/io-port/pit'], ...change });

  it('is content with a cell that says what its fact says', () => {
    expect(run(contradictions, cites(cell('hvm', 'emulated')))).toEqual([]);
  });

  it('tells one who does it from another', () => {
    const other = { how: 'emulated', by: 'qemu', evidence: [0] } as const;
    const guests = { ...(SAMPLE.features[0] as Feature).guests, hvm: [other] as const };
    expect(run(contradictions, cites({ guests }))).toEqual([
      `contradiction ${PIT}: \`guests.hvm\`: emulated by qemu`,
    ]);
  });

  it('finds a cell without the default of its fact', () => {
    expect(run(contradictions, cites(cell('hvm', 'absent')))).toEqual([
      `contradiction ${PIT}: \`guests.hvm\`: absent`,
    ]);
  });

  it('finds an emulation that no fact knows', () => {
    expect(run(contradictions, cites(cell('pv', 'emulated')))).toEqual([
      `contradiction ${PIT}: \`guests.pv\`: emulated by xen by default`,
    ]);
  });
});

describe('prose-names', () => {
  const authored = (body: string) => [{ path: PIT, text: `---\ntitle: a\n---\n\n${body}\n` }];

  it('takes what entries and the list know', () => {
    expect(run(proseNames, SAMPLE, { authored: authored('`io_emul_stub_setup()`') })).toEqual([]);
  });

  it('finds a name at its line and column', () => {
    const input = inputOf(SAMPLE, { authored: authored('Text, `turn_wheel()`.') });
    expect(proseNames.run(input)).toMatchObject([
      { kind: 'symbol-unknown', place: { path: PIT, line: 5, column: 7 } },
    ]);
  });

  it('finds a listed name that the tree does not have', async () => {
    const names = { release: '4.22.0', commit: null, paths: new Set<string>(), symbols: new Map() };
    const tree = { corpus: await corpusOf({}), names };
    expect(run(proseNames, SAMPLE, { tree })).toEqual([
      'symbol-unknown content/names.yml: `io_emul_stub_setup`',
    ]);
  });
});

describe('privacy', () => {
  const files = (text: string) => [...filesOf(SAMPLE), { path: 'content/a.md', text }];

  it('takes the Message-IDs of threads', () => {
    expect(run(privacy, SAMPLE, { files: files(`askedIn: ${MESSAGE}\n`) })).toEqual([]);
  });

  it.each([
    ['line one\nsome.one+tag@host.example.org', 2, 1],
    ['by <a@b.example>', 1, 5],
    [`a part: ${MESSAGE.slice(3)}`, 1, 9],
    [`${MESSAGE} and x@list.example`, 1, MESSAGE.length + 6],
  ])('finds %j', (text, line, column) => {
    const [found, ...rest] = privacy.run(inputOf(SAMPLE, { files: files(text) }));
    expect(found).toMatchObject({
      kind: 'privacy-address',
      place: { path: 'content/a.md', line, column },
    });
    expect(JSON.stringify(found)).not.toContain('example');
    expect(rest).toEqual([]);
  });
});
