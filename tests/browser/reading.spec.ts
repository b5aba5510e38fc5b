import { pageOfEachType } from '../built-pages.ts';
import { expect, test } from './atlas-test.ts';

const pages = pageOfEachType();

test('the first stop of the keyboard skips to the content', async ({ page }) => {
  await page.goto(pages.feature);
  await page.keyboard.press('Tab');
  const skip = page.locator('.skip-link');
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#content$/);
});

test('the matrix scrolls by keyboard', async ({ page }) => {
  await page.setViewportSize({ width: 375, height: 740 });
  await page.goto(pages.matrix);
  const region = page
    .getByRole('region')
    .filter({ has: page.locator('table') })
    .first();
  await expect(region).toHaveAttribute('tabindex', '0');
  await region.focus();
  await expect(region).toBeFocused();
  for (let press = 0; press < 5; press += 1) await page.keyboard.press('ArrowRight');
  await expect.poll(() => region.evaluate((element) => element.scrollLeft)).toBeGreaterThan(0);
});

test('a page of the content has no inline script', async ({ page }) => {
  await page.goto(pages.hypercall);
  const inline = await page.locator('script:not([src])').count();
  expect(inline).toBe(0);
});

test.describe('what the policy forbids', () => {
  test.use({ policy: 'broken' });

  test('does not run: a script that was put into the page', async ({ page }) => {
    await page.goto(pages.answer);
    const ran = await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'document.documentElement.dataset.ran = "yes"';
      document.body.append(script);
      const image = document.createElement('div');
      image.innerHTML =
        '<img src="/none" onerror="document.documentElement.dataset.ran = \'yes\'">';
      document.body.append(image);
      return new Promise<string | null>((resolve) => {
        setTimeout(() => resolve(document.documentElement.getAttribute('data-ran')), 500);
      });
    });
    expect(ran).toBeNull();
  });
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the matrix is a whole table', async ({ page }) => {
    await page.goto(pages.matrix);
    const table = page.locator('main table').first();
    await expect(table).toBeVisible();
    await expect(table.locator('caption')).not.toBeEmpty();
    expect(await table.locator('th[scope="row"]').count()).toBeGreaterThan(5);
    expect(await table.locator('th[scope="col"]').count()).toBeGreaterThan(2);
    await expect(table.locator('tbody td').first()).toBeVisible();
  });

  for (const type of ['home', 'feature', 'hypercall', 'guest', 'answer', 'thread'] as const) {
    test(`${type} is readable`, async ({ page }) => {
      await page.goto(pages[type]);
      await expect(page.locator('h1')).toBeVisible();
      const text = await page.locator('main').innerText();
      expect(text.length).toBeGreaterThan(200);
    });
  }

  test('one gets from the first page to the evidence of a cell by links alone', async ({
    page,
  }) => {
    await page.goto(pages.home);
    await page
      .getByRole('navigation', { name: 'Sections' })
      .getByRole('link', { name: 'Matrix' })
      .click();
    await page.locator('main table th[scope="row"] a').first().click();
    await expect(page).toHaveURL(/\/features\//);
    await expect(page.locator('main a[href^="https://"]').first()).toBeVisible();
  });
});
