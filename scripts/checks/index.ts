import type { Check } from './check.ts';
import { contradictions } from './contradictions.ts';
import { evidenceNamed } from './evidence-named.ts';
import { evidenceResolves } from './evidence-resolves.ts';
import { exceptions } from './exceptions.ts';
import { ids } from './ids.ts';
import { measurements } from './measurements.ts';
import { privacy } from './privacy.ts';
import { proseNames } from './prose-names.ts';
import { published } from './published.ts';
import { referencesExist } from './references.ts';
import { releasesRead } from './releases-read.ts';

/** Every check, in the order in which they are described. The schema is checked when content is read. */
export const CHECKS: readonly Check[] = [
  ids,
  published,
  referencesExist,
  evidenceNamed,
  evidenceResolves,
  exceptions,
  releasesRead,
  contradictions,
  measurements,
  proseNames,
  privacy,
];
