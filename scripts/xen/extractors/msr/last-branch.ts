/** The MSRs that record branches on Intel CPUs: the tables of the models that Xen knows. */
import type { Environment } from '../../expression.ts';
import { valueIn } from './numbers.ts';

/** MSRs in a row: names of the first and the last, or the same name twice. */
export type Row = readonly [first: string, last: string];

const ENTRY = /\{\s*(\w+)\s*,\s*(\w+)\s*\}/g;
const TABLE = /\b\w+_lbr\[\]\s*=\s*\{((?:\s*\{[^{}]*\}\s*,?)*)\s*\}/g;

/** Rows of every table `…_lbr[]`, each once; a row whose count no macro gives is left as its first MSR. */
export function parseLastBranchRows(text: string, environment: Environment): Row[] {
  const rows = new Map<string, Row>();
  for (const [, body = ''] of text.matchAll(TABLE)) {
    for (const [, first = '', count = ''] of body.matchAll(ENTRY)) {
      const length = valueIn(environment, count) ?? 1;
      if (first === '0' || length < 1) continue;
      const row: Row = [first, length === 1 ? first : `${first} + ${length - 1}`];
      rows.set(row.join(), row);
    }
  }
  return [...rows.values()];
}
