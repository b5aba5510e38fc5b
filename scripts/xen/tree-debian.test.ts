import { describe, expect, it } from 'vitest';
import { downloadFirst, sourceVersions } from './tree-debian.ts';

describe('sourceVersions', () => {
  it('has the newest release first, each version once', () => {
    const listing = [
      'Package: xen',
      'Version: 4.17.5+23-gabc-1',
      'Version: 4.20.0+68-gdef-1',
      'Version: 4.9.1-2',
      'Version: 4.17.5+23-gabc-1',
      'Standards-Version: 4.5.0',
    ].join('\n');
    expect(sourceVersions(listing)).toEqual(['4.20.0+68-gdef-1', '4.17.5+23-gabc-1', '4.9.1-2']);
  });
});

describe('downloadFirst', () => {
  const holding =
    (held: string) =>
    async (command: string, ...args: string[]) => {
      if (args.at(-1) === held) return { stdout: '' };
      throw new Error(`Command failed: ${command}\nE: ${args.at(-1)} 404 Not Found`);
    };

  it('falls back to an older version when the archive lists one that it does not hold', async () => {
    const version = await downloadFirst(holding('xen=4.17.5-1'), ['4.20.4-1', '4.17.5-1']);
    expect(version).toBe('4.17.5-1');
  });

  it('says of each version why it cannot be had', async () => {
    const nothing = downloadFirst(holding('none'), ['4.20.4-1', '4.17.5-1']);
    await expect(nothing).rejects.toThrow(/xen=4\.20\.4-1 404.*xen=4\.17\.5-1 404/s);
  });

  it('says when the archive lists no version', async () => {
    await expect(downloadFirst(holding('none'), [])).rejects.toThrow('no source package `xen`');
  });
});
