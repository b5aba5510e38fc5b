/** Statements of SUPPORT.md, against the code that would have to be there or not to be there. */
import type { TreeEvidence } from '../../../src/model/evidence.ts';
import type { Fact } from '../../../src/schema/fact.ts';
import type { Disagreement } from '../../../src/schema/witness.ts';
import type { Corpus } from '../corpus.ts';
import { resolveEvidence } from '../evidence.ts';
import type { EvidenceList } from '../extractor.ts';
import { pathIn } from '../moves.ts';
import type { WitnessPair } from '../witness.ts';
import { CLAIMS, type Claim } from './support-claims.ts';

const SUPPORT = 'SUPPORT.md';

function isThere(corpus: Corpus, newest: TreeEvidence): boolean {
  const place = { ...newest, path: pathIn(newest.path, corpus.release) };
  return resolveEvidence(corpus, place).line !== undefined;
}

/** Facts of the rows below the heading of a claim. */
function factsBelow({ support }: Claim, facts: readonly Fact[]): string[] {
  const heading = support.symbol.replace(/^#+ /, '');
  return facts
    .filter((fact) => fact.kind === 'support-status' && fact.attributes.feature === heading)
    .map(({ id }) => id);
}

function disagreement(
  corpus: Corpus,
  claim: Claim,
  facts: readonly Fact[],
  evidence: EvidenceList,
): Disagreement | null {
  const code = claim.code.find((place) => isThere(corpus, place));
  if ((code !== undefined) === claim.there) return null;
  const stated = evidence.cite({ path: SUPPORT, ...claim.support });
  const at = claim.found.at ?? code;
  return {
    subject: claim.subject,
    facts: factsBelow(claim, facts),
    first: { says: claim.says, evidence: [stated] },
    second: { says: claim.found.says, evidence: [at === undefined ? stated : evidence.cite(at)] },
    ...(claim.reading === undefined ? {} : { reading: claim.reading }),
  };
}

export const supportCode: WitnessPair = {
  id: 'support-code',
  title: 'Features of SUPPORT.md',
  first: 'SUPPORT.md, which says what there is',
  second: 'The code of Xen and its toolstack',
  minimum: 25,
  compare: (corpus, facts, evidence) => {
    evidence.cite({ path: SUPPORT, symbol: '# Feature Support' });
    const made = CLAIMS.filter(({ support }) => isThere(corpus, { path: SUPPORT, ...support }));
    return {
      compared: made.length,
      disagreements: made.flatMap((claim) => disagreement(corpus, claim, facts, evidence) ?? []),
      problems: [],
    };
  },
};
