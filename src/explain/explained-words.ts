/** Explained handlings as sentences, for the command line and the page. */
import { accessWords, verdictSentence } from '../data/handling-words.ts';
import { describeCondition } from '../model/condition.ts';
import type { ExplainedHandling } from './explain-row.ts';
import { reasonWords } from './reason.ts';

function capitalize(text: string): string {
  return text.replace(/^[a-z]/, (letter) => letter.toUpperCase());
}

/** What happens, such as `Refused by Xen (all ones on reads)` or `On Intel, writes: emulated by Xen`. */
export function explainedWords({ handling, open, otherwise }: ExplainedHandling): string {
  const when = [
    otherwise === true ? 'otherwise' : undefined,
    accessWords(handling),
    describeCondition(open),
  ].filter((words) => words !== undefined && words !== '');
  const verdict = verdictSentence(handling);
  return capitalize(when.length === 0 ? verdict : `${when.join(', ')}: ${verdict}`);
}

/** What decides it, such as `hpet=0 in line 4`; undefined when nothing had to. */
export function becauseWords({ because }: Pick<ExplainedHandling, 'because'>): string | undefined {
  return because.length === 0 ? undefined : because.map(reasonWords).join(', ');
}
