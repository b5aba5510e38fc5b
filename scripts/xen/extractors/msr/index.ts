import { GUEST_TYPES, type GuestType, perGuest } from '../../../../src/model/guest-types.ts';
import { isInSpan } from '../../../../src/model/release.ts';
import type { FactOf } from '../../../../src/schema/fact.ts';
import { type Problem, problem } from '../../../problems/problem.ts';
import { readBuildOptions, withBuildOptions } from '../../build-options.ts';
import { type Found, locateAll } from '../../construct.ts';
import type { Corpus } from '../../corpus.ts';
import {
  EvidenceList,
  type Extraction,
  type Extractor,
  presentIn,
  seenBy,
  sortFacts,
} from '../../extractor.ts';
import { makefileOptions } from '../../makefile-options.ts';
import { readHoles } from './bitmap.ts';
import { type Cell, cellOf, type Source } from './cells.ts';
import { constructs, NESTED_UNTIL, nested } from './constructs.ts';
import { parseLastBranchRows } from './last-branch.ts';
import { environmentOf, valueIn } from './numbers.ts';
import { labelsOf, type Programs, policyOf, readPrograms } from './read.ts';
import { type Segment, segmentId, segmentsOf, segmentTitle } from './segments.ts';

export type MsrFact = FactOf<'msr'>;

/** Placeholder of the MSRs that no case names: any number that stands nowhere. */
function unlistedIndex(segments: readonly Segment[]): number {
  let index = 2;
  while (segments.some(({ first, last }) => first <= index && index <= last)) index += 1;
  return index;
}

function dispatchOf(
  programs: Programs,
  source: Source,
  segment: Segment,
  cells: readonly Cell[],
): MsrFact['attributes']['dispatch'] {
  return Object.values(programs)
    .flatMap(({ program, access }) =>
      program.steps.flatMap((step) =>
        step.op !== 'switch'
          ? []
          : step.cases.flatMap(({ first, last, line, options }) => {
              const from = valueIn(source.environment, first);
              const to = last === null ? from : valueIn(source.environment, last);
              const covers =
                /^(?:reg|msr|idx)$/.test(step.on) &&
                from !== null &&
                to !== null &&
                from <= segment.first &&
                segment.last <= to;
              if (!covers) return [];
              const reached = cells.some(({ passed }) =>
                passed.some((one) => one.program === program && one.line === line),
              );
              const kconfig = [...makefileOptions(source.corpus, program.path), ...options];
              return [{ function: program.symbol, access, label: first, kconfig, reached }];
            }),
      ),
    )
    .filter(
      (one, index, all) =>
        all.findIndex((other) => other.function === one.function && other.label === one.label) ===
        index,
    );
}

interface Subject {
  readonly id: string;
  readonly title: string;
  readonly names: readonly string[];
  readonly index: MsrFact['attributes']['index'];
  readonly segment: Segment;
}

function subjectOf(segment: Segment): Subject {
  const { first, last, names } = segment;
  return {
    id: segmentId(segment),
    title: segmentTitle(segment),
    names,
    index: first === last && !segment.partial ? first : [first, last],
    segment,
  };
}

function unlisted(segments: readonly Segment[]): Subject {
  const index = unlistedIndex(segments);
  return {
    id: 'unlisted',
    title: 'MSRs that no case names',
    names: [],
    index: null,
    segment: { names: [], first: index, last: index, partial: false },
  };
}

function factOf(
  source: Source,
  programs: Programs,
  subject: Subject,
): { readonly fact: MsrFact; readonly problems: readonly Problem[] } {
  const evidence = new EvidenceList(source.corpus);
  const cells = new Map<GuestType, Cell | null>(
    GUEST_TYPES.map((guest) => [guest, cellOf(source, programs, subject.segment, guest)]),
  );
  const known = [...cells.values()].filter((cell) => cell !== null);
  const fact: MsrFact = {
    id: `msr/${subject.id}`,
    kind: 'msr',
    title: subject.title,
    guests: perGuest((guest) => {
      const cell = cells.get(guest) ?? null;
      if (cell === null) return [{ how: 'absent', note: 'Arm has no MSRs.', evidence: [0] }];
      const [first, ...rest] = cell.handlings.map(({ handling, places }) => ({
        ...seenBy(guest, handling),
        evidence: [...new Set(places.map((place) => evidence.cite(place)))],
      }));
      return first === undefined
        ? [{ how: 'unknown', note: 'No path was found.', evidence: [] }]
        : [first, ...rest];
    }),
    attributes: {
      names: [...subject.names],
      index: subject.index,
      dispatch: subject.index === null ? [] : dispatchOf(programs, source, subject.segment, known),
    },
    evidence: evidence.items,
    origin: 'derived',
    release: source.corpus.release,
    history: presentIn(source.corpus.release),
  };
  return { fact, problems: evidence.problems };
}

const RESUMED = 'xen/arch/x86/hvm/vm_event.c';

/** What introspection changes for any MSR: not a register of its own, so written here. */
function monitoredFact(
  { corpus, options }: Source,
  { path }: Found,
): { readonly fact: MsrFact; readonly problems: readonly Problem[] } {
  const evidence = new EvidenceList(corpus);
  const cited = [
    evidence.cite({ path, symbol: 'hvm_msr_write_intercept', anchor: 'monitored_msr' }),
    evidence.cite({ path: RESUMED, symbol: 'hvm_vm_event_do_resume', anchor: 'do_write.msr' }),
  ];
  const container = new Set<GuestType>(['hvm', 'pvh', 'pvh-dom0']);
  const fact: MsrFact = {
    id: 'msr/monitored',
    kind: 'msr',
    title: 'MSRs that introspection monitors',
    guests: perGuest((guest) =>
      container.has(guest)
        ? [
            {
              how: 'emulated',
              by: 'xen',
              when: withBuildOptions({ guest: ['introspection'] }, options),
              access: 'write',
              note: 'The write exits even where the bitmap had left it open; the monitor sees it first, and Xen does it when the vCPU runs on.',
              evidence: cited,
            },
          ]
        : [
            {
              how: 'absent',
              note: 'Introspection of MSR writes serves HVM containers only.',
              evidence: cited.slice(0, 1),
            },
          ],
    ),
    attributes: { names: [], index: null, dispatch: [] },
    evidence: evidence.items,
    origin: 'derived',
    release: corpus.release,
    history: presentIn(corpus.release),
  };
  return { fact, problems: evidence.problems };
}

function extract(corpus: Corpus): Extraction<MsrFact> {
  const { found, problems: missing } = locateAll(corpus, constructs);
  const older = isInSpan({ until: NESTED_UNTIL }, corpus.release)
    ? locateAll(corpus, nested)
    : null;
  if (found === null || older?.found === null) {
    return { facts: [], problems: [...missing, ...(older?.problems ?? [])] };
  }
  const environment = environmentOf(corpus);
  const { programs, problems: unread } = readPrograms(corpus, { ...found, ...older?.found });
  if (programs === null) return { facts: [], problems: unread };
  const lastBranch = parseLastBranchRows(found.lastBranch.text, environment);
  const { holes, problems: unlistedHoles } = readHoles(corpus, lastBranch);
  const problems = new Map<string, Problem>();
  const report = (one: Problem) => problems.set(JSON.stringify(one), one);
  const labels = labelsOf(programs, holes, lastBranch, environment, report);
  const segments = segmentsOf(labels);
  const source: Source = {
    corpus,
    environment,
    holes,
    lastBranch,
    options: readBuildOptions(corpus),
    policy: policyOf(corpus, found.policy.text),
    report,
  };
  const subjects = [...segments.map(subjectOf), unlisted(segments)];
  const results = [
    ...subjects.map((subject) => factOf(source, programs, subject)),
    monitoredFact(source, found.monitored),
  ];
  const facts = sortFacts(results.map(({ fact }) => fact));
  const twice = facts.filter(({ id }, index) => facts[index - 1]?.id === id);
  return {
    facts,
    problems: [
      ...unlistedHoles,
      ...results.flatMap((result) => result.problems),
      ...problems.values(),
      ...twice.map(({ id }) =>
        problem(
          'entry-id',
          { path: `content/facts/${id}.md` },
          { actual: `a second MSR for \`${id}\``, expected: 'one id for each MSR' },
        ),
      ),
    ],
  };
}

export const msr: Extractor<'msr'> = {
  kind: 'msr',
  constructs,
  minimum: 30,
  extract,
};
