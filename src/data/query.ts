/** A query as a reader types or pastes it, without what is around the identifier. */
export interface Query {
  /** The identifier, in lower case. */
  readonly text: string;
  /** The range of ports that it may mean. */
  readonly ports: readonly [first: number, last: number] | null;
  /** Whether it can be nothing but an identifier, so that not to know it is an answer. */
  readonly identifier: boolean;
}

const HEX = '(?:0x)?[0-9a-f]{1,4}h?';
const RANGE = new RegExp(`^(${HEX})(?:(?:-|\\.\\.)(${HEX}))?$`);

/** The Message-ID in an address of a web archive, in angle brackets, or as it is. */
function messageIdIn(text: string): string {
  const part = text.split(/[/<>\s]/).find((piece) => piece.includes('@')) ?? text;
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function bare(text: string): string {
  const trimmed = text.trim().replace(/^[`'"(]+|[`'",;]+$/g, '');
  if (/[^\s/@]@[^\s/@]/.test(trimmed.replaceAll(/%40/gi, '@'))) {
    return messageIdIn(trimmed.replaceAll(/%40/gi, '@'));
  }
  return trimmed
    .replace(/^ports?\s+(?=0x)/i, '')
    .replace(/\(\)$|\*$/, '')
    .replace(/^(?:\.\/|[ab]\/(?=.*\/))/, '')
    .replace(/(?::\d+|#L\d+)$/, '');
}

/** `0xcf8`, `cf8`, `0x40-0x43`, `70h`; a number without `0x`, `h`, or a letter and a digit is none. */
function portsIn(text: string): Query['ports'] {
  const match = RANGE.exec(text);
  const [, first, last = first] = match ?? [];
  if (first === undefined || last === undefined) return null;
  const clearlyHex = /^0x|h$/.test(first) || (/[a-f]/.test(first) && /[0-9]/.test(first));
  if (!clearlyHex) return null;
  const [low, high] = [Number.parseInt(first, 16), Number.parseInt(last, 16)];
  return low <= high ? [low, high] : null;
}

function looksLikeIdentifier(written: string): boolean {
  if (/\s/.test(written)) return false;
  return (
    /[_/@]|\(\)$|\.[chS]$|^0x/i.test(written) ||
    /^[A-Z][A-Z0-9]+$/.test(written) ||
    /[a-z][0-9]|[0-9][a-z]/i.test(written)
  );
}

export function parseQuery(typed: string): Query {
  const written = bare(typed);
  const text = written.toLowerCase();
  const ports = portsIn(text);
  return {
    text,
    ports,
    identifier: ports !== null || looksLikeIdentifier(written) || /\(\)\s*$/.test(typed),
  };
}
