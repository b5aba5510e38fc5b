import type { Condition } from '../model/condition.ts';
import { type Evidence, isTreeEvidence } from '../model/evidence.ts';
import { GUEST_TYPES, type GuestType } from '../model/guest-types.ts';
import type { Handling } from '../model/handling.ts';
import { isSymbol, isTreePath, type Mention, type Source, symbolsIn } from './mentions.ts';

type Columns = Readonly<Record<GuestType, readonly Handling[]>>;

function columnsWhere(columns: Columns, holds: (handling: Handling) => boolean): GuestType[] {
  return GUEST_TYPES.filter((guest) => columns[guest].some(holds));
}

/** The mentions of one piece of evidence: the file, the symbol, the anchor in it, or the message. */
export function mentionsOfEvidence(
  source: Source,
  evidence: Evidence,
  guests: readonly GuestType[],
): Mention[] {
  const mention = { ...source, role: 'evidence', guests } as const;
  if (!isTreeEvidence(evidence)) {
    return 'message' in evidence
      ? [{ ...mention, subject: { kind: 'message', name: evidence.message } }]
      : documentMentions(mention, evidence.doc);
  }
  const { path, symbol, anchor, line } = evidence;
  const spot = { path, symbol, line };
  const names = [symbol, anchor].filter((name) => name !== undefined && isSymbol(name));
  return [
    { ...mention, subject: { kind: 'file', name: path }, spot },
    ...[...new Set(names)].map(
      (name): Mention => ({
        ...mention,
        subject: { kind: 'symbol', name: name ?? '' },
        spot,
      }),
    ),
  ];
}

/** A document is a file of the tree, or a manual that has no page here. */
function documentMentions(mention: Omit<Mention, 'subject'>, doc: string): Mention[] {
  return isTreePath(doc) && doc.includes('/')
    ? [{ ...mention, subject: { kind: 'file', name: doc }, spot: { path: doc } }]
    : [];
}

/** The xl.cfg keys and build options that a condition names. */
export function namesOfCondition(when: Condition | undefined): {
  readonly options: readonly string[];
  readonly symbols: readonly string[];
} {
  return {
    options: Object.keys(when?.xl ?? {}),
    symbols: (when?.kconfig ?? []).flatMap(symbolsIn),
  };
}

function conditionMentions(source: Source, columns: Columns): Mention[] {
  const named = new Map<string, { kind: 'option' | 'symbol'; name: string; guests: GuestType[] }>();
  for (const guest of GUEST_TYPES) {
    for (const { when } of columns[guest]) {
      const { options, symbols } = namesOfCondition(when);
      const all = [
        ...options.map((name) => ({ kind: 'option', name }) as const),
        ...symbols.map((name) => ({ kind: 'symbol', name }) as const),
      ];
      for (const { kind, name } of all) {
        const entry = named.get(`${kind} ${name}`) ?? { kind, name, guests: [] };
        if (!entry.guests.includes(guest)) entry.guests.push(guest);
        named.set(`${kind} ${name}`, entry);
      }
    }
  }
  return [...named.values()].map(({ kind, name, guests }) => ({
    ...source,
    role: 'condition',
    subject: { kind, name },
    guests,
  }));
}

/** The mentions of an entry that has a column per guest type: its evidence and its conditions. */
export function mentionsOfColumns(
  source: Source,
  columns: Columns,
  evidence: readonly Evidence[],
): Mention[] {
  return [
    ...evidence.flatMap((item, index) =>
      mentionsOfEvidence(
        source,
        item,
        columnsWhere(columns, (handling) => handling.evidence.includes(index)),
      ),
    ),
    ...conditionMentions(source, columns),
  ];
}
