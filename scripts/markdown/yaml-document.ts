/** YAML of an entry, read as the core schema: no timestamps, no aliases, keys only once and none that is special. */
import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  parseDocument,
  visit,
} from 'yaml';
import { type Place, type Problem, problem } from '../problems/problem.ts';

export interface YamlDocument {
  readonly problems: readonly Problem[];
  /** The document as plain values; an empty one is an empty map. Only of use without problems. */
  readonly value: () => unknown;
  /** The place of the value at a path: that of the nearest node on the way. */
  readonly placeOf: (path: readonly PropertyKey[]) => Place;
  /** The place of a key of the map at a path. */
  readonly placeOfKey: (path: readonly PropertyKey[], key: string) => Place;
  /** The scalar at a path as written, undefined where nothing is, or null for a list or a map. */
  readonly scalarAt: (path: readonly PropertyKey[]) => string | null | undefined;
}

/** After the first errors of the syntax the others follow from them. */
const FIRST_ERRORS = 5;

/** Where an alias or a special key stands, and what it is. */
function refused(document: Document): { readonly offset: number; readonly what: string }[] {
  const found: { offset: number; what: string }[] = [];
  visit(document, {
    Alias: (_key, node) => {
      found.push({ offset: node.range?.[0] ?? 0, what: 'an alias' });
    },
    Pair: (_key, { key }) => {
      if (isScalar(key) && key.value === '__proto__') {
        found.push({ offset: key.range?.[0] ?? 0, what: 'the key `__proto__`' });
      }
      if (!isScalar(key) && !isAlias(key)) {
        found.push({
          offset: (isNode(key) ? key.range?.[0] : 0) ?? 0,
          what: 'a key that is no text',
        });
      }
    },
  });
  return found;
}

/** Parses YAML; `firstLine` is the line of the file on which it starts. */
export function parseYaml(path: string, text: string, firstLine: number): YamlDocument {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { path, line: line + firstLine - 1, column: col };
  };
  const nodeAt = (keys: readonly PropertyKey[]): unknown =>
    keys.length === 0 ? document.contents : document.getIn(keys, true);
  const unreadable = (offset: number, actual: string, expected: string) =>
    problem('entry-unreadable', place(offset), { actual, expected });
  const errors = [...document.errors, ...document.warnings].slice(0, FIRST_ERRORS);
  return {
    problems: [
      ...errors.map(({ pos, message }) =>
        unreadable(pos[0], `YAML (${message.split('\n')[0]})`, 'well-formed YAML'),
      ),
      ...refused(document).map(({ offset, what }) =>
        unreadable(offset, what, 'plain keys and values; entries do not use anchors and aliases'),
      ),
    ],
    value: () => document.toJS({ maxAliasCount: 0 }) ?? {},
    placeOf: (keys) => {
      for (let length = keys.length; length > 0; length -= 1) {
        const node = nodeAt(keys.slice(0, length));
        if (isNode(node) && node.range != null) return place(node.range[0]);
      }
      return place(0);
    },
    placeOfKey: (keys, name) => {
      const map = nodeAt(keys);
      const key = isMap(map)
        ? map.items.map((pair) => pair.key).find((key) => isScalar(key) && key.value === name)
        : undefined;
      return place((isNode(key) ? key.range?.[0] : undefined) ?? 0);
    },
    scalarAt: (keys) => {
      const node = nodeAt(keys);
      if (node === undefined) return undefined;
      return isScalar(node) ? (node.source ?? String(node.value)) : null;
    },
  };
}
