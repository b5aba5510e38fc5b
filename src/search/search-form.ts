import type { Answer } from './answer.ts';
import { parseState, type SearchState } from './search-state.ts';

/** Milliseconds without a keystroke after which what is typed is searched for. */
export const TYPING_PAUSE_MS = 150;

/** The state that a form asks for; its fields are named as the parameters of the address. */
export function stateOfForm(form: HTMLFormElement): SearchState {
  const parameters = new URLSearchParams();
  for (const [key, value] of new FormData(form)) {
    if (typeof value === 'string') parameters.append(key, value);
  }
  return parseState(`?${parameters}`);
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

/** How much was found, in words; nothing when nothing was asked for. */
export function countFound({ asked, identifiers, pages }: Answer): string {
  return asked
    ? `${plural(identifiers.hits.length, 'identifier')}, ${plural(pages.length, 'page')}`
    : '';
}
