import { describe, expect, it } from 'vitest';
import { MESSAGE, SAMPLE } from '../../tests/samples/content.ts';
import { deriveReverseIndex } from './reverse-index.ts';
import { messageRoute } from './routes.ts';

const index = deriveReverseIndex(SAMPLE);

function urlsOf(page: { touches: readonly { url: string }[] } | undefined) {
  return page?.touches.map(({ url }) => url);
}

describe('the reverse index', () => {
  it('brings fact, answer and message together on the symbol that they touch', () => {
    const page = index.symbols.get('io_emul_stub_setup');
    expect(urlsOf(page)).toEqual([
      '/answers/why-io-emul-stub-setup/',
      messageRoute('2019-08-port-code', MESSAGE),
    ]);
    expect(page?.touches[1]?.roles).toEqual(['own']);
    expect(page?.spots).toEqual([
      { path: 'xen/arch/x86/pv/emul-priv-op.c', symbol: 'io_emul_stub_setup', line: 77 },
    ]);
  });

  it('says which columns of a fact and of a row that takes it over rest on a symbol', () => {
    const touches = index.symbols.get('handle_pit_io')?.touches;
    expect(touches).toMatchObject([
      { url: '/facts/io-port/pit/', roles: ['handler', 'evidence'] },
      { url: '/features/time/pit/', roles: ['evidence'], guests: ['hvm'] },
    ]);
  });

  it('knows no place in the pinned release of what only older ones have', () => {
    const facts = SAMPLE.facts.map((fact) => ({
      ...fact,
      history: [
        { release: '4.13', change: 'present' as const },
        { release: '4.22', change: 'removed' as const },
      ],
    }));
    const page = deriveReverseIndex({ ...SAMPLE, facts, features: [] }).symbols.get(
      'handle_pit_io',
    );
    expect(urlsOf(page)).toEqual(['/facts/io-port/pit/']);
    expect(page?.spots).toEqual([]);
  });

  it('lists gates, build options and places of adjustment', () => {
    expect(urlsOf(index.symbols.get('has_vpit'))).toContain('/facts/io-port/pit/');
    expect(index.symbols.get('CONFIG_PV')?.touches).toMatchObject([
      { url: '/facts/hypercall/mmu-update/', roles: ['condition'], guests: ['pv'] },
    ]);
    expect(index.files.get('xen/arch/x86/cpuid.c')?.touches).toMatchObject([
      { roles: ['adjusts'] },
    ]);
  });

  it('gives no page to a name that only the entry about it mentions', () => {
    expect(index.symbols.has('AVX2')).toBe(false);
  });

  it('puts the entry that is about a symbol first on the page of the symbol', () => {
    const [thread] = SAMPLE.threads;
    const [message] = thread?.messages ?? [];
    const [, , reference] = message?.references ?? [];
    if (thread === undefined || message === undefined || reference === undefined) {
      throw new Error('the sample has no third reference');
    }
    const references = [{ ...reference, written: 'AVX2', symbol: 'AVX2' }];
    const content = { ...SAMPLE, threads: [{ ...thread, messages: [{ ...message, references }] }] };
    expect(deriveReverseIndex(content).symbols.get('AVX2')?.touches).toMatchObject([
      { url: '/facts/cpuid-feature/avx2/', roles: ['names', 'evidence'] },
      { roles: ['own'] },
    ]);
  });

  it('gives a page to a name that is gone, and none to a path that climbs out of the tree', () => {
    expect(index.symbols.get('guest_io_gone')?.touches[0]?.states).toEqual(['gone']);
    expect([...index.files.keys()].filter((path) => path.includes('..'))).toEqual([]);
  });
});
