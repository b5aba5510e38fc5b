import { problem } from '../problems/problem.ts';
import type { Check } from './check.ts';

const ADDRESS = /[A-Za-z0-9._%+=-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}/g;

export const privacy: Check = {
  name: 'privacy',
  holds: 'No e-mail address is in the content; Message-IDs of imported threads are.',
  run: ({ content, files }) => {
    const messageIds = new Set(
      content.threads.flatMap(({ messages, missing }) => [
        ...missing,
        ...messages.flatMap(({ id, parent }) => (parent === null ? [id] : [id, parent])),
      ]),
    );
    // The whole id has to stand there: some ids end in the address of their sender.
    const isId = (line: string, end: number) =>
      [...messageIds].some((id) => line.slice(Math.max(0, end - id.length), end) === id);
    return files.flatMap(({ path, text }) =>
      text
        .split('\n')
        .flatMap((line, index) =>
          [...line.matchAll(ADDRESS)]
            .filter((match) => !isId(line, match.index + match[0].length))
            .map((match) =>
              problem(
                'privacy-address',
                { path, line: index + 1, column: match.index + 1 },
                { actual: 'an e-mail address', expected: 'a name' },
              ),
            ),
        ),
    );
  },
};
