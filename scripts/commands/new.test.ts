/** `atlas new` as a person calls it, into a folder of its own. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { z } from 'astro/zod';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ENTRY_KINDS, type EntryKind } from '../../src/model/entry-kinds.ts';
import { GUEST_TYPES } from '../../src/model/guest-types.ts';
import { answerSchema } from '../../src/schema/answer.ts';
import { featureSchema } from '../../src/schema/feature.ts';
import { guestSchema } from '../../src/schema/guest.ts';
import { guideSchema } from '../../src/schema/guide.ts';
import { SAMPLE } from '../../tests/samples/content.ts';
import { writeTextFile } from '../markdown/content-files.ts';
import { parseEntry, renderEntry } from '../markdown/entry.ts';
import { runNew } from './new.ts';

const ROOT = resolve(import.meta.dirname, '../..');
// A test that starts a process takes seconds where the machine is busy.
vi.setConfig({ testTimeout: 60_000 });

let content = '';

beforeEach(() => {
  content = mkdtempSync(join(tmpdir(), 'atlas-new-'));
});

afterEach(() => {
  rmSync(content, { recursive: true });
});

function atlas(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const script = join(ROOT, 'scripts/atlas.ts');
  const given = ['new', ...args, '--content', content, '--report', 'text'];
  return new Promise((done) => {
    execFile(process.execPath, [script, ...given], (error, stdout, stderr) => {
      done({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}

const write = (kind: EntryKind, id: string) =>
  runNew({ root: ROOT, content, kind, id, release: '4.22.0' });

describe('the command', () => {
  it('writes a row, says what to run next, and does not write it twice', async () => {
    const { code, stdout, stderr } = await atlas('feature', 'time/wheel-clock');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('features/time/wheel-clock.md is written. Next:\n');
    expect(stdout).toMatch(/^ {2}npm run atlas -- check --tree \S+ --accept \S+wheel-clock\.md /m);
    expect(stdout).toContain('http://localhost:4321/features/time/wheel-clock/');
    const path = join(content, 'features/time/wheel-clock.md');
    const text = `${readFileSync(path, 'utf8')}Mine.\n`;
    await writeTextFile(content, { path: 'features/time/wheel-clock.md', text });
    const again = await atlas('feature', 'time/wheel-clock');
    expect(again).toMatchObject({ code: 1, stdout: 'Nothing was written.\n' });
    expect(again.stderr).toContain('(entry-exists)');
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it('names the nearest area', async () => {
    const { code, stderr } = await atlas('feature', 'interupts/pic-wheel');
    expect(code).toBe(1);
    expect(stderr).toContain('Unexpected area `interupts`, expected one of cpu, msr,');
    expect(stderr).toContain('the nearest is `interrupts`  (entry-name)');
  });

  it('names the nearest entry', async () => {
    const { code, stdout, stderr } = await atlas('featur', 'time/wheel');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('The entries are feature, answer, guide, guest; the nearest is `fea');
  });
});

describe('what is refused', () => {
  it.each<[EntryKind, string, string]>([
    ['feature', 'wheel', 'an area and a name, as in time/pit'],
    ['feature', 'time/Wheel', 'small letters and digits'],
    ['feature', 'time/a/b', 'small letters and digits'],
    ['answer', '../escape', 'small letters and digits'],
    ['guide', '', 'small letters and digits'],
    ['guest', 'phv', 'the nearest is `pvh`'],
  ])('%s `%s`', async (kind, id, words) => {
    const { problems, path } = await write(kind, id);
    expect(path).toBeNull();
    expect(problems).toMatchObject([{ kind: 'entry-name' }]);
    expect(problems[0]?.expected).toContain(words);
  });

  it('an id that was published and leads elsewhere', async () => {
    const text = 'redirects:\n  - { from: features/time/old, to: features/time/pit }\n';
    await writeTextFile(content, { path: 'redirects.yml', text });
    const { problems } = await write('feature', 'time/old');
    expect(problems).toMatchObject([{ kind: 'entry-exists' }]);
    expect(problems[0]?.actual).toContain('features/time/pit');
  });
});

/** Of each skeleton the fields that a person must fill in, as the schema names them. */
const EMPTY: Readonly<Record<EntryKind, readonly [string, z.ZodType, readonly string[]]>> = {
  feature: ['time/wheel', featureSchema, ['title', 'summary']],
  answer: [
    'why-wheels',
    answerSchema,
    ['title', 'question', 'short', 'askedIn', 'stillHolds', 'evidence'],
  ],
  guide: ['wheels', guideSchema, ['title', 'summary', 'evidence']],
  guest: ['pvh', guestSchema, ['title', 'sentences.0', 'sentences.1', 'sentences.2']],
};

describe('a skeleton', () => {
  it.each(ENTRY_KINDS)(
    'of a %s asks for what a person must write, and nothing else',
    async (kind) => {
      const [id, schema, empty] = EMPTY[kind];
      expect((await write(kind, id)).problems).toEqual([]);
      const text = readFileSync(join(content, `${kind}s/${id}.md`), 'utf8');
      const read = parseEntry('x.md', text, schema);
      const problems = read.ok ? [] : read.problems;
      expect(problems.map(({ actual }) => /at `(.+)`$/.exec(actual)?.[1])).toEqual(empty);
      expect(text).toContain('reviewed: 4.22.0\n');
    },
  );

  it('of a row says of each cell that it is unknown, and why', async () => {
    await write('feature', 'time/wheel');
    const text = readFileSync(join(content, 'features/time/wheel.md'), 'utf8')
      .replace('title: ""', 'title: Wheel')
      .replace('summary: ""', 'summary: A wheel that turns once a second.');
    const read = parseEntry('x.md', text, featureSchema);
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    for (const guest of GUEST_TYPES) {
      expect(read.value.data.guests[guest]).toEqual([
        { how: 'unknown', note: expect.stringMatching(/\.$/), evidence: [] },
      ]);
    }
  });

  it('of a guide stands after all guides', async () => {
    for (const { id, ...data } of SAMPLE.guides) {
      await writeTextFile(content, { path: `guides/${id}.md`, text: renderEntry(data, '') });
    }
    await write('guide', 'wheels');
    const last = Math.max(...SAMPLE.guides.map(({ order }) => order));
    const text = readFileSync(join(content, 'guides/wheels.md'), 'utf8');
    expect(text).toContain(`order: ${last + 1}\n`);
  });
});
