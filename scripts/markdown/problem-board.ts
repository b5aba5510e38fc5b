import type { Problem } from '../problems/problem.ts';
import { renderProblems } from '../problems/report.ts';
import { fileProblems } from './file-problems.ts';

/** The message by which Vite covers a page; its text stands as it is. */
export interface Overlay {
  readonly type: 'error';
  readonly err: {
    readonly title: string;
    readonly message: string;
    readonly stack: '';
    readonly id: string;
  };
}

/** The message that makes a page load again. */
export interface Reload {
  readonly type: 'full-reload';
}

/** The problems of the files of `content/` while they are edited. */
export interface ProblemBoard {
  /** What covers the page; undefined when there is no problem. */
  readonly overlay: () => Overlay | undefined;
  /** Takes the text of a file that was written, undefined when it went; gives what pages have to be told, if anything. */
  readonly look: (path: string, text: string | undefined) => Overlay | Reload | undefined;
}

function overlayOf(problems: readonly Problem[]): Overlay | undefined {
  const [first] = problems;
  if (first === undefined) return undefined;
  const title = 'The content has a problem';
  const message = renderProblems(problems, 'text');
  return { type: 'error', err: { title, message, stack: '', id: first.place.path } };
}

/** A board that begins with the problems that are there. */
export function problemBoard(found: readonly Problem[]): ProblemBoard {
  const byFile = new Map(
    found.map(({ place: { path } }) => [path, found.filter(({ place }) => place.path === path)]),
  );
  const overlay = () => overlayOf([...byFile.values()].flat());
  return {
    overlay,
    look: (path, text) => {
      const problems = text === undefined ? [] : fileProblems(path, text);
      const had = byFile.delete(path);
      if (problems.length > 0) byFile.set(path, [...problems]);
      return overlay() ?? (had ? { type: 'full-reload' } : undefined);
    },
  };
}
