import type { Answer } from '../schema/answer.ts';
import type { Fact } from '../schema/fact.ts';
import type { Feature } from '../schema/feature.ts';
import type { Glossary } from '../schema/glossary.ts';
import type { Guest } from '../schema/guest.ts';
import type { Guide } from '../schema/guide.ts';
import type { Measurement, Reading } from '../schema/measurement.ts';
import type { ReleaseEntry } from '../schema/release.ts';
import type { Sources } from '../schema/sources.ts';
import type { Thread } from '../schema/thread.ts';
import type { Witness } from '../schema/witness.ts';

/** Everything under `content/`, validated, each list sorted by id. The site and the scripts build the same value. */
export interface Content {
  readonly sources: Sources;
  readonly facts: readonly Fact[];
  /** Ids are `<area>/<name>`. */
  readonly features: readonly (Feature & { readonly id: string })[];
  readonly answers: readonly (Answer & { readonly id: string })[];
  readonly guests: readonly (Guest & { readonly id: string })[];
  readonly guides: readonly (Guide & { readonly id: string })[];
  /** The terms of the glossary, sorted by id. */
  readonly glossary: Glossary['terms'];
  readonly threads: readonly Thread[];
  /** What was read of each release. */
  readonly releases: readonly ReleaseEntry[];
  /** Pairs of sources that state the same thing, compared. */
  readonly witnesses: readonly Witness[];
  /** What guests did when they were run. */
  readonly measurements: readonly Measurement[];
  /** Why some of them do not agree with the facts. */
  readonly readings: readonly Reading[];
}
