import type { EvidenceVerdict, TreeEvidence } from '../../src/model/evidence.ts';
import { BLOCKING, countVerdicts, type Finding, findStale } from '../checks/stale.ts';
import { readContent } from '../markdown/read-content.ts';
import { type Problem, problem } from '../problems/problem.ts';
import type { Corpus } from '../xen/corpus.ts';
import type { TreeNames } from '../xen/tree-names.ts';

export interface StaleResult {
  readonly counts: Readonly<Record<EvidenceVerdict, number>>;
  /** Places that do not stand as they did, in the order of their paths. */
  readonly findings: readonly Finding[];
  readonly problems: readonly Problem[];
}

function nameOf({ path, symbol, anchor }: TreeEvidence): string {
  return [path, symbol, anchor].filter((part) => part !== undefined).join(' · ');
}

function problemOf({ place, verdict, now, entries }: Finding, label: string): Problem {
  const where = now === null ? '' : ` at ${now.path}:${now.line}`;
  return problem(
    verdict === 'gone' ? 'evidence-gone' : 'evidence-changed',
    { path: place.path, line: place.line },
    {
      actual: `${nameOf(place)}: ${verdict}${where} in ${label}`,
      expected: 'the source that was read',
      details: entries,
      repair: 'Read the statements against the newer tree.',
    },
    BLOCKING.has(verdict) ? 'error' : 'warning',
  );
}

/** What a tree makes of the evidence of all statements that people wrote. What only moved is no error. */
export async function runStale(
  root: string,
  label: string,
  corpus: Corpus,
  names: TreeNames,
): Promise<StaleResult> {
  const { content, problems } = await readContent(root);
  const findings = findStale(content, corpus, names);
  const notable = findings.filter(({ verdict }) => verdict !== 'holds');
  return {
    counts: countVerdicts(findings),
    findings: notable,
    problems: [
      ...problems,
      ...notable
        .filter(({ verdict, now, place }) => verdict !== 'moved' || now?.path !== place.path)
        .map((finding) => problemOf(finding, label)),
    ],
  };
}
