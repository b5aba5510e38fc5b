/** Changes of an xl.cfg that leave less to emulate, each with its reason. */

import type { Advice, ExplainData } from '../data/explain-data.ts';
import { type Configuration, devicesOf, flagOf, numberOf, textOf } from './configuration.ts';
import type { XlSetting } from './xl-parser.ts';

/** A change of one key. */
export interface Proposal {
  readonly key: string;
  /** The new assignment; undefined takes the setting out. */
  readonly assignment: string | undefined;
  readonly why: string;
  /** What the change takes from the guest or asks of it. */
  readonly costs: string;
}

interface Rule {
  readonly key: string;
  readonly applies: (configuration: Configuration) => boolean;
  readonly assignment: (configuration: Configuration) => string | undefined;
  /** How the advice of the guest’s page begins that says why; a reason of its own where there is none. */
  readonly advice?: string;
  readonly why?: string;
  readonly costs: string;
}

const always = (text: string) => () => text;
const takenOut = () => undefined;
const isHvm = ({ kind }: Configuration) => kind === 'hvm';
const isX86 = ({ architecture }: Configuration) => architecture === 'x86';
const isSet = (key: string) => (configuration: Configuration) =>
  configuration.written.some((setting) => setting.key === key);
const DEVICES_ADVICE = 'No usb=, usbdevice=';

/** A setting of HVM guests that only adds something. */
function adds(key: string, why: { advice: string } | { why: string }, costs: string): Rule {
  return {
    key,
    applies: (configuration) => isHvm(configuration) && isOn(configuration, key),
    assignment: takenOut,
    costs,
    ...why,
  };
}

function isOn({ values }: Configuration, key: string): boolean {
  const value = values.get(key)?.value;
  if (typeof value === 'object') return value.length > 0;
  return value !== undefined && value !== false && value !== 0 && value !== '';
}

/** The network cards of the file, each made paravirtualized only. */
function cardsWithoutEmulation(configuration: Configuration): string {
  const cards = devicesOf(configuration, 'vif').map(({ written }) => {
    const parts = written
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '' && !/^(type|model)\s*=/.test(part));
    return `    ${JSON.stringify(['type=vif', ...parts].join(','))},`;
  });
  return ['vif = [', ...cards, ']'].join('\n');
}

const RULES: readonly Rule[] = [
  {
    key: 'vif',
    applies: (configuration) =>
      isHvm(configuration) &&
      devicesOf(configuration, 'vif').some(({ parts }) => parts['type'] === 'ioemu'),
    assignment: cardsWithoutEmulation,
    advice: 'vif=[ "type=vif',
    costs: 'The guest needs a PV network driver, also to boot from the network.',
  },
  {
    key: 'vga',
    applies: (configuration) => isHvm(configuration) && textOf(configuration, 'vga') !== 'none',
    assignment: always('vga = "none"'),
    advice: 'vga="none"',
    costs: 'The guest has no screen: it needs a serial or PV console.',
  },
  {
    key: 'hpet',
    applies: (configuration) => isHvm(configuration) && flagOf(configuration, 'hpet'),
    assignment: always('hpet = 0'),
    advice: 'hpet=0',
    costs: 'The guest takes another timer, such as that of the local APIC.',
  },
  adds('usb', { advice: DEVICES_ADVICE }, 'The guest loses its USB controller.'),
  adds('usbdevice', { advice: DEVICES_ADVICE }, 'The guest loses these USB devices.'),
  adds(
    'usbversion',
    { why: 'QEMU emulates a USB controller for it.' },
    'The guest loses its USB controller.',
  ),
  adds('soundhw', { advice: DEVICES_ADVICE }, 'The guest loses its sound card.'),
  {
    key: 'vkb_device',
    applies: (configuration) => isHvm(configuration) && flagOf(configuration, 'vkb_device'),
    assignment: always('vkb_device = 0'),
    advice: DEVICES_ADVICE,
    costs: 'The PS/2 keyboard and mouse remain.',
  },
  adds('viridian', { advice: 'viridian=0' }, 'Windows runs slower without it.'),
  adds(
    'hvm_pirq',
    {
      why: 'Three more operations of the hypercall physdev_op work, and interrupts of devices take a second way.',
    },
    'Interrupts of emulated and assigned devices go through the emulated interrupt controllers.',
  ),
  {
    key: 'nestedhvm',
    applies: (configuration) => flagOf(configuration, 'nestedhvm'),
    assignment: takenOut,
    why: 'Nested virtualization adds the emulation of VMX or SVM instructions.',
    costs: 'The guest can run no hypervisor.',
  },
  {
    key: 'altp2m',
    applies: (configuration) =>
      configuration.kind !== 'pv' &&
      isX86(configuration) &&
      textOf(configuration, 'altp2m') !== 'disabled',
    assignment: takenOut,
    why: 'Alternate views of memory add exits and emulation for whoever watches them.',
    costs: 'Introspection that needs views stops working.',
  },
  {
    key: 'msr_relaxed',
    applies: (configuration) => isX86(configuration) && flagOf(configuration, 'msr_relaxed'),
    assignment: takenOut,
    why: 'Reads of MSRs that Xen does not know then fault instead of being probed on the host.',
    costs: 'A guest that reads such MSRs without care does not start.',
  },
  {
    key: 'tsc_mode',
    applies: (configuration) =>
      isX86(configuration) && textOf(configuration, 'tsc_mode') !== 'native',
    assignment: always('tsc_mode = "native"'),
    advice: 'tsc_mode="native"',
    why: 'Shadow paging emulates page-table writes, and the other TSC modes may trap RDTSC.',
    costs: 'After a migration the guest sees the frequency of the other host.',
  },
  {
    key: 'hap',
    applies: ({ kind, values }) => kind !== 'pv' && values.get('hap')?.value === false,
    assignment: takenOut,
    advice: 'hap=1',
    costs: 'None where the CPU has EPT or NPT.',
  },
  {
    key: 'maxmem',
    applies: (configuration) => {
      const memory = numberOf(configuration, 'memory');
      const maximum = numberOf(configuration, 'maxmem');
      return (
        configuration.kind !== 'pv' &&
        memory !== undefined &&
        maximum !== undefined &&
        memory < maximum
      );
    },
    assignment: takenOut,
    why: 'With memory below maxmem Xen fills pages at their first access, which exits.',
    costs: 'The guest cannot grow beyond what it starts with.',
  },
  {
    key: 'vfb',
    applies: (configuration) => !isHvm(configuration) && isSet('vfb')(configuration),
    assignment: takenOut,
    why: 'libxl starts a QEMU to show it.',
    costs: 'The guest has no screen; its console remains.',
  },
  {
    key: 'vuart',
    applies: (configuration) =>
      !isX86(configuration) && textOf(configuration, 'vuart') === 'sbsa_uart',
    assignment: takenOut,
    advice: 'No vuart=',
    costs: 'The guest needs a driver of the PV console.',
  },
  {
    key: 'tee',
    applies: (configuration) => !isX86(configuration) && textOf(configuration, 'tee') !== 'none',
    assignment: takenOut,
    advice: 'No tee=',
    costs: 'The guest cannot call the trusted execution environment.',
  },
];

function adviceFor(list: readonly Advice[], begins: string | undefined): string | undefined {
  if (begins === undefined) return undefined;
  return list.find(({ setting }) => setting.startsWith(begins) || setting.includes(begins))?.why;
}

/** The changes that apply to a configuration, with the reasons of the Atlas where it has them. */
export function leastEmulation(
  configuration: Configuration,
  advice: ExplainData['advice'],
): readonly Proposal[] {
  const list = Object.entries(advice).find(([guest]) => guest === configuration.guest)?.[1] ?? [];
  return RULES.filter(({ applies }) => applies(configuration)).map((rule) => ({
    key: rule.key,
    assignment: rule.assignment(configuration),
    why: adviceFor(list, rule.advice) ?? rule.why ?? '',
    costs: rule.costs,
  }));
}

/** What the guest’s page advises beside: what is done in the guest, or by another type of guest. */
export function furtherAdvice(
  configuration: Configuration,
  advice: ExplainData['advice'],
): readonly Advice[] {
  const list = Object.entries(advice).find(([guest]) => guest === configuration.guest)?.[1] ?? [];
  const begins = RULES.flatMap((rule) => rule.advice ?? []);
  return list.filter(({ setting }) => !begins.some((start) => setting.startsWith(start)));
}

/** The settings of a key as comments. */
function commentedOut(text: string, settings: readonly XlSetting[]): string {
  let changed = text;
  for (const { start, end } of [...settings].sort((a, b) => b.start - a.start)) {
    const assignment = changed.slice(start, end).split('\n').join('\n# ');
    const rest = changed.slice(end);
    // A setting that follows on the same line goes on a line of its own.
    const following = /^[ \t]*;[ \t]*/.exec(rest)?.[0];
    changed =
      following === undefined
        ? `${changed.slice(0, start)}# ${assignment}${rest}`
        : `${changed.slice(0, start)}# ${assignment}\n${rest.slice(following.length)}`;
  }
  return changed;
}

/** The text of the file with the proposals in place: old settings become comments, new ones follow at the end. */
export function withProposals(
  text: string,
  settings: readonly XlSetting[],
  proposals: readonly Proposal[],
): string {
  const keys = new Set(proposals.map(({ key }) => key));
  const kept = commentedOut(
    text,
    settings.filter(({ key }) => keys.has(key)),
  );
  const added = proposals.flatMap(({ assignment }) => assignment ?? []);
  if (kept === text && added.length === 0) return text;
  // xl reads a comment to the end of its line, and no file that ends within one.
  const body = kept === '' || kept.endsWith('\n') ? kept : `${kept}\n`;
  return added.length === 0 ? body : `${body}\n# Least emulation\n${added.join('\n')}\n`;
}
