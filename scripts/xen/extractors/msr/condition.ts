/** The tokens of a path as a condition of a handling. */
import type { Condition } from '../../../../src/model/condition.ts';
import type { Token } from './path.ts';

type Lists = Record<'cpuid' | 'feature' | 'guest' | 'cmdline' | 'kconfig', string[]>;

/** A setting of xl.cfg with its value; what needs it and lacks it is not implemented. */
const SETTING = /^(\w+)=(\w+)$/;

/** The tokens as a condition; undefined when there are none. */
export function conditionOf(tokens: ReadonlySet<Token>): Condition | undefined {
  const lists: Lists = { cpuid: [], feature: [], guest: [], cmdline: [], kconfig: [] };
  const xl: Record<string, number | string> = {};
  let vendor: Condition['vendor'];
  let paging: Condition['paging'];
  let bits: Condition['bits'];
  for (const token of [...tokens].sort()) {
    const [, not = '', key = '', word = ''] = /^(!?)(\w+):(.*)$/.exec(token) ?? [];
    if (key === 'vendor') vendor = word === 'intel' ? 'intel' : 'amd';
    else if (key === 'paging') paging = word === 'hap' ? 'hap' : 'shadow';
    else if (key === 'bits') bits = (word === '32') === (not === '') ? 32 : 64;
    else if (key === 'xl') {
      const [, name = word, value = not === '' ? 1 : 0] = SETTING.exec(word) ?? [];
      if (name === word || not === '') xl[name] = value;
      else lists.guest.push('msr-not-implemented');
    } else if (key in lists) lists[key as keyof Lists].push(`${not}${word}`);
  }
  const { cpuid, feature, cmdline, kconfig } = lists;
  const guest = [...new Set(lists.guest)];
  const condition = {
    ...(vendor === undefined ? {} : { vendor }),
    ...(paging === undefined ? {} : { paging }),
    ...(bits === undefined ? {} : { bits }),
    ...(feature.length === 0 ? {} : { feature: feature as NonNullable<Condition['feature']> }),
    ...(guest.length === 0 ? {} : { guest: guest as NonNullable<Condition['guest']> }),
    ...(cpuid.length === 0 ? {} : { cpuid }),
    ...(Object.keys(xl).length === 0 ? {} : { xl }),
    ...(kconfig.length === 0 ? {} : { kconfig }),
    ...(cmdline[0] === undefined ? {} : { cmdline: cmdline.join(' ') }),
  };
  return Object.keys(condition).length === 0 ? undefined : condition;
}
