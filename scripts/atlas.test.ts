/** The command line as a person calls it: help, misuse, a tree that is not there, and JSON. */
import { type ChildProcess, execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { FIXTURE_TREE } from '../tests/xen-fixture.ts';

const ROOT = resolve(import.meta.dirname, '..');
const VERBS = [
  'extract',
  'import',
  'bodies',
  'excerpts',
  'check',
  'new',
  'measure',
  'names',
  'stale',
  'publish',
  'coverage',
  'diff',
  'explain',
  'export',
  'schemas',
  'fetch',
];
let folder = '';
// Each test starts a process, which takes seconds where the machine is busy.
vi.setConfig({ testTimeout: 60_000 });

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the command line; `ended` never rejects. */
function start(...args: string[]): { readonly child: ChildProcess; readonly ended: Promise<Run> } {
  const env = { PATH: process.env['PATH'], XEN_TREE: '', INIT_CWD: folder };
  const { promise, resolve: end } = Promise.withResolvers<Run>();
  const script = join(ROOT, 'scripts/atlas.ts');
  const child = execFile(process.execPath, [script, ...args], { env }, (error, stdout, stderr) => {
    end({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
  });
  return { child, ended: promise };
}

const atlas = (...args: string[]): Promise<Run> => start(...args).ended;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'atlas-cli-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('help', () => {
  it('lists every verb', async () => {
    const { code, stdout } = await atlas('--help');
    expect(code).toBe(0);
    for (const verb of VERBS) expect(stdout).toMatch(new RegExp(`^ {2}${verb}\\b`, 'm'));
  });

  it.each(VERBS)('of %s', async (verb) => {
    const { code, stdout, stderr } = await atlas(verb, '--help');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`Usage: atlas ${verb} [options]`);
    expect(stdout).toContain('--json');
  });
});

describe('misuse ends with 2 and says what to do', () => {
  it.each([
    ['no verb', [], 'Usage: atlas'],
    ['an unknown verb', ['extrakt'], "unknown command 'extrakt'"],
    ['an unknown option', ['check', '--wheel'], "unknown option '--wheel'"],
    ['an unknown kind', ['extract', '--only', 'wheel'], 'The kinds are emulation-flag'],
    ['a release that is none', ['extract', '--release', 'new'], 'written like 4.22.0'],
    ['two trees', ['extract', '--tree', '.', '--git', '.'], 'cannot be used with'],
    ['no source', ['import'], "missing required argument 'source'"],
    ['no folder', ['export'], "required option '--out <dir>' not specified"],
  ])('%s', async (_what, args, words) => {
    const { code, stdout, stderr } = await atlas(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(words);
  });
});

describe('a tree that cannot be used ends with 1', () => {
  it.each(['extract', 'names'])('%s', async (verb) => {
    const { code, stderr } = await atlas(verb, '--tree', 'nowhere');
    expect(code).toBe(1);
    expect(stderr).toContain('expected the root of a Xen source tree  (tree-unusable)');
  });

  it('as JSON, with nothing beside it', async () => {
    const { code, stdout, stderr } = await atlas('extract', '--tree', 'nowhere', '--json');
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ problems: [{ kind: 'tree-unusable' }] });
  });
});

describe('a tree below the floors ends with 1', () => {
  it('and a content folder without a file', async () => {
    const args = ['--tree', FIXTURE_TREE, '--content', 'content', '--only', 'hypercall'];
    const { code, stdout, stderr } = await atlas('extract', ...args, '--report', 'github');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^::error file=xen\/include\/hypercall-defs\.c,title=/);
    expect(stdout).toContain('Nothing was written.');
  });
});

describe('who reads the output may stop early', () => {
  it('which is no error of the verb', async () => {
    const { child, ended } = start('schemas', '--help');
    child.stdout?.destroy();
    expect(await ended).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('what goes well ends with 0', () => {
  it('extract, as JSON', async () => {
    const args = ['--tree', FIXTURE_TREE, '--content', join(folder, 'content')];
    const { code, stdout } = await atlas('extract', ...args, '--only', 'emulation-flag', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      release: '4.22.0',
      commit: null,
      counts: { 'emulation-flag': 9 },
      problems: [],
    });
  });

  it('export, with a file for each kind of record', async () => {
    const { code, stdout } = await atlas('export', '--out', 'dataset', '--json');
    expect(code).toBe(0);
    const { files, problems } = JSON.parse(stdout);
    expect(problems).toEqual([]);
    expect(files).toEqual(expect.arrayContaining(['index.json', 'facts.json', 'matrix.csv']));
  });
});
