/**
 * Which words a text may hold, in a few bits a word: a name is looked for in thousands of files, and stands in few.
 * Words are those of C: letters, digits and underscores.
 */
export class WordFilter {
  readonly #bits: Uint32Array;
  readonly #mask: number;

  constructor(text: string) {
    const size = 2 ** Math.max(5, Math.ceil(Math.log2(text.length)));
    this.#bits = new Uint32Array(size / 32);
    this.#mask = size - 1;
    let hash = 0;
    let isInWord = false;
    for (let at = 0; at <= text.length; at += 1) {
      const code = at === text.length ? 0 : text.charCodeAt(at);
      if (code < 128 && WORD[code] === 1) {
        hash = (Math.imul(hash, 31) + code) | 0;
        isInWord = true;
      } else if (isInWord) {
        this.#add(hash);
        hash = 0;
        isInWord = false;
      }
    }
  }

  /** False only when the word of a hash does not stand in the text. */
  mayHold(wordHash: number): boolean {
    const bit = wordHash & this.#mask;
    return ((this.#bits[bit >>> 5] ?? 0) & (1 << (bit & 31))) !== 0;
  }

  #add(hash: number): void {
    const bit = spread(hash) & this.#mask;
    this.#bits[bit >>> 5] = (this.#bits[bit >>> 5] ?? 0) | (1 << (bit & 31));
  }
}

/** The hash of a word. */
export function hashWord(word: string): number {
  let hash = 0;
  for (let at = 0; at < word.length; at += 1) {
    hash = (Math.imul(hash, 31) + word.charCodeAt(at)) | 0;
  }
  return spread(hash);
}

/** The low bits of a hash as a mix of all of them. */
function spread(hash: number): number {
  return Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 7;
}

const WORD = Uint8Array.from({ length: 128 }, (_, code) =>
  /\w/.test(String.fromCharCode(code)) ? 1 : 0,
);
