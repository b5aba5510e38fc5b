import type { Fact, FactOf } from '../schema/fact.ts';
import { mentionsOfColumns } from './evidence-mentions.ts';
import {
  isSymbol,
  type Mention,
  type MentionRole,
  type Source,
  type Spot,
  type Subject,
  symbolsIn,
} from './mentions.ts';
import { factRoute } from './routes.ts';

/** A mention without the entry that makes it. */
interface Named {
  readonly role: MentionRole;
  readonly subject: Subject;
  readonly spot?: Spot;
}

function name(text: string): Named {
  return { role: 'names', subject: { kind: 'name', name: text } };
}

function symbols(role: MentionRole, texts: readonly (string | null)[]): Named[] {
  const names = texts.filter((text) => text !== null && isSymbol(text));
  return [...new Set(names)].map((text) => ({
    role,
    subject: { kind: 'symbol', name: text ?? '' },
  }));
}

function places(
  role: MentionRole,
  spots: readonly { readonly path: string; readonly symbol: string; readonly line?: number }[],
): Named[] {
  return spots.flatMap(({ path, symbol, line }) => {
    const spot = line === undefined ? { path, symbol } : { path, symbol, line };
    const file: Named = { role, subject: { kind: 'file', name: path }, spot };
    return isSymbol(symbol)
      ? [{ ...file, subject: { kind: 'symbol', name: symbol } }, file]
      : [file];
  });
}

function ofEmulationFlag({ attributes }: FactOf<'emulation-flag'>): Named[] {
  const { option } = attributes;
  return [
    name(attributes.name),
    name(attributes.name.replace(/^XEN_X86_EMU_/, '')),
    ...(option === null
      ? []
      : [{ role: 'option', subject: { kind: 'option', name: option } } as const]),
    ...symbols('gate', [attributes.gate]),
    ...places('gated', attributes.gated),
  ];
}

function ofHypercall({ attributes }: FactOf<'hypercall'>): Named[] {
  const { operations } = attributes;
  return [
    name(attributes.name),
    name(`__HYPERVISOR_${attributes.name}`),
    name(`HYPERVISOR_${attributes.name}`),
    ...symbols('handler', Object.values(attributes.callers)),
    ...symbols('gate', [operations?.gate ?? null]),
    ...symbols('allows', operations?.allowed ?? []),
    ...symbols('refuses', operations?.refused ?? []),
    ...symbols('condition', symbolsIn(attributes.kconfig ?? '')),
  ];
}

function ofCpuidFeature({ attributes }: FactOf<'cpuid-feature'>): Named[] {
  return [
    name(attributes.name),
    name(`X86_FEATURE_${attributes.name}`),
    ...places('adjusts', attributes.adjusted),
  ];
}

function ofIoPort({ attributes }: FactOf<'io-port'>): Named[] {
  const { first, last, handler, gates } = attributes;
  return [
    ...(first === null || last === null
      ? []
      : [{ role: 'names', subject: { kind: 'ports', first, last } } as const]),
    ...symbols('handler', [handler]),
    ...symbols('gate', gates.flatMap(symbolsIn)),
  ];
}

/** A kind without a case here does not compile. */
function namedBy(fact: Fact): Named[] {
  switch (fact.kind) {
    case 'emulation-flag':
      return ofEmulationFlag(fact);
    case 'hypercall':
      return ofHypercall(fact);
    case 'cpuid-feature':
      return ofCpuidFeature(fact);
    case 'io-port':
      return ofIoPort(fact);
    default:
      return fact satisfies never;
  }
}

/** Everything that a fact names: itself, its handlers and gates, its conditions and its evidence. */
export function mentionsOfFact(fact: Fact): Mention[] {
  const source: Source = { collection: 'fact', url: factRoute(fact.id), title: fact.title };
  return [
    ...namedBy(fact).map((named) => ({ ...source, ...named, guests: [] })),
    ...mentionsOfColumns(source, fact.guests, fact.evidence),
  ];
}
