import { readFile } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import type { AstroIntegration } from 'astro';
import type { Problem } from '../problems/problem.ts';
import { problemBoard } from './problem-board.ts';

/**
 * Integration of the development server: what a schema says against a file of `content/` covers the page, in the
 * sentences of `atlas check`, until the file is mended. `found` are the problems with which the server starts.
 */
export function problemsInPlace(root: string, found: readonly Problem[]): AstroIntegration {
  const board = problemBoard(found);
  const setUp: AstroIntegration['hooks']['astro:server:setup'] = ({ server: { watcher, ws } }) => {
    const look = async (file: string) => {
      const path = relative(root, file).split(sep).join('/');
      if (!path.startsWith('content/')) return;
      const message = board.look(path, await readFile(file, 'utf8').catch(() => undefined));
      if (message === undefined) return;
      if (message.type === 'error') process.stderr.write(message.err.message);
      ws.send(message);
    };
    watcher.on('all', (_event, file) => void look(file));
    ws.on('connection', () => {
      const overlay = board.overlay();
      if (overlay !== undefined) ws.send(overlay);
    });
  };
  return { name: 'atlas-problems-in-place', hooks: { 'astro:server:setup': setUp } };
}
