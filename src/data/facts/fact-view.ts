/** How facts of one kind are shown, ordered, found and put into words; one view for each kind. */
import type { FactKind } from '../../model/fact-kinds.ts';
import type { Fact, FactOf } from '../../schema/fact.ts';
import type { AttributeRow } from './attribute-rows.ts';
import type { Named } from './named.ts';

/** What a kind says about its facts. */
interface KindView<K extends FactKind> {
  /** The attributes in readers’ words. Attributes without a value are left out. */
  readonly attributeRows: (fact: FactOf<K>) => AttributeRow[];
  /** Columns of the table of the kind, beside the title and the guest types. */
  readonly headings: readonly string[];
  /** Values in the order of the headings; `''` for an absent one. */
  readonly values: (fact: FactOf<K>) => readonly string[];
  /** Number by which the facts of the kind are ordered, then by id. */
  readonly order: (fact: FactOf<K>) => number;
  /** What the fact names: itself, its handlers, gates and places. */
  readonly named: (fact: FactOf<K>) => Named[];
  /** A sentence or two in plain words, without a verdict. */
  readonly sentence: (fact: FactOf<K>) => string;
}

/** A view that takes facts of whatever kind; one of another kind is a bug, and throws. */
export interface FactView {
  readonly headings: readonly string[];
  readonly attributeRows: (fact: Fact) => AttributeRow[];
  readonly values: (fact: Fact) => readonly string[];
  readonly order: (fact: Fact) => number;
  readonly named: (fact: Fact) => Named[];
  readonly sentence: (fact: Fact) => string;
}

function isOfKind<K extends FactKind>(fact: Fact, kind: K): fact is FactOf<K> {
  return fact.kind === kind;
}

/** Makes the view of a kind. */
export function defineFactView<K extends FactKind>(kind: K, view: KindView<K>): FactView {
  const narrow = (fact: Fact): FactOf<K> => {
    if (isOfKind(fact, kind)) return fact;
    throw new Error(`A fact of kind ${fact.kind} in the view of ${kind}`);
  };
  return {
    headings: view.headings,
    attributeRows: (fact) => view.attributeRows(narrow(fact)),
    values: (fact) => view.values(narrow(fact)),
    order: (fact) => view.order(narrow(fact)),
    named: (fact) => view.named(narrow(fact)),
    sentence: (fact) => view.sentence(narrow(fact)),
  };
}

/** `a, b and c`. */
export function joinWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** Sentences in a row; the empty ones are left out. */
export function joinSentences(...sentences: readonly string[]): string {
  return sentences.filter((sentence) => sentence !== '').join(' ');
}
