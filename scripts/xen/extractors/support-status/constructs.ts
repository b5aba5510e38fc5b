import type { Construct } from '../../construct.ts';

/** A line that looks like a status, wherever it stands; the oracle is `docs/parse-support-md` of the tree. */
export const STATUS_LINE = /^(?: {4}|\t)\s*(?:Status|Supported)(?:,[^:]+)?:\s/;

/** What the support status needs of the source. */
export const constructs = {
  rows: {
    id: 'support-status/rows',
    what: 'the status lines of SUPPORT.md',
    minimum: 150,
    candidates: [{ in: 'SUPPORT.md', kind: 'lines', name: 'Status', pattern: STATUS_LINE }],
  },
  release: {
    id: 'support-status/release',
    what: 'the dates of the release',
    minimum: 4,
    candidates: [
      {
        in: 'SUPPORT.md',
        kind: 'lines',
        name: 'Supported-Until',
        pattern: /^ {4}(?:Xen-Version|Initial-Release|(?:Security-)?Support(?:ed)?-Until):\s/,
      },
    ],
  },
} as const satisfies Record<string, Construct>;
