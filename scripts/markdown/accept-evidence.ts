import type { z } from 'astro/zod';
import { type Evidence, isTreeEvidence, type TreeEvidence } from '../../src/model/evidence.ts';
import { answerSchema } from '../../src/schema/answer.ts';
import { featureSchema } from '../../src/schema/feature.ts';
import { guestSchema } from '../../src/schema/guest.ts';
import { guideSchema } from '../../src/schema/guide.ts';
import type { TextFile } from './content-files.ts';
import { parseEntry, renderEntry } from './entry.ts';

/** Where evidence stands now, as a tree resolves it. */
export interface Resolved {
  readonly line?: number;
  readonly fingerprint?: string;
}

const SCHEMAS: readonly (readonly [
  folder: string,
  schema: z.ZodType<{ evidence: readonly Evidence[] }>,
])[] = [
  ['content/features/', featureSchema],
  ['content/answers/', answerSchema],
  ['content/guests/', guestSchema],
  ['content/guides/', guideSchema],
];

function update(evidence: Evidence, resolve: (evidence: TreeEvidence) => Resolved): Evidence {
  if (!isTreeEvidence(evidence)) return evidence;
  const { line: _line, fingerprint: _fingerprint, note, ...place } = evidence;
  const { line, fingerprint } = resolve(place);
  if (line === undefined || fingerprint === undefined) return evidence;
  return { ...place, line, fingerprint, ...(note === undefined ? {} : { note }) };
}

/**
 * The text of an authored entry with line and fingerprint of its tree evidence as resolved, in the canonical form. An
 * entry that cannot be read, and evidence that does not resolve, stays as it is.
 */
export function acceptEvidence(
  { path, text }: TextFile,
  resolve: (evidence: TreeEvidence) => Resolved,
): string {
  const schema = SCHEMAS.find(([folder]) => path.startsWith(folder))?.[1];
  const read = schema === undefined ? undefined : parseEntry(path, text, schema);
  if (read === undefined || !read.ok) return text;
  const { data, body } = read.value;
  return renderEntry(
    { ...data, evidence: data.evidence.map((evidence) => update(evidence, resolve)) },
    body,
  );
}
