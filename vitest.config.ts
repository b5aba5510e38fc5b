import { defineConfig } from 'vitest/config';

/** `unit` needs nothing, `tree` a real Xen tree, `site` a built site in dist/. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'scripts/**/*.test.ts', 'tests/*.test.ts'],
          // The pictures take their colours from a style sheet.
          css: true,
        },
      },
      { test: { name: 'tree', include: ['tests/tree/**/*.test.ts'], testTimeout: 30_000 } },
      { test: { name: 'site', include: ['tests/site/**/*.test.ts'], testTimeout: 300_000 } },
    ],
  },
});
