/** The calls by which the source places a port, and what a table of `sites/` says of each. */
import { type Problem, problem } from '../../../problems/problem.ts';
import type { CFile } from '../../c-file.ts';
import { type Call, readCalls } from '../../calls.ts';
import { buildOptions } from '../../conditions.ts';
import { anchorFor } from '../../evidence.ts';
import { type Collected, type Draft, type Source, unlisted } from './draft.ts';
import { evaluateGuards } from './gates.ts';

export interface CallSite {
  readonly file: CFile;
  readonly call: Call;
}

/** Calls of a function below a folder, outside of declarations, in the order of the files. */
export function callsIn({ corpus }: Source, folder: string, callee: string): CallSite[] {
  return corpus
    .filesWith(folder, [callee])
    .flatMap((file) =>
      readCalls(corpus.reader, file, new Set([callee])).map((call) => ({ file, call })),
    )
    .filter(({ call }) => call.symbol !== null);
}

/** Where a call stands: its function, and the name among its arguments that singles out its line. */
export function placeOf({ corpus }: Source, { file, call }: CallSite): Draft['places'][number] {
  const symbol = call.symbol ?? '';
  const words = call.arguments.flatMap((argument) => argument.match(/\w{2,}/g) ?? []);
  const anchor = anchorFor(corpus, file.path, symbol, call.line, [...words, call.callee]);
  // A line that no name singles out is found by its arguments, which are few words.
  return { path: file.path, symbol, anchor: anchor ?? call.arguments.slice(1).join(', ') };
}

export function merge(results: readonly Collected[]): Collected {
  return {
    drafts: results.flatMap(({ drafts }) => drafts),
    problems: results.flatMap(({ problems }) => problems),
  };
}

interface Listed<S> {
  /** Undefined when the table does not list the call, null when it says that the call adds no place. */
  readonly site: S | null | undefined;
  /** The call in words, for the problem. */
  readonly what: string;
}

/** What the calls of a table yield; a call that the table does not list is a problem. */
export function collectListed<S>(
  calls: readonly CallSite[],
  table: string,
  look: (callSite: CallSite) => Listed<S>,
  collect: (callSite: CallSite, site: S) => Collected,
): Collected {
  return merge(
    calls.map((callSite): Collected => {
      const { site, what } = look(callSite);
      if (site === null) return { drafts: [], problems: [] };
      if (site !== undefined) return collect(callSite, site);
      const { file, call } = callSite;
      return { drafts: [], problems: [unlisted(file.path, call.line, what, table)] };
    }),
  );
}

/** Build options without which the guest types do not exist that a place serves. */
const OWN_OPTIONS = new Set(['CONFIG_HVM', 'CONFIG_PV']);

/** Guards and build options that no rule understands are problems: a condition is never dropped. */
export function unknownGuards({ file, call }: CallSite, source: Source): Problem[] {
  const options = buildOptions(file.conditions.at(call.line));
  const unknown = [
    ...evaluateGuards(call.guards, 'hvm', source.flags).unknown.map(({ text }) => text),
    ...options.filter((option) => !OWN_OPTIONS.has(option)),
  ];
  return unknown.map((text) =>
    problem(
      'construct-unknown',
      { path: file.path, line: call.line },
      {
        actual: `guard \`${text}\``,
        expected: 'a predicate that the extractor `io-port` knows',
        repair:
          'Say what the guard means for each guest type in `gates.ts` of the extractor `io-port`.',
      },
    ),
  );
}
