/** What differs between VMX and SVM: where codes and handlers stand, and what asks for an exit. */
import type { Found } from '../../construct.ts';
import type { Corpus } from '../../corpus.ts';
import { macroEnvironment } from '../../macro-environment.ts';
import { readAssignments } from './assignments.ts';
import type { Handler } from './cases.ts';
import { type Exit, parseEnumerators, trapMacros } from './codes.ts';
import type { constructs } from './constructs.ts';
import type { Draft } from './draft.ts';
import { bitOf, type Change, changesOfBit, changesOfControl } from './intercepts.ts';
import type { Treatment } from './treatments/treatment.ts';

type Sources = Readonly<Record<keyof typeof constructs, Found>>;
type Controls = (exit: Exit, treatment: Treatment) => readonly string[];

/** What is the same for all exits of a vendor. */
export interface Side {
  readonly handler: Handler;
  readonly codes: Found;
  /** Names of the controls of an exit. */
  readonly controls: Controls;
  readonly changes: (exit: Exit, controls: readonly string[]) => readonly Change[];
  /** Whether something asks for the exit, so that it need not be taken. */
  readonly canAvoid: (exit: Exit, controls: readonly string[]) => boolean;
  /** Functions in which a control is set up. */
  readonly setUp: readonly Found[];
  /** Evidence of the code. */
  readonly codePlace: (exit: Exit) => Draft['places'][number];
}

export function vmxSide(corpus: Corpus, found: Sources, handler: Handler): Side {
  const setUp = [found.vmxConfig, found.vmxConstruct];
  const assignments = setUp.flatMap(({ files, candidate: { name } }) =>
    files.map((file) => ({ name, list: readAssignments(corpus.reader, file, name) })),
  );
  return {
    handler,
    codes: found.vmxCodes,
    controls: (_exit, treatment) => treatment.controls ?? [],
    changes: (_exit, controls) =>
      controls.flatMap((control) =>
        assignments.flatMap(({ name, list }) => changesOfControl(control, name, list)),
      ),
    canAvoid: (_exit, controls) => controls.length > 0,
    setUp,
    codePlace: ({ name }) => ({ path: found.vmxCodes.path, symbol: name }),
  };
}

/** Prefixes of the enumerators that name the bits of a word of the VMCB. */
const BIT_NAMES: Readonly<Record<string, string>> = {
  _cr_intercepts: 'CR_INTERCEPT_',
  _dr_intercepts: 'DR_INTERCEPT_',
  _general1_intercepts: 'GENERAL1_INTERCEPT_',
  _general2_intercepts: 'GENERAL2_INTERCEPT_',
  _general3_intercepts: 'GENERAL3_INTERCEPT_',
};

export function svmSide(corpus: Corpus, found: Sources, handler: Handler): Side {
  const { svmConstruct } = found;
  const enumerators = parseEnumerators(found.svmCodes.text);
  const names = macroEnvironment(trapMacros(corpus), { name: (name) => enumerators.get(name) });
  const symbol = svmConstruct.candidate.name;
  const assignments = svmConstruct.files.flatMap((file) =>
    readAssignments(corpus.reader, file, symbol),
  );
  return {
    handler,
    codes: found.svmCodes,
    controls: (exit) => {
      const at = bitOf(exit);
      const prefix = at === null ? undefined : BIT_NAMES[at.field];
      if (at === null || prefix === undefined) return [];
      return [...enumerators]
        .filter(([name, value]) => name.startsWith(prefix) && value === at.bit)
        .map(([name]) => name);
    },
    changes: (exit) => {
      const at = bitOf(exit);
      return at === null ? [] : changesOfBit(at, symbol, assignments, names);
    },
    canAvoid: (exit) => bitOf(exit) !== null,
    setUp: [svmConstruct],
    codePlace: ({ name }) => ({
      path: found.svmCodes.path,
      symbol: 'VMEXIT_EXITCODE',
      anchor: name,
    }),
  };
}
