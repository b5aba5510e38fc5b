/** Every type of page as readers have it who see, move or print in another way, or run no scripts. */
import AxeBuilder from '@axe-core/playwright';
import { pageOfEachType } from '../built-pages.ts';
import { expect, type Page, test } from './atlas-test.ts';

const pages = Object.entries(pageOfEachType());

/** Elements that reach beyond the window, but for those in a region that scrolls by itself. */
async function beyond(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > clientWidth + 1)
      .slice(-5)
      .map(({ localName, className }) => `${localName}.${className}`);
  });
}

for (const [type, address] of pages) {
  test(`${type} keeps its words and marks in forced colours`, async ({ page }) => {
    await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
    await page.goto(address);
    const { violations } = await new AxeBuilder({ page }).withRules(['color-contrast']).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
    const lost = await page.locator('main svg.symbol').evaluateAll((symbols) =>
      symbols
        .filter((symbol) => symbol.checkVisibility())
        .filter((symbol) => {
          const { color, fill, stroke } = getComputedStyle(symbol);
          const ground = getComputedStyle(document.body).backgroundColor;
          return [color, fill, stroke].every((paint) => paint === ground || paint === 'none');
        })
        .map((symbol) => symbol.outerHTML),
    );
    expect(lost).toEqual([]);
  });

  test(`${type} prints its content on the width of a page, and nothing to press`, async ({
    page,
  }) => {
    await page.goto(address);
    await page.locator('#theme').selectOption('dark');
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await page.setViewportSize({ width: 718, height: 1000 });
    await expect(page.locator('h1')).toBeVisible();
    await expect(page.locator('.site-header')).toBeHidden();
    const ground = await page.evaluate(() => {
      const scheme = getComputedStyle(document.documentElement).colorScheme;
      return { scheme, ground: getComputedStyle(document.body).backgroundColor };
    });
    expect(ground.scheme).toBe('light');
    const buttons = await page
      .locator('main button, main input, main select')
      .evaluateAll((fields) => fields.filter((field) => field.checkVisibility()).length);
    expect(buttons).toBe(0);
    expect(await beyond(page)).toEqual([]);
  });

  test(`${type} moves nothing for readers who want none of it`, async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto(address);
    const moving = await page.evaluate(() =>
      [document.documentElement, ...document.querySelectorAll('body *')]
        .filter((element) => {
          const style = getComputedStyle(element);
          const seconds = [style.transitionDuration, style.animationDuration]
            .flatMap((list) => list.split(','))
            .map((duration) => Number.parseFloat(duration));
          return style.scrollBehavior === 'smooth' || Math.max(...seconds) > 0;
        })
        .map(({ localName, className }) => `${localName}.${className}`),
    );
    expect(moving).toEqual([]);
  });
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  for (const [type, address] of pages) {
    test(`${type} is readable, offers nothing that needs a script, and leads on`, async ({
      page,
    }) => {
      await page.goto(address);
      await expect(page.locator('h1')).toBeVisible();
      const box = await page.locator('main').boundingBox();
      expect(box?.height ?? 0).toBeGreaterThan(1);
      await expect(page.locator('[data-needs-script]:visible')).toHaveCount(0);
      await expect(page.locator('.from-folder:visible')).toHaveCount(0);
      expect((await page.locator('main').innerText()).length).toBeGreaterThan(100);
      expect(await page.locator('main a[href]:visible').count()).toBeGreaterThan(0);
    });
  }
});
