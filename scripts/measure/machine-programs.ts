/** Programs of unpacked packages, run with the libraries that were unpacked with them. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const LIBRARIES = ['usr/lib/x86_64-linux-gnu', 'lib/x86_64-linux-gnu'] as const;
const LOADER = 'ld-linux-x86-64.so.2';

/** Folders of libraries that are there. */
export function libraryFolders(root: string): string[] {
  return LIBRARIES.map((folder) => join(root, folder)).filter((folder) => existsSync(folder));
}

/** The path of a library or of the loader. */
export function libraryPath(root: string, name: string): string | undefined {
  return libraryFolders(root)
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}

/** The words by which a program of the packages is started on a machine that has other libraries. */
export function programCommand(root: string, program: string): readonly [string, ...string[]] {
  const loader = libraryPath(root, LOADER);
  if (loader === undefined) throw new Error(`no ${LOADER} among the unpacked packages`);
  return [loader, '--library-path', libraryFolders(root).join(':'), join(root, program)];
}

/** Runs a program of the packages and returns what it prints. */
export async function runProgram(
  root: string,
  program: string,
  args: readonly string[],
  cwd: string,
): Promise<string> {
  const [command, ...first] = programCommand(root, program);
  const { stdout } = await run(command, [...first, ...args], { cwd, maxBuffer: 1 << 26 });
  return stdout;
}

/** Libraries that programs need, and those that these need, by name. */
export async function neededLibraries(
  root: string,
  programs: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const left = [...programs];
  for (let path = left.pop(); path !== undefined; path = left.pop()) {
    const text = await runProgram(root, 'usr/bin/readelf', ['-d', path], root);
    for (const [, name = ''] of text.matchAll(/\(NEEDED\).*\[([^\]]+)\]/g)) {
      const library = libraryPath(root, name);
      if (library === undefined || found.has(name)) continue;
      found.set(name, library);
      left.push(library);
    }
  }
  const loader = libraryPath(root, LOADER);
  if (loader !== undefined) found.set(LOADER, loader);
  return found;
}
