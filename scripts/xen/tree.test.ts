import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkTree, releaseFromMakefile, type Tree } from './tree.ts';
import { Blobs, openGitRelease, openGitRevision } from './tree-git.ts';
import { findTree } from './tree-source.ts';

const MAKEFILE = 'export XEN_VERSION = 4\nexport XEN_SUBVERSION = 22\nXEN_EXTRAVERSION ?= .0\n';
let root = '';
const git = (...args: string[]) =>
  execFileSync('git', ['-C', root, '-c', 'user.name=t', '-c', 'user.email=t', ...args], {
    encoding: 'utf8',
    env: { ...process.env, GIT_COMMITTER_DATE: '2026-07-29T23:30:00Z' },
  }).trim();

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'atlas-tree-'));
  mkdirSync(join(root, 'xen/common'), { recursive: true });
  mkdirSync(join(root, 'node_modules'));
  writeFileSync(join(root, 'node_modules/x.c'), '');
  writeFileSync(join(root, 'xen/Makefile'), MAKEFILE);
  writeFileSync(join(root, 'xen/common/wheel.c'), 'int wheel; /* ü */\n');
  writeFileSync(join(root, 'xen/common/wheel two.c'), 'int wheel; /* ü */\n');
  symlinkSync('wheel.c', join(root, 'xen/common/link.c'));
  git('init', '-q');
  git('add', 'xen');
  git('commit', '-qm', 'One');
  git('tag', 'RELEASE-4.22.0');
  git('branch', 'staging');
});

afterAll(() => {
  rmSync(root, { recursive: true });
});

async function opened(result: ReturnType<typeof openWorkTree>): Promise<Tree> {
  const found = await result;
  if (!found.ok) throw new Error(found.problem.actual);
  return found.tree;
}

describe('a tree', () => {
  it.each([
    ['out of a folder', () => openWorkTree(root)],
    ['out of a tag', () => openGitRelease(root, '4.22.0')],
    ['out of a branch', () => openGitRevision(root, 'staging')],
  ])('%s', async (_where, open) => {
    const tree = await opened(open());
    expect(tree.label).toMatch(/^Xen 4\.22\.0(?: \(staging, [0-9a-f]{12}\))?$/);
    expect(tree).toMatchObject({
      release: '4.22.0',
      commit: git('rev-parse', 'HEAD'),
      date: '2026-07-29',
      paths: ['xen/Makefile', 'xen/common/wheel two.c', 'xen/common/wheel.c'],
    });
    const texts = await tree.read(['xen/common/wheel.c', 'xen/common/wheel two.c', 'xen/none.c']);
    expect([...texts]).toEqual([
      ['xen/common/wheel.c', 'int wheel; /* ü */\n'],
      ['xen/common/wheel two.c', 'int wheel; /* ü */\n'],
    ]);
  });

  it('below a repository of something else has no commit', async () => {
    const inner = join(root, 'node_modules');
    mkdirSync(join(inner, 'xen'));
    writeFileSync(join(inner, 'xen/Makefile'), MAKEFILE);
    expect((await opened(openWorkTree(inner))).commit).toBeNull();
  });
});

it('is read from blobs that were read before, and from others', async () => {
  const blobs = new Blobs(root);
  const path = 'xen/common/wheel.c';
  const read = async () => (await opened(openGitRelease(root, '4.22.0', blobs))).read([path]);
  const first = await read();
  expect(await read()).toEqual(first);
  const hashes = [git('rev-parse', `HEAD:${path}`), git('rev-parse', 'HEAD:xen/Makefile')];
  const texts = await blobs.read(new Set(hashes));
  expect(hashes.map((hash) => texts.get(hash))).toEqual([first.get(path), MAKEFILE]);
});

describe('a tree that cannot be used', () => {
  it.each([
    ['no Makefile', () => openWorkTree(join(root, 'xen')), 'a folder without `xen/Makefile`'],
    ['no folder', () => openWorkTree('/nowhere'), 'a folder without `xen/Makefile`'],
    ['no tag', () => openGitRelease(root, '4.1.0'), 'no tag `RELEASE-4.1.0`'],
    ['no branch', () => openGitRevision(root, 'none'), 'no revision `none`'],
    ['an option', () => openGitRevision(root, '--all'), 'no revision `--all`'],
    ['no repository', () => openGitRelease('/nowhere', '4.22.0'), 'no tag `RELEASE-4.22.0`'],
  ])('%s', async (_what, open, actual) => {
    expect(await open()).toMatchObject({ ok: false, problem: { kind: 'tree-unusable', actual } });
  });

  it('is told from none at all, with the command that brings one', async () => {
    const places = { environment: undefined, cache: join(root, 'none'), pinnedRelease: '4.22.0' };
    expect(await findTree({}, places)).toMatchObject({
      ok: false,
      problem: { kind: 'tree-unusable', repair: 'npm run atlas -- fetch' },
    });
  });
});

describe('findTree', () => {
  it('takes the option before the environment, and the environment before the cache', async () => {
    const places = { environment: root, cache: '/nowhere', pinnedRelease: '4.22.0' };
    expect(await findTree({ tree: '/nowhere' }, places)).toMatchObject({ ok: false });
    expect(await findTree({}, places)).toMatchObject({ ok: true, tree: { release: '4.22.0' } });
    expect(await findTree({ git: root }, places)).toMatchObject({ ok: true });
    expect(await findTree({ git: root, release: '4.1.0' }, places)).toMatchObject({ ok: false });
  });

  it('takes the pinned release out of the cache, else the newest', async () => {
    const cache = join(root, 'cache');
    for (const release of ['4.9.0', '4.20.0', '4.17.0', 'debian']) {
      mkdirSync(join(cache, release, 'xen'), { recursive: true });
      const [, minor] = release.split('.');
      const makefile = `XEN_VERSION = 4\nXEN_SUBVERSION = ${minor}\nXEN_EXTRAVERSION = .0\n`;
      writeFileSync(join(cache, release, 'xen/Makefile'), makefile);
    }
    const find = (pinnedRelease: string) => findTree({}, { environment: '', cache, pinnedRelease });
    expect(await find('4.17.0')).toMatchObject({ tree: { release: '4.17.0' } });
    expect(await find('4.22.0')).toMatchObject({ tree: { release: '4.20.0' } });
  });
});

describe('releaseFromMakefile', () => {
  it.each([
    [
      'XEN_VERSION = 4\nXEN_SUBVERSION = 17\nXEN_EXTRAVERSION ?= .5$(XEN_VENDORVERSION)\n',
      '4.17.5',
    ],
    ['XEN_VERSION := 4\nXEN_SUBVERSION := 23\nXEN_EXTRAVERSION := -unstable\n', '4.23'],
    ['XEN_VERSION = 4\n', undefined],
    ['', undefined],
  ])('%j', (makefile, release) => {
    expect(releaseFromMakefile(makefile)).toBe(release);
  });
});
