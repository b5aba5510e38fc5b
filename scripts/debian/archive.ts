/**
 * Debian's archive, asked in a folder of our own: stanzas are made from the machine's own package sources; nothing of
 * the system's configuration is touched, and nothing is installed.
 */
import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
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

/** Runs one of apt's commands on the archive, in its folder. */
export type Apt = (command: string, ...args: string[]) => Promise<{ readonly stdout: string }>;

/**
 * Reads the lists of some suites into `work`. Throws when the machine is no Debian or the archive does not answer. apt
 * sees no package as installed, and tries again when the archive fails for a while.
 */
export async function openArchive(
  work: string,
  type: 'deb' | 'deb-src',
  suites: readonly string[],
): Promise<Apt> {
  const [address] = archiveAddresses(await readConfiguration());
  if (address === undefined)
    throw new Error('no Debian archive in the package sources of this machine');
  for (const name of ['parts', 'lists/partial', 'cache/archives/partial'])
    await mkdir(join(work, name), { recursive: true });
  const stanza = `Types: ${type}\nURIs: ${address}\nSuites: ${suites.join(' ')}\nComponents: main\nSigned-By: ${KEYRING}\n`;
  await writeFile(join(work, 'parts/debian.sources'), stanza);
  await writeFile(join(work, 'status'), '');
  const options = [
    'Dir::Etc::SourceList=/dev/null',
    `Dir::Etc::SourceParts=${work}/parts`,
    `Dir::State::Lists=${work}/lists`,
    `Dir::State::Status=${work}/status`,
    `Dir::Cache=${work}/cache`,
    'APT::Install-Recommends=0',
    'APT::Update::Error-Mode=any',
    'Acquire::Retries=5',
    'Debug::NoLocking=1',
  ].flatMap((option) => ['-o', option]);
  const apt: Apt = (command, ...args) =>
    run(command, [...options, ...args], { cwd: work, maxBuffer: 1 << 26 });
  await apt('apt-get', 'update', '-qq');
  return apt;
}
