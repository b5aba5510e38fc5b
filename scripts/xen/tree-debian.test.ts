import { describe, expect, it } from 'vitest';
import { archiveAddresses, sourceVersions } from './tree-debian.ts';

describe('archiveAddresses', () => {
  it('reads both formats and leaves out what is not the main archive', () => {
    const configuration = [
      'Types: deb',
      'URIs: http://mirror.example/debian http://mirror.example/debian-security',
      'deb [signed-by=/a.gpg arch=amd64] https://other.example/debian/ trixie main',
      'deb-src http://mirror.example/debian trixie main',
      '# deb http://commented.example/debian trixie main',
      'deb http://security.example/debian-security trixie-security main',
    ].join('\n');
    expect(archiveAddresses(configuration)).toEqual([
      'http://mirror.example/debian',
      'https://other.example/debian/',
    ]);
    expect(archiveAddresses('')).toEqual([]);
  });
});

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
