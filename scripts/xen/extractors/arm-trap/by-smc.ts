/** Calls that come by SMC: introspection that asked for SMC gets them instead of Xen. HVC enters Xen in any case. */
import { isInSpan } from '../../../../src/model/release.ts';
import { type Definition, type Draft, definitionsOf } from './draft.ts';
import { emulated, type ProvidedList } from './treatment.ts';

/** Before it no build of Arm was without introspection. */
const VM_EVENT_OPTION = '4.21';

/** The facts on SMC as such say it in words of their own. */
const OF_SMC = new Set(['exception', 'trap-control']);

export function withIntrospection(draft: Draft, release: string, definition: Definition): Draft {
  const { group, traps } = draft.attributes;
  if (OF_SMC.has(group) || !traps.includes('HCR_TSC')) return draft;
  const optional = isInSpan({ since: VM_EVENT_OPTION }, release);
  const monitored = emulated('By SMC: introspection that asked for it gets the call.', {
    when: {
      guest: ['introspection'],
      ...(optional ? { kconfig: ['CONFIG_VM_EVENT'] } : {}),
    },
  });
  const cell = ([first, ...rest]: ProvidedList): ProvidedList => [first, ...rest, monitored];
  return {
    ...draft,
    cells: { arm: cell(draft.cells.arm), 'arm-dom0': cell(draft.cells['arm-dom0']) },
    places: [...draft.places, ...definitionsOf(definition, 'do_trap_smc')],
  };
}
