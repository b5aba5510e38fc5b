/**
 * Mentions: which entry names which symbol, file, port, option or message, and as what. One flat list is derived from
 * the content; the reverse index groups it for the symbol and file pages, the identifier index for the search.
 */
import type { GuestType } from '../model/guest-types.ts';
import type { Reference } from '../schema/thread.ts';

/** What a mention has to do with the name it mentions. Closed; the order is the order of display. */
export const MENTION_ROLES = {
  names: 'is about it',
  handler: 'is handled by it',
  gate: 'is gated by it',
  gated: 'tests its gate there',
  adjusts: 'is changed there at run time',
  allows: 'lets it through',
  refuses: 'refuses it',
  option: 'is changed by it',
  condition: 'depends on it',
  evidence: 'rests on it',
  asks: 'asks about it',
  answers: 'answers it',
  own: 'speaks of it',
  quoted: 'quotes it',
  diff: 'patches it',
} as const;

export type MentionRole = keyof typeof MENTION_ROLES;

export const MENTION_COLLECTIONS = [
  'fact',
  'feature',
  'answer',
  'guest',
  'guide',
  'thread',
] as const;
export type MentionCollection = (typeof MENTION_COLLECTIONS)[number];

/**
 * What is mentioned. `symbol`: a name of the source. `file`: a path from the root of the tree. `name`: another name of
 * what an entry is about, such as `AVX2`. `option`: an xl.cfg key. `message`: a Message-ID. `ports`: a range.
 */
export type Subject =
  | {
      readonly kind: 'symbol' | 'file' | 'name' | 'option' | 'message' | 'revision';
      readonly name: string;
    }
  | { readonly kind: 'ports'; readonly first: number; readonly last: number };

/** Where in the tree the mention points. */
export interface Spot {
  readonly path: string;
  readonly symbol?: string | undefined;
  readonly line?: number | undefined;
}

export interface Mention {
  readonly subject: Subject;
  readonly role: MentionRole;
  readonly collection: MentionCollection;
  readonly url: string;
  readonly title: string;
  /** The columns of the entry that rest on it; empty when it concerns the entry as a whole. */
  readonly guests: readonly GuestType[];
  readonly spot?: Spot | undefined;
  /** State on the pinned tree, for a reference of a message. */
  readonly state?: Reference['state'] | undefined;
}

/** The entry that mentions. */
export type Source = Pick<Mention, 'collection' | 'url' | 'title'>;

const SYMBOL = /^[A-Za-z_][A-Za-z0-9_]*$/;
const PATH = /^[A-Za-z0-9_+@.-]+(\/[A-Za-z0-9_+@.-]+)*$/;

/** Whether the text can be the name of a symbol of C. */
export function isSymbol(text: string): boolean {
  return SYMBOL.test(text);
}

/** Whether the text can be a path of the tree; one that climbs out of it cannot. */
export function isTreePath(text: string): boolean {
  return PATH.test(text) && !text.split('/').some((part) => part === '.' || part === '..');
}

/** The symbols that stand in an expression such as `has_vpit(d) && !is_hvm_domain(d)`. */
export function symbolsIn(expression: string): string[] {
  return [...new Set(expression.match(/[A-Za-z_][A-Za-z0-9_]*/g) ?? [])].filter((word) =>
    /_|^[A-Z0-9]+$/.test(word),
  );
}
