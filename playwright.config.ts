import { createServer } from 'node:net';
import { defineConfig } from '@playwright/test';
import { DIST } from './tests/built-pages.ts';
import { CHROMIUM_FLAGS, requireChromium } from './tests/chromium.ts';

/** A port that is free now. The runner's workers load this file again and must see the same. */
async function freePort(): Promise<string> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? String(address?.port) : ''));
    });
  });
}

const { ATLAS_TEST_PORT: port = await freePort() } = process.env;
Object.assign(process.env, { ATLAS_TEST_PORT: port });
const baseURL = `http://127.0.0.1:${port}`;

/** Tests of the built site, served as a static host would. */
export default defineConfig({
  testDir: 'tests/browser',
  fullyParallel: true,
  workers: '100%',
  forbidOnly: true,
  retries: 0,
  // A long list under axe takes a minute on a busy machine of two cores.
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: [['list']],
  use: {
    baseURL,
    launchOptions: { executablePath: requireChromium().path, args: [...CHROMIUM_FLAGS] },
  },
  webServer: {
    command: `astro preview --outDir ${DIST} --host 127.0.0.1 --port ${port}`,
    url: `${baseURL}/search/`,
    reuseExistingServer: false,
    timeout: 180_000,
  },
});
