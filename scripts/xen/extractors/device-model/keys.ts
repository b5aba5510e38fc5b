/** Keys of xl.cfg: what the manual page documents of them, and what xl reads. */
import { lineAt, lineStarts } from '../../lines.ts';
import { type PodItem, readPodItems } from '../../pod.ts';

export const MANUAL = 'docs/man/xl.cfg.5.pod.in';
export const XL_PARSE = 'tools/xl/xl_parse.c';

/** A key as one of its places in the manual page documents it. */
export interface DocumentedKey {
  readonly key: string;
  /** Heading of the innermost section. */
  readonly section: string;
  /** Its form, such as `hpet=BOOLEAN`. */
  readonly form: string;
  /** The default that the text states, `true` and `false` for what is on and off; null when it states none. */
  readonly default: string | null;
  /** 1-based. */
  readonly line: number;
}

/** The phrases by which the manual page states a default, the value first in each. */
const STATEMENTS: readonly RegExp[] = [
  /\b(True|False|No offset) \(?\d?\)? ?by default\b/i,
  /\b(?:is|are) (enabled|disabled) by default\b/i,
  /\b(disabled|enabled) \((?:i\.e\. )?[^)]*\) by default\b/i,
  /\bdefaults? to "?(\w[\w.-]*)/i,
  /\b[Dd]efault(?: value)? is \((\d+)\)/,
  /\b[Dd]efault(?: value)? is "?\(?(?:\d\) )?(enabled|disabled|true|false|not enabled)\b/,
  /\b[Dd]efault(?: value)? is "?\(?([\w.:-]+)/,
  /\bdefault of (\d+)\b/i,
];

const WORDS: Readonly<Record<string, string>> = {
  enabled: 'true',
  disabled: 'false',
  'not enabled': 'false',
  'no offset': '0',
};
/** Words that begin a description and no value. */
const NO_VALUE = new Set(['to', 'the', 'no', 'not', 'a', 'an', 'selected', 'same', 'settable']);

function isBoolean(form: string): boolean {
  return /=BOOLEAN\b/.test(form);
}

/** A default that depends on something else is none that could be compared. */
const DEPENDS = /\bdefaults? to \w+ \(\d\) if\b/i;

function statedIn(text: string, form: string): string | null {
  if (DEPENDS.test(text)) return null;
  for (const statement of STATEMENTS) {
    const found = statement.exec(text)?.[1]?.toLowerCase().replace(/\.$/, '');
    if (found === undefined || NO_VALUE.has(found)) continue;
    const word = WORDS[found] ?? found;
    if (isBoolean(form) && /^[01]$/.test(word)) return word === '1' ? 'true' : 'false';
    return word;
  }
  return null;
}

/** The value in a list of values that says that it is the default. */
function statedByValue(items: readonly PodItem[]): string | null {
  const isDefault = ({ text }: PodItem) =>
    /\bthis is (?:the default|used by default)\b|\(default\)/i.test(text);
  return items.find(isDefault)?.label.replaceAll('"', '') ?? null;
}

function keyOf({ label }: PodItem): string | undefined {
  return /^([a-z][a-z0-9_]*)=/.exec(label)?.[1];
}

/** Every key of the options of the manual page; one that several sections document is there several times. */
export function readDocumentedKeys(text: string): DocumentedKey[] {
  return readPodItems(text)
    .filter(({ headings }) => headings[0] === 'OPTIONS')
    .flatMap((item) => {
      const key = keyOf(item);
      if (key === undefined) return [];
      return [
        {
          key,
          section: item.headings.at(-1) ?? '',
          form: item.label,
          default: statedIn(item.text, item.label) ?? statedByValue(item.items),
          line: item.line,
        },
      ];
    });
}

/** A key that xl reads, with the field of libxl that it fills when the call says so. */
export interface ReadKey {
  readonly key: string;
  /** Where the value goes, such as `b_info->u.hvm.hpet`; null for a variable. */
  readonly field: string | null;
  /** 1-based. */
  readonly line: number;
}

const READ = /\bxlu_cfg_\w+\s*\(\s*config\s*,\s*"(\w+)"(#\w+)?\s*,\s*\\?\s*(?:&(\w[\w>.-]*))?/g;

/** Both arms of a conditional are read, and a call may run through it. */
const CONDITIONAL = /^[ \t]*#[ \t]*(?:if|ifdef|ifndef|elif|else|endif)\b.*$/gm;

/** Every key that a source of xl asks its configuration for, in order. A macro that pastes names stands for its uses. */
export function readKeys(source: string): ReadKey[] {
  const text = source.replace(CONDITIONAL, (line) => ' '.repeat(line.length));
  const starts = lineStarts(text);
  const lineOf = (offset: number) => lineAt(starts, offset);
  return [...text.matchAll(READ)].flatMap(({ index, 1: key = '', 2: paste, 3: target }) => {
    const field = /->|\./.test(target ?? '') ? (target ?? null) : null;
    const line = lineOf(index);
    if (paste === undefined) return [{ key, field, line }];
    const uses = [...text.matchAll(/^\s*parse_extra_args\((\w*)\);/gm)];
    return uses.map((use) => ({
      key: `${key}${use[1] ?? ''}`,
      field: null,
      line: lineOf(use.index + 1),
    }));
  });
}
