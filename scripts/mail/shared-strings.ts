/** Keeps each string once: a Message-ID stands in every answer below its message. */
export class SharedStrings {
  readonly #strings = new Map<string, string>();

  /** The first string that was the same. */
  one(text: string): string {
    const known = this.#strings.get(text);
    if (known !== undefined) return known;
    this.#strings.set(text, text);
    return text;
  }

  all(texts: readonly string[]): string[] {
    return texts.map((text) => this.one(text));
  }
}
