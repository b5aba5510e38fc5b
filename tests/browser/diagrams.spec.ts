import { expect, test } from './atlas-test.ts';

test('a band leads to as many rows of the matrix as it says, by keyboard', async ({ page }) => {
  await page.goto('/guests/pvh/');
  const band = page.locator('.bands svg a').filter({ hasText: /^\s*Xen/ });
  const numbers = (await band.textContent())?.match(/\d+/g)?.map(Number) ?? [];
  expect(numbers).toHaveLength(2);
  await band.focus();
  await expect(band).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/matrix\/\?by=xen&columns=pvh$/);
  const rows = numbers.reduce((sum, one) => sum + one, 0);
  await expect(page.locator('#matrix tr[data-area]:visible')).toHaveCount(rows);
});

test('the table of a picture has the numbers of its bands', async ({ page }) => {
  await page.goto('/guests/hvm/');
  const drawn = await page
    .locator('.bands svg a[href*="by=qemu&columns"]')
    .filter({ hasNot: page.locator('use') })
    .textContent();
  await page.locator('.bands + details summary').click();
  const row = page.locator('.bands + details tbody tr', { has: page.getByText('QEMU') });
  const [byDefault, more] = await row
    .locator('td')
    .allTextContents()
    .then((all) => all.slice(-2));
  expect(drawn?.match(/\d+/g)).toEqual([byDefault, more]);
});

test('a large picture scrolls in its own box in a narrow window', async ({ page }) => {
  await page.setViewportSize({ width: 375, height: 740 });
  await page.goto('/diagrams/instruction-emulator/');
  const region = page.getByRole('region', { name: 'How HVM and PVH guests get into the emulator' });
  await region.focus();
  for (let press = 0; press < 5; press += 1) await page.keyboard.press('ArrowRight');
  await expect.poll(() => region.evaluate((element) => element.scrollLeft)).toBeGreaterThan(0);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(375);
});

test('what a call is for leads to its fact, and an encoding to its maps', async ({ page }) => {
  await page.goto('/diagrams/instruction-emulator/');
  await page.locator('#pv + p + .diagram-large svg a[href="#opcodes-VEX"]').click();
  await expect(page.locator('#opcodes-VEX')).toBeInViewport();
  await page.locator('svg a[href="/facts/emulator-caller/pv-privileged/"]').first().click();
  await expect(page.locator('h1')).toContainText('pv_emulate_privileged_op');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('every picture is there, and its table opens', async ({ page }) => {
    await page.goto('/diagrams/');
    await expect(page.locator('.picture-grid svg')).toHaveCount(8);
    await page.locator('summary').click();
    await expect(page.getByRole('region', { name: 'Rows by doer and guest type' })).toBeVisible();
  });
});
