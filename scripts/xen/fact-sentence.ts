import { GUEST_TYPE_WORDS, GUEST_TYPES } from '../../src/model/guest-types.ts';
import type { Fact, FactOf } from '../../src/schema/fact.ts';

function list(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

function guestsWith(fact: Fact, hows: readonly string[]): string[] {
  return GUEST_TYPES.filter((guest) => hows.includes(fact.guests[guest][0]?.how ?? '')).map(
    (guest) => GUEST_TYPE_WORDS[guest].title,
  );
}

function flag({
  attributes: { name, bit, permitted, forced, option },
}: FactOf<'emulation-flag'>): string {
  const titles = (value: string) =>
    GUEST_TYPES.filter((guest) => permitted[guest] === value).map(
      (guest) => GUEST_TYPE_WORDS[guest].title,
    );
  const must = titles('mandatory');
  const may = titles('optional');
  return [
    `\`${name}\` is bit ${bit} of the emulation flags.`,
    must.length === 0 ? 'No guest type must have it.' : `${list(must)} must have it.`,
    may.length === 0 ? '' : `${list(may)} may have it.`,
    forced.length === 0
      ? ''
      : `Xen sets it for ${list(forced.map((guest) => GUEST_TYPE_WORDS[guest].title))} whatever was asked for.`,
    option === null ? '' : `The xl.cfg key \`${option}=\` changes it.`,
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

function hypercall(fact: FactOf<'hypercall'>): string {
  const { name, number, kconfig } = fact.attributes;
  const hidden = guestsWith(fact, ['hidden']);
  return [
    `Hypercall ${number}, \`${name}\`.`,
    kconfig === null ? '' : `It exists in builds with ${kconfig}.`,
    hidden.length === 0
      ? 'Every guest type can issue it.'
      : `It is not offered to ${list(hidden)}.`,
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

function cpuid({ attributes }: FactOf<'cpuid-feature'>): string {
  const { name, leaf, subleaf, register, msr, bit, adjusted } = attributes;
  const source =
    leaf === null
      ? `MSR 0x${(msr ?? 0).toString(16)}.${register}`
      : `CPUID leaf 0x${leaf.toString(16)}${subleaf === null ? '' : `, subleaf ${subleaf}`}, ${register}`;
  const places =
    adjusted.length === 0
      ? 'Nothing adjusts it after the masks.'
      : `${adjusted.length} ${adjusted.length === 1 ? 'place adjusts' : 'places adjust'} it after the masks.`;
  return `\`${name}\` is bit ${bit} of ${source}. ${places}`;
}

function port(fact: FactOf<'io-port'>): string {
  const { first, last, handler, device } = fact.attributes;
  const where =
    first === null
      ? 'Ports known at run time'
      : first === last || last === null
        ? `Port 0x${first.toString(16)}`
        : `Ports 0x${first.toString(16)} to 0x${last.toString(16)}`;
  return `${where}: ${device}.${handler === null ? '' : ` The handler is \`${handler}\`.`}`;
}

/** A generated sentence or two about a fact, in plain words. */
export function describeFact(fact: Fact): string {
  switch (fact.kind) {
    case 'emulation-flag':
      return flag(fact);
    case 'hypercall':
      return hypercall(fact);
    case 'cpuid-feature':
      return cpuid(fact);
    case 'io-port':
      return port(fact);
    default:
      return fact satisfies never;
  }
}
