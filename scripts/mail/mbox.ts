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

/** A message of an mbox; of one that is longer than is read only the size is told. */
export interface MboxMessage {
  readonly bytes: Buffer;
  readonly size: number;
}

export interface MboxSplitter {
  /** Takes the next bytes and returns the messages that they complete. */
  push(chunk: Buffer): MboxMessage[];
  /** Returns the last message, if there is one. */
  end(): MboxMessage[];
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
const [LF, CR, MARK] = [0x0a, 0x0d, 0x3e];

/** Where the line begins in which a byte stands. */
function lineStart(bytes: Buffer, at: number): number {
  return at <= 0 ? 0 : bytes.lastIndexOf(LF, at - 1) + 1;
}

/** Where the marks `>` before a byte begin. */
function marksStart(bytes: Buffer, at: number): number {
  let start = at;
  while (bytes[start - 1] === MARK) start -= 1;
  return start;
}

/** Pieces of a message, of which no more is kept than is read. */
class Pieces {
  readonly #most: number;
  #pieces: Buffer[] = [];
  #size = 0;

  constructor(most: number) {
    this.#most = most;
  }

  add(piece: Buffer): void {
    this.#size += piece.length;
    if (this.#size <= this.#most && piece.length > 0) this.#pieces.push(piece);
    else if (this.#size > this.#most) this.#pieces = [];
  }

  /** The message; undefined when it has nothing but line ends. */
  take(): MboxMessage | undefined {
    const message = { bytes: Buffer.concat(this.#pieces), size: this.#size };
    this.#pieces = [];
    this.#size = 0;
    const isEmpty = message.size < 8 && /^[\r\n]*$/.test(message.bytes.toString('latin1'));
    return isEmpty ? undefined : message;
  }
}

/** `most`: bytes of the longest message that is kept. */
export function createMboxSplitter(most = Number.MAX_SAFE_INTEGER): MboxSplitter {
  const pieces = new Pieces(most);
  /** The start of a line whose end is not there yet. */
  let rest: Buffer = Buffer.alloc(0);
  /** Whether `rest` or what comes next begins in the middle of a line that was too long to wait for. */
  let inLine = false;
  let dialect: Dialect | undefined;
  let afterEmpty = true;

  const takeSeparator = (line: Buffer, isAfterEmpty: boolean): boolean => {
    const separator = isAfterEmpty ? separatorText(line) : undefined;
    const isText = dialect !== undefined && dialect !== 'patches';
    if (separator === undefined || (isText && PATCH_SEPARATOR.test(separator))) return false;
    dialect ??= dialectOf(separator);
    return true;
  };
  const isEmptyBefore = (bytes: Buffer, start: number): boolean => {
    if (start === 0) return afterEmpty && !inLine;
    const end = bytes[start - 2] === CR ? start - 2 : start - 1;
    return end === 0 ? !inLine : bytes[end - 1] === LF;
  };
  /** Takes whole lines, or with a long line a part of one. */
  const takeLines = (bytes: Buffer, done: MboxMessage[]) => {
    let taken = 0;
    let at = bytes.indexOf(FROM);
    for (; at >= 0; at = bytes.indexOf(FROM, at + 1)) {
      const start = marksStart(bytes, at);
      if (start === 0 ? inLine : bytes[start - 1] !== LF) continue;
      const marks = at - start;
      const end = bytes.indexOf(LF, at);
      const line = bytes.subarray(start, end < 0 ? undefined : end + 1);
      if (marks === 0 && takeSeparator(line, isEmptyBefore(bytes, start))) {
        pieces.add(bytes.subarray(taken, start));
        const message = pieces.take();
        if (message !== undefined && started) done.push(message);
        started = true;
        taken = start + line.length;
      } else if (marks > 0 && (dialect === 'mboxrd' || marks === 1)) {
        pieces.add(bytes.subarray(taken, start));
        taken = start + 1;
      }
    }
    pieces.add(bytes.subarray(taken));
    const last = bytes.subarray(lineStart(bytes, bytes.length - 1));
    afterEmpty =
      !(inLine && last.length === bytes.length) && /^\r?\n$/.test(last.toString('latin1', 0, 3));
    inLine = bytes[bytes.length - 1] !== LF;
  };
  let started = false;

  return {
    push(chunk) {
      const done: MboxMessage[] = [];
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      const whole = bytes.lastIndexOf(LF) + 1;
      const tail = bytes.subarray(whole);
      const isLong = tail.length > 4 * LONGEST_SEPARATOR;
      if (whole > 0 || isLong) takeLines(isLong ? bytes : bytes.subarray(0, whole), done);
      rest = isLong ? Buffer.alloc(0) : Buffer.from(tail);
      return done;
    },
    end() {
      const done: MboxMessage[] = [];
      if (rest.length > 0) takeLines(rest, done);
      const message = pieces.take();
      return message !== undefined && started ? [...done, message] : done;
    },
  };
}

/** Whether bytes begin like an mbox. */
export function isMbox(start: Buffer): boolean {
  const end = start.indexOf(LF);
  return separatorText(end < 0 ? start : start.subarray(0, end + 1)) !== undefined;
}
