/**
 * The whole test suite, in one command: types, style, unit tests, a real Xen tree, the build, the built site, a real
 * browser. Brings what is missing where that is allowed, fails clearly where it is not, and ends with one line of totals.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { readSources } from '../scripts/markdown/read-sources.ts';
import { fetchDebianTree } from '../scripts/xen/tree-debian.ts';
import { cloneRelease, findTree } from '../scripts/xen/tree-source.ts';
import { CHROMIUM_ADVICE, findChromium } from './chromium.ts';
import { CACHE, ROOT } from './xen-tree.ts';

interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

interface Step {
  readonly name: string;
  readonly run: () => Promise<Totals> | Totals;
}

const PASSED: Totals = { passed: 1, failed: 0, skipped: 0 };
const FAILED: Totals = { passed: 0, failed: 1, skipped: 0 };

const bin = resolve(ROOT, 'node_modules/.bin');
const environment: NodeJS.ProcessEnv = {
  ...process.env,
  PATH: `${bin}:${process.env['PATH'] ?? ''}`,
  ASTRO_TELEMETRY_DISABLED: '1',
};
const say = (text: string) => process.stdout.write(`${text}\n`);

function command(name: string, args: readonly string[]): boolean {
  const { status, error } = spawnSync(name, args, {
    cwd: ROOT,
    env: environment,
    stdio: 'inherit',
  });
  if (error !== undefined) say(`${name}: ${error.message}`);
  return status === 0;
}

/** Whether a program is there, quietly. */
function has(name: string, ...args: string[]): boolean {
  return spawnSync(name, args, { env: environment, stdio: 'ignore' }).status === 0;
}

/** Installs Debian packages where this process may; false where it may not. */
function aptInstall(...packages: string[]): boolean {
  if (process.getuid?.() !== 0 || !has('apt-get', '--version')) return false;
  return (
    command('apt-get', ['-qq', 'update']) &&
    command('apt-get', ['-qq', '-y', 'install', ...packages])
  );
}

const step = (name: string, program: string, ...args: string[]): Step => ({
  name,
  run: () => (command(program, args) ? PASSED : FAILED),
});

/** Runs a vitest project and counts its tests; a file that does not load counts as a failure. */
async function vitest(project: string): Promise<Totals> {
  const folder = await mkdtemp(join(tmpdir(), 'atlas-test-'));
  const report = join(folder, 'report.json');
  const green = command('vitest', [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]);
  try {
    const result = JSON.parse(readFileSync(report, 'utf8')) as {
      numPassedTests: number;
      numFailedTests: number;
      numPendingTests: number;
      testResults: { status: string; assertionResults: unknown[] }[];
    };
    const broken = result.testResults.filter(
      ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
    ).length;
    const failed = result.numFailedTests + broken;
    return {
      passed: result.numPassedTests,
      failed: green ? failed : Math.max(1, failed),
      skipped: result.numPendingTests,
    };
  } catch {
    return FAILED;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function playwright(): Promise<Totals> {
  const folder = await mkdtemp(join(tmpdir(), 'atlas-browser-'));
  const report = join(folder, 'report.json');
  environment['PLAYWRIGHT_JSON_OUTPUT_NAME'] = report;
  const green = command('playwright', ['test', '--reporter=list,json']);
  try {
    const { stats } = JSON.parse(readFileSync(report, 'utf8')) as {
      stats: { expected: number; unexpected: number; flaky: number; skipped: number };
    };
    const failed = stats.unexpected + stats.flaky;
    return {
      passed: stats.expected,
      failed: green ? failed : Math.max(1, failed),
      skipped: stats.skipped,
    };
  } catch {
    return FAILED;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A browser: one that is there, Playwright's own download, the system's packages, or a clear failure. */
function provideBrowser(): Totals {
  if (findChromium(environment) !== undefined) return PASSED;
  say('No Chromium here; trying Playwright’s own, then the system’s packages.');
  command('playwright', ['install', 'chromium']);
  if (findChromium(environment) !== undefined) return PASSED;
  aptInstall('chromium');
  if (findChromium(environment) !== undefined) return PASSED;
  say(CHROMIUM_ADVICE);
  return FAILED;
}

/** A Xen tree: `XEN_TREE`, the cache, a clone, Debian's source package, or a clear failure. */
async function provideTree(): Promise<Totals> {
  const { xen } = await readSources(ROOT);
  const places = { environment: environment['XEN_TREE'], cache: CACHE, pinnedRelease: xen.release };
  const attempts = [
    async () => undefined,
    () => cloneRelease(xen.repository, xen.release, CACHE),
    () => fetchDebianTree(CACHE),
    () => pause(60_000).then(() => fetchDebianTree(CACHE)),
  ];
  for (const attempt of attempts) {
    await attempt().catch((error: Error) => say(`No tree that way: ${error.message.trim()}`));
    const found = await findTree({}, places);
    if (!found.ok) continue;
    say(`The tests read ${found.tree.label}.`);
    return PASSED;
  }
  say(
    'No Xen tree. Set XEN_TREE to one, or run `npm run atlas -- fetch` where the network allows.',
  );
  return FAILED;
}

/** The tools that Xen's own generators run on: how each shows that it is there, and its Debian packages. */
const ORACLES: readonly { readonly tries: readonly string[]; readonly packages: string[] }[] = [
  { tries: ['python3', '--version'], packages: ['python3'] },
  { tries: ['awk', 'BEGIN{}'], packages: ['mawk'] },
  { tries: ['cpp', '--version'], packages: ['cpp'] },
  { tries: ['gcc', '--version'], packages: ['gcc', 'libc6-dev'] },
  { tries: ['cscope', '--version'], packages: ['cscope'] },
  { tries: ['pandoc', '--version'], packages: ['pandoc'] },
  {
    tries: ['perl', '-MJSON', '-MTie::IxHash', '-MCGI', '-e', '1'],
    packages: ['libjson-perl', 'libtie-ixhash-perl', 'libcgi-pm-perl'],
  },
];

function provideOracles(): Totals {
  const missing = () =>
    ORACLES.filter(({ tries: [program = '', ...args] }) => !has(program, ...args));
  if (missing().length === 0) return PASSED;
  aptInstall(...missing().flatMap(({ packages }) => packages));
  if (missing().length === 0) return PASSED;
  say(
    `Xen’s own generators need the Debian packages ${missing()
      .flatMap(({ packages }) => packages)
      .join(', ')} or their like; install them and run again.`,
  );
  return FAILED;
}

/** Programs that keep and thread mail, whose archives the reader is tried on; where they cannot be had those tests skip. */
const MAIL_PROGRAMS: typeof ORACLES = [
  { tries: ['mhonarc', '-v'], packages: ['mhonarc'] },
  { tries: ['public-inbox-init', '--help'], packages: ['public-inbox'] },
  { tries: ['notmuch', '--version'], packages: ['notmuch'] },
];

/** Unpacks mhonarc below the cache: it needs nothing but Perl, where the others need hundreds of packages. */
function unpackMhonarc(): void {
  const folder = resolve(ROOT, '.cache/mail-programs');
  mkdirSync(folder, { recursive: true });
  const quiet = { cwd: folder, stdio: 'ignore' } as const;
  spawnSync('apt-get', ['download', 'mhonarc'], quiet);
  const file = readdirSync(folder).find((name) => name.endsWith('.deb'));
  if (file === undefined) return;
  spawnSync('dpkg', ['-x', file, '.'], quiet);
  environment['PATH'] = `${environment['PATH'] ?? ''}:${join(folder, 'usr/bin')}`;
  environment['PERL5LIB'] = join(folder, 'usr/share/mhonarc');
}

function provideMailPrograms(): Totals {
  const missing = () =>
    MAIL_PROGRAMS.filter(({ tries: [program = '', ...args] }) => !has(program, ...args)).flatMap(
      ({ packages }) => packages,
    );
  const wanted = missing();
  if (wanted.length === 0 || aptInstall(...wanted)) return PASSED;
  if (wanted.includes('mhonarc')) unpackMhonarc();
  const rest = missing();
  if (rest.length > 0) say(`Not to be had, and not tried: ${rest.join(', ')}.`);
  return PASSED;
}

const STEPS: readonly Step[] = [
  { name: 'a Xen tree', run: provideTree },
  { name: 'tools of the oracles', run: provideOracles },
  { name: 'programs of mail', run: provideMailPrograms },
  { name: 'a browser', run: provideBrowser },
  step('style', 'biome', 'check', '.'),
  step('style of templates', 'prettier', '--check', 'src/**/*.astro'),
  step('import rules', 'depcruise', '--config', '.dependency-cruiser.mjs', 'src', 'scripts'),
  step('types', 'astro', 'check', '--minimumSeverity', 'error'),
  step('content', 'node', 'scripts/atlas.ts', 'check'),
  { name: 'unit tests', run: () => vitest('unit') },
  { name: 'the real tree', run: () => vitest('tree') },
  step('build', 'npm', 'run', '--silent', 'build'),
  { name: 'the built site', run: () => vitest('site') },
  { name: 'the browser', run: playwright },
];

const sum = (totals: readonly Totals[], key: keyof Totals) =>
  totals.reduce((total, one) => total + one[key], 0);

const results: { readonly name: string; readonly totals: Totals }[] = [];
for (const { name, run } of STEPS) {
  say(`\n== ${name}`);
  results.push({ name, totals: await run() });
}
say('');
for (const { name, totals } of results) {
  say(
    `${totals.failed === 0 ? 'ok  ' : 'FAIL'} ${name}: ${totals.passed} passed, ${totals.failed} failed${totals.skipped === 0 ? '' : `, ${totals.skipped} skipped`}`,
  );
}
const all = results.map(({ totals }) => totals);
const skipped = sum(all, 'skipped');
say(
  `\n${sum(all, 'passed')} passed, ${sum(all, 'failed')} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`,
);
process.exitCode = sum(all, 'failed') === 0 ? 0 : 1;
