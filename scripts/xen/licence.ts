/** What is known of the licence of a file of Xen, by the rules of the tree’s COPYING. */
import type { Licence } from '../../src/schema/excerpts.ts';

/** Xen’s identifiers stand in the first line, or in the next one of a script. */
const IDENTIFIER_LINES = 3;
/** Terms in words stand in the comment at the head of a file. */
const HEAD_LINES = 40;

const IDENTIFIER = /SPDX-License-Identifier:\s*(\S.*?)\s*(?:\*\/.*|-->.*)?$/;
const TERMS =
  /General Public Licen[sc]e|Permission is hereby granted|Redistribution and use|\bLicen[sc]ed? under|terms of the GNU|public domain/i;

/** The COPYING nearest to a file: that of its folder, else of the tree. */
function copyingOf(path: string, paths: ReadonlySet<string>): string {
  const beside = `${path.replace(/[^/]*$/, '')}COPYING`;
  return paths.has(beside) ? beside : 'COPYING';
}

/** `paths` are those of the tree. The text of a file with an identifier says no more than the identifier. */
export function licenceOf(
  path: string,
  lines: readonly string[],
  paths: ReadonlySet<string>,
): Licence {
  const spdx = lines
    .slice(0, IDENTIFIER_LINES)
    .map((line) => IDENTIFIER.exec(line)?.[1])
    .find((identifier) => identifier !== undefined);
  if (spdx !== undefined) return { spdx };
  if (lines.slice(0, HEAD_LINES).some((line) => TERMS.test(line))) return { head: true };
  return { copying: copyingOf(path, paths) };
}
