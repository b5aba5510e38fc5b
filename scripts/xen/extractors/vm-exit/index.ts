import { isInSpan } from '../../../../src/model/release.ts';
import { type Problem, problem } from '../../../problems/problem.ts';
import { locateAll } from '../../construct.ts';
import type { Corpus } from '../../corpus.ts';
import { ExpressionError } from '../../expression.ts';
import { type Extraction, type Extractor, sortFacts } from '../../extractor.ts';
import { makefileOptions } from '../../makefile-options.ts';
import { caseOf, readHandler, textOf } from './cases.ts';
import { type Exit, parseEnumerators, parseVmxExits, svmExitsOf, type Vendor } from './codes.ts';
import { constructs } from './constructs.ts';
import { type Draft, factOf, type VmExitFact } from './draft.ts';
import { pathsTo } from './emulator-paths.ts';
import { functionsNaming, functionsTrapping, interceptAfter } from './intercepts.ts';
import { type Side, svmSide, vmxSide } from './sides.ts';
import { SVM_TREATMENTS } from './treatments/svm.ts';
import type { Treatment } from './treatments/treatment.ts';
import { VMX_TREATMENTS } from './treatments/vmx.ts';

/** What each exit means in a release, by name. */
function treatmentsIn(release: string): ReadonlyMap<string, Treatment> {
  const current = [...VMX_TREATMENTS, ...SVM_TREATMENTS].filter((one) => isInSpan(one, release));
  return new Map(current.flatMap((one) => one.names.map((name) => [name, one] as const)));
}

/**
 * Text that stands on one line of a handler and singles an exit out: its label, the only call of its handler, or its
 * name in a comparison.
 */
function anchorOf(
  text: string,
  name: string,
  { handled, label, handler }: Draft['case'],
): string | null {
  const count = (pattern: string) => text.match(new RegExp(pattern, 'g'))?.length ?? 0;
  if (label === null) return handled && count(`\\b${name}\\b`) === 1 ? name : null;
  const isOnce = count(`\\bcase\\s+${label}\\b`) === 1;
  return isOnce || handler === null || count(`\\b${handler}\\(`) !== 1
    ? `case ${label}`
    : `${handler}(`;
}

/** Handlers whose definition says nothing of the exit: the fault that they give, or the control that they write. */
const SAYS_NOTHING = /^(?:hvm_inject_\w+|vmx_update_\w+)$/;

/** Where a function of x86 is defined. */
function definitionOf(corpus: Corpus, symbol: string): Draft['places'] {
  return corpus
    .filesWith('xen/arch/x86/', [symbol])
    .filter((file) => file.functions.some(({ name }) => name === symbol))
    .slice(0, 1)
    .map(({ path }) => ({ path, symbol }));
}

/** The definitions of functions that decide. */
function decidingAt(
  corpus: Corpus,
  symbols: readonly (string | null | undefined)[],
): Draft['places'] {
  return symbols
    .filter((symbol) => typeof symbol === 'string')
    .filter((symbol) => !SAYS_NOTHING.test(symbol))
    .flatMap((symbol) => definitionOf(corpus, symbol));
}

/** Functions that only look at a control, or serve another guest than the one that exits. */
const ONLY_LOOKS = /^(?:nvmx|vmx_inject)_|_(?:enabled|isvalid|get_interrupt_shadow)$/;

/**
 * Evidence: the code, the case, that of a failed entry, its handler and the function that leads to the emulator, where
 * the exit is asked for, from the start and later, and real mode.
 */
function placesOf(
  corpus: Corpus,
  { handler, setUp, codePlace }: Side,
  draft: Omit<Draft, 'places'>,
): Draft['places'] {
  const { path, candidate } = handler.found;
  const anchor = anchorOf(textOf(handler.found), draft.exit.name, draft.case);
  const { failedEntry } = handler;
  const taken = draft.treatment.handlings.some(({ by }) => by === 'xen');
  const deciding = taken ? [draft.case.handler, draft.emulatorPath[0]] : [];
  const asked = setUp.flatMap((one) =>
    draft.controls
      .filter((control) => new RegExp(`\\b${control}\\b`).test(textOf(one)))
      .map((control) => ({ path: one.path, symbol: one.candidate.name, anchor: control })),
  );
  return [
    codePlace(draft.exit),
    {
      path,
      symbol: candidate.name,
      ...(anchor === null ? {} : { anchor }),
    },
    ...(failedEntry === null || !draft.case.failsEntry
      ? []
      : [
          {
            path: failedEntry.path,
            symbol: failedEntry.symbol,
            anchor: `case ${draft.exit.name}`,
          },
        ]),
    ...decidingAt(corpus, deciding),
    ...asked,
    ...draft.atRunTime
      .filter((symbol) => !ONLY_LOOKS.test(symbol))
      .flatMap((symbol) => definitionOf(corpus, symbol)),
    ...(draft.case.realMode ? (draft.treatment.notInRealMode?.places ?? []) : []),
  ];
}

function unlisted(path: string, actual: string, exit: Exit): Problem {
  return problem(
    'construct-unknown',
    { path },
    {
      actual,
      expected: `an entry of \`${exit.vendor.toUpperCase()}_TREATMENTS\` that says so`,
      repair: `Say what becomes of ${exit.name} in \`treatments/${exit.vendor}.ts\` of the extractor \`vm-exit\`.`,
    },
  );
}

/** The first way from a call of a case. */
function wayFrom(calls: readonly string[], paths: ReadonlyMap<string, readonly string[]>) {
  return calls.map((name) => paths.get(name)).find((path) => path !== undefined) ?? [];
}

/** The exits of a vendor as drafts; one that the tables do not explain is a problem. */
function draftsOf(
  corpus: Corpus,
  side: Side,
  exits: readonly Exit[],
  paths: Readonly<Record<'emulator' | 'decoder', ReadonlyMap<string, readonly string[]>>>,
): { readonly drafts: readonly Draft[]; readonly problems: readonly Problem[] } {
  const drafts: Draft[] = [];
  const problems: Problem[] = [];
  const treatments = treatmentsIn(corpus.release);
  const setUpNames = side.setUp.map(({ candidate }) => candidate.name);
  const entry = side.handler.found.candidate.name;
  for (const exit of exits) {
    const treatment = treatments.get(exit.name);
    if (treatment === undefined) {
      problems.push(unlisted(side.codes.path, `exit \`${exit.name}\``, exit));
      continue;
    }
    const found = caseOf(side.handler, exit);
    const emulatorPath = wayFrom(found.calls, paths.emulator);
    if (emulatorPath.length > 0 !== (treatment.emulates !== undefined)) {
      const way = emulatorPath.length > 0 ? `a way (${emulatorPath.join(', ')})` : 'no way';
      const actual = `${way} from \`${exit.name}\` to the emulator`;
      problems.push(unlisted(side.handler.found.path, actual, exit));
      continue;
    }
    const controls = side.controls(exit, treatment);
    const changes = side.changes(exit, controls);
    const draft = {
      exit,
      treatment,
      case: found,
      controls,
      changes,
      intercept:
        treatment.intercept ??
        (side.canAvoid(exit, controls) ? interceptAfter(changes) : 'unconditional'),
      atRunTime: [
        ...functionsNaming(corpus, controls, [...setUpNames, entry]),
        ...functionsTrapping(corpus, exit),
      ],
      kconfig: makefileOptions(corpus, side.handler.found.path),
      emulatorPath,
      decoderPath: treatment.decodes === false ? [] : wayFrom(found.calls, paths.decoder),
    } satisfies Omit<Draft, 'places'>;
    drafts.push({ ...draft, places: placesOf(corpus, side, draft) });
  }
  return { drafts, problems };
}

function extract(corpus: Corpus): Extraction<VmExitFact> {
  const { found, problems: missing } = locateAll(corpus, constructs);
  if (found === null) return { facts: [], problems: missing };
  const exits: Record<Vendor, readonly Exit[]> = {
    vmx: parseVmxExits(found.vmxCodes.text),
    svm: svmExitsOf(parseEnumerators(found.svmCodes.text)),
  };
  const vmx = readHandler('vmx', found.vmxHandler, found.vmxFailedEntry, exits.vmx);
  const svm = readHandler('svm', found.svmHandler, null, exits.svm);
  const unread = [...vmx.problems, ...svm.problems];
  if (unread.length > 0) return { facts: [], problems: unread };
  const paths = {
    emulator: pathsTo(corpus, 'x86_emulate'),
    decoder: pathsTo(corpus, 'x86_decode_insn'),
  };
  try {
    const sides = [
      draftsOf(corpus, vmxSide(corpus, found, vmx.handler), exits.vmx, paths),
      draftsOf(corpus, svmSide(corpus, found, svm.handler), exits.svm, paths),
    ];
    const results = sides.flatMap(({ drafts }) => drafts).map((draft) => factOf(corpus, draft));
    return {
      facts: sortFacts(results.map(({ fact }) => fact)),
      problems: [
        ...sides.flatMap(({ problems }) => problems),
        ...results.flatMap(({ problems }) => problems),
      ],
    };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    const { path, candidate } = found.svmConstruct;
    const expected = `intercepts as expressions in \`${candidate.name}\``;
    return {
      facts: [],
      problems: [problem('construct-unread', { path }, { actual: error.message, expected })],
    };
  }
}

export const vmExit: Extractor<'vm-exit'> = {
  kind: 'vm-exit',
  constructs,
  minimum: 185,
  extract,
};
