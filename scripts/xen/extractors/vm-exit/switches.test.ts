import { describe, expect, it } from 'vitest';
import { callsOf, handlerOf } from './case-calls.ts';
import { parseComparedExits, parseExitSwitches } from './switches.ts';

const HANDLER = `void handler(void)
{
    if ( unlikely(exit_reason == EXIT_BAD) )
    {
        crash(v);
        return;
    }

    switch ( (uint16_t)exit_reason )
    {
    case EXIT_EARLY: /* case EXIT_NONE: */
        take(regs);
        break;
    }

    switch ( exit_reason )
    {
    case EXIT_A:
        if ( refused )
        {
            hvm_inject_hw_exception(6);
            break;
        }
        /* falls through */
    case EXIT_B:
    {
        switch ( vector )
        {
        case 14:
            break;
        }
        serve(regs);
        break;
    }
    case EXIT_C0 ... EXIT_C7:
    case EXIT_D:
        break;
    case EXIT_E:
    default:
    crash:
        end(v);
        break;
    }
}
`;

describe('the switches over the exit reason', () => {
  const [early = [], main = []] = parseExitSwitches(HANDLER);

  it('are read in order, with ranges, and without the labels of other switches', () => {
    const labels = (groups: typeof main) =>
      groups.map((group) => group.labels.map(({ first, last }) => `${first}-${last}`));
    expect(labels(early)).toEqual([['EXIT_EARLY-EXIT_EARLY']]);
    expect(labels(main)).toEqual([
      ['EXIT_A-EXIT_A'],
      ['EXIT_B-EXIT_B'],
      ['EXIT_C0-EXIT_C7', 'EXIT_D-EXIT_D'],
      ['EXIT_E-EXIT_E'],
    ]);
    expect(main.map(({ isDefault }) => isDefault)).toEqual([false, false, false, true]);
  });

  it('give a case that falls through what follows', () => {
    expect(main.map(({ body }) => callsOf(body))).toEqual([
      ['hvm_inject_hw_exception', 'serve'],
      ['serve'],
      [],
      ['end'],
    ]);
  });

  it('stand beside exits that are compared with', () => {
    const compared = parseComparedExits(HANDLER);
    expect([...compared].map(([name, body]) => [name, callsOf(body)])).toEqual([
      ['EXIT_BAD', ['crash']],
    ]);
  });
});

describe('the handler of a case', () => {
  it.each<[string[], string | null]>([
    [[], null],
    [['hvm_inject_hw_exception'], 'hvm_inject_hw_exception'],
    [['hvm_monitor_io', 'hvm_emulate_one_insn', 'handle_pio'], 'handle_pio'],
    [['paging_fault', 'hvm_ud_intercept'], null],
  ])('among %j is %s', (calls, handler) => {
    expect(handlerOf(calls)).toBe(handler);
  });
});
