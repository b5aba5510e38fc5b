/** `atlas explain`: what Xen does for the guest of an xl.cfg. */
import { rowsOf } from '../../src/data/atlas.ts';
import { deriveExplainData, type ExplainData } from '../../src/data/explain-data.ts';
import { SURFACES, type Surface } from '../../src/explain/attack-surface.ts';
import { type Explanation, explainXl } from '../../src/explain/explain.ts';
import type { ExplainedHandling, ExplainedRow } from '../../src/explain/explain-row.ts';
import { becauseWords, explainedWords } from '../../src/explain/explained-words.ts';
import type { HostChoices } from '../../src/explain/host-options.ts';
import type { XlProblem } from '../../src/explain/xl-problem.ts';
import { AREA_WORDS, AREAS } from '../../src/model/areas.ts';
import { GUEST_TYPE_WORDS } from '../../src/model/guest-types.ts';
import { readMatrix } from '../markdown/read-content.ts';
import { type Problem, problem } from '../problems/problem.ts';

export interface ExplainRequest {
  /** The root of the project, which has the content. */
  readonly root: string;
  /** How the configuration is called in problems. */
  readonly path: string;
  readonly text: string;
  readonly choices: HostChoices;
}

export interface ExplainResult {
  readonly release: string;
  readonly explanation: Explanation;
  readonly problems: readonly Problem[];
}

/** What the content says of the guest types that xl builds. */
export async function readExplainData(
  root: string,
): Promise<{ readonly data: ExplainData; readonly problems: readonly Problem[] }> {
  const { content, problems } = await readMatrix(root);
  const factById = new Map(content.facts.map((fact) => [fact.id, fact]));
  return { data: deriveExplainData(content, rowsOf(content.features, factById)), problems };
}

function asProblem(path: string, { kind, severity, line, actual, expected }: XlProblem): Problem {
  return problem(kind, { path, line }, { actual, expected }, severity);
}

/** Explains a configuration with the content of the project. */
export async function runExplain(request: ExplainRequest): Promise<ExplainResult> {
  const { data, problems } = await readExplainData(request.root);
  const explanation = explainXl(request.text, request.choices, data);
  const own = explanation.problems.map((one) => asProblem(request.path, one));
  return { release: data.release, explanation, problems: [...problems, ...own] };
}

/** A handling as data, with what decides it in words. */
function handlingSummary(explained: ExplainedHandling) {
  const { handling, truth, open, otherwise = false } = explained;
  const because = becauseWords(explained) ?? null;
  return { ...handling, truth, open: open ?? null, otherwise, because };
}

/** The result as data for `--json`. */
export function explainSummary(
  { release, explanation }: ExplainResult,
  minimise: boolean,
): Readonly<Record<string, unknown>> {
  const { guest, running, rows, surface, proposals, further, minimised } = explanation;
  return {
    release,
    guest,
    running: running.map((one) => ({ ...one, because: becauseWords(one) ?? null })),
    surface: {
      surfaces: surface.surfaces,
      instructionEmulator: surface.instructionEmulator.map(handlingSummary),
    },
    rows: rows.map(({ id, area, title, applies, excluded }) => ({
      id,
      area,
      title,
      applies: applies.map(handlingSummary),
      excluded: excluded.map(handlingSummary),
    })),
    ...(minimise && { proposals, further, minimised }),
  };
}

function bracketed(words: string | undefined): string {
  return words === undefined ? '' : ` [${words}]`;
}

function handlingLine(explained: ExplainedHandling): string {
  const { note } = explained.handling;
  const words = `${explainedWords(explained)}${bracketed(becauseWords(explained))}`;
  return `    ${words}${note === undefined ? '' : `. ${note}`}`;
}

function rowLines({ title, applies, excluded }: ExplainedRow): string[] {
  const nothing = excluded.flatMap((one) => becauseWords(one) ?? []);
  const why = bracketed([...new Set(nothing)].join(', ') || undefined);
  return [
    `  ${title}`,
    ...(applies.length === 0 ? [`    Nothing${why}`] : applies.map(handlingLine)),
  ];
}

function areaLines(rows: readonly ExplainedRow[]): string[] {
  return AREAS.flatMap((area) => {
    const own = rows.filter((row) => row.area === area);
    return own.length === 0 ? [] : ['', AREA_WORDS[area], ...own.flatMap(rowLines)];
  });
}

function surfaceLines({ surface }: Explanation): string[] {
  const names = Object.keys(SURFACES) as Surface[];
  const counts = names.map((name) => {
    const rows = surface.surfaces[name];
    const open = rows.filter(({ truth }) => truth === 'unknown').length;
    const certain = `${rows.length - open}`.padStart(4);
    return `${certain} ${SURFACES[name]}${open === 0 ? '' : `, and ${open} under a condition`}`;
  });
  return [
    '',
    'Attack surface, in rows of the matrix',
    ...counts,
    '',
    'The instruction emulator runs',
    ...(surface.instructionEmulator.length === 0
      ? ['    never']
      : surface.instructionEmulator.map(handlingLine)),
  ];
}

function runningLines({ running }: Explanation): string[] {
  const answers = { yes: 'yes', no: 'no', unknown: 'it depends' } as const;
  return [
    '',
    'What runs',
    ...running.map(
      (one) =>
        `  ${one.subject}: ${answers[one.truth]}. ${one.words}${bracketed(becauseWords(one))}`,
    ),
  ];
}

function proposalLines({ proposals, further, minimised }: Explanation): string[] {
  return [
    '',
    'Least emulation',
    ...proposals.flatMap(({ key, assignment, why, costs }) => [
      `  ${assignment?.replaceAll(/\s+/g, ' ') ?? `without ${key}`}`,
      `    ${why} ${costs}`,
    ]),
    ...(further.length === 0 ? [] : ['', 'Beyond the configuration']),
    ...further.flatMap(({ setting, why }) => [`  ${setting}`, `    ${why}`]),
    '',
    '--- changed xl.cfg ---',
    minimised.trimEnd(),
  ];
}

/** The explanation as text; with `minimise` the proposals and the changed configuration in place of the rows. */
export function renderExplanation(
  { release, explanation }: ExplainResult,
  path: string,
  minimise: boolean,
): string {
  const title = GUEST_TYPE_WORDS[explanation.guest].title;
  return [
    `${path}: ${title}, as Xen ${release} builds it`,
    ...runningLines(explanation),
    ...surfaceLines(explanation),
    ...(minimise ? proposalLines(explanation) : areaLines(explanation.rows)),
  ].join('\n');
}
