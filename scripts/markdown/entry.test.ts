import { z } from 'astro/zod';
import { describe, expect, it } from 'vitest';
import { FACT_KINDS } from '../../src/model/fact-kinds.ts';
import { GUEST_TYPES } from '../../src/model/guest-types.ts';
import { factSchema } from '../../src/schema/fact.ts';
import { featureSchema } from '../../src/schema/feature.ts';
import { handlingSchema } from '../../src/schema/handling.ts';
import { parseEntry, parseYamlFile, renderEntry } from './entry.ts';

const PATH = 'content/features/time/wheel.md';

/** Text with `☞` before the place of each problem, in the order of the problems, without the marks. */
function marked(text: string): { readonly clean: string; readonly places: readonly object[] } {
  const places = [...text.matchAll(/☞/g)].map(({ index }) => {
    const before = text.slice(0, index).split('\n');
    return {
      path: PATH,
      line: before.length,
      column: (before.at(-1) ?? '').replaceAll('☞', '').length + 1,
    };
  });
  return { clean: text.replaceAll('☞', ''), places };
}

function problemsOf(text: string, schema: z.ZodType) {
  const { clean, places } = marked(text);
  const read = parseEntry(PATH, clean, schema);
  const problems = read.ok ? [] : read.problems;
  expect(problems.map(({ place }) => place)).toEqual(places);
  return problems.map(({ kind, actual, expected }) => `${kind}: ${actual} / ${expected}`);
}

const entry = z.strictObject({
  title: z.string().min(1),
  how: z.enum(['emulated', 'mediated', 'absent']).optional(),
  lines: z.array(z.number().int()).max(2).optional(),
  when: z.strictObject({ ports: z.array(z.string().regex(/^0x/)).optional() }).optional(),
});

describe('a problem of the schema stands at its value', () => {
  it.each([
    ['---\ntitle: ☞""\n---\n', ['an empty value at `title` / at least 1 character']],
    ['---\n☞how: absent\n---\n', ['nothing at `title` / a text']],
    ['---\ntitle: ☞5\n---\n', ['`5` at `title` / a text, in quotes']],
    [
      '---\ntitle: a\nhow: ☞emulatd\n---\n',
      ['`emulatd` at `how` / one of `emulated`, `mediated`, `absent`; the nearest is `emulated`'],
    ],
    [
      '---\ntitle: a\nhow: ☞virtual\n---\n',
      ['`virtual` at `how` / one of `emulated`, `mediated`, `absent`'],
    ],
    [
      '---\ntitle: a\n☞titel: b\nhow: absent\n☞hwo: c\n---\n',
      [
        'key `titel` at `front matter` / only the keys `title`, `how`, `lines`, `when`; the nearest is `title`',
        'key `hwo` at `front matter` / only the keys `title`, `how`, `lines`, `when`; the nearest is `how`',
      ],
    ],
    [
      '---\ntitle: a\nwhen: { ports: [☞0x70, "0x71", ☞port], ☞prots: 1 }\n---\n',
      [
        '`0x70` at `when.ports.0` / a text, in quotes',
        '`port` at `when.ports.2` / text like /^0x/',
        'key `prots` at `when` / only the keys `ports`; the nearest is `ports`',
      ],
    ],
    [
      '---\ntitle: a\nlines: ☞[1, 2, 3]\n---\n',
      ['a value of another shape at `lines` / at most 2 items'],
    ],
    ['---\ntitle: a\nlines: [1, ☞2.5]\n---\n', ['`2.5` at `lines.1` / a whole number']],
    [`---\ntitle: ☞[${'a'.repeat(99)}]\n---\n`, ['a value of another shape at `title` / a text']],
    [
      `---\ntitle: a\nhow: ☞${'x'.repeat(99)}\n---\n`,
      [`\`${'x'.repeat(60)}…\` at \`how\` / one of \`emulated\`, \`mediated\`, \`absent\``],
    ],
  ])('%j', (text, expected) => {
    expect(problemsOf(text, entry)).toEqual(expected.map((words) => `entry-schema: ${words}`));
  });
});

describe('a union', () => {
  const cells = z.strictObject({ pv: featureSchema.shape.guests.shape.pv });

  it.each([
    [
      '---\npv: [{ how: ☞emulatd, evidence: [0] }]\n---\n',
      /^entry-schema: `emulatd` at `pv.0.how` .*`emulated`$/,
    ],
    ['---\npv: { from: ☞wheel }\n---\n', /^entry-schema: `wheel` at `pv.from` \/ text like/],
    ['---\npv: ☞absent\n---\n', /^entry-schema: `absent` at `pv` \/ a map or a list$/],
  ])('tells what its nearest member wants: %j', (text, words) => {
    const [first, ...rest] = problemsOf(text, cells);
    expect(first).toMatch(words);
    expect(rest).toEqual([]);
  });

  it('of kinds lists the kinds, and the nearest one', () => {
    expect(problemsOf('---\nkind: ☞hypercal\n---\n', factSchema)).toEqual([
      `entry-schema: \`hypercal\` at \`kind\` / one of ${FACT_KINDS.map((kind) => `\`${kind}\``).join(', ')}; the nearest is \`hypercall\``,
    ]);
  });
});

it('has near misses for every closed word of a handling', () => {
  const text =
    '---\nhow: ☞emulted\nby: ☞xenn\nwhen: { vendor: ☞amdd, feature: [☞apicvv] }\neffect: ☞"#GF"\nevidence: []\n---\n';
  const hints = problemsOf(text, handlingSchema).map(
    (words) => /the nearest is (\S+)$/.exec(words)?.[1],
  );
  expect(hints).toEqual(['`emulated`', '`xen`', '`amd`', '`apicv`', '`#GP`']);
});

describe('a row that a person writes has near misses', () => {
  const cells = GUEST_TYPES.map(
    (guest) => `  ${guest}: [{ how: unknown, note: Open., evidence: [] }]`,
  );
  const row = [
    '---',
    'title: Wheel',
    'area: time',
    'summary: A wheel that turns once a second.',
    'guests:',
    ...cells,
    'facts: []',
    'answers: []',
    'evidence: []',
    'reviewed: 4.22.0',
    '---',
    '',
  ].join('\n');

  it.each([
    ['an area', 'area: time', 'area: ☞tme', 'time'],
    ['a verdict', '  hvm: [{ how: unknown', '  hvm: [{ how: ☞emulatd', 'emulated'],
    ['a verdict in capitals', '  hvm: [{ how: unknown', '  hvm: [{ how: ☞Emulated', 'emulated'],
    ['who does it', '  hvm: [{ how: unknown', '  hvm: [{ by: ☞qmeu, how: unknown', 'qemu'],
    ['a key of a handling', '  hvm: [{ how:', '  hvm: [{ ☞efect: zero, how:', 'effect'],
    ['a key of a condition', 'hvm: [{ how:', 'hvm: [{ when: { ☞vendr: intel }, how:', 'vendor'],
    ['a vendor', 'hvm: [{ how:', 'hvm: [{ when: { vendor: ☞intell }, how:', 'intel'],
    ['a state', 'hvm: [{ how:', 'hvm: [{ when: { guest: [☞ports-grantd] }, how:', 'ports-granted'],
    [
      'a negated state',
      'hvm: [{ how:',
      'hvm: [{ when: { guest: [☞"!being-debuged"] }, how:',
      '!being-debugged',
    ],
    ['a guest type to copy', /hvm: \[.*/, 'hvm: { like: ☞pv-dom }', 'pv-dom0'],
    ['how to copy', /hvm: \[.*/, 'hvm: { ☞form: facts/io-port/pit }', 'from'],
    ['a key of the row', 'answers: []', 'answers: []\n☞sumary: x', 'summary'],
  ])('%s', (_what, from, to, nearest) => {
    const text = row.replace(from, to);
    const { clean } = marked(text);
    const read = parseEntry(PATH, clean, featureSchema);
    const problems = read.ok ? [] : read.problems;
    const place = marked(text).places[0];
    expect(problems.map((one) => one.place)).toContainEqual(place);
    expect(problems.map(({ expected }) => expected).join('\n')).toContain(
      `; the nearest is \`${nearest}\``,
    );
  });

  it.each([
    ['pvhh', 'pvh'],
    ['pvh_dom0', 'pvh-dom0'],
    ['PV-shim', 'pv-shim'],
  ])('a guest type: %s', (wrong, nearest) => {
    const text = row.replace(`  ${nearest}: `, `  ${wrong}: `);
    const read = parseEntry(PATH, text, featureSchema);
    const problems = read.ok ? [] : read.problems;
    expect(problems.map(({ actual, expected }) => `${actual} / ${expected}`)).toEqual([
      `nothing at \`guests.${nearest}\` / a map or a list`,
      `key \`${wrong}\` at \`guests\` / only the keys ${GUEST_TYPES.map((guest) => `\`${guest}\``).join(', ')}; the nearest is \`${nearest}\``,
    ]);
  });
});

describe('YAML that is refused', () => {
  it.each([
    ['---\na: 1\n☞a: 2\n---\n', /keys must be unique/],
    ['---\na: &x [1]\nb: ☞*x\n---\n', /an alias/],
    ['---\n☞__proto__: { x: 1 }\n---\n', /the key `__proto__`/],
    ['---\na: { b: { ☞__proto__: 1 } }\n---\n', /the key `__proto__`/],
    ['---\n☞[1, 2]: 3\n---\n', /a key that is no text/],
    ['---\na: "open☞\n---\n', /YAML/],
    ['☞title: a\n', /text without front matter/],
    ['☞', /text without front matter/],
    ['☞---\ntitle: a\n', /text without front matter/],
  ])('%j', (text, words) => {
    const problems = problemsOf(text, z.record(z.string(), z.unknown()));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^entry-unreadable: /);
    expect(problems[0]).toMatch(words);
  });

  it('grows no billion of laughs', () => {
    const levels = Array.from({ length: 30 }, (_, i) => `l${i + 1}: &l${i + 1} [*l${i}, *l${i}]`);
    const read = parseEntry(PATH, `---\nl0: &l0 [ha]\n${levels.join('\n')}\n---\n`, z.unknown());
    expect(read).toMatchObject({ ok: false, problems: { length: 60 } });
  });

  it.each([
    ['lists', '['.repeat(20_000)],
    ['maps', `${'{a: '.repeat(5000)}1${'}'.repeat(5000)}`],
    ['indents', Array.from({ length: 2000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
  ])('survives %s that nest too deep', (_what, yaml) => {
    const read = parseEntry(PATH, `---\n${yaml}\n---\n`, entry);
    expect(read.ok).toBe(false);
    if (!read.ok) expect(read.problems.length).toBeLessThan(10);
  });

  it('pollutes no prototype', () => {
    parseEntry(PATH, '---\nconstructor: { prototype: { wheel: 1 } }\n---\n', z.unknown());
    expect(Object.hasOwn(Object.prototype, 'wheel')).toBe(false);
  });
});

describe('parseEntry', () => {
  it('reads YAML as the core schema: a date and `no` are text', () => {
    const read = parseEntry(PATH, '---\na: 2026-11-22\nb: no\nc: 4.20\n---\n', z.unknown());
    expect(read).toMatchObject({ value: { data: { a: '2026-11-22', b: 'no', c: 4.2 } } });
  });

  it('reads lines that end in CRLF, and a text of a megabyte', () => {
    const body = 'Body.\r\n'.repeat(150_000);
    const read = parseEntry(PATH, `---\r\ntitle: a\r\nlines: [1]\r\n---\r\n${body}`, entry);
    expect(read).toEqual({
      ok: true,
      value: { path: PATH, data: { title: 'a', lines: [1] }, body },
    });
    const broken = parseEntry(PATH, '---\r\ntitle: a\r\nhow: no\r\n---\r\n', entry);
    expect(broken).toMatchObject({ problems: [{ place: { line: 3, column: 6 } }] });
  });

  it('keeps `---` of the body', () => {
    const read = parseEntry(PATH, '---\ntitle: a\n---\n\none\n\n---\n\ntwo\n', entry);
    expect(read).toMatchObject({ value: { body: '\none\n\n---\n\ntwo\n' } });
  });
});

describe('parseYamlFile', () => {
  it('counts lines from the first', () => {
    const read = parseYamlFile('content/a.yml', '# comment\ntitle: [\n', entry);
    expect(read).toMatchObject({ ok: false, problems: [{ kind: 'entry-unreadable' }] });
    expect(parseYamlFile('content/a.yml', '', entry)).toMatchObject({
      problems: [{ place: { line: 1, column: 1 }, actual: 'nothing at `title`' }],
    });
  });
});

describe('renderEntry', () => {
  const data = {
    title: 'a: b',
    first: '2026-11-22',
    release: '4.20',
    empty: [],
    short: ['a', 'b'],
    long: Array.from({ length: 20 }, (_, i) => `value-${i}`),
    nested: [{ a: [1, 2] }],
    nothing: null,
  };

  it('is read back as it was, and is its own canonical form', () => {
    const text = renderEntry(data, '\n\nBody.\n\n');
    const read = parseEntry(PATH, text, z.unknown());
    expect(read).toMatchObject({ ok: true, value: { data, body: '\nBody.\n' } });
    expect(renderEntry(data, '\nBody.\n')).toBe(text);
    expect(text).toContain('first: "2026-11-22"');
    expect(text).toContain('short: [a, b]');
    expect(text).toContain('  - value-0\n');
  });

  it('puts a comment above the data, and no body after it', () => {
    expect(renderEntry({ a: 1 }, '', 'Generated.')).toBe('---\n# Generated.\na: 1\n---\n');
  });

  it('writes a value twice instead of an alias', () => {
    const shared = [{ x: 1 }];
    expect(renderEntry({ a: shared, b: shared }, '')).not.toContain('*');
  });
});
