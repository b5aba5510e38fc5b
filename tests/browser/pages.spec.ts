import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { pageOfEachType } from '../built-pages.ts';

const pages = { ...pageOfEachType(), 'search with answers': '/search/?q=0xcf8' };

for (const [type, address] of Object.entries(pages)) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`${type} has no barrier, ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.goto(address);
      if (type.startsWith('search')) await expect(page.locator('.facet').first()).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).analyze();
      const found = violations.map(({ id, nodes }) => ({
        rule: id,
        at: nodes.slice(0, 5).map(({ html, failureSummary }) => ({ html, failureSummary })),
      }));
      expect(found).toEqual([]);
    });
  }

  test(`${type} fits a window of 375 pixels`, async ({ page }) => {
    await page.setViewportSize({ width: 375, height: 740 });
    await page.goto(address);
    if (type.startsWith('search')) await expect(page.locator('.facet').first()).toBeVisible();
    const widths = await page.evaluate(() => ({
      page: document.documentElement.scrollWidth,
      window: document.documentElement.clientWidth,
    }));
    expect(widths.page).toBeLessThanOrEqual(widths.window);
  });

  test(`${type} loads without an error`, async ({ page }) => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    page.on('requestfailed', (request) => errors.push(`${request.url()} failed`));
    await page.goto(address, { waitUntil: 'networkidle' });
    expect(errors).toEqual([]);
  });
}
