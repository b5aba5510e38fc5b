import { describe, expect, it } from 'vitest';
import { sourceVersions } from './tree-debian.ts';

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
