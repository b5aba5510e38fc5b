import { expect, type Page, test } from './atlas-test.ts';

const ROWS = '#matrix tr[data-area]';

function shownRows(page: Page) {
  return page.locator(`${ROWS}:visible`);
}

test('the address says what the matrix shows', async ({ page }) => {
  await page.goto('/matrix/?how=emulated&by=xen&columns=hvm');
  const total = await page.locator(ROWS).count();
  const shown = await shownRows(page).count();
  expect(shown).toBeGreaterThan(0);
  expect(shown).toBeLessThan(total);
  await expect(page.locator('#matrix thead th:visible')).toHaveCount(2);
  await expect(page.locator('select[name=how]')).toHaveValue('emulated');
  await expect(page.locator('#matrix-filter output')).toHaveText(
    `${shown} of ${total} features shown, ${shown} cells as asked for`,
  );
});

test('columns stand still while rows come into sight', async ({ page }) => {
  await page.goto('/matrix/');
  const widths = () =>
    page
      .locator('#matrix thead th:visible')
      .evaluateAll((heads) => heads.map((head) => head.getBoundingClientRect().width));
  const before = await widths();
  for (const row of await page.locator(`${ROWS}:nth-child(9n)`).all()) {
    await row.scrollIntoViewIfNeeded();
  }
  expect(await widths()).toEqual(before);
});

test('what the reader chooses goes into the address, and a reset clears it', async ({ page }) => {
  await page.goto('/matrix/');
  const total = await page.locator(ROWS).count();
  await page.locator('select[name=by]').selectOption('qemu');
  await page.getByRole('checkbox', { name: 'PV dom0' }).check();
  await expect(page).toHaveURL(/\?by=qemu&columns=pv,pvh,hvm,pv-dom0$/);
  expect(await shownRows(page).count()).toBeLessThan(total);
  await page.getByRole('button', { name: 'Reset', exact: true }).click();
  await expect(page).toHaveURL(/\/matrix\/$/);
  await expect(shownRows(page)).toHaveCount(total);
});

test('another release shows the same view, and says what it rests on', async ({ page }) => {
  await page.goto('/matrix/?area=time&columns=hvm');
  await page.getByRole('navigation', { name: 'Release' }).getByText('4.17').click();
  await expect(page).toHaveURL(/\/4\.17\/matrix\/\?area=time&columns=hvm$/);
  await expect(page.locator('#matrix thead th:visible')).toHaveCount(2);
  await expect(page.locator('.notice')).toContainText('older release');
  await page.goto('/4.17/matrix/?columns=all');
  await page.locator('td:visible .cell[href*="#at-4.17"]').first().click();
  await expect(page.locator('#at-4\\.17')).toBeInViewport();
});

test('rows whose shown columns agree go away on demand', async ({ page }) => {
  await page.goto('/matrix/?columns=pv,pvh,hvm&differs=1');
  const verdicts = await shownRows(page).evaluateAll((rows) =>
    rows.map((row) =>
      [...row.querySelectorAll('td:not([hidden])')].map((cell) =>
        cell.getAttribute('data-verdict'),
      ),
    ),
  );
  expect(verdicts.length).toBeGreaterThan(0);
  for (const row of verdicts) expect(new Set(row).size).toBeGreaterThan(1);
});

test('a cell opens its conditions on focus, and Escape closes them', async ({ page }) => {
  await page.goto('/matrix/');
  const cell = page.locator('td:visible', { has: page.locator('.cell-more') }).first();
  const conditions = cell.locator('[popover]');
  await cell.locator('.cell').focus();
  await expect(conditions).toBeVisible();
  const said = await conditions.locator('li').allTextContents();
  const links = await conditions
    .locator('a')
    .evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).href));
  expect(said.length).toBeGreaterThan(0);
  await page.keyboard.press('Escape');
  await expect(conditions).toBeHidden();
  await cell.locator('.cell').click();
  const [, anchor] = page.url().split('#');
  const row = page.locator('.guest-table tr', { has: page.locator(`[id="${anchor}"]`) });
  expect(await row.locator('.handlings li').allTextContents()).toEqual(said);
  expect(
    await row
      .locator('.handlings a')
      .evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).href)),
  ).toEqual(links);
});

test('a cell whose page cannot be read still leads there', async ({ page }) => {
  await page.route('**/features/**', (route) => route.abort());
  await page.goto('/matrix/');
  const cell = page.locator('td:visible', { has: page.locator('.cell-more') }).first();
  const failed = page.waitForEvent('requestfailed');
  await cell.locator('.cell').focus();
  await failed;
  await expect(page.locator('[popover]:popover-open')).toHaveCount(0);
  await expect(cell.locator('.cell')).toHaveAttribute('href', /^\/features\//);
});

test('a cell leads to its row on the page of the feature', async ({ page }) => {
  await page.goto('/matrix/');
  await page.locator('td[data-column=pvh] .cell').first().click();
  await expect(page).toHaveURL(/\/features\/[a-z]+\/[a-z0-9-]+\/#pvh$/);
  await expect(page.locator('#pvh')).toBeInViewport();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the matrix shows every column, and a cell leads to its conditions', async ({ page }) => {
    await page.goto('/matrix/');
    await expect(page.locator('#matrix thead th:visible')).toHaveCount(9);
    await expect(page.locator('#matrix-filter')).toBeHidden();
    const cell = page.locator('td', { has: page.locator('.cell-more') }).first();
    await cell.locator('.cell').click();
    await expect(page.locator('.handlings li').first()).toBeVisible();
  });
});

test('facts are filtered by words and show the columns that are ticked', async ({ page }) => {
  await page.goto('/facts/emulation-flag/');
  const rows = page.locator('#facts tbody tr');
  const total = await rows.count();
  await page.getByLabel('Filter').fill('LAPIC');
  await expect(page.locator('#facts tbody tr:visible')).toHaveCount(1);
  await expect(page.locator('output')).toHaveText(`1 of ${total} shown`);
  await expect(page.locator('#facts th[data-column=arm]')).toBeHidden();
  await page.getByLabel('Arm domU').check();
  await expect(page.locator('#facts th[data-column=arm]')).toBeVisible();
});

test('the theme that a reader chooses stays on the next page', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('/legend/');
  const ground = () =>
    page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await ground();
  await page.getByLabel('Theme').selectOption('dark');
  const dark = await ground();
  expect(dark).not.toBe(light);
  await page.goto('/coverage/');
  expect(await ground()).toBe(dark);
  await page.getByLabel('Theme').selectOption('');
  expect(await ground()).toBe(light);
});
