import { expect, test } from './atlas-test.ts';

/** Queries of readers, and the page that must come first. */
const FIRST = [
  ['io_emul_stub_setup', '/symbols/io_emul_stub_setup/'],
  ['0xcf8', /^\/facts\/io-port\//],
  ['emul-priv-op.c', '/files/xen/arch/x86/pv/emul-priv-op.c/'],
  ['XEN_X86_EMU_LAPIC', /^\/facts\/emulation-flag\/lapic\/$/],
  ['mmu_update', /^\/facts\/hypercall\/mmu[-_]update\/$/],
] as const;

for (const [query, address] of FIRST) {
  test(`${query} leads to its page first`, async ({ page }) => {
    await page.goto(`/search/?q=${encodeURIComponent(query)}`);
    const first = page.locator('#search-identifiers a').first();
    await expect(first).toHaveAttribute('href', address);
    await first.click();
    await expect(page.locator('h1')).toBeVisible();
    expect(new URL(page.url()).pathname).toMatch(address);
  });
}

test('a symbol that does not exist is said to be none', async ({ page }) => {
  await page.goto('/search/?q=xyzzy_no_such_symbol');
  await expect(page.locator('#search-identifiers')).toContainText('No such identifier');
  await expect(page.locator('#search-identifiers a')).toHaveCount(0);
  await expect(page.locator('.page-hit')).toHaveCount(0);
  await page.getByRole('link', { name: 'Search the text of the pages anyway' }).click();
  await expect(page).toHaveURL(/text=anyway/);
});

test('a word that no page has finds no page', async ({ page }) => {
  await page.goto('/search/?q=nosuchsymbol');
  await expect(page.locator('#search-status')).toHaveText('0 identifiers, 0 pages');
});

test('a misspelt symbol leads to the one that is near', async ({ page }) => {
  await page.goto('/search/?q=io_emul_stub_setpu');
  await page
    .locator('#search-identifiers')
    .getByRole('link', { name: 'io_emul_stub_setup' })
    .click();
  await expect(page.locator('#search-identifiers a').first()).toHaveAttribute(
    'href',
    '/symbols/io_emul_stub_setup/',
  );
});

test('words find pages, and the header’s form leads to them', async ({ page }) => {
  await page.goto('/matrix/');
  await page.keyboard.press('/');
  await page.keyboard.type('interval timer');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/search\/\?q=interval\+timer/);
  await expect(page.locator('.page-hit').first()).toBeVisible();
  await expect(page.locator('#search-query')).toHaveValue('interval timer');
});

test('facets are there before a word is typed, count, narrow and are in the address', async ({
  page,
}) => {
  await page.goto('/search/');
  const pvh = page.locator('#search-facets .choice', {
    has: page.locator('input[name="guest"][value="hvm"]'),
  });
  const count = Number(await pvh.locator('.count').textContent());
  expect(count).toBeGreaterThan(0);
  await pvh.locator('input').check();
  await expect(page).toHaveURL(/[?&]guest=hvm/);
  await expect(page.locator('#search-status')).toContainText(`${count} page`);
  await page.locator('#search-facets input[name="collection"][value="feature"]').check();
  await expect(page).toHaveURL(/collection=feature/);
  const narrowed = page.locator('#search-status');
  await expect(narrowed).not.toContainText(`${count} page`);
  const address = page.url();
  const words = await narrowed.textContent();
  await page.goto(address);
  await expect(narrowed).toHaveText(words ?? '');
  await expect(
    page.locator('#search-facets input[name="collection"][value="feature"]'),
  ).toBeChecked();
  await page.goBack();
});

test('facets count the pages that a query finds', async ({ page }) => {
  await page.goto('/search/?q=emulated');
  await expect(page.locator('.page-hit').first()).toBeVisible();
  const [, pages] =
    /(\d+) pages/.exec((await page.locator('#search-status').textContent()) ?? '') ?? [];
  const counts = await page
    .locator('.choice', { has: page.locator('input[name="collection"]') })
    .locator('.count')
    .allTextContents();
  const sum = counts.map(Number).reduce((total, count) => total + count, 0);
  expect(sum).toBeGreaterThan(0);
  expect(sum).toBe(Number(pages));
});

test('each letter narrows, and the address follows', async ({ page }) => {
  await page.goto('/search/');
  await expect(page.locator('.facet').first()).toBeVisible();
  await page.locator('#search-query').pressSequentially('0xcf8');
  await expect(page.locator('#search-identifiers a').first()).toHaveAttribute(
    'href',
    /^\/facts\/io-port\//,
  );
  await expect(page).toHaveURL(/q=0xcf8/);
});

test('hostile text is shown as text', async ({ page }) => {
  const messages: string[] = [];
  page.on('dialog', (dialog) => {
    messages.push(dialog.message());
    void dialog.dismiss();
  });
  const query = '<img src=x onerror=alert(1)>"><script>alert(2)</script>_x';
  await page.goto(`/search/?q=${encodeURIComponent(query)}&text=anyway`);
  await expect(page.locator('#search-status')).toContainText('identifier');
  await expect(page.locator('#search-query')).toHaveValue(query);
  expect(await page.locator('main img').count()).toBe(0);
  expect(messages).toEqual([]);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the search says how to browse instead', async ({ page }) => {
    await page.goto('/search/?q=pit');
    await expect(page.locator('#search-browse')).toContainText('needs JavaScript');
    await page.locator('#search-browse').getByRole('link', { name: 'Symbols' }).click();
    await expect(page.locator('h1')).toHaveText('Symbols');
  });

  test('one gets from the search to a name by the index from A to Z', async ({ page }) => {
    await page.goto('/search/');
    await page.locator('#search-browse').getByRole('link', { name: 'A to Z' }).click();
    await page
      .getByRole('navigation', { name: 'Letters' })
      .getByRole('link', { name: 'I', exact: true })
      .click();
    await page.getByRole('link', { name: 'io_emul_stub_setup', exact: true }).click();
    await expect(page).toHaveURL(/\/symbols\/io_emul_stub_setup\/$/);
    await page.getByRole('contentinfo').getByRole('link', { name: 'A–Z' }).click();
    await expect(page.locator('h1')).toHaveText('A–Z');
  });
});
