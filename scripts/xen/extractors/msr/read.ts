/** What the walk needs of a tree: the functions, the numbers, and what the CPUID policies can have. */
import { type Problem, problem } from '../../../problems/problem.ts';
import type { Found } from '../../construct.ts';
import type { Corpus } from '../../corpus.ts';
import type { Environment } from '../../expression.ts';
import { readAdjustments } from '../cpuid-feature/adjustments.ts';
import { exposureOf, parseFeatureset } from '../cpuid-feature/featureset.ts';
import type { Hole } from './bitmap.ts';
import type { ConstructId, NestedId } from './constructs.ts';
import type { Row } from './last-branch.ts';
import { MACHINE_CHECK_ROWS } from './machine-check.ts';
import { valueIn } from './numbers.ts';
import { type Program, readProgram, type Test } from './program.ts';
import type { Label } from './segments.ts';

const FUNCTIONS = {
  read: 'read',
  write: 'write',
  xenRead: 'read',
  xenWrite: 'write',
  viridianRead: 'read',
  viridianWrite: 'write',
  pvRead: 'read',
  pvWrite: 'write',
  hvmRead: 'read',
  hvmWrite: 'write',
  vmxRead: 'read',
  vmxWrite: 'write',
  svmRead: 'read',
  svmWrite: 'write',
  synicRead: 'read',
  synicWrite: 'write',
  timeRead: 'read',
  timeWrite: 'write',
} as const satisfies Partial<Record<ConstructId, Access>>;

/** Functions that only some releases have. */
const NESTED = { nestedRead: 'read', nestedWrite: 'write' } as const satisfies Record<
  NestedId,
  Access
>;

type Access = 'read' | 'write';
export type FunctionId = keyof typeof FUNCTIONS | NestedId;
type Accessed = { readonly program: Program; readonly access: Access };
export type Programs = Readonly<
  Record<keyof typeof FUNCTIONS, Accessed> & Partial<Record<NestedId, Accessed>>
>;

/** Functions that get only what another one gives them: their labels are not the first word on an MSR. */
const GIVEN = new Set<string>(['synicRead', 'synicWrite', 'timeRead', 'timeWrite']);

/** The functions as steps; one without a `switch` is a problem. */
export function readPrograms(
  corpus: Corpus,
  found: Readonly<Record<ConstructId, Found> & Partial<Record<NestedId, Found>>>,
): { readonly programs: Programs | null; readonly problems: readonly Problem[] } {
  const programs: Partial<Record<FunctionId, Accessed>> = {};
  const problems: Problem[] = [];
  const accesses = { ...FUNCTIONS, ...NESTED };
  for (const id of Object.keys(accesses) as FunctionId[]) {
    const construct = found[id];
    if (construct === undefined) continue;
    const { files, candidate, path } = construct;
    const [file] = files;
    const program = file === undefined ? null : readProgram(corpus.reader, file, candidate.name);
    const cases = (program?.steps ?? []).some(
      (step) => step.op === 'switch' && step.cases.length > 0,
    );
    if (program !== null && cases) programs[id] = { program, access: accesses[id] };
    else {
      problems.push(
        problem(
          'construct-unread',
          { path, ...(program === null ? {} : { line: program.line }) },
          { actual: `no case in \`${candidate.name}\``, expected: 'a `switch` over the MSRs' },
        ),
      );
    }
  }
  return { programs: problems.length > 0 ? null : (programs as Programs), problems };
}

function labelAt(environment: Environment, first: string, last: string): Label | null {
  const from = valueIn(environment, first);
  const to = valueIn(environment, last);
  return from === null || to === null ? null : { first, last, from, to };
}

function unread(path: string, line: number, text: string): Problem {
  return problem(
    'construct-unread',
    { path, line },
    { actual: `MSR \`${text}\``, expected: 'a number that the headers give' },
  );
}

/** Whether the virtual machine check registers are asked about every MSR that has no case. */
function asksMachineCheck({ pvRead }: Programs): boolean {
  return pvRead.program.steps.some(
    (step) => step.op === 'text' && /^rc = vmce_rdmsr\(/.test(step.text),
  );
}

/** Bases of Xen’s own MSRs: as they are, and out of the way of Viridian. */
const XEN_BASES = ['0x40000000', '0x40000200'] as const;

/** MSRs that a condition compares with. */
function comparedIn(test: Test): string[] {
  if (test.type === 'atom') return /^(?:reg|msr|idx) == (MSR_\w+)$/.exec(test.text)?.slice(1) ?? [];
  if (test.type === 'not') return comparedIn(test.test);
  const parts = test.type === 'choice' ? [test.test, test.yes, test.no] : [test.left, test.right];
  return parts.flatMap(comparedIn);
}

const SAME = /^BUILD_BUG_ON\((MSR_\w+) != (MSR_\w+)\)$/;

/** Every label that means an MSR, and every MSR that a bitmap opens. */
export function labelsOf(
  programs: Programs,
  holes: readonly Hole[],
  lastBranch: readonly Row[],
  environment: Environment,
  report: (one: Problem) => void,
): Label[] {
  const labels: Label[] = [];
  const add = (path: string, line: number, first: string, last: string) => {
    const label = labelAt(environment, first, last);
    if (label === null) report(unread(path, line, first));
    else labels.push(label);
  };
  for (const [id, { program }] of Object.entries(programs)) {
    if (GIVEN.has(id)) continue;
    for (const step of program.steps) {
      // A second name that the source itself holds to be the same MSR.
      const [, one, other] = (step.op === 'text' && SAME.exec(step.text)) || [];
      for (const name of [one, other]) {
        if (name !== undefined) add(program.path, step.op === 'text' ? step.line : 1, name, name);
      }
      if (step.op === 'branch') {
        for (const name of comparedIn(step.test)) add(program.path, step.line, name, name);
      }
      if (step.op !== 'switch' || !/^(?:reg|msr|idx)$/.test(step.on)) continue;
      for (const { first, last, line } of step.cases) add(program.path, line, first, last ?? first);
    }
  }
  for (const { path, msrs, except } of holes) {
    for (const [first, last] of msrs) add(path, 1, first, last);
    for (const name of except) add(path, 1, name, name);
  }
  for (const [first, last] of lastBranch) add(programs.vmxWrite.program.path, 1, first, last);
  for (const [first, last] of asksMachineCheck(programs) ? MACHINE_CHECK_ROWS : []) {
    add(programs.pvRead.program.path, 1, first, last);
  }
  for (const base of XEN_BASES) add(programs.xenRead.program.path, 1, base, base);
  return labels;
}

/** Whether the policy of a guest in a PV or an HVM domain can have a feature; null for what is no feature. */
export type Policy = (feature: string, container: 'pv' | 'hvm') => boolean | null;

/** Files in which the policies are made. */
const POLICIES = ['xen/arch/x86/cpu-policy.c', 'xen/arch/x86/cpuid.c'] as const;

/** Features that code gives to the guests of a container, whatever their letters say. */
function givenByCode(corpus: Corpus, features: ReadonlySet<string>): ReadonlySet<string> {
  const adjustments = POLICIES.flatMap((path) => {
    const file = corpus.file(path);
    return file === undefined ? [] : readAdjustments(corpus.reader, file, features).adjustments;
  });
  return new Set(
    adjustments
      .filter(({ action }) => action !== 'clear')
      .flatMap(({ name, guests }) =>
        (['pv', 'hvm'] as const)
          .filter((container) => guests === container || guests === 'all' || guests === 'dom0')
          .map((container) => `${container} ${name}`),
      ),
  );
}

export function policyOf(corpus: Corpus, text: string): Policy {
  const letters = new Map(parseFeatureset(text).features.map((one) => [one.name, one.letters]));
  const given = givenByCode(corpus, new Set(letters.keys()));
  return (feature, container) => {
    const own = letters.get(feature);
    if (own === undefined) return null;
    const { pv, 'hvm-hap': hvm } = exposureOf(own);
    return (container === 'pv' ? pv : hvm) !== 'none' || given.has(`${container} ${feature}`);
  };
}
