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
    return files.flatMap(({ path, text }) =>
      text.split('\n').flatMap((line, index) =>
        [...line.matchAll(ADDRESS)]
          .filter(
            ([address]) => ![...messageIds].some((id) => id.includes(address) && line.includes(id)),
          )
          .map((match) =>
            problem(
              'privacy-address',
              { path, line: index + 1, column: match.index + 1 },
              {
                actual: 'an e-mail address',
                expected: 'a name',
              },
            ),
          ),
      ),
    );
  },
};
