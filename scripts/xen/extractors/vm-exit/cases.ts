/** What the handlers of VM exits do with each exit. */
import { type Problem, problem } from '../../../problems/problem.ts';
import type { Found } from '../../construct.ts';
import { callsOf, handlerOf } from './case-calls.ts';
import type { Exit, Vendor } from './codes.ts';
import { type Group, type Label, parseComparedExits, parseExitSwitches } from './switches.ts';

export interface Case {
  readonly handled: boolean;
  readonly handler: string | null;
  /** Functions that are called for the exit, in the order of the source. */
  readonly calls: readonly string[];
  /** Whether the exit makes the emulator run the instruction while the guest is in emulated real mode. */
  readonly realMode: boolean;
  /** Where the exit is named in the handler: the text after `case`, or null. */
  readonly label: string | null;
  /** Whether the handling of failed entries names the exit. */
  readonly failsEntry: boolean;
}

export interface Handler {
  readonly vendor: Vendor;
  readonly found: Found;
  readonly switches: readonly (readonly Group[])[];
  readonly compared: ReadonlyMap<string, string>;
  readonly codes: ReadonlyMap<string, number>;
  /** Entries that fail are handled apart; null where the vendor has no such function. */
  readonly failedEntry: {
    readonly path: string;
    readonly symbol: string;
    readonly text: string;
  } | null;
}

/** The text of the definitions of a function in the files of a construct. */
export function textOf({ files, candidate }: Found): string {
  return files
    .flatMap((file) =>
      file.functions
        .filter(({ name }) => name === candidate.name)
        .map(({ start, end }) => file.text.slice(start, end)),
    )
    .join('\n');
}

/** Reads a handler; a label that no header lists, and a handler without its main switch, are problems. */
export function readHandler(
  vendor: Vendor,
  found: Found,
  failedEntry: Found | null,
  exits: readonly Exit[],
): { readonly handler: Handler; readonly problems: readonly Problem[] } {
  const text = textOf(found);
  const switches = parseExitSwitches(text);
  const codes = new Map(exits.map(({ name, code }) => [name, code]));
  const labels = switches.flat().flatMap((group) => group.labels);
  const unread = [...new Set(labels.flatMap(({ first, last }) => [first, last]))].filter(
    (name) => !codes.has(name),
  );
  const problems = [
    ...unread.map((name) => `\`case ${name}\`, which no header lists`),
    ...(switches.at(-1)?.some(({ isDefault }) => isDefault)
      ? []
      : ['no switch over `exit_reason` with `default:`']),
  ].map((actual) =>
    problem(
      'construct-unread',
      { path: found.path },
      { actual, expected: `cases of the exits in \`${found.candidate.name}\`` },
    ),
  );
  return {
    handler: {
      vendor,
      found,
      switches,
      compared: parseComparedExits(text),
      codes,
      failedEntry:
        failedEntry === null
          ? null
          : {
              path: failedEntry.path,
              symbol: failedEntry.candidate.name,
              text: textOf(failedEntry),
            },
    },
    problems,
  };
}

function covers(handler: Handler, { first, last }: Label, code: number): boolean {
  const from = handler.codes.get(first);
  const to = handler.codes.get(last);
  return from !== undefined && to !== undefined && from <= code && code <= to;
}

function groupOf(handler: Handler, groups: readonly Group[] | undefined, code: number) {
  for (const group of groups ?? []) {
    const label = group.labels.find((candidate) => covers(handler, candidate, code));
    if (label !== undefined) return { group, label };
  }
  return undefined;
}

/** Whether the handling of failed entries names an exit. */
function failsEntry({ failedEntry }: Handler, name: string): boolean {
  return failedEntry !== null && new RegExp(`\\bcase\\s+${name}\\s*:`).test(failedEntry.text);
}

/**
 * In emulated real mode the emulator takes over, unless the switch about it names the exit and says nothing else. A
 * failed entry is handled before that.
 */
function inRealMode(handler: Handler, { name, code }: Exit): boolean {
  if (failsEntry(handler, name)) return false;
  const groups = handler.switches.find((candidate) =>
    candidate.some(({ body }) => /\bvmx_emulate\b/.test(body)),
  );
  if (groups === undefined) return false;
  const body = groupOf(handler, groups, code)?.group.body;
  return body === undefined || /\bvmx_emulate\b/.test(body);
}

/** What a handler does with an exit. */
export function caseOf(handler: Handler, exit: Exit): Case {
  const { name, code } = exit;
  const inAnyCase = {
    realMode: inRealMode(handler, exit),
    failsEntry: failsEntry(handler, name),
  };
  const compared = handler.compared.get(name);
  if (compared !== undefined) {
    const calls = callsOf(compared);
    return { ...inAnyCase, handled: true, handler: handlerOf(calls), calls, label: null };
  }
  const main = groupOf(handler, handler.switches.at(-1), code);
  const early =
    handler.switches.length < 2 ? undefined : groupOf(handler, handler.switches[0], code);
  const inMain = main !== undefined && !main.group.isDefault;
  const bodies = [early?.group.body ?? '', inMain ? main.group.body : ''];
  const calls = callsOf(bodies.join('\n'));
  const label = main?.label.first ?? early?.label.first ?? null;
  if (early !== undefined || inMain) {
    return { ...inAnyCase, handled: true, handler: handlerOf(calls), calls, label };
  }
  const failed = handler.failedEntry;
  if (failed !== null && inAnyCase.failsEntry) {
    const { symbol } = failed;
    return { ...inAnyCase, handled: true, handler: symbol, calls: [symbol], label: null };
  }
  return { ...inAnyCase, handled: false, handler: null, calls: [], label };
}
