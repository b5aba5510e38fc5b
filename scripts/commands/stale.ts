import { stringify } from 'yaml';
import type { EvidenceVerdict, TreeEvidence } from '../../src/model/evidence.ts';
import type { Stale } from '../../src/schema/stale.ts';
import { findOutgrown, findUnused } from '../checks/exceptions.ts';
import { countVerdicts, type Finding, findStale, unread } from '../checks/stale.ts';
import { writeTextFile } from '../markdown/content-files.ts';
import { readContent } from '../markdown/read-content.ts';
import { type Problem, problem } from '../problems/problem.ts';
import type { Corpus } from '../xen/corpus.ts';
import type { Tree } from '../xen/tree.ts';
import type { TreeNames } from '../xen/tree-names.ts';

export const STALE_PATH = 'content/stale.yml';
const HEAD =
  '# What the last `npm run atlas -- stale --write` found in a newer tree. Do not edit: the next run overwrites it.\n';

export interface StaleOptions {
  /** The project, which holds `content/`. */
  readonly root: string;
  /** The newer tree. */
  readonly tree: Pick<Tree, 'label' | 'release' | 'commit' | 'date'>;
  readonly corpus: Corpus;
  readonly names: TreeNames;
  /** Writes `content/stale.yml`. */
  readonly write: boolean;
}

export interface StaleResult {
  readonly counts: Readonly<Record<EvidenceVerdict, number>>;
  /** Places that do not stand as they did, in the order of their paths. */
  readonly findings: readonly Finding[];
  readonly problems: readonly Problem[];
}

function nameOf({ path, symbol, anchor }: TreeEvidence): string {
  return [path, symbol, anchor].filter((part) => part !== undefined).join(' · ');
}

/** Whether a place stands in its file as it did, at most on another line. */
function stays({ verdict, now, place }: Finding): boolean {
  return verdict === 'holds' || (verdict === 'moved' && now?.path === place.path);
}

function problemOf(finding: Finding, label: string): Problem {
  const { place, verdict, now, fingerprint, entries, excepted } = finding;
  const where = now === null ? '' : ` at ${now.path}:${now.line}`;
  const left = unread(finding);
  return problem(
    verdict === 'gone' ? 'evidence-gone' : 'evidence-changed',
    { path: place.path, line: place.line },
    {
      actual: `${nameOf(place)}: ${verdict}${where} in ${label}`,
      expected: 'the source that was read',
      details: [
        ...(left.length > 0 ? left : entries).map((entry) => `content/${entry}.md`),
        ...(excepted.length > 0 ? [`reviewed: ${excepted.join(', ')}`] : []),
      ],
      ...(left.length === 0
        ? {}
        : {
            repair: `Read the statements against the newer tree. Where they hold, add an exception with read: ${place.fingerprint ?? 'none'}, now: ${fingerprint ?? 'null'}.`,
          }),
    },
    left.length > 0 ? 'error' : 'warning',
  );
}

/** What was found as `content/stale.yml` keeps it. */
function recordOf(
  { label, release, commit, date }: StaleOptions['tree'],
  read: string,
  findings: readonly Finding[],
): Stale {
  return {
    tree: { label, release, commit, date },
    read,
    counts: countVerdicts(findings),
    findings: findings
      .filter((finding) => !stays(finding))
      .map(({ place: { path, symbol, anchor, line }, verdict, now, entries, excepted }) => ({
        path,
        ...(symbol === undefined ? {} : { symbol }),
        ...(anchor === undefined ? {} : { anchor }),
        ...(line === undefined ? {} : { line }),
        verdict,
        now,
        entries: [...entries],
        excepted: [...excepted],
      })),
  };
}

/** What a tree makes of the evidence of all statements that people wrote. What only moved is no error. */
export async function runStale(options: StaleOptions): Promise<StaleResult> {
  const { root, tree, corpus, names } = options;
  const { content, exceptions, problems } = await readContent(root);
  const findings = findStale(content, exceptions, corpus, names);
  if (options.write) {
    const record = recordOf(tree, content.sources.xen.release, findings);
    const text = `${HEAD}${stringify(record, { lineWidth: 0, compat: 'yaml-1.1' })}`;
    await writeTextFile(root, { path: STALE_PATH, text });
  }
  return {
    counts: countVerdicts(findings),
    findings: findings.filter(({ verdict }) => verdict !== 'holds'),
    problems: [
      ...problems,
      ...findUnused(content, exceptions),
      ...findOutgrown(findings, exceptions),
      ...findings
        .filter((finding) => !stays(finding))
        .map((finding) => problemOf(finding, tree.label)),
    ],
  };
}

/** The statements to read again as Markdown, for an issue: one line for each place, entries below. */
export function renderStale(
  { label }: Pick<Tree, 'label'>,
  { counts, findings, problems }: StaleResult,
): string {
  const again = findings.filter((finding) => unread(finding).length > 0);
  const total = Object.entries(counts).map(([verdict, count]) => `${count} ${verdict}`);
  const lines = again.flatMap((finding) => [
    `- [ ] **${finding.verdict}** \`${nameOf(finding.place)}\`${finding.now === null ? '' : `, now ${finding.now.path}:${finding.now.line}`}`,
    ...unread(finding).map((entry) => `  - content/${entry}.md`),
  ]);
  const outdated = problems
    .filter(({ kind }) => kind === 'exception-outdated')
    .map(({ place, actual, repair }) => `- [ ] \`${place.path}\`: ${actual}. ${repair ?? ''}`);
  const head =
    again.length === 0
      ? 'Every statement stands on the source that it was written against.'
      : `${again.length} places changed under statements that people wrote. Read each statement against the newer tree: correct it, or add an exception to \`content/exceptions.yml\`.`;
  return `${[`${label}: ${total.join(', ')}.`, '', head, '', ...outdated, ...lines].join('\n').trim()}\n`;
}
