import { expect, it } from 'vitest';
import { isMarkedUnsupported, readKconfigOptions } from './kconfig.ts';

const TEXT = `menu "Wheels"
	visible if EXPERT

config WHEEL
	bool "Wheel support (UNSUPPORTED)" if UNSUPPORTED
	default n
	---help---
	  config OF_A_WHEEL is no option.

config AXLE
	bool
	depends on WHEEL && OAK
	depends on !ELM

menuconfig DOOR
	prompt "Doors \\"and\\" gates" if EXPERT

choice
	prompt "Not of an option"

config LOCK
	bool "Locks"
	depends on UNSUPPORTED
endchoice
endmenu
`;

it('reads options with their prompts and conditions', () => {
  expect(readKconfigOptions(TEXT)).toEqual([
    {
      name: 'WHEEL',
      line: 4,
      prompt: 'Wheel support (UNSUPPORTED)',
      askedIf: 'UNSUPPORTED',
      dependsOn: [],
    },
    {
      name: 'AXLE',
      line: 10,
      prompt: null,
      askedIf: null,
      dependsOn: ['WHEEL && OAK', '!ELM'],
    },
    {
      name: 'DOOR',
      line: 15,
      prompt: 'Doors \\"and\\" gates',
      askedIf: 'EXPERT',
      dependsOn: [],
    },
    { name: 'LOCK', line: 21, prompt: 'Locks', askedIf: null, dependsOn: ['UNSUPPORTED'] },
  ]);
});

it('knows what Kconfig itself calls unsupported', () => {
  const marked = readKconfigOptions(TEXT).filter(isMarkedUnsupported);
  expect(marked.map(({ name }) => name)).toEqual(['WHEEL', 'LOCK']);
});
