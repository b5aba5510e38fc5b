/** `atlas new`: writes the entry that a person starts from. */
import { relative, resolve } from 'node:path';
import { nearestHint } from '../../src/data/nearest.ts';
import { answerRoute, featureRoute, guestRoute, guideRoute } from '../../src/data/routes.ts';
import { AREAS } from '../../src/model/areas.ts';
import type { EntryKind } from '../../src/model/entry-kinds.ts';
import { GUEST_TYPES } from '../../src/model/guest-types.ts';
import { redirectsSchema } from '../../src/schema/addresses.ts';
import { guideSchema } from '../../src/schema/guide.ts';
import { readTextFile, readTextFiles, writeTextFile } from '../markdown/content-files.ts';
import { parseEntry, parseYamlFile } from '../markdown/entry.ts';
import { type Problem, problem } from '../problems/problem.ts';
import { type Subject, skeleton } from './skeletons.ts';

const ROUTES: Readonly<Record<EntryKind, (id: string) => string>> = {
  feature: featureRoute,
  answer: answerRoute,
  guide: guideRoute,
  guest: guestRoute,
};

export interface NewOptions {
  /** The project. */
  readonly root: string;
  /** The folder of the content, as a path of the file system. */
  readonly content: string;
  readonly kind: EntryKind;
  readonly id: string;
  /** Against which the entry is written. */
  readonly release: string;
}

export interface NewResult {
  readonly problems: readonly Problem[];
  /** The entry as a path from the project, or null when none was written. */
  readonly path: string | null;
  /** What to run next, with what it does. */
  readonly next: readonly { readonly command: string; readonly does: string }[];
}

const NAME = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

function misnamed(path: string, actual: string, expected: string): Problem {
  return problem('entry-name', { path }, { actual, expected });
}

/** What is wrong with the id of a new entry. */
function nameProblem({ kind, id }: NewOptions, path: string): Problem | undefined {
  const parts = id.split('/');
  const [first = '', name] = parts;
  if (kind === 'guest') {
    const known: readonly string[] = GUEST_TYPES;
    if (known.includes(id)) return undefined;
    const list = known.join(', ');
    return misnamed(path, `guest type \`${id}\``, `one of ${list}${nearestHint(id, known)}`);
  }
  if (kind === 'feature') {
    const areas: readonly string[] = AREAS;
    const list = areas.join(', ');
    if (name === undefined) {
      return misnamed(path, `id \`${id}\``, `an area and a name, as in time/pit; areas: ${list}`);
    }
    if (!areas.includes(first)) {
      return misnamed(path, `area \`${first}\``, `one of ${list}${nearestHint(first, areas)}`);
    }
  }
  const own = kind === 'feature' ? parts.slice(1).join('/') : id;
  return NAME.test(own)
    ? undefined
    : misnamed(path, `name \`${own}\``, 'small letters and digits, in words joined by `-`');
}

/** A place where no other entry stands, or stood. */
async function takenProblem(
  { content, kind, id }: NewOptions,
  file: string,
  path: string,
): Promise<Problem | undefined> {
  const taken = (actual: string) =>
    problem('entry-exists', { path }, { actual, expected: 'an id that no entry has' });
  if ((await readTextFile(content, file)) !== undefined) return taken('an entry of that id');
  const text = await readTextFile(content, 'redirects.yml');
  const read = parseYamlFile('content/redirects.yml', text ?? 'redirects: []', redirectsSchema);
  const moved = read.ok
    ? read.value.redirects.find(({ from }) => from === `${kind}s/${id}`)
    : undefined;
  return moved === undefined ? undefined : taken(`an id that leads to \`${moved.to}\``);
}

/** The place after all guides. */
async function nextOrder(content: string): Promise<number> {
  const files = await readTextFiles(content, 'guides', '.md');
  const orders = files.flatMap(({ path, text }) => {
    const read = parseEntry(path, text, guideSchema);
    return read.ok ? [read.value.data.order] : [];
  });
  return Math.max(0, ...orders) + 1;
}

async function subjectOf({ content, kind, id }: NewOptions): Promise<Subject | undefined> {
  if (kind === 'answer') return { kind };
  if (kind === 'guide') return { kind, order: await nextOrder(content) };
  if (kind === 'guest') {
    const guest = GUEST_TYPES.find((type) => type === id);
    return guest === undefined ? undefined : { kind, guest };
  }
  const area = AREAS.find((one) => id.startsWith(`${one}/`));
  return area === undefined ? undefined : { kind, area };
}

function nextSteps({ kind, id }: NewOptions, path: string): NewResult['next'] {
  return [
    { command: 'npm run atlas -- check', does: 'says what is left to write' },
    {
      command: `npm run atlas -- check --tree path/to/xen --accept ${path}`,
      does: 'fills in line and fingerprint of its evidence',
    },
    { command: 'npm run dev', does: `shows it at http://localhost:4321${ROUTES[kind](id)}` },
    { command: 'npm test', does: 'runs all that has to be green' },
  ];
}

/** Writes the skeleton of an entry where no entry stands. */
export async function runNew(options: NewOptions): Promise<NewResult> {
  const { root, content, kind, id, release } = options;
  const file = `${kind}s/${id}.md`;
  const path = relative(root, resolve(content, file)).replaceAll('\\', '/');
  const wrong = nameProblem(options, path) ?? (await takenProblem(options, file, path));
  if (wrong !== undefined) return { problems: [wrong], path: null, next: [] };
  const subject = await subjectOf(options);
  if (subject === undefined) throw new Error(`\`${id}\` was taken for a ${kind} and is none`);
  await writeTextFile(content, { path: file, text: skeleton(subject, release) });
  return { problems: [], path, next: nextSteps(options, path) };
}

/** What was written and what to run next, for a person. */
export function renderNew({ path, next }: Omit<NewResult, 'problems'>): string {
  if (path === null) return 'Nothing was written.';
  const width = Math.max(...next.map(({ command }) => command.length));
  return [
    `${path} is written. Next:`,
    ...next.map(({ command, does }) => `  ${command.padEnd(width)}  ${does}`),
  ].join('\n');
}
