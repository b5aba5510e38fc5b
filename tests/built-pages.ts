/** The pages of the built site, and one of each type. */
import { globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** The built site; `ATLAS_DIST` names another than that of `npm run build`. */
export const DIST = process.env['ATLAS_DIST'] ?? 'dist';

/** Each type of page: its address, or the shape of the addresses of which the first is taken. */
const TYPES = {
  home: /^\/$/,
  matrix: /^\/matrix\/$/,
  'matrix of an older release': /^\/4\.17\/matrix\/$/,
  'explain an xl.cfg': /^\/explain\/$/,
  'list of guests': /^\/guests\/$/,
  guest: /^\/guests\/pvh\/$/,
  'list of comparisons': /^\/compare\/$/,
  comparison: /^\/compare\/[^/]+\/[^/]+\/$/,
  'list of features': /^\/features\/$/,
  feature: /^\/features\/interrupts\/local-apic\/$/,
  'list of facts': /^\/facts\/$/,
  'facts of a kind': /^\/facts\/io-port\/$/,
  'emulation flag': /^\/facts\/emulation-flag\/[^/]+\/$/,
  hypercall: /^\/facts\/hypercall\/[^/]+\/$/,
  'CPUID feature': /^\/facts\/cpuid-feature\/[^/]+\/$/,
  'I/O port': /^\/facts\/io-port\/[^/]+\/$/,
  'MMIO region': /^\/facts\/mmio-region\/[^/]+\/$/,
  MSR: /^\/facts\/msr\/[^/]+\/$/,
  'VM exit': /^\/facts\/vm-exit\/[^/]+\/$/,
  'PV instruction': /^\/facts\/pv-instruction\/[^/]+\/$/,
  'caller of the emulator': /^\/facts\/emulator-caller\/[^/]+\/$/,
  'opcodes of the emulator': /^\/facts\/opcode-map\/[^/]+\/$/,
  'PV protocol': /^\/facts\/pv-protocol\/[^/]+\/$/,
  'device of the device model': /^\/facts\/device-model\/[^/]+\/$/,
  'access to guest memory': /^\/facts\/memory-access\/[^/]+\/$/,
  'support status': /^\/facts\/support-status\/[^/]+\/$/,
  'boot topic': /^\/facts\/boot\/[^/]+\/$/,
  'Arm trap': /^\/facts\/arm-trap\/[^/]+\/$/,
  'list of answers': /^\/answers\/$/,
  answer: /^\/answers\/[^/]+\/$/,
  'list of guides': /^\/guides\/$/,
  guide: /^\/guides\/[^/]+\/$/,
  'list of diagrams': /^\/diagrams\/$/,
  'reach of the emulator': /^\/diagrams\/instruction-emulator\/$/,
  glossary: /^\/glossary\/$/,
  'list of threads': /^\/threads\/$/,
  thread: /^\/threads\/[^/]+\/$/,
  legend: /^\/legend\/$/,
  coverage: /^\/coverage\/$/,
  measured: /^\/measured\/$/,
  releases: /^\/releases\/$/,
  'changes between releases': /^\/releases\/4\.18\.\.4\.19\/$/,
  'list of feeds': /^\/feeds\/$/,
  stale: /^\/stale\/$/,
  contradictions: /^\/contradictions\/$/,
  search: /^\/search\/$/,
  'A to Z': /^\/a-z\/$/,
  'names under a letter': /^\/a-z\/m\/$/,
  'list of symbols': /^\/symbols\/$/,
  symbol: /^\/symbols\/[^/]+\/$/,
  'list of files': /^\/files\/$/,
  file: /^\/files\/.+\/$/,
  'page that is not there': /^\/404\.html$/,
} as const;

export type PageType = keyof typeof TYPES;

/** Files by their path below the folder of the site. */
export type SiteFiles = ReadonlyMap<string, Uint8Array>;

/** Every file of the built site. */
export function readSite(): SiteFiles {
  return new Map(
    globSync('**', { cwd: DIST, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((path) => [relative(DIST, path).replaceAll('\\', '/'), readFileSync(path)]),
  );
}

/** Whether a file only leads to another page. */
function redirects(path: string): boolean {
  return readFileSync(join(DIST, path), 'utf8').startsWith('<!doctype html><title>Redirecting to');
}

function addressesOf(paths: readonly string[]): string[] {
  return paths
    .map((path) => `/${path.replaceAll('\\', '/')}`.replace(/\/index\.html$/, '/'))
    .sort();
}

/** Addresses of every page in `dist/`, sorted. */
export function builtPages(): string[] {
  return addressesOf(globSync('**/*.html', { cwd: DIST }).filter((path) => !redirects(path)));
}

/** Addresses that lead to a page, sorted. */
export function builtRedirects(): string[] {
  return addressesOf(globSync('**/*.html', { cwd: DIST }).filter(redirects));
}

/** One page of each type; a type without a page is an error, for nothing of it would be tested. */
export function pageOfEachType(pages: readonly string[] = builtPages()): Record<PageType, string> {
  const found = Object.entries(TYPES).map(([type, shape]) => {
    const page = pages.find((address) => shape.test(address));
    if (page === undefined) throw new Error(`\`${DIST}/\` has no page of the type "${type}"`);
    return [type, page];
  });
  return Object.fromEntries(found);
}
