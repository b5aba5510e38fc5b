/**
 * Tells which lines of a text belong to a patch, one line at a time: from `diff --git` or `---`/`+++` to the end of the
 * last hunk, by the counts in the hunk's header. Lines that a mailer wrapped inside a hunk still belong to it.
 */
export interface PatchScanner {
  /** `next` is the line after, which alone tells `--- a/file` from a separator. */
  takes(line: string, next: string | undefined): boolean;
}

const FILE_HEADER =
  /^(?:diff --git |index [0-9a-f]+\.\.|(?:new|deleted) file mode |(?:old|new) mode |(?:dis)?similarity index |(?:rename|copy) (?:from|to) |Binary files |\+\+\+ |--- \S)/;
const HUNK = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/;
/** Lines of another shape that a hunk may hold in a row before it counts as left. */
const MAX_STRANGE = 2;

export function createPatchScanner(): PatchScanner {
  let inPatch = false;
  let removed = 0;
  let added = 0;
  let strange = 0;

  const takesHunkLine = (line: string): boolean => {
    const mark = line[0] ?? ' ';
    strange = ' +-\\\t'.includes(mark) ? 0 : strange + 1;
    if (strange > MAX_STRANGE || /^-- ?$/.test(line)) {
      inPatch = false;
      removed = 0;
      added = 0;
      return false;
    }
    if (strange === 0 && mark !== '+' && mark !== '\\') removed -= 1;
    if (strange === 0 && mark !== '-' && mark !== '\\') added -= 1;
    return true;
  };

  return {
    takes(line, next) {
      const hunk = inPatch && line.startsWith('@@ ') ? HUNK.exec(line) : null;
      if (hunk !== null) {
        removed = Number(hunk[1] ?? 1);
        added = Number(hunk[2] ?? 1);
        strange = 0;
        return true;
      }
      if (removed > 0 || added > 0) return takesHunkLine(line);
      if (inPatch) {
        inPatch = FILE_HEADER.test(line) || line.startsWith('\\');
        return inPatch;
      }
      const starts = (next ?? '').startsWith('+++ ') && /^--- \S/.test(line);
      inPatch = line.startsWith('diff --git ') || starts;
      return inPatch;
    },
  };
}
