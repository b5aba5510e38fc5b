/**
 * A real Xen tree from Debian's source package, for machines without the wider network. `deb-src` stanzas are made from
 * the machine's own package sources in a folder of our own; nothing of the system's configuration is touched or
 * installed.
 */
import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { compareReleases } from '../../src/model/release.ts';

const run = promisify(execFile);

/** Suites whose source package of Xen is complete in the archive itself; the newest first. */
const SUITES = ['trixie', 'bookworm'] as const;
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';

/** Addresses of Debian's main archive in the machine's own configuration, in both of apt's formats. */
export function archiveAddresses(configuration: string): string[] {
  const deb822 = [...configuration.matchAll(/^URIs:\s*(.+)$/gm)].flatMap((match) =>
    (match[1] ?? '').split(/\s+/),
  );
  const lines = [...configuration.matchAll(/^deb(?:-src)?\s+(?:\[[^\]]*\]\s+)?(\S+)/gm)].map(
    (match) => match[1] ?? '',
  );
  return [...new Set([...deb822, ...lines])].filter((address) => /\/debian\/?$/.test(address));
}

async function readConfiguration(): Promise<string> {
  const folder = '/etc/apt/sources.list.d';
  const parts = (await readdir(folder).catch(() => [])).filter((name) =>
    /\.(?:list|sources)$/.test(name),
  );
  const paths = ['/etc/apt/sources.list', ...parts.sort().map((name) => join(folder, name))];
  const texts = await Promise.all(paths.map((path) => readFile(path, 'utf8').catch(() => '')));
  return texts.join('\n');
}

/** Versions of a `showsrc` listing, the newest release first. */
export function sourceVersions(listing: string): string[] {
  const versions = [...listing.matchAll(/^Version: (\d+\.\d+\.\d+\S*)$/gm)].map(
    (match) => match[1] ?? '',
  );
  const release = (version: string) => /^\d+\.\d+\.\d+/.exec(version)?.[0] ?? '0';
  return [...new Set(versions)].sort((a, b) => compareReleases(release(b), release(a)));
}

/**
 * Unpacks the newest source of Xen that Debian has into `folder` and returns the path of the tree. Throws when the
 * machine is no Debian or the archive does not answer.
 */
export async function fetchDebianTree(folder: string): Promise<string> {
  const [address] = archiveAddresses(await readConfiguration());
  if (address === undefined)
    throw new Error('no Debian archive in the package sources of this machine');
  const work = resolve(folder, 'debian');
  await rm(work, { recursive: true, force: true });
  for (const name of ['parts', 'lists/partial', 'cache'])
    await mkdir(join(work, name), { recursive: true });
  const stanza = `Types: deb-src\nURIs: ${address}\nSuites: ${SUITES.join(' ')}\nComponents: main\nSigned-By: ${KEYRING}\n`;
  await writeFile(join(work, 'parts/xen.sources'), stanza);
  const options = [
    'Dir::Etc::SourceList=/dev/null',
    `Dir::Etc::SourceParts=${work}/parts`,
    `Dir::State::Lists=${work}/lists`,
    `Dir::Cache=${work}/cache`,
  ].flatMap((option) => ['-o', option]);
  const apt = (command: string, ...args: string[]) =>
    run(command, [...options, ...args], { cwd: work, maxBuffer: 1 << 26 });
  await apt('apt-get', 'update', '-qq');
  const [version] = sourceVersions((await apt('apt-cache', 'showsrc', 'xen')).stdout);
  if (version === undefined) throw new Error('no source package `xen` in the Debian archive');
  await apt('apt-get', '-qq', 'source', '--tar-only', `xen=${version}`);
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
