import { afterEach, expect, it } from 'vitest';
import { TreePool } from './tree-pool.ts';

let pool: TreePool;

afterEach(() => pool.close());

it('rejects a release that the repository does not have, and goes on', async () => {
  pool = new TreePool(1);
  const request = { repository: import.meta.dirname, release: '1.2.3', only: [] };
  const asked = [pool.read(request), pool.read(request)];
  for (const answer of await Promise.allSettled(asked)) {
    expect(answer).toMatchObject({ status: 'rejected' });
    expect(String((answer as PromiseRejectedResult).reason)).toContain('RELEASE-1.2.3');
  }
});
