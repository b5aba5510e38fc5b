/** Xen, a dom0 and the machine’s emulator from Debian’s packages, unpacked into a folder; nothing is installed. */
import { execFile } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { openArchive } from '../debian/archive.ts';

const run = promisify(execFile);

/** A release of Debian whose packages are measured. */
export interface Suite {
  readonly name: string;
  /** The version of Xen in the names of its packages. */
  readonly xen: string;
}

export const SUITES = [
  { name: 'bookworm', xen: '4.17' },
  { name: 'trixie', xen: '4.20' },
] as const satisfies readonly Suite[];

/** Unpacked packages. */
export interface Packages {
  /** The folder that stands for `/`. */
  readonly root: string;
  readonly suite: Suite;
  readonly versions: { readonly xen: string; readonly qemu: string; readonly linux: string };
  /** When the newer of Xen and QEMU was made, as a date. */
  readonly made: string;
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** Debs that are unpacked at a time. */
const AT_ONCE = 4;

function wanted({ xen }: Suite): readonly string[] {
  return [
    `xen-hypervisor-${xen}-amd64`,
    `xen-utils-${xen}`,
    'qemu-system-x86',
    'qemu-system-xen',
    'linux-image-amd64',
    'busybox-static',
    'binutils',
  ];
}

async function unpack(debs: readonly string[], root: string): Promise<void> {
  const left = [...debs];
  const next = async (): Promise<void> => {
    for (let deb = left.pop(); deb !== undefined; deb = left.pop())
      await run('dpkg-deb', ['-x', deb, root]);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
}

/** The version in the name of a package’s file, of which `%3a` stands for a colon. */
function versionOf(folder: string, name: string): string {
  const [path] = globSync(`${name}_*.deb`, { cwd: folder });
  const version = basename(path ?? '').split('_')[1];
  if (version === undefined) throw new Error(`no package ${name} among what apt downloaded`);
  return decodeURIComponent(version);
}

/** When the newest entry of a package’s change log was signed, as a date of its own time zone. */
async function madeOn(root: string, name: string): Promise<string> {
  const packed = await readFile(join(root, 'usr/share/doc', name, 'changelog.Debian.gz'));
  const log = (await promisify(gunzip)(packed)).toString('utf8');
  const [, day = '', month = '', year = ''] =
    /^ -- .*> {2}[A-Z][a-z]{2}, +(\d+) ([A-Z][a-z]{2}) (\d{4}) /m.exec(log) ?? [];
  const number = MONTHS.indexOf(month) + 1;
  if (number === 0) throw new Error(`no date in the change log of ${name}`);
  return `${year}-${String(number).padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** Packages as they are in `cache`, or downloaded and unpacked into it. Throws when Debian’s archive cannot be had. */
export async function preparePackages(cache: string, suite: Suite): Promise<Packages> {
  const folder = join(cache, suite.name);
  const archives = join(folder, 'cache/archives');
  const root = join(folder, 'root');
  if (!existsSync(root)) {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    const apt = await openArchive(folder, 'deb', [suite.name]);
    await apt('apt-get', '-qq', '-y', '--download-only', 'install', ...wanted(suite));
    const unfinished = join(folder, 'unfinished');
    await mkdir(unfinished);
    const debs = globSync('*.deb', { cwd: archives }).sort();
    await unpack(
      debs.map((deb) => join(archives, deb)),
      unfinished,
    );
    await rename(unfinished, root);
  }
  const made = [
    await madeOn(root, `xen-hypervisor-${suite.xen}-amd64`),
    await madeOn(root, 'qemu-system-x86'),
  ];
  const kernel = basename(globSync('linux-image-[0-9]*.deb', { cwd: archives })[0] ?? '');
  return {
    root,
    suite,
    versions: {
      xen: versionOf(archives, `xen-hypervisor-${suite.xen}-amd64`),
      qemu: versionOf(archives, 'qemu-system-x86'),
      linux: versionOf(archives, kernel.split('_')[0] ?? ''),
    },
    made: made.sort().at(-1) ?? '',
  };
}
