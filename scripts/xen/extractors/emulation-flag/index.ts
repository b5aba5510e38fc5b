import type { Condition } from '../../../../src/model/condition.ts';
import { GUEST_TYPES, type GuestType, perGuest } from '../../../../src/model/guest-types.ts';
import type { Handling } from '../../../../src/model/handling.ts';
import { isInSpan } from '../../../../src/model/release.ts';
import type { FactOf } from '../../../../src/schema/fact.ts';
import { type Problem, problem } from '../../../problems/problem.ts';
import type { AuthoredPlace } from '../../authored.ts';
import { locateAll } from '../../construct.ts';
import type { Corpus } from '../../corpus.ts';
import {
  EvidenceList,
  type Extraction,
  type Extractor,
  presentIn,
  sortFacts,
} from '../../extractor.ts';
import { constructs } from './constructs.ts';
import { isX86, type X86Guest } from './guests.ts';
import { MEANINGS, type Meaning } from './meanings.ts';
import { type Flag, type FlagSource, type FoundConstructs, readFlagSource } from './read.ts';
import { placeOf } from './related.ts';

type FlagFact = FactOf<'emulation-flag'>;
type Handlings = [Handling, ...Handling[]];

function permission(source: FlagSource, mask: bigint, guest: X86Guest) {
  const { min, opt } = source.permitted[guest];
  if ((min & mask) !== 0n || (source.forced[guest] & mask) !== 0n) return 'mandatory';
  return (opt & mask) !== 0n ? 'optional' : 'forbidden';
}

interface Cited {
  readonly permitted: number;
  readonly forced: number;
  readonly chosen: number;
  readonly dom0: number;
}

/** Evidence for a guest type: what permits, and what chooses or forces. */
function evidenceFor(guest: GuestType, cited: Cited): number[] {
  if (guest === 'pv-dom0') return [cited.permitted, cited.forced];
  if (guest === 'pvh-dom0' || guest === 'pv-shim') return [cited.permitted, cited.dom0];
  return [cited.permitted, cited.chosen];
}

/** Handlings under one more condition. */
function under(provided: Handlings, when: Condition): Handling[] {
  return provided.map((handling) => ({ ...handling, when: { ...handling.when, ...when } }));
}

/** What a flag provides in a release. Throws when nothing is said of it: that is a bug of the table. */
function providedIn(
  meaning: Meaning,
  guest: GuestType,
  release: string,
  evidence: number[],
): Handlings {
  const [first, ...rest] = meaning
    .provided(guest)
    .filter((handling) => isInSpan(handling, release))
    .map(({ since: _since, until: _until, ...handling }) => ({ ...handling, evidence }));
  if (first === undefined) throw new Error(`No handling of ${meaning.title} in ${release}`);
  return [first, ...rest];
}

function handlingsFor(
  flag: Flag,
  source: FlagSource,
  meaning: Meaning,
  guest: GuestType,
  release: string,
  evidence: number[],
  header: number,
  cite: (place: AuthoredPlace) => number,
): Handlings {
  if (!isX86(guest)) {
    return [{ how: 'absent', note: 'Emulation flags exist on x86 only.', evidence: [header] }];
  }
  const mask = 1n << BigInt(flag.bit);
  const provided = providedIn(meaning, guest, release, evidence);
  if ((source.chosen[guest] & mask) !== 0n) return provided;
  const option = source.options.find((o) => o.guest === guest && (o.bits & mask) !== 0n)?.option;
  if (permission(source, mask, guest) !== 'optional') {
    const { without } = meaning;
    return without?.guests.includes(guest)
      ? [{ how: 'absent', note: without.note, evidence: [...evidence, cite(without.place)] }]
      : [{ how: 'absent', evidence }];
  }
  if (option === undefined) {
    const { asked } = meaning;
    const absent = {
      how: 'absent',
      note: 'Xen permits the flag, and nothing asks for it.',
      evidence,
    } as const;
    return asked?.guest === guest
      ? [absent, ...under(provided, { guest: [asked.state] })]
      : [absent];
  }
  return [{ how: 'absent', evidence }, ...under(provided, { xl: { [option.key]: 1 } })];
}

function factOf(
  corpus: Corpus,
  found: FoundConstructs,
  source: FlagSource,
  flag: Flag,
  meaning: Meaning,
): { fact: FlagFact; problems: readonly Problem[] } {
  const evidence = new EvidenceList(corpus);
  const name = `XEN_X86_EMU_${flag.name}`;
  const header = evidence.cite({ path: found.flags.path, symbol: name });
  const cited: Cited = {
    permitted: evidence.cite({
      path: found.permitted.path,
      symbol: found.permitted.candidate.name,
    }),
    forced: evidence.cite({
      path: found.forced.path,
      symbol: found.forced.candidate.name,
      anchor: 'XEN_X86_EMU_PIT',
    }),
    chosen: evidence.cite({ path: found.chosen.path, symbol: found.chosen.candidate.name }),
    dom0: evidence.cite({
      path: found.dom0.path,
      symbol: found.dom0.candidate.name,
      anchor: 'emulation_flags',
    }),
  };
  if (flag.gate !== null) evidence.cite({ path: found.gates.path, symbol: flag.gate });
  if (meaning.implementation !== null) evidence.cite(meaning.implementation);
  for (const related of meaning.related ?? []) evidence.cite(placeOf(related, corpus.release));
  const mask = 1n << BigInt(flag.bit);
  const ifX86 = <T>(guest: GuestType, value: (guest: X86Guest) => T) =>
    isX86(guest) ? value(guest) : null;
  const option = source.options.find(({ bits }) => (bits & mask) !== 0n)?.option.key ?? null;
  const id = `emulation-flag/${flag.name.toLowerCase().replaceAll('_', '-')}`;
  const fact: FlagFact = {
    id,
    kind: 'emulation-flag',
    title: `${meaning.title} (${name})`,
    guests: perGuest((guest) =>
      handlingsFor(
        flag,
        source,
        meaning,
        guest,
        corpus.release,
        evidenceFor(guest, cited),
        header,
        (place) => evidence.cite(place),
      ),
    ),
    attributes: {
      name,
      bit: flag.bit,
      permitted: perGuest((guest) => ifX86(guest, (g) => permission(source, mask, g))),
      forced: GUEST_TYPES.filter((guest) => isX86(guest) && (source.forced[guest] & mask) !== 0n),
      chosen: perGuest((guest) => ifX86(guest, (g) => (source.chosen[g] & mask) !== 0n)),
      option,
      related: (meaning.related ?? []).map(({ evidence: _place, ...related }) => related),
      gate: flag.gate,
      gated: flag.gate === null ? [] : usersOf(corpus, flag.gate),
    },
    evidence: evidence.items,
    origin: 'derived',
    release: corpus.release,
    history: presentIn(corpus.release),
  };
  return { fact, problems: evidence.problems };
}

/** Functions of x86 Xen in which the gate is tested, sorted. */
function usersOf(corpus: Corpus, gate: string): { path: string; symbol: string }[] {
  return corpus.filesWith('xen/', [gate]).flatMap((file) => {
    const symbols = corpus.reader.visitCalls(
      file,
      new Set([gate]),
      (node) =>
        file.functions.find((f) => f.start <= node.startIndex && node.endIndex <= f.end)?.name,
    );
    return [...new Set(symbols)]
      .filter((symbol) => symbol !== undefined)
      .sort()
      .map((symbol) => ({ path: file.path, symbol }));
  });
}

function extract(corpus: Corpus): Extraction<FlagFact> {
  const { found, problems } = locateAll(corpus, constructs);
  if (found === null) return { facts: [], problems };
  const read = readFlagSource(corpus, found);
  const { source } = read;
  if (source === null) return { facts: [], problems: read.problems };
  const results = source.flags.map((flag) => {
    const meaning = MEANINGS[flag.name];
    if (meaning !== undefined) return factOf(corpus, found, source, flag, meaning);
    const unknown = problem(
      'construct-unknown',
      { path: found.flags.path },
      {
        actual: `flag \`XEN_X86_EMU_${flag.name}\``,
        expected: `one of ${Object.keys(MEANINGS).join(', ')}`,
        repair: 'Say what the flag stands for in `MEANINGS` of the extractor `emulation-flag`.',
      },
    );
    return { fact: null, problems: [unknown] };
  });
  return {
    facts: sortFacts(results.flatMap(({ fact }) => fact ?? [])),
    problems: results.flatMap((result) => result.problems),
  };
}

export const emulationFlag: Extractor<'emulation-flag'> = {
  kind: 'emulation-flag',
  constructs,
  minimum: 9,
  extract,
};
