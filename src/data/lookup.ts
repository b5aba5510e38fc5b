import { distance } from 'fastest-levenshtein';
import {
  IDENTIFIER_KINDS,
  type IdentifierIndex,
  type IdentifierKind,
  type IndexedTarget,
} from './identifier-index.ts';
import type { MentionCollection, MentionRole } from './mentions.ts';
import { parseQuery, type Query } from './query.ts';
import { fileRoute, symbolRoute } from './routes.ts';

/** A page that answers, and why it does. */
export interface Target {
  readonly url: string;
  readonly title: string;
  readonly collection: MentionCollection | 'symbol' | 'file';
  /** `page`: the page of the symbol or file itself. */
  readonly why: MentionRole | 'page';
}

/** How a name answers the query; the order is the order of the hits. */
export const MATCHES = ['exact', 'path-tail', 'prefix', 'substring'] as const;
export type Match = (typeof MATCHES)[number];

export interface Hit {
  readonly name: string;
  readonly kind: IdentifierKind | 'port';
  readonly match: Match;
  readonly targets: readonly Target[];
}

export interface Lookup {
  /** Exact hits first, then path tails, prefixes and substrings; the shorter name first. */
  readonly hits: readonly Hit[];
  /** Whether the query can be nothing but an identifier: then no exact hit means that it is not known. */
  readonly identifier: boolean;
  /** Names that differ in a few letters; only when nothing was hit. */
  readonly near: readonly string[];
}

/** Ranges wider than this answer `0x…` only, not a word that happens to be hexadecimal. */
const CATCH_ALL = 0x1000;
const HIT_LIMIT = 24;
const NEAR_LIMIT = 3;
const PORT_TARGET_LIMIT = 12;

function targetOf(index: IdentifierIndex, [page, role]: IndexedTarget): Target[] {
  const [url, title, collection] = index.pages[page] ?? [];
  const why = index.roles[role];
  return url === undefined || title === undefined || collection === undefined || why === undefined
    ? []
    : [{ url, title, collection, why }];
}

function ownPage(name: string, kind: IdentifierKind): Target[] {
  if (kind === 'symbol') {
    return [{ url: symbolRoute(name), title: name, collection: 'symbol', why: 'page' }];
  }
  if (kind === 'file') {
    return [{ url: fileRoute(name), title: name, collection: 'file', why: 'page' }];
  }
  return [];
}

/** What is about the name, then its own page, then what else is worth a line. */
export function targetsOf(index: IdentifierIndex, name: string, kind: IdentifierKind): Target[] {
  const entries = index.names[kind][name] ?? [];
  const targets = entries.flatMap((entry) => targetOf(index, entry));
  return [
    ...targets.filter(({ why }) => why === 'names'),
    ...ownPage(name, kind),
    ...targets.filter(({ why }) => why !== 'names'),
  ];
}

function matchOf(name: string, text: string): Match | null {
  if (name === text) return 'exact';
  if (name.endsWith(`/${text}`)) return 'path-tail';
  if (name.startsWith(text)) return 'prefix';
  return text.length > 2 && name.includes(text) ? 'substring' : null;
}

function compareHits(a: Hit, b: Hit): number {
  return (
    MATCHES.indexOf(a.match) - MATCHES.indexOf(b.match) ||
    a.name.length - b.name.length ||
    (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)
  );
}

function nameHits(index: IdentifierIndex, { text }: Query): Hit[] {
  if (text === '') return [];
  return IDENTIFIER_KINDS.flatMap((kind) =>
    Object.keys(index.names[kind]).flatMap((name) => {
      const match = matchOf(name.toLowerCase(), text);
      return match === null ? [] : [{ name, kind, match }];
    }),
  ).map((hit) => ({ ...hit, targets: targetsOf(index, hit.name, hit.kind) }));
}

function portHits(index: IdentifierIndex, { ports, text }: Query): Hit[] {
  if (ports === null) return [];
  const [first, last] = ports;
  const explicit = text.startsWith('0x');
  const targets = index.ports
    .filter(([from, to]) => from <= first && last <= to && (explicit || to - from < CATCH_ALL))
    .flatMap(([, , page, role]) => targetOf(index, [page, role]))
    .slice(0, PORT_TARGET_LIMIT);
  const name = [...new Set(ports)].map((port) => `0x${port.toString(16)}`).join('-');
  return targets.length === 0 ? [] : [{ name, kind: 'port', match: 'exact', targets }];
}

function nearMisses(index: IdentifierIndex, { text }: Query): string[] {
  const limit = Math.max(1, Math.floor(text.length / 4));
  const names = IDENTIFIER_KINDS.flatMap((kind) => Object.keys(index.names[kind]));
  return [...new Set(names)]
    .filter((name) => Math.abs(name.length - text.length) <= limit)
    .map((name) => ({ name, misses: distance(name.toLowerCase(), text) }))
    .filter(({ misses }) => misses <= limit)
    .sort((a, b) => a.misses - b.misses || (a.name < b.name ? -1 : 1))
    .slice(0, NEAR_LIMIT)
    .map(({ name }) => name);
}

/** Spellings of one name are one hit, and a page is listed once: at the best hit that leads to it. */
function mergeHits(hits: readonly Hit[]): Hit[] {
  const seen = new Set<string>();
  const merged: Hit[] = [];
  for (const hit of hits) {
    const targets = hit.targets.filter(({ url }) => !seen.has(url));
    for (const { url } of targets) seen.add(url);
    const last = merged.at(-1);
    if (last?.match === 'exact' && hit.match === 'exact') {
      merged.splice(-1, 1, { ...last, targets: [...last.targets, ...targets] });
    } else if (targets.length > 0) {
      merged.push({ ...hit, targets });
    }
  }
  return merged;
}

/** Looks for what a reader typed. Letter case does not matter; `()`, `<>`, line numbers and `a/` are ignored. */
export function lookup(index: IdentifierIndex, typed: string): Lookup {
  const query = parseQuery(typed);
  const found = [...portHits(index, query), ...nameHits(index, query).sort(compareHits)];
  const hits = mergeHits(found);
  const shown = hits.slice(0, HIT_LIMIT);
  const near = hits.length === 0 && query.text.length > 2 ? nearMisses(index, query) : [];
  return { hits: shown, identifier: query.identifier, near };
}
