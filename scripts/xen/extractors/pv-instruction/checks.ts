/** The tree against the authored entries, in both directions: what one of them names and the other does not. */
import { isInSpan } from '../../../../src/model/release.ts';
import { type Problem, problem } from '../../../problems/problem.ts';
import type { Corpus } from '../../corpus.ts';
import { readNames } from '../mmio-region/operations.ts';
import type { Entry, SpannedName } from './entry.ts';
import { type NamedLine, readCallbacks, readEntryPoints, readEventLabels } from './entry-points.ts';
import { COMPAT_ENTRY, ENTRY, FRED_ENTRY, PRIVILEGED, READ_ONLY, TRAPS } from './places.ts';
import type { Listed } from './whitelist.ts';

/** Callbacks that fetch, check and address; no instruction is theirs. */
const PLUMBING: ReadonlySet<string> = new Set([
  'insn_fetch',
  'x86emul_unhandleable_rw',
  'validate',
  'read_segment',
]);

function unknown(path: string, line: number, actual: string): Problem {
  return problem(
    'construct-unknown',
    { path, line },
    {
      actual,
      expected: 'an entry that says what it means',
      repair: 'Say in `entries/` of the extractor `pv-instruction` what it means for PV guests.',
    },
  );
}

function gone(corpus: Corpus, path: string, what: string, entry: string): Problem {
  return problem(
    'construct-missing',
    { path },
    {
      actual: `no ${what} in ${corpus.label}`,
      expected: `one for \`${entry}\``,
      repair: 'Say in `entries/` of the extractor `pv-instruction` in which releases it is.',
    },
  );
}

const nameOf = (name: SpannedName) => (typeof name === 'string' ? name : name.name);

/** Opcodes of the whitelist without an entry, entries without their opcode, and entries that fault and are listed. */
export function checkWhitelist(
  corpus: Corpus,
  entries: readonly Entry[],
  listed: readonly Listed[],
): Problem[] {
  const emulated = entries.filter((entry) => entry.class === 'emulated-instruction');
  const known = new Set(emulated.flatMap(({ opcodes }) => opcodes ?? []));
  const there = new Map(listed.map(({ opcode, line }) => [opcode, line]));
  return [
    ...listed
      .filter(({ opcode }) => !known.has(opcode))
      .map(({ opcode, line }) => unknown(PRIVILEGED, line, `opcode ${opcode} in the whitelist`)),
    ...emulated.flatMap(({ id, opcodes }) =>
      (opcodes ?? [])
        .filter((opcode) => !there.has(opcode))
        .map((opcode) => gone(corpus, PRIVILEGED, `opcode ${opcode} in the whitelist`, id)),
    ),
    ...entries
      .filter((entry) => entry.class === 'not-emulated' || entry.class === 'native')
      .flatMap(({ id, opcodes }) =>
        (opcodes ?? []).flatMap((opcode) => {
          const line = there.get(opcode);
          return line === undefined
            ? []
            : [unknown(PRIVILEGED, line, `opcode ${opcode} of \`${id}\` in the whitelist`)];
        }),
      ),
  ];
}

function unlisted(
  path: string,
  names: readonly NamedLine[],
  known: ReadonlySet<string>,
  what: string,
): Problem[] {
  return names
    .filter(({ name }) => !known.has(name))
    .map(({ name, line }) => unknown(path, line, `${what} \`${name}\``));
}

/** Callbacks of the privileged emulator, and tables of operations, that no entry names. */
function checkOperations(corpus: Corpus, entries: readonly Entry[]): Problem[] {
  const privileged = corpus.file(PRIVILEGED);
  const readOnly = corpus.file(READ_ONLY);
  const handlers = new Set(entries.flatMap((entry) => (entry.handlers ?? []).map(nameOf)));
  const tables = new Set(entries.map(({ operations }) => operations));
  const callbacks = privileged === undefined ? [] : readCallbacks(privileged, 'priv_op_ops');
  const names = [privileged, readOnly].flatMap((file) =>
    file === undefined ? [] : readNames(file, 'x86_emulate_ops').map((name) => ({ file, name })),
  );
  return [
    ...unlisted(PRIVILEGED, callbacks, new Set([...handlers, ...PLUMBING]), 'callback'),
    ...names
      .filter(({ name }) => !tables.has(name))
      .map(({ file, name }) =>
        unknown(file.path, file.lineOf(file.text.indexOf(name)), `operations \`${name}\``),
      ),
  ];
}

function checkEntryPoints(corpus: Corpus, entries: readonly Entry[]): Problem[] {
  const known = new Set(entries.flatMap((entry) => (entry.entry ?? []).map(nameOf)));
  const events = new Set(entries.flatMap((entry) => entry.events ?? []));
  const file = corpus.file(TRAPS);
  const labels = file === undefined ? [] : readEventLabels(file, 'entry_from_pv');
  return [
    ...[ENTRY, COMPAT_ENTRY, FRED_ENTRY].flatMap((path) =>
      unlisted(path, readEntryPoints(corpus.texts.get(path) ?? ''), known, 'entry point'),
    ),
    ...unlisted(TRAPS, labels, events, 'event'),
    ...(labels.length === 0
      ? []
      : [...events]
          .filter((event) => labels.every(({ name }) => name !== event))
          .map((event) => gone(corpus, TRAPS, `event \`${event}\``, 'entry_from_pv'))),
  ];
}

/** Every difference between the tree and the entries of its release. */
export function checkEntries(
  corpus: Corpus,
  all: readonly Entry[],
  listed: readonly Listed[],
): Problem[] {
  const entries = all.filter((entry) => isInSpan(entry, corpus.release));
  return [
    ...checkWhitelist(corpus, entries, listed),
    ...checkOperations(corpus, entries),
    ...checkEntryPoints(corpus, entries),
  ];
}
