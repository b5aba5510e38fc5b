/** The built site in other places: in a folder of an address, and as the copy that is opened from a folder of a disk. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { classicScript } from '../../scripts/offline/classic-script.ts';
import { offlineFiles } from '../../scripts/offline/offline-files.ts';
import { placeAddresses } from '../../src/data/place-addresses.ts';
import { placed } from '../../src/data/placed.ts';
import { DIST, pageOfEachType, readSite } from '../built-pages.ts';
import { expect, type Page, test } from './atlas-test.ts';

const FOLDER = '/xen-atlas/';
const HPET = '/features/time/hpet/';
const { answer } = pageOfEachType();

/** What goes wrong on a page: errors of scripts, of the console, and of what is loaded. */
function problemsOf(page: Page): string[] {
  const problems: string[] = [];
  page.on('pageerror', ({ message }) => problems.push(message));
  page.on('requestfailed', (request) => problems.push(`${request.url()} failed`));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  return problems;
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.html': 'text/html',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};

/** Answers as a host would where the site stands in a folder; what is asked for outside of it is not there. */
async function serveInFolder(page: Page, outside: string[]): Promise<void> {
  const site = readSite();
  const decoder = new TextDecoder();
  await page.route('**/*', async (route) => {
    const { pathname } = new URL(route.request().url());
    const path = decodeURIComponent(pathname.slice(FOLDER.length));
    const file = path === '' || path.endsWith('/') ? `${path}index.html` : path;
    if (!pathname.startsWith(FOLDER)) outside.push(pathname);
    const found = pathname.startsWith(FOLDER) ? site.get(file) : undefined;
    const lost = decoder.decode(site.get('404.html'));
    const type = found === undefined ? '.html' : extname(file);
    const text = found === undefined ? lost : decoder.decode(found);
    await route.fulfill({
      status: found === undefined ? 404 : 200,
      headers: { 'content-type': TYPES[type] ?? 'application/octet-stream' },
      body:
        type === '.html'
          ? placeAddresses(text, (address) => placed(address, FOLDER))
          : Buffer.from(found ?? []),
    });
  });
}

test.describe('in a folder of an address', () => {
  test('pages lead to each other, and the matrix opens the conditions of a cell', async ({
    page,
  }) => {
    const outside: string[] = [];
    const problems = problemsOf(page);
    await serveInFolder(page, outside);
    await page.goto(FOLDER);
    await page.locator('.site-sections').getByRole('link', { name: 'Matrix' }).click();
    await expect(page).toHaveURL(new RegExp(`${FOLDER}matrix/$`));
    await page.waitForLoadState('load');
    await page.locator('td[data-column="hvm"]:has(.cell-more) a.cell').first().focus();
    await expect(page.locator('.cell-conditions')).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(new RegExp(`${FOLDER}features/`));
    expect(problems).toEqual([]);
    expect(outside).toEqual([]);
  });

  test('the search reads its index there, and its hits lead there', async ({ page }) => {
    const outside: string[] = [];
    await serveInFolder(page, outside);
    await page.goto(`${FOLDER}search/?q=io_emul_stub_setup`);
    const hit = page.locator('#search-identifiers a').first();
    await expect(hit).toHaveAttribute('href', /^\/xen-atlas\//);
    await expect(page.locator('#search-pages a').first()).toHaveAttribute('href', /^\/xen-atlas\//);
    await hit.click();
    await expect(page.locator('h1')).toContainText('io_emul_stub_setup');
    expect(outside).toEqual([]);
  });

  test('a configuration is explained there', async ({ page }) => {
    const outside: string[] = [];
    await serveInFolder(page, outside);
    await page.goto(`${FOLDER}explain/#name=a&type=hvm`);
    await expect(page.locator('.running').first()).toBeVisible();
    await expect(page.locator('.explained-row a').first()).toHaveAttribute(
      'href',
      /^\/xen-atlas\/features\//,
    );
    expect(outside).toEqual([]);
  });

  test('pages near an address that leads nowhere are suggested', async ({ page }) => {
    const outside: string[] = [];
    await serveInFolder(page, outside);
    await page.goto(`${FOLDER}features/interrupts/local-apc/`);
    const near = page.locator('#suggestions a').first();
    await expect(near).toHaveAttribute('href', `${FOLDER}features/interrupts/local-apic/`);
    expect(outside).toEqual([]);
  });
});

test.describe('from a folder of a disk', () => {
  const copied = ['/', '/matrix/', '/search/', '/explain/', '/a-z/', HPET, answer];
  let folder = '';
  const at = (address: string) => `${pathToFileURL(join(folder, address)).href}index.html`;

  test.beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'atlas-copy-'));
    const pages = new Set(copied.map((address) => `${address.slice(1)}index.html`));
    const site = [...readSite()].filter(([path]) => pages.has(path) || !path.endsWith('.html'));
    const files = await offlineFiles(new Map(site), (path) => classicScript(join(DIST, path)));
    for (const [path, bytes] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), bytes);
    }
  });

  test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

  for (const address of copied) {
    test(`${address} opens without an error, with its style`, async ({ page }) => {
      const problems = problemsOf(page);
      await page.goto(at(address));
      await expect(page.locator('h1')).toBeVisible();
      const columns = await page
        .locator('.site-header-inner')
        .evaluate((header) => getComputedStyle(header).display);
      expect(columns).not.toBe('block');
      expect(problems.filter((problem) => !/search\/index\.html/.test(problem))).toEqual([]);
    });
  }

  test('the matrix is filtered, its address says how, and a cell leads to its row', async ({
    page,
  }) => {
    await page.goto(at('/'));
    await page.locator('.site-sections').getByRole('link', { name: 'Matrix' }).click();
    await expect(page.locator('.from-folder')).toBeVisible();
    await page.locator('#matrix-filter [name=q]').fill('time/hpet');
    await expect(page).toHaveURL(/matrix\/index\.html\?q=time\/hpet$/);
    const row = page.locator('#matrix tr[data-area]:visible');
    await expect(row).toHaveCount(1);
    await row.locator('td a').first().click();
    await expect(page).toHaveURL(/features\/time\/hpet\/index\.html#/);
  });

  test('the search and the calculator say that they need a server, and where else to look', async ({
    page,
  }) => {
    await page.goto(at('/'));
    await page.locator('#site-search').fill('pit');
    await page.locator('.site-search button').click();
    await expect(page).toHaveURL(/search\/index\.html\?q=pit$/);
    await expect(page.locator('.from-folder')).toContainText('needs a web server');
    await page.locator('.from-folder a').click();
    await expect(page).toHaveURL(/a-z\/index\.html$/);
    await page.goto(at('/explain/'));
    await expect(page.locator('.from-folder')).toContainText('needs a web server');
    await expect(page.locator('#explain-form')).toBeHidden();
  });

  test('the theme that a reader chooses stays', async ({ page }) => {
    await page.goto(at('/'));
    await page.locator('#theme').selectOption('dark');
    await page.goto(at('/matrix/'));
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  });
});
