import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { MESSAGE, SAMPLE } from '../../tests/samples/content.ts';
import { deriveIdentifiers } from './identifiers.ts';
import { lookup } from './lookup.ts';
import { messageRoute } from './routes.ts';

const index = deriveIdentifiers(SAMPLE);

function urls(query: string): string[] {
  return lookup(index, query).hits.flatMap(({ targets }) => targets.map(({ url }) => url));
}

describe('lookup', () => {
  it.each([
    ['io_emul_stub_setup', '/symbols/io_emul_stub_setup/'],
    ['`io_emul_stub_setup()`', '/symbols/io_emul_stub_setup/'],
    ['XEN_X86_EMU_LAPIC', '/facts/emulation-flag/lapic/'],
    ['mmu_update', '/facts/hypercall/mmu-update/'],
    ['__HYPERVISOR_mmu_update', '/facts/hypercall/mmu-update/'],
    ['do_mmu_update', '/symbols/do_mmu_update/'],
    ['AVX2', '/facts/cpuid-feature/avx2/'],
    ['x86_feature_avx2', '/facts/cpuid-feature/avx2/'],
    ['emul-priv-op.c', '/files/xen/arch/x86/pv/emul-priv-op.c/'],
    ['a/xen/arch/x86/pv/emul-priv-op.c:352', '/files/xen/arch/x86/pv/emul-priv-op.c/'],
    ['0xcf8', '/facts/io-port/pci-config/'],
    ['cf8', '/facts/io-port/pci-config/'],
    ['0xCFC', '/facts/io-port/pci-config/'],
    ['ports 0x40-0x43', '/facts/io-port/pit/'],
    ['0x41', '/facts/io-port/pit/'],
    ['apic', '/facts/emulation-flag/lapic/'],
    ['pit', '/features/time/pit/'],
    ['XSA-123', messageRoute('2019-08-port-code', MESSAGE)],
    ['missing@list.example', messageRoute('2019-08-port-code', 'missing@list.example')],
    [`<${MESSAGE}>`, messageRoute('2019-08-port-code', MESSAGE)],
    [
      `https://mail.example/${encodeURIComponent(MESSAGE)}/`,
      messageRoute('2019-08-port-code', MESSAGE),
    ],
  ])('answers `%s` with %s first', (query, url) => {
    expect(urls(query)[0]).toBe(url);
  });

  it('gives the fact beside the page of its handler', () => {
    expect(urls('do_mmu_update')).toEqual([
      '/symbols/do_mmu_update/',
      '/facts/hypercall/mmu-update/',
    ]);
  });

  it('finds the beginning and the middle of a name after the whole', () => {
    const hits = lookup(index, 'emul_stub').hits.map(({ name, match }) => [name, match]);
    expect(hits).toEqual([['io_emul_stub_setup', 'substring']]);
    expect(lookup(index, 'has_v').hits.map(({ match }) => match)).toEqual(['prefix', 'prefix']);
  });

  it('makes spellings of one name one hit, and lists a page once', () => {
    const { hits } = lookup(index, 'apic');
    const pages = hits.flatMap(({ targets }) => targets.map(({ url }) => url));
    expect(hits[0]).toMatchObject({ name: 'apic', match: 'exact' });
    expect(pages.filter((url) => url === '/facts/emulation-flag/lapic/')).toHaveLength(1);
    expect(urls('lapic')[0]).toBe('/facts/emulation-flag/lapic/');
  });

  it('prefers the narrow range and keeps the rest for what is clearly a port', () => {
    expect(urls('0x40')).toEqual(['/facts/io-port/pit/', '/facts/io-port/unclaimed/']);
    expect(urls('0x1234')).toEqual(['/facts/io-port/unclaimed/']);
    expect(urls('b0b')).toEqual([]);
    expect(urls('1234')).toEqual([]);
  });

  it('says that it knows no such identifier, with near misses', () => {
    expect(lookup(index, 'io_emul_stub_setpu')).toEqual({
      hits: [],
      identifier: true,
      near: ['io_emul_stub_setup'],
    });
    expect(lookup(index, 'xyzzy_no_such_symbol')).toEqual({ hits: [], identifier: true, near: [] });
  });

  it('leaves prose to the full text', () => {
    expect(lookup(index, 'why is the timer emulated')).toMatchObject({ identifier: false });
    expect(lookup(index, '  ')).toEqual({ hits: [], identifier: false, near: [] });
  });

  it('is the same for the same content', () => {
    const again = deriveIdentifiers(SAMPLE);
    expect(JSON.stringify(again)).toBe(JSON.stringify(index));
    expect(gzipSync(JSON.stringify(index)).length).toBeLessThan(4096);
  });
});
