import { expect, test } from './atlas-test.ts';

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('leads from a guest page to a comparison, to an area of it, and to the cell of a row', async ({
    page,
  }) => {
    await page.goto('/guests/pvh/');
    await page.locator('a[href="/compare/pvh/hvm/"]').click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('PVH domU and HVM domU');
    await page.getByRole('link', { name: 'Time', exact: true }).click();
    await expect(page).toHaveURL(/#time$/);
    const row = page.getByRole('row', { name: /^PIT/ });
    await expect(row).toContainText('PVH domU does not have it');
    await row.locator('a.cell').last().click();
    await expect(page).toHaveURL(/\/features\/time\/pit\/#hvm$/);
  });

  test('leads from the other order of two guest types to their page', async ({ page }) => {
    await page.goto('/compare/hvm/pvh/');
    await expect(page).toHaveURL(/\/compare\/pvh\/hvm\/$/);
  });

  test('shows how to cite a row and a cell', async ({ page }) => {
    await page.goto('/features/time/pit/');
    const cite = page.getByRole('region', { name: 'Cite' });
    await cite.getByText('BibTeX, CSL-JSON').click();
    await expect(cite.locator('pre').first()).toContainText('@misc{xen-emulation-atlas-');
    await cite.getByText('One cell').click();
    await expect(cite.getByText('time/pit/#pvh-dom0').first()).toBeVisible();
  });
});

test('prints a comparison with the rows that are alike, and no citation forms', async ({
  page,
}) => {
  await page.goto('/compare/pv/pvh/');
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('section details .compared').first()).toBeVisible();
  await expect(page.locator('.cite details').first()).toBeHidden();
  await expect(page.locator('.site-header')).toBeHidden();
});

test('suggests pages near an address that leads nowhere', async ({ page }) => {
  await page.goto('/guides/');
  const first = page.locator('main a[href^="/guides/"]').first();
  const href = (await first.getAttribute('href')) ?? '';
  await page.goto(href.replace(/\/$/, 's/'));
  const near = page.getByRole('region', { name: 'Near it' });
  await expect(near.locator(`a[href="${href}"]`)).toBeVisible();
  await expect(near.locator('a[href="/guides/"]')).toBeVisible();
});
