import { describe, expect, it } from 'vitest';
import {
  factRoute,
  featureRoute,
  fileRoute,
  legendRoute,
  messageAnchor,
  messageRoute,
  symbolRoute,
} from './routes.ts';

describe('routes', () => {
  it('leads from an id or a reference to the same fact', () => {
    expect(factRoute('emulation-flag/lapic')).toBe('/facts/emulation-flag/lapic/');
    expect(factRoute('facts/emulation-flag/lapic')).toBe('/facts/emulation-flag/lapic/');
  });

  it('anchors a cell by its guest type', () => {
    expect(featureRoute('time/pit', 'pvh')).toBe('/features/time/pit/#pvh');
  });

  it('keeps the slashes of a file and encodes what a segment cannot hold', () => {
    expect(fileRoute('xen/arch/x86/x86_emulate.c')).toBe('/files/xen/arch/x86/x86_emulate.c/');
    expect(symbolRoute('a b')).toBe('/symbols/a%20b/');
  });

  it('anchors messages without loss', () => {
    expect(messageAnchor('20200127122718.x_1@debian')).toBe('m-20200127122718.x_5f1_40debian');
    expect(messageAnchor('a@b')).not.toBe(messageAnchor('a_40b'));
    expect(messageRoute('2019-08-memory-layout', 'a@b')).toBe(
      '/threads/2019-08-memory-layout/#m-a_40b',
    );
  });

  it('leads to the legend for words with signs', () => {
    expect(legendRoute('effect', '#GP')).toBe('/legend/#effect-GP');
  });
});
