/**
 * Finds a Chromium for the browser tests: the one that `CHROMIUM` names, one of the system, Playwright's own. There is
 * no test without a browser: who finds none says what to do.
 */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

export interface Chromium {
  readonly path: string;
  readonly from: 'CHROMIUM' | 'system' | 'playwright';
}

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'] as const;

export const CHROMIUM_ADVICE = [
  'No Chromium was found for the browser tests. One of these helps:',
  '  npx playwright install chromium      (Playwright’s own, on most systems)',
  '  apt-get install chromium             (Debian)',
  '  CHROMIUM=/path/to/chromium npm test  (one that is there)',
].join('\n');

/** Flags under which a Chromium runs without a desktop, without a sandbox of its own and without calling home. */
export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
] as const;

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function onSearchPath({ PATH = '' }: NodeJS.ProcessEnv): string | undefined {
  const folders = PATH.split(delimiter).filter((folder) => folder !== '');
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

/** The Chromium to test with, or `undefined` when there is none. A wrong `CHROMIUM` is an error, not a hint. */
export function findChromium(variables: NodeJS.ProcessEnv = process.env): Chromium | undefined {
  const { CHROMIUM: named } = variables;
  if (named !== undefined && named !== '') {
    if (isExecutable(named)) return { path: named, from: 'CHROMIUM' };
    throw new Error(`CHROMIUM names \`${named}\`, which is not an executable file`);
  }
  const system = onSearchPath(variables);
  if (system !== undefined) return { path: system, from: 'system' };
  const own = chromium.executablePath();
  return isExecutable(own) ? { path: own, from: 'playwright' } : undefined;
}

/** As `findChromium`, and throws with what to do when there is none. */
export function requireChromium(variables: NodeJS.ProcessEnv = process.env): Chromium {
  const found = findChromium(variables);
  if (found === undefined) throw new Error(CHROMIUM_ADVICE);
  return found;
}
