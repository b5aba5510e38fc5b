import AxeBuilder from '@axe-core/playwright';
import { pageOfEachType } from '../built-pages.ts';
import { expect, type Page, test } from './atlas-test.ts';

const pages = {
  ...pageOfEachType(),
  'search with answers': '/search/?q=0xcf8',
  'explained configuration': '/explain/#name=a&type=hvm&hpt=0&nestedhvm=1',
};

/** Opens a page, and waits for what its scripts add. */
async function open(page: Page, type: string, address: string): Promise<void> {
  await page.goto(address);
  if (type.startsWith('search')) await expect(page.locator('.facet').first()).toBeVisible();
  if (type.startsWith('explained')) await expect(page.locator('.running').first()).toBeVisible();
}

async function barriers(page: Page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => ({
    rule: id,
    at: nodes.slice(0, 5).map(({ html, failureSummary }) => ({ html, failureSummary })),
  }));
}

/** The page scrolls down only, and its title ends within the window. */
async function expectToFit(page: Page): Promise<void> {
  const widths = await page.evaluate(() => {
    const title = document.querySelector('h1');
    return {
      page: document.documentElement.scrollWidth,
      title: title === null ? 0 : title.getBoundingClientRect().left + title.scrollWidth,
      window: document.documentElement.clientWidth,
    };
  });
  expect(widths.page).toBeLessThanOrEqual(widths.window);
  expect(widths.title).toBeLessThanOrEqual(widths.window);
}

for (const [type, address] of Object.entries(pages)) {
  test(`${type} has no barrier in light and in dark`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await open(page, type, address);
    expect(await barriers(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    expect(await barriers(page)).toEqual([]);
  });

  test(`${type} fits a window of 375 pixels and loads without an error`, async ({ page }) => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('requestfailed', (request) => errors.push(`${request.url()} failed`));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    await page.setViewportSize({ width: 375, height: 740 });
    await open(page, type, address);
    await expectToFit(page);
    expect(errors).toEqual([]);
  });
}

test('the longest identifier of a title fits a window of 375 pixels', async ({ page, request }) => {
  const facts: { title: string; url: string }[] = await (
    await request.get('/api/v1/facts.json')
  ).json();
  const longest = ({ title }: { title: string }) =>
    Math.max(...title.split(' ').map((word) => word.length));
  const [first] = facts.sort((a, b) => longest(b) - longest(a));
  expect(first && longest(first)).toBeGreaterThan(25);
  await page.setViewportSize({ width: 375, height: 740 });
  await page.goto(first?.url ?? '/');
  await expectToFit(page);
});
