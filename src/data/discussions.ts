import type { Fact } from '../schema/fact.ts';
import type { Thread } from '../schema/thread.ts';
import type { MessagePlace } from './atlas.ts';
import { mentionsOfFact } from './fact-mentions.ts';
import type { MentionRole, Subject } from './mentions.ts';
import { subjectsOfReference } from './thread-mentions.ts';

/** What a fact is about or handled by: a message that names it speaks of the fact. */
const ABOUT: ReadonlySet<MentionRole> = new Set(['names', 'handler', 'option']);

/** Messages by what their own text and their patches name. */
export interface Discussions {
  readonly byName: ReadonlyMap<string, readonly MessagePlace[]>;
  readonly byPort: readonly {
    readonly subject: Subject & { kind: 'ports' };
    readonly place: MessagePlace;
  }[];
}

/** Files are left out: a message that names a file speaks of no fact in particular. */
export function indexDiscussions(threads: readonly Thread[]): Discussions {
  const byName = new Map<string, MessagePlace[]>();
  const byPort: Discussions['byPort'][number][] = [];
  for (const thread of threads) {
    for (const message of thread.messages) {
      const place = { thread, message };
      const own = message.references.filter(({ where }) => where !== 'quoted');
      // A port is a reference that is no name of Xen, and says what it is all the same.
      const subjects = own.flatMap((one) =>
        subjectsOfReference(one.kind === 'port' ? { ...one, state: 'same' } : one),
      );
      for (const subject of subjects) {
        if (subject.kind === 'ports') byPort.push({ subject, place });
        else if (subject.kind === 'symbol' || subject.kind === 'option') {
          byName.set(subject.name, [...(byName.get(subject.name) ?? []), place]);
        }
      }
    }
  }
  return { byName, byPort };
}

/** The messages that name what a fact is about, in the order of the threads, each once. */
export function messagesOfFact(fact: Fact, { byName, byPort }: Discussions): MessagePlace[] {
  const subjects = mentionsOfFact(fact)
    .filter(({ role }) => ABOUT.has(role))
    .map(({ subject }) => subject);
  const places = subjects.flatMap((subject) =>
    subject.kind === 'ports'
      ? byPort
          .filter(({ subject: said }) => subject.first <= said.first && said.last <= subject.last)
          .map(({ place }) => place)
      : (byName.get(subject.name) ?? []),
  );
  const byId = new Map(places.map((place) => [place.message.id, place]));
  return [...byId.values()];
}
