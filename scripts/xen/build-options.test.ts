import { expect, it } from 'vitest';
import { corpusOf } from '../../tests/xen-corpus.ts';
import { readBuildOptions, withBuildOptions } from './build-options.ts';

const HEADER = 'xen/arch/x86/include/asm/hvm/hvm.h';

it('knows the options that a tree tests', async () => {
  const corpus = await corpusOf({
    [HEADER]: '#define is_viridian_domain(d) IS_ENABLED(CONFIG_VIRIDIAN)\n',
  });
  expect([...readBuildOptions(corpus)]).toEqual(['CONFIG_VIRIDIAN']);
});

it('adds the option that a condition rests on, and only that', () => {
  const options = new Set(['CONFIG_VIRIDIAN', 'CONFIG_VM_EVENT']);
  const given = (when: Parameters<typeof withBuildOptions>[0]) => withBuildOptions(when, options);
  expect(given({ xl: { viridian: 'synic' } })?.kconfig).toEqual(['CONFIG_VIRIDIAN']);
  expect(given({ xl: { viridian: 0 } })).toEqual({ xl: { viridian: 0 } });
  expect(given({ guest: ['introspection'] })?.kconfig).toEqual(['CONFIG_VM_EVENT']);
  expect(given({ guest: ['!introspection'] })).toEqual({ guest: ['!introspection'] });
  expect(given({ guest: ['altp2m'] })).toEqual({ guest: ['altp2m'] });
  expect(given(undefined)).toBeUndefined();
  expect(withBuildOptions({ paging: 'shadow' }, new Set(['CONFIG_SHADOW_PAGING']))).toEqual({
    paging: 'shadow',
    kconfig: ['CONFIG_SHADOW_PAGING'],
  });
  const without = { paging: 'shadow', kconfig: ['!CONFIG_SHADOW_PAGING'] } as const;
  expect(withBuildOptions(without, new Set(['CONFIG_SHADOW_PAGING']))).toEqual(without);
});
