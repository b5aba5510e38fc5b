import { perGuest } from '../../../../src/model/guest-types.ts';
import type { FactOf } from '../../../../src/schema/fact.ts';
import type { Problem } from '../../../problems/problem.ts';
import type { Corpus } from '../../corpus.ts';
import { EvidenceList, presentIn } from '../../extractor.ts';
import type { Cells, Place } from './treatment.ts';

export type ArmTrapFact = FactOf<'arm-trap'>;

/** A fact before its evidence is resolved. */
export interface Draft {
  /** Below `arm-trap/`. */
  readonly id: string;
  readonly title: string;
  readonly attributes: ArmTrapFact['attributes'];
  readonly cells: Cells;
  /** The first one shows the trap. */
  readonly places: readonly [Place, ...Place[]];
}

type Attributes = ArmTrapFact['attributes'];

/** Attributes in the order of the schema; what is not given is absent. */
export function attributesOf(
  given: Pick<Attributes, 'group' | 'names' | 'handler'> & Partial<Attributes>,
): Attributes {
  return {
    register: given.register ?? null,
    function: given.function ?? null,
    group: given.group,
    names: given.names,
    handler: given.handler,
    answer: given.answer ?? null,
    traps: given.traps ?? [],
    bits: given.bits ?? null,
    kconfig: given.kconfig ?? [],
  };
}

export function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** Where a function of Arm is defined; null for one that is a macro, stands elsewhere or is not read. */
export type Definition = (name: string) => Place | null;

/** The definitions that are found. */
export function definitionsOf(
  definition: Definition,
  ...names: readonly (string | null | undefined)[]
): Place[] {
  return names.flatMap((name) => (name == null ? [] : (definition(name) ?? [])));
}

export function definitionFinder(corpus: Corpus): Definition {
  const known = new Map<string, Place | null>();
  return (name) => {
    const place = known.get(name);
    if (place !== undefined) return place;
    const file = corpus
      .filesWith('xen/arch/arm/', [name])
      .find(
        ({ path, functions }) =>
          path.endsWith('.c') &&
          functions.some((f) => f.name === name && !corpus.reader.hasError(f)),
      );
    const found = file === undefined ? null : { path: file.path, symbol: name };
    known.set(name, found);
    return found;
  };
}

export function factOf(
  corpus: Corpus,
  { id, title, attributes, cells, places }: Draft,
): { fact: ArmTrapFact; problems: readonly Problem[] } {
  const evidence = new EvidenceList(corpus);
  const cited = [...new Set(places.map((place) => evidence.cite(place)))];
  const fact: ArmTrapFact = {
    id: `arm-trap/${id}`,
    kind: 'arm-trap',
    title,
    guests: perGuest((guest) => {
      if (guest !== 'arm' && guest !== 'arm-dom0') {
        return [{ how: 'absent', note: 'The trap is one of Arm.', evidence: cited.slice(0, 1) }];
      }
      const [first, ...rest] = cells[guest];
      return [{ ...first, evidence: cited }, ...rest.map((one) => ({ ...one, evidence: cited }))];
    }),
    attributes,
    evidence: evidence.items,
    origin: 'authored',
    release: corpus.release,
    history: presentIn(corpus.release),
  };
  return { fact, problems: evidence.problems };
}
