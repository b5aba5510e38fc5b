import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { parse } from 'csv-parse/sync';
import { expect, type Page, test } from './atlas-test.ts';

const ROWS = '#matrix tr[data-area]';
const shownRows = (page: Page) => page.locator(`${ROWS}:visible`);
const count = (page: Page) => page.locator('#matrix-filter output');

/** The matrix with a view, once its script has shown it. */
async function open(page: Page, view = ''): Promise<void> {
  await page.goto(`/matrix/${view}`);
  await expect(count(page)).toContainText('features shown');
}

async function unfold(page: Page): Promise<void> {
  await page.getByText('Conditions, origin, release, sort').click();
}

test('a condition leaves the rows with cells that depend on it', async ({ page }) => {
  await open(page);
  await unfold(page);
  await page.getByLabel('Depends on').selectOption('xl:hpet');
  await expect(page).toHaveURL(/\?when=xl:hpet$/);
  await expect(shownRows(page)).toHaveCount(1);
  await expect(page.locator('td.answers:visible')).toHaveAttribute('data-when', /xl:hpet/);
  await page.getByLabel('Depends on').selectOption('none');
  const marked = page.locator('td.answers:visible');
  await expect(marked.first()).toBeVisible();
  await expect(page.locator('td.answers[data-when]:visible')).toHaveCount(0);
});

test('origin and release narrow, and stay in the address of another release', async ({ page }) => {
  await open(page);
  await unfold(page);
  const total = await shownRows(page).count();
  await page.getByLabel('Origin').selectOption('taken-over');
  await page.locator('#matrix-filter [name=release]').selectOption('changed-4.18');
  const left = await shownRows(page).count();
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThan(total);
  await page.getByRole('navigation', { name: 'Release' }).getByText('4.20').click();
  await expect(page).toHaveURL(/\/4\.20\/matrix\/\?origin=taken-over&release=changed-4\.18$/);
  await expect(page.getByLabel('Origin')).toHaveValue('taken-over');
});

test('cells that were measured can be told from the others', async ({ page }) => {
  await open(page, '?origin=measured&columns=all');
  const marked = page.locator('td.answers:visible');
  expect(await marked.count()).toBeGreaterThan(0);
  expect(await marked.count()).toBe(await page.locator('td[data-measured]:visible').count());
});

test('rows are sorted, and stand under their areas again', async ({ page }) => {
  await open(page, '?sort=title');
  const titles = () => shownRows(page).locator('th > a').allTextContents();
  const byTitle = (await titles()).map((title) => title.toLowerCase());
  expect(byTitle).toEqual([...byTitle].sort());
  await expect(page.locator('#matrix tr.area:visible')).toHaveCount(0);
  await page.getByLabel('Sort').selectOption('conditions');
  const conditions = await shownRows(page).evaluateAll((rows) =>
    rows.map((row) =>
      [...row.querySelectorAll('td:not([hidden]) .cell-conditional')]
        .map(({ textContent }) => Number.parseInt(textContent, 10))
        .reduce((sum, one) => sum + one, 0),
    ),
  );
  expect(conditions).toEqual([...conditions].sort((a, b) => b - a));
  await page.getByLabel('Sort').selectOption('');
  await expect(page.locator('#matrix tr.area:visible').first()).toBeVisible();
  await expect(page).toHaveURL(/\/matrix\/$/);
  const inTheirArea = await page
    .locator(ROWS)
    .evaluateAll((rows) =>
      rows.every(
        (row) =>
          row.getAttribute('data-area') === row.parentElement?.querySelector('tr.area > th')?.id,
      ),
    );
  expect(inTheirArea).toBe(true);
});

test('a row shows its facts by keyboard, and the address keeps it open', async ({ page }) => {
  await open(page);
  const button = page.getByRole('button', { name: 'Facts of HPET' });
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(button).toHaveAttribute('aria-expanded', 'true');
  const fact = page.locator('.row-facts:visible a[href^="/facts/"]').first();
  await expect(fact).toBeVisible();
  await expect(page).toHaveURL(/\?open=time\/hpet$/);
  await page.reload();
  await expect(fact).toBeVisible();
  await page.getByRole('button', { name: 'Facts of HPET' }).click();
  await expect(fact).toBeHidden();
  await expect(page).toHaveURL(/\/matrix\/$/);
});

test.describe('links', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] });
  const copied = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

  test('to a cell are copied by keyboard, with the view, and lead to the cell', async ({
    page,
  }) => {
    await open(page, '?area=time&columns=arm');
    const cell = page.locator('td:visible').first();
    const id = await cell.getAttribute('id');
    await cell.locator('.cell').focus();
    const button = page.getByRole('button', { name: 'Copy the link to this cell' });
    await expect(button).toBeVisible();
    await button.focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('status').filter({ hasText: 'Link copied' })).toBeAttached();
    const link = await copied(page);
    expect(link).toMatch(new RegExp(`/matrix/\\?area=time&columns=arm#${id}$`));
    await page.goto('/legend/');
    await page.goto(link);
    await expect(page.locator(`[id="${id}"]`)).toBeInViewport();
  });

  test('to a row are copied by pointer', async ({ page }) => {
    await open(page);
    const row = shownRows(page).nth(3);
    // Cells are laid out when they come into sight: another row may come under a pointer that rests.
    await expect(async () => {
      await row.locator('th').hover();
      const button = row.getByRole('button', { name: 'Copy the link to this row' });
      await button.click({ timeout: 1000 });
    }).toPass();
    await expect(page.getByRole('status').filter({ hasText: 'Link copied' })).toBeAttached();
    expect(await copied(page)).toContain(`/matrix/#${await row.getAttribute('id')}`);
  });

  test('to a cell of a hidden column show the column', async ({ page }) => {
    await open(page, '#time/hpet/arm-dom0');
    await expect(page.locator('[id="time/hpet/arm-dom0"]')).toBeInViewport();
  });

  test('stand in the address where nothing may be copied', async ({ page }) => {
    await page.addInitScript(() => {
      navigator.clipboard.writeText = () => Promise.reject(new Error('forbidden'));
    });
    await open(page);
    await expect(async () => {
      await shownRows(page).first().locator('th').hover();
      await page.locator('.copy-link').click({ timeout: 1000 });
    }).toPass();
    await expect(page).toHaveURL(/\/matrix\/#[a-z]+\/[a-z0-9-]+$/);
    await expect(page.locator('.copy-link')).toHaveText('In the address');
  });
});

async function downloaded(page: Page, name: string): Promise<string> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name }).click(),
  ]);
  return readFile(await file.path(), 'utf8');
}

test('the view comes as CSV, row by row as it is shown', async ({ page }) => {
  await open(page, '?by=qemu&columns=hvm,pv-dom0&sort=title');
  const records: Record<string, string>[] = parse(await downloaded(page, 'This view as CSV'), {
    columns: true,
  });
  expect(records.map(({ title }) => title)).toEqual(
    await shownRows(page).locator('th > a').allTextContents(),
  );
  expect(records.map(({ hvm }) => hvm)).toEqual(
    await shownRows(page)
      .locator('[data-column=hvm] .verdict')
      .evaluateAll((all) => all.map(({ textContent }) => textContent.trim())),
  );
  expect(Object.keys(records[0] ?? {})).toContain('pv-dom0 rests on');
  expect(Object.keys(records[0] ?? {})).not.toContain('pv');
});

test('the view comes as JSON, with its address', async ({ page }) => {
  await open(page, '?area=arm&columns=arm');
  const view = JSON.parse(await downloaded(page, 'as JSON'));
  expect(view.view).toMatch(/\/matrix\/\?area=arm&columns=arm$/);
  expect(view.title).toContain('Emulation matrix of Xen');
  expect(view.rows).toHaveLength(await shownRows(page).count());
  expect(Object.keys(view.rows[0].guests)).toEqual(['arm']);
  expect(view.rows[0].guests.arm.hows).not.toEqual([]);
});

/** Milliseconds of the page’s own thread that its scripts, styles and layout took so far. */
async function spent(page: Page, name: string, value: string): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const total = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    const parts = new Set(['ScriptDuration', 'LayoutDuration', 'RecalcStyleDuration']);
    return metrics.filter((one) => parts.has(one.name)).reduce((sum, one) => sum + one.value, 0);
  };
  const before = await total();
  await page.locator(`#matrix-filter [name=${name}]`).evaluate((field, chosen) => {
    if (field instanceof HTMLSelectElement) field.value = chosen;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    document.body.getBoundingClientRect();
  }, value);
  return ((await total()) - before) * 1000;
}

test('filtering all rows takes less than 50 ms', async ({ page }) => {
  await open(page);
  const times: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    times.push(await spent(page, 'how', 'emulated'));
    await spent(page, 'how', '');
  }
  // The least of them: the others shared the machine with other tests.
  expect(Math.min(...times)).toBeLessThan(50);
});

for (const width of [1280, 375]) {
  for (const forcedColors of ['none', 'active'] as const) {
    test(`the open filters have no barrier at ${width} pixels, forced colours: ${forcedColors}`, async ({
      page,
    }) => {
      await page.setViewportSize({ width, height: 740 });
      await page.emulateMedia({ forcedColors, reducedMotion: 'reduce' });
      await open(page, '?when=xl:hpet&open=time/hpet&columns=hvm&area=time');
      await expect(page.locator('.filter-more')).toHaveAttribute('open');
      await expect(page.locator('.row-facts:visible .lead')).toBeVisible();
      await shownRows(page).first().locator('th').hover();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide).toBeLessThanOrEqual(width);
    });
  }
}

test.describe('by touch in a window of 375 pixels', () => {
  test.use({
    viewport: { width: 375, height: 740 },
    hasTouch: true,
    permissions: ['clipboard-read', 'clipboard-write'],
  });

  test('filters, facts and links work', async ({ page }) => {
    await open(page);
    await unfold(page);
    await page.getByLabel('Depends on').selectOption('xl:hpet');
    await expect(shownRows(page)).toHaveCount(1);
    await page.getByRole('button', { name: 'Facts of HPET' }).tap();
    await expect(page.locator('.row-facts:visible a').first()).toBeVisible();
    await page.locator('[id="time/hpet/pv"] .cell-rests').tap();
    await page.locator('.copy-link').tap();
    await expect(page.locator('.copy-link')).toHaveText('Copied');
  });
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a link to a cell leads to it, and nothing is there that needs a script', async ({
    page,
  }) => {
    await page.goto('/matrix/#time/hpet/arm-dom0');
    await expect(page.locator('[id="time/hpet/arm-dom0"]')).toBeInViewport();
    await expect(page.locator('#matrix-filter')).toBeHidden();
    await expect(page.locator('.facts-button, .copy-link')).toHaveCount(0);
    await expect(shownRows(page).first()).toBeVisible();
  });
});
