/** Kconfig files, read by lines: each option with its prompt and what shows or hides it. */

export interface KconfigOption {
  /** Without `CONFIG_`. */
  readonly name: string;
  /** 1-based line of `config NAME`. */
  readonly line: number;
  /** Null when the user is never asked. */
  readonly prompt: string | null;
  /** Condition under which the user is asked, as written; null for none. */
  readonly askedIf: string | null;
  /** Conditions of `depends on`, as written. */
  readonly dependsOn: readonly string[];
}

type Draft = { -readonly [K in keyof KconfigOption]: KconfigOption[K] } & { dependsOn: string[] };

const PROMPT =
  /^\s+(?:bool|tristate|int|hex|string|prompt)\s+"((?:[^"\\]|\\.)*)"(?:\s+if\s+(.+?))?\s*$/;

/** Every option of a file, in order; one that is configured in two places is there twice. */
export function readKconfigOptions(text: string): KconfigOption[] {
  const options: Draft[] = [];
  let current: Draft | undefined;
  for (const [index, line] of text.split('\n').entries()) {
    const name = /^\s*(?:menu)?config\s+(\w+)\s*$/.exec(line)?.[1];
    if (name !== undefined) {
      current = { name, line: index + 1, prompt: null, askedIf: null, dependsOn: [] };
      options.push(current);
      continue;
    }
    if (/^(?:choice|endchoice|menu|endmenu|comment|source|if|endif)\b/.test(line)) {
      current = undefined;
    }
    if (current === undefined) continue;
    const [, prompt, askedIf] = PROMPT.exec(line) ?? [];
    if (prompt !== undefined) {
      current.prompt = prompt;
      current.askedIf = askedIf ?? null;
    }
    const depends = /^\s+depends on\s+(.+?)\s*$/.exec(line)?.[1];
    if (depends !== undefined) current.dependsOn.push(depends);
  }
  return options;
}

/** Whether Kconfig itself says that the option is not supported: by its prompt, or by when it is asked for. */
export function isMarkedUnsupported({ prompt, askedIf, dependsOn }: KconfigOption): boolean {
  const conditions = [askedIf ?? '', ...dependsOn].join(' ');
  return /\(UNSUPPORTED\)/.test(prompt ?? '') || /(?<!!)\bUNSUPPORTED\b/.test(conditions);
}
