import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { checkLinks } from './check-links.ts';

const site = mkdtempSync(join(tmpdir(), 'atlas-links-'));
mkdirSync(join(site, 'page'));
writeFileSync(
  join(site, 'index.html'),
  '<a href="/page/#there">a</a> <a href="/page/#not-there">b</a> <a href="/none/">c</a> <a href="https://list.example/">d</a>',
);
writeFileSync(join(site, 'page', 'index.html'), '<h1 id="there">x</h1> <a href="#gone">e</a>');
afterAll(() => rmSync(site, { recursive: true }));

describe('checkLinks', () => {
  it('finds pages and fragments that are not there, and follows nothing to other sites', () => {
    const { broken, reached } = checkLinks(site);
    expect(broken).toEqual(['/ → /none/', '/ → /page/#not-there', '/page/ → /page/#gone']);
    expect([...reached].sort()).toEqual(['/', '/none/', '/page/']);
  });
});
