/** A real Xen tree from Debian’s source package, for machines without the wider network. */
import { execFile } from 'node:child_process';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { compareReleases } from '../../src/model/release.ts';
import { type Apt, openArchive } from '../debian/archive.ts';

const run = promisify(execFile);

/** Suites whose source package of Xen is complete in the archive itself; the newest first. */
const SUITES = ['trixie', 'bookworm'] as const;

/** Versions of a `showsrc` listing, the newest release first. */
export function sourceVersions(listing: string): string[] {
  const versions = [...listing.matchAll(/^Version: (\d+\.\d+\.\d+\S*)$/gm)].map(
    (match) => match[1] ?? '',
  );
  const release = (version: string) => /^\d+\.\d+\.\d+/.exec(version)?.[0] ?? '0';
  return [...new Set(versions)].sort((a, b) => compareReleases(release(b), release(a)));
}

/** Downloads the first of the versions whose tarball is there: an archive may list one that it does not hold yet. */
export async function downloadFirst(apt: Apt, versions: readonly string[]): Promise<string> {
  const failures: string[] = [];
  for (const version of versions) {
    try {
      await apt('apt-get', '-qq', 'source', '--tar-only', `xen=${version}`);
      return version;
    } catch (error) {
      failures.push(error instanceof Error ? error.message.trim() : String(error));
    }
  }
  throw new Error(failures.join('\n') || 'no source package `xen` in the Debian archive');
}

/**
 * Unpacks the newest source of Xen that Debian has into `folder` and returns the path of the tree. Throws when the
 * machine is no Debian or the archive does not answer.
 */
export async function fetchDebianTree(folder: string): Promise<string> {
  const work = resolve(folder, 'debian');
  await rm(work, { recursive: true, force: true });
  const apt = await openArchive(work, 'deb-src', SUITES);
  const listing = (await apt('apt-cache', 'showsrc', 'xen')).stdout;
  const version = await downloadFirst(apt, sourceVersions(listing));
  const tarball = (await readdir(work)).find((name) => /^xen_.*\.orig\.tar\./.test(name));
  if (tarball === undefined) throw new Error(`no tarball of xen ${version}`);
  const release = /^\d+\.\d+\.\d+/.exec(version)?.[0] ?? version;
  const unpacked = join(work, 'tree');
  await mkdir(unpacked);
  await run('tar', ['-xf', join(work, tarball), '-C', unpacked, '--strip-components=1']);
  const tree = resolve(folder, release);
  await rm(tree, { recursive: true, force: true });
  await rename(unpacked, tree);
  await rm(work, { recursive: true, force: true });
  return tree;
}
