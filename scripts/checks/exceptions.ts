import type { Content } from '../../src/data/content.ts';
import type { Exception } from '../../src/schema/stale.ts';
import { type Problem, problem } from '../problems/problem.ts';
import type { Check } from './check.ts';
import { BLOCKING, exceptedPlace, type Finding, keyOf, restedOn } from './stale.ts';

export const EXCEPTIONS_PATH = 'content/exceptions.yml';

function outdated({ path, symbol, anchor }: Exception, actual: string, expected: string): Problem {
  const place = [path, symbol, anchor].filter((part) => part !== undefined).join(' · ');
  return problem(
    'exception-outdated',
    { path: EXCEPTIONS_PATH },
    {
      actual: `${actual} (${place})`,
      expected,
      repair: 'Remove the exception, or review it anew.',
    },
  );
}

/** Exceptions for entries that do not rest on the text that was reviewed, or not any more. */
export function findUnused(content: Content, exceptions: readonly Exception[]): Problem[] {
  const rested = new Map(restedOn(content).map(({ place, entries }) => [keyOf(place), entries]));
  return exceptions.flatMap((exception) => {
    const known = rested.get(keyOf(exceptedPlace(exception))) ?? [];
    return exception.entries
      .filter((entry) => !known.includes(entry))
      .map((entry) =>
        outdated(
          exception,
          `an exception for \`${entry}\``,
          `an entry that rests on the text with fingerprint ${exception.read}`,
        ),
      );
  });
}

/** Exceptions whose place changed again after it was reviewed. */
export function findOutgrown(
  findings: readonly Finding[],
  exceptions: readonly Exception[],
): Problem[] {
  const byKey = new Map(findings.map((finding) => [keyOf(finding.place), finding]));
  return exceptions.flatMap((exception) => {
    const finding = byKey.get(keyOf(exceptedPlace(exception)));
    if (finding === undefined || !BLOCKING.has(finding.verdict)) return [];
    if (finding.fingerprint === exception.now) return [];
    return [
      outdated(
        exception,
        `another text than the one that was reviewed: ${finding.verdict}, fingerprint ${finding.fingerprint ?? 'none'}`,
        `fingerprint ${exception.now ?? 'none'}`,
      ),
    ];
  });
}

export const exceptions: Check = {
  name: 'exceptions',
  holds: 'Every exception is about a text that its entries rest on.',
  run: ({ content, exceptions: all }) => findUnused(content, all),
};
