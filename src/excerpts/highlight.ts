/** The lines of excerpts as HTML, coloured by classes: a policy without inline styles holds. */
import { toHtml } from 'hast-util-to-html';
import { h } from 'hastscript';
import {
  createCssVariablesTheme,
  createHighlighterCore,
  type HighlighterCore,
  type ThemedToken,
} from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';
import asm from 'shiki/langs/asm.mjs';
import c from 'shiki/langs/c.mjs';
import markdown from 'shiki/langs/markdown.mjs';
import type { ExcerptPiece, Excerpts } from '../schema/excerpts.ts';
import { languageOf } from './languages.ts';

const THEME = 'atlas';

/** The classes of `excerpts.css`, by the variable that the theme names; what is not here has the colour of the text. */
const CLASSES: Readonly<Record<string, string>> = {
  'var(--shiki-token-comment)': 't-comment',
  'var(--shiki-token-constant)': 't-constant',
  'var(--shiki-token-function)': 't-function',
  'var(--shiki-token-keyword)': 't-keyword',
  'var(--shiki-token-string)': 't-string',
  'var(--shiki-token-string-expression)': 't-string',
};

let highlighter: Promise<HighlighterCore> | undefined;

function loadHighlighter(): Promise<HighlighterCore> {
  highlighter ??= createHighlighterCore({
    themes: [createCssVariablesTheme({ name: THEME })],
    langs: [asm, c, markdown],
    engine: createJavaScriptRegexEngine(),
  });
  return highlighter;
}

/** Spans of one class each; a space alone has none, and neighbours of one class are one. */
function spansOf(tokens: readonly ThemedToken[]): string {
  const parts: { text: string; name: string | undefined }[] = [];
  for (const { content, color } of tokens) {
    const name = CLASSES[color ?? ''];
    const before = parts.at(-1);
    if (before !== undefined && (before.name === name || content.trim() === '')) {
      before.text += content;
    } else parts.push({ text: content, name });
  }
  return toHtml(
    parts.map(({ text, name }) =>
      name === undefined ? { type: 'text', value: text } : h('span', { className: name }, text),
    ),
  );
}

function linesOf(core: HighlighterCore, path: string, piece: ExcerptPiece): string[] {
  const lang = languageOf(path);
  const tokens = core.codeToTokensBase(piece.lines.join('\n'), {
    lang,
    theme: THEME,
    ...(piece.insideComment && lang !== 'text' ? { grammarContextCode: '/*' } : {}),
  });
  return tokens.map(spansOf);
}

const known = new WeakMap<Excerpts, Promise<ReadonlyMap<number, string>>>();

async function highlight({ id, pieces }: Excerpts): Promise<ReadonlyMap<number, string>> {
  const core = await loadHighlighter();
  return new Map(
    pieces.flatMap((piece) =>
      linesOf(core, id, piece).map((html, index) => [piece.first + index, html] as const),
    ),
  );
}

/** The lines of a file that are excerpted, as HTML by number. Each file is highlighted once. */
export function highlightFile(excerpts: Excerpts): Promise<ReadonlyMap<number, string>> {
  const lines = known.get(excerpts) ?? highlight(excerpts);
  known.set(excerpts, lines);
  return lines;
}
