import { createPatchScanner, type PatchScanner } from './patch-lines.ts';

/** What a line of a body is. Only `own` is the sender's own prose. */
export type LineKind = 'own' | 'quoted' | 'patch' | 'attribution' | 'signature' | 'footer';

export interface BodyLine {
  readonly kind: LineKind;
  /** The line without the marks of quotation. */
  readonly text: string;
  /** How often it is quoted; 0 for the sender's own lines. */
  readonly depth: number;
  /** Whether the line is part of a patch: the sender's (`patch`) or a quoted one. */
  readonly inPatch: boolean;
}

const QUOTE = /^(?: ?>)+ ?/;
const SIGNATURE = /^-- ?$/;
const RULE = /^\s*_{20,}\s*$/;
const LIST_NAME = /^\s*[\w-]+ mailing list\s*$/i;
const FORWARDED = /^-{3,} ?(?:Original|Forwarded) Message ?-{3,}$/i;
const ATTRIBUTION_END = /(?:wrote|writes|schrieb|écrit)\s*:\s*$/;
const ATTRIBUTION_START = /^(?:On |Am |Le |At |From: )|\d{4}|<[^>]*>|"/;
/** Lines over which a mailer may wrap an attribution. */
const MAX_ATTRIBUTION = 4;
/** A footer that lost its rule, as on a saved page, is no longer than this. */
const MAX_FOOTER = 12;
/** A lone `--` that is no signature of RFC 3676 counts as one when no more than this follows. */
const MAX_BARE_SIGNATURE = 8;

interface RawLine {
  readonly text: string;
  readonly depth: number;
}

function parseQuote(line: string): RawLine {
  const marks = line.startsWith('>') || line.startsWith(' >') ? (QUOTE.exec(line)?.[0] ?? '') : '';
  if (marks === '') return { text: line, depth: 0 };
  let depth = 0;
  for (const mark of marks) if (mark === '>') depth += 1;
  return { text: line.slice(marks.length), depth };
}

/** Index of the first line of the footer that the list adds to each message. */
function findFooter(lines: readonly RawLine[]): number {
  const index = lines.findIndex((line, i) => {
    if (line.depth > 0) return false;
    if (RULE.test(line.text) && LIST_NAME.test(lines[i + 1]?.text ?? '')) return true;
    return LIST_NAME.test(line.text) && lines.length - i <= MAX_FOOTER;
  });
  return index < 0 ? lines.length : index;
}

function isSignature(line: RawLine, left: number): boolean {
  if (line.depth > 0 || !SIGNATURE.test(line.text)) return false;
  return line.text === '-- ' || left <= MAX_BARE_SIGNATURE;
}

/** Numbers of the lines with which an attribution can end. */
function attributionEnds(lines: readonly RawLine[]): number[] {
  return lines.flatMap(({ text }, index) =>
    text.trimEnd().endsWith(':') && ATTRIBUTION_END.test(text) ? [index] : [],
  );
}

/** How many lines from `start` are an attribution, such as `On … wrote:` before a quotation. */
function attributionLength(lines: readonly RawLine[], start: number): number {
  if (!ATTRIBUTION_START.test(lines[start]?.text ?? '')) return 0;
  for (let length = 1; length <= MAX_ATTRIBUTION; length += 1) {
    const line = lines[start + length - 1];
    if (line === undefined || line.depth > 0 || line.text.trim() === '') return 0;
    if (!ATTRIBUTION_END.test(line.text)) continue;
    const after = lines.slice(start + length, start + length + 2);
    return after.some((next) => next.depth > 0) ? length : 0;
  }
  return 0;
}

/** One scanner for each depth: a quotation may be interrupted in the middle of a hunk. */
function createScanners(): (depth: number) => PatchScanner {
  const scanners = new Map<number, PatchScanner>();
  return (depth) => {
    const scanner = scanners.get(depth) ?? createPatchScanner();
    scanners.set(depth, scanner);
    return scanner;
  };
}

/**
 * Tells what each line of a decoded text is. After the signature of an attached or inline patch (the version of git)
 * nothing more is read; below an `Original Message` line everything is quotation.
 */
export function parseBody(text: string): BodyLine[] {
  const lines = text.split('\n').map(parseQuote);
  const footer = findFooter(lines);
  const scanner = createScanners();
  const ends = attributionEnds(lines);
  const result: BodyLine[] = [];
  let attributed = 0;
  let forwarded = 0;
  for (const [index, line] of lines.entries()) {
    const depth = line.depth + forwarded;
    const add = (kind: LineKind, inPatch = false) =>
      result.push({ kind, text: line.text, depth, inPatch });
    const next = lines[index + 1];
    if (index >= footer) add('footer');
    else if (result.at(-1)?.kind === 'signature') add('signature');
    else if (scanner(depth).takes(line.text, next?.depth === line.depth ? next.text : undefined)) {
      add(depth > 0 ? 'quoted' : 'patch', true);
    } else if (depth > 0) add('quoted');
    else if (isSignature(line, footer - index)) add('signature');
    else if (line.text.includes('---') && FORWARDED.test(line.text.trim())) {
      forwarded = 1;
      add('attribution');
    } else {
      if (ends.some((end) => end >= index && end < index + MAX_ATTRIBUTION)) {
        attributed = Math.max(attributed, index + attributionLength(lines, index));
      }
      add(index < attributed ? 'attribution' : 'own');
    }
  }
  return result;
}

/** The sender's own paragraphs: lines of own prose, parted by blank lines, quotations and patches. */
export function ownParagraphs(lines: readonly BodyLine[]): string[] {
  const paragraphs: string[][] = [];
  let open: string[] | undefined;
  for (const line of lines) {
    if (line.kind !== 'own' || line.text.trim() === '') {
      open = undefined;
      continue;
    }
    if (open === undefined) {
      open = [];
      paragraphs.push(open);
    }
    open.push(line.text);
  }
  return paragraphs.map((paragraph) => paragraph.join('\n'));
}
