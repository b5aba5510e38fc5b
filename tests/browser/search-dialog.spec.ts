import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from './atlas-test.ts';

const field = (page: Page) => page.getByRole('combobox', { name: 'Identifier or words' });
const options = (page: Page) => page.locator('#search-options [role=option]');

async function openByKey(page: Page, address = '/legend/'): Promise<void> {
  await page.goto(address);
  await page.keyboard.press('/');
  await expect(field(page)).toBeFocused();
}

async function type(page: Page, words: string): Promise<void> {
  await page.keyboard.type(words);
  await expect(options(page).first()).toBeVisible();
}

test('nothing of the search is loaded before it is asked for', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  // A slow page can have an idle network before it has asked for its scripts, so that its load counts too.
  await page.goto('/legend/');
  await page.waitForLoadState('networkidle');
  const ofTheSearch = () => asked.filter((path) => /^\/(search|pagefind)\//.test(path));
  expect(ofTheSearch()).toEqual([]);
  await page.keyboard.press('/');
  await expect(field(page)).toBeFocused();
  await expect.poll(ofTheSearch).toContainEqual(expect.stringContaining('identifiers'));
});

test('the arrows choose, and Enter opens the choice', async ({ page }) => {
  await openByKey(page);
  await type(page, 'io_emul_stub_setup');
  await expect(field(page)).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  const chosen = page.locator('#search-options [aria-selected=true]');
  await expect(chosen).toHaveCount(1);
  await expect(field(page)).toHaveAttribute(
    'aria-activedescendant',
    (await chosen.getAttribute('id')) ?? '',
  );
  await expect(field(page)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/symbols\/io_emul_stub_setup\/$/);
});

test('Enter without a choice leads to all results, which are the same', async ({ page }) => {
  await openByKey(page);
  await type(page, 'interval timer');
  await expect(options(page).locator('mark').first()).toBeVisible();
  const found = await page.locator('.search-dialog .search-status').textContent();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/search\/\?q=interval\+timer$/);
  await expect(page.locator('#search-status')).toHaveText(found ?? '');
});

test('Escape closes, and the focus goes back to where it was', async ({ page }) => {
  await page.goto('/legend/');
  const link = page.getByRole('link', { name: 'Verdicts' });
  await link.focus();
  await page.keyboard.press('Control+k');
  await expect(field(page)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(link).toBeFocused();
  await page.keyboard.press('/');
  await expect(field(page)).toBeFocused();
});

test('a slash in a field stays one, and Control-K opens the search there too', async ({ page }) => {
  await page.goto('/facts/emulation-flag/');
  const filter = page.getByLabel('Filter');
  await filter.focus();
  await page.keyboard.type('a/b');
  await expect(filter).toHaveValue('a/b');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('Control+k');
  await expect(field(page)).toBeFocused();
});

test('facets narrow, and all results are narrowed alike', async ({ page }) => {
  await openByKey(page);
  await type(page, 'timer');
  const status = page.locator('.search-dialog .search-status');
  const before = await status.textContent();
  await page.getByText('Narrow').click();
  await page.getByRole('checkbox', { name: /^Feature/ }).check();
  await expect(status).not.toHaveText(before ?? '');
  await expect(page.getByText('Narrow: 1 chosen')).toBeVisible();
  const narrowed = await status.textContent();
  await page.getByRole('button', { name: 'All results' }).click();
  await expect(page).toHaveURL(/\/search\/\?q=timer&collection=feature$/);
  await expect(page.locator('#search-status')).toHaveText(narrowed ?? '');
});

test('a name that is not there leads to the one that is near', async ({ page }) => {
  await openByKey(page);
  await type(page, 'io_emul_stub_setpu');
  await expect(page.getByRole('group', { name: 'No such identifier' })).toBeVisible();
  await options(page)
    .filter({ hasText: /^io_emul_stub_setup$/ })
    .click();
  await expect(page).toHaveURL(/\/search\/\?q=io_emul_stub_setup$/);
});

test('the page of the search has a field of its own for the key', async ({ page }) => {
  await page.goto('/search/');
  await page.keyboard.press('/');
  await expect(page.locator('#search-query')).toBeFocused();
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('what is typed while the search is loaded goes on in the dialog', async ({ page }) => {
  await page.goto('/legend/');
  const held = Promise.withResolvers<void>();
  await page.route(/\/search\/$/, async (route) => {
    await held.promise;
    await route.continue();
  });
  await page.keyboard.press('/');
  await page.keyboard.type('interval ');
  held.resolve();
  await expect(field(page)).toBeFocused();
  await page.keyboard.type('timer');
  await expect(field(page)).toHaveValue('interval timer');
  await expect(page.locator('#site-search')).toHaveValue('');
});

test('where the search cannot be loaded, the form still leads to its page', async ({ page }) => {
  await page.goto('/legend/');
  await page.route(/\/search\/$/, (route) => route.abort());
  await page.keyboard.press('/');
  await expect(page.locator('#site-search')).toBeFocused();
  await page.keyboard.type('pit');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/search\/\?q=pit$/);
});

test.describe('by touch in a window of 375 pixels', () => {
  test.use({ viewport: { width: 375, height: 740 }, hasTouch: true });

  test('the field of the header opens the search, and a touch opens an answer', async ({
    page,
  }) => {
    await page.goto('/legend/');
    await page.locator('#site-search').tap();
    await expect(field(page)).toBeFocused();
    await type(page, '0xcf8');
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(375);
    await options(page).first().tap();
    await expect(page).toHaveURL(/\/facts\/io-port\//);
  });

  test('a button closes it', async ({ page }) => {
    await page.goto('/legend/');
    await page.locator('#site-search').tap();
    await page.getByRole('button', { name: 'Close' }).tap();
    await expect(page.getByRole('dialog')).toBeHidden();
  });
});

for (const [name, media] of Object.entries({
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  'forced colours': { forcedColors: 'active' },
} as const)) {
  test(`the dialog has no barrier in ${name}`, async ({ page }) => {
    await page.emulateMedia({ ...media, reducedMotion: 'reduce' });
    await openByKey(page);
    await type(page, 'timer');
    await page.getByText('Narrow').click();
    await page.locator('#search-dialog [name=q]').press('ArrowDown');
    const { violations } = await new AxeBuilder({ page }).include('.search-dialog').analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  });
}
