import { fileURLToPath } from 'node:url';
import { Language, Parser } from 'web-tree-sitter';

/** The C parser: one Parser and one Language for the whole run. */
export interface CParser {
  readonly parser: Parser;
  readonly language: Language;
}

let loading: Promise<CParser> | undefined;

async function load(): Promise<CParser> {
  await Parser.init();
  const grammar = fileURLToPath(import.meta.resolve('tree-sitter-c/tree-sitter-c.wasm'));
  const language = await Language.load(grammar);
  const parser = new Parser();
  parser.setLanguage(language);
  return { parser, language };
}

/** Loads the grammar once; web-tree-sitter keeps it in WebAssembly memory. */
export function loadCParser(): Promise<CParser> {
  loading ??= load();
  return loading;
}
