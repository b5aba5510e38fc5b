import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findChromium } from './chromium.ts';

const folder = mkdtempSync(join(tmpdir(), 'atlas-chromium-'));
const system = join(folder, 'chromium');
writeFileSync(system, '', { mode: 0o755 });
afterAll(() => rmSync(folder, { recursive: true }));

describe('findChromium', () => {
  it('prefers the one that `CHROMIUM` names', () => {
    expect(findChromium({ CHROMIUM: process.execPath, PATH: folder })).toEqual({
      path: process.execPath,
      from: 'CHROMIUM',
    });
  });

  it('takes the system’s next', () => {
    expect(findChromium({ PATH: folder })).toEqual({ path: system, from: 'system' });
  });

  it('refuses a `CHROMIUM` that is none', () => {
    expect(() => findChromium({ CHROMIUM: join(folder, 'none'), PATH: folder })).toThrow(
      /not an executable/,
    );
  });
});
