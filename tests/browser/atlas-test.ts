/** The test of every flow: none may make a page do what its policy forbids. */
import { test as base, expect } from '@playwright/test';

interface Options {
  /** `broken` where a test tries what the policy forbids, and the watch over it. */
  readonly policy: 'kept' | 'broken';
}

export const test = base.extend<Options & { readonly watch: undefined }>({
  policy: ['kept', { option: true }],
  watch: [
    async ({ context, policy }, use) => {
      const violations: string[] = [];
      context.on('console', (message) => {
        const text = message.text();
        if (text.includes('Content Security Policy')) violations.push(text);
      });
      await use(undefined);
      if (policy === 'kept') expect(violations).toEqual([]);
      else expect(violations).not.toEqual([]);
    },
    { auto: true },
  ],
});

export type { Page } from '@playwright/test';
export { expect };
