/**
 * Splits an mbox into its messages, on bytes: an mbox over 512 MB is no JavaScript string.
 *
 * A separator is a line `From <word> <date>` at the start or after an empty line. In mboxrd each `>` that was put before
 * `From ` (or `>From `) is taken off again; in mboxo only one that stands right before `From `. Which of the two it is,
 * the first separator says: public-inbox writes `From mboxrd@z`.
 */
const SEPARATOR =
  /^From \S+\s+(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ \d]?\d \d\d:\d\d(?::\d\d)?(?: [\w+-]+)*\s*$/;
/** What `git format-patch` puts before a patch; inside another message it is text of an attachment. */
const PATCH_SEPARATOR = /^From [0-9a-f]{40} Mon Sep 17 00:00:00 2001\s*$/;
const LONGEST_SEPARATOR = 300;

export interface MboxSplitter {
  /** Takes the next bytes and returns the messages that they complete. */
  push(chunk: Buffer): Buffer[];
  /** Returns the last message, if there is one. */
  end(): Buffer[];
}

type Dialect = 'mboxrd' | 'mboxo' | 'patches';

function dialectOf(separator: string): Dialect {
  if (PATCH_SEPARATOR.test(separator)) return 'patches';
  return separator.startsWith('From mboxrd@') ? 'mboxrd' : 'mboxo';
}

function separatorText(line: Buffer): string | undefined {
  if (line.length > LONGEST_SEPARATOR || !line.subarray(0, 5).equals(FROM)) return undefined;
  const text = line.toString('latin1');
  return SEPARATOR.test(text) ? text : undefined;
}

const FROM = Buffer.from('From ');
const QUOTED_FROM = /^>+From /;

function unquoteFrom(line: Buffer, dialect: Dialect): Buffer {
  if (line[0] !== 0x3e) return line;
  const start = line.subarray(0, 200).toString('latin1');
  const quoted = dialect === 'mboxrd' ? QUOTED_FROM.test(start) : start.startsWith('>From ');
  return quoted ? line.subarray(1) : line;
}

export function createMboxSplitter(): MboxSplitter {
  let rest: Buffer[] = [];
  let lines: Buffer[] = [];
  let dialect: Dialect | undefined;
  let afterEmpty = true;
  const done: Buffer[] = [];

  const takeMessage = () => {
    if (dialect !== undefined && lines.some((line) => line.length > 1)) {
      done.push(Buffer.concat(lines));
    }
    lines = [];
  };
  const takeLine = (line: Buffer) => {
    const separator = afterEmpty ? separatorText(line) : undefined;
    afterEmpty = line.length <= 2 && /^\r?\n?$/.test(line.toString('latin1'));
    const isText = separator !== undefined && dialect !== undefined && dialect !== 'patches';
    if (separator === undefined || (isText && PATCH_SEPARATOR.test(separator))) {
      lines.push(unquoteFrom(line, dialect ?? 'mboxo'));
      return;
    }
    takeMessage();
    dialect ??= dialectOf(separator);
  };
  const takeAll = () => done.splice(0);

  return {
    push(chunk) {
      let start = 0;
      for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, start)) {
        takeLine(Buffer.concat([...rest, chunk.subarray(start, end + 1)]));
        rest = [];
        start = end + 1;
      }
      if (start < chunk.length) rest.push(chunk.subarray(start));
      return takeAll();
    },
    end() {
      if (rest.length > 0) takeLine(Buffer.concat(rest));
      rest = [];
      takeMessage();
      return takeAll();
    },
  };
}

/** Whether bytes begin like an mbox. */
export function isMbox(start: Buffer): boolean {
  const end = start.indexOf(0x0a);
  return separatorText(end < 0 ? start : start.subarray(0, end + 1)) !== undefined;
}
