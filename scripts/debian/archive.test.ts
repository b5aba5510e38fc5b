import { describe, expect, it } from 'vitest';
import { archiveAddresses } from './archive.ts';

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
