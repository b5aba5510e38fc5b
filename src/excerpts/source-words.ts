import type { Excerpts, Licence } from '../schema/excerpts.ts';

/** What is known of a licence, in words; `COPYING` of the tree says GPL version 2 only for what says nothing itself. */
export function licenceWords(licence: Licence): string {
  if ('spdx' in licence) return licence.spdx;
  if ('head' in licence) return 'terms at the head of the file';
  return licence.copying === 'COPYING' ? 'GPL-2.0-only (COPYING)' : `terms of ${licence.copying}`;
}

/** Which text of Xen an excerpt is of: the release, and the commit where the tree is known to be that. */
export function revisionWords({ release, commit }: Pick<Excerpts, 'release' | 'commit'>): string {
  return commit === null ? `Xen ${release}` : `Xen ${release}, commit ${commit.slice(0, 12)}`;
}

/** What a reader has to know of signs that are not in the file; nothing where there are none. */
export function signWords(lines: readonly string[]): string | undefined {
  return lines.some((line) => line.includes('\uFFFD'))
    ? 'The sign � stands for bytes that are no UTF-8.'
    : undefined;
}
