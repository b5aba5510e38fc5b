import { expect, type Page, test } from './atlas-test.ts';

const HVM = [
  'name = "guest"',
  'type = "hvm"',
  'memory = 2048',
  'vif = [ "bridge=xenbr0" ]',
  'hpet = 0',
  '',
].join('\n');

const status = (page: Page) => page.locator('#explain-status');
const text = (page: Page) => page.getByLabel('xl.cfg', { exact: true });

test('a configuration that is pasted is explained, and nothing is sent', async ({ page }) => {
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() !== 'GET' || request.url().includes('xenbr0')) sent.push(request.url());
  });
  await page.goto('/explain/');
  await text(page).fill(HVM);
  await expect(status(page)).toContainText('HVM domU.');
  await expect(page.locator('.running dd').first()).toContainText('QEMU emulates a PC in dom0');
  await page.locator('summary', { hasText: /^Time/ }).click();
  const hpet = page.locator('.explained-row', { has: page.locator('a[href$="/hpet/#hvm"]') });
  await expect(hpet).toContainText('Refused by Xen (all ones on reads) (hpet=0 in line 5)');
  expect(sent).toEqual([]);
});

test('the address holds the keys, and the page comes back from it', async ({ page }) => {
  await page.goto('/explain/');
  await text(page).fill(`# a comment that stays here\n${HVM}`);
  await page.getByLabel('CPU vendor').selectOption('amd');
  await expect(page).toHaveURL(/#.*hpet=0.*host\.vendor=amd$/);
  expect(page.url()).not.toContain('comment');
  await page.goto('/legend/');
  await page.goBack();
  await expect(text(page)).toHaveValue(/type = "hvm"/);
  await expect(page.getByLabel('CPU vendor')).toHaveValue('amd');
  await expect(status(page)).toContainText('HVM domU.');
});

test('a problem names its line and leads there', async ({ page }) => {
  await page.goto('/explain/');
  await text(page).fill(`${HVM}hpt = 1\nvga = "vesa"\n`);
  await expect(status(page)).toContainText('1 error: xl builds no such guest.');
  const problems = page.locator('.problems li');
  await expect(problems).toHaveCount(2);
  await expect(problems.first()).toContainText('the nearest is hpet');
  await page.getByRole('button', { name: 'Line 7' }).click();
  await expect(text(page)).toBeFocused();
  const selected = await text(page).evaluate((area) =>
    area instanceof HTMLTextAreaElement
      ? area.value.slice(area.selectionStart, area.selectionEnd)
      : '',
  );
  expect(selected).toBe('vga = "vesa"');
});

test('settings are chosen without writing, by keyboard alone', async ({ page }) => {
  await page.goto('/explain/');
  await page.getByLabel('Start from').focus();
  await page.keyboard.type('PVH');
  await page.keyboard.press('Tab');
  await expect(status(page)).toContainText('PVH domU.');
  await expect(page.getByLabel('Guest type')).toHaveValue('"pvh"');
  await page.getByLabel('PV shim').selectOption('1');
  await expect(text(page)).toHaveValue(/^pvshim = 1$/m);
  await expect(status(page)).toContainText('shim');
  await page.getByLabel('PV shim').selectOption('');
  await expect(text(page)).not.toHaveValue(/pvshim/);
});

test('a file is read, and the changed one can be taken over', async ({ page }) => {
  await page.goto('/explain/');
  await page.getByLabel('File').setInputFiles({
    name: 'guest.cfg',
    mimeType: 'text/plain',
    buffer: Buffer.from(HVM.replace('hpet = 0', 'hpet = 1')),
  });
  await expect(status(page)).toContainText('HVM domU.');
  await page.getByRole('button', { name: 'Take the changed file' }).click();
  await expect(text(page)).toHaveValue(/^# hpet = 1$/m);
  await expect(page.getByText('No setting of the file leaves less to emulate.')).toBeVisible();
});

test('rows that cannot be read are said to be missing', async ({ page }) => {
  await page.route('**/explain/hvm.json', (route) => route.abort());
  await page.goto('/explain/');
  await text(page).fill(HVM);
  await expect(status(page)).toContainText('could not be read');
});

test('an answer fits a window of 375 pixels', async ({ page }) => {
  await page.setViewportSize({ width: 375, height: 740 });
  await page.goto('/explain/');
  await text(page).fill(`${HVM}hpt = 1\n`);
  await expect(status(page)).toContainText('HVM domU.');
  for (const summary of await page.locator('#explain-answer summary').all()) await summary.click();
  const widths = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  expect(widths[0]).toBeLessThanOrEqual(widths[1] ?? 0);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the page says what it needs and shows the command line', async ({ page }) => {
    await page.goto('/explain/');
    await expect(page.getByText('needs JavaScript')).toBeVisible();
    await expect(page.getByText('npm run atlas -- explain guest.cfg').first()).toBeVisible();
    await expect(page.locator('#explain-form')).toBeHidden();
  });
});
