/**
 * The entries that people start from. What only a person can say is empty, so that the check asks for it; a cell says
 * `unknown` until somebody has read the code. Pure.
 */
import type { Area } from '../../src/model/areas.ts';
import { type GuestType, perGuest } from '../../src/model/guest-types.ts';
import { renderEntry } from '../markdown/entry.ts';

/** What an entry is about, by its kind. */
export type Subject =
  | { readonly kind: 'feature'; readonly area: Area }
  | { readonly kind: 'answer' }
  | { readonly kind: 'guide'; readonly order: number }
  | { readonly kind: 'guest'; readonly guest: GuestType };

interface Draft {
  readonly data: object;
  readonly remarks: Readonly<Record<string, string>>;
  /** What the prose is to say. */
  readonly prose: string;
}

const UNREAD = {
  how: 'unknown',
  note: 'Nobody has read the code for this guest type yet.',
  evidence: [],
};

const COMMON = {
  facts: 'Facts that it rests on, such as facts/io-port/pit.',
  features: 'Rows of the matrix that it is about, such as time/pit.',
  answers: 'Ids of answers that go with it.',
  evidence:
    'Each a path and a symbol of Xen’s tree, or a message, or a doc with its section. ' +
    '`check --tree DIR --accept` fills in line and fingerprint.',
  reviewed: 'The release whose code you read.',
};

function draftOf(subject: Subject, reviewed: string): Draft {
  switch (subject.kind) {
    case 'feature':
      return {
        data: {
          title: '',
          area: subject.area,
          summary: '',
          guests: perGuest(() => [UNREAD]),
          facts: [],
          answers: [],
          evidence: [],
          reviewed,
        },
        remarks: {
          ...COMMON,
          title: 'The name that readers search for.',
          summary: 'What it is, in one sentence.',
          guests:
            'A cell: how, by, when, effect, note, evidence (CONTRIBUTING.md); or `from:` a fact; or `like:` another column.',
        },
        prose: 'How each guest type gets it and why they differ, in a few paragraphs.',
      };
    case 'answer':
      return {
        data: {
          title: '',
          question: '',
          short: '',
          askedIn: '',
          answeredIn: [],
          stillHolds: '',
          features: [],
          facts: [],
          evidence: [],
          reviewed,
        },
        remarks: {
          ...COMMON,
          title: 'Short form of the question.',
          question: 'The question in your words, not a sentence of the mail.',
          short: 'The answer in two sentences.',
          askedIn: 'Message-ID of the message that asks, without brackets.',
          answeredIn: 'Message-IDs of the messages that answer.',
          stillHolds: 'Whether what the thread said is true for the release.',
        },
        prose: 'The answer for the release, and what of the thread’s answer still holds.',
      };
    case 'guide':
      return {
        data: {
          title: '',
          summary: '',
          order: subject.order,
          features: [],
          facts: [],
          answers: [],
          evidence: [],
          reviewed,
        },
        remarks: {
          ...COMMON,
          title: 'What the guide is called.',
          summary: 'What it explains, in one sentence.',
          order: 'Place in the list of guides.',
        },
        prose: 'How it works, across rows and guest types.',
      };
    case 'guest':
      return {
        data: {
          title: '',
          guest: subject.guest,
          sentences: ['', '', ''],
          neighbours: [],
          leastEmulation: [],
          evidence: [],
          reviewed,
        },
        remarks: {
          ...COMMON,
          title: 'The name of the guest type.',
          sentences: 'The guest type in three sentences, for the home page.',
          neighbours: 'Guest types that it is compared with.',
          leastEmulation: 'Settings that reduce emulation, each with `setting` and `why`.',
        },
        prose: 'How it boots, what Xen does for it, who can touch its memory.',
      };
  }
}

/** The text of a new entry; `release` is the one that the Atlas covers. */
export function skeleton(subject: Subject, release: string): string {
  const { data, remarks, prose } = draftOf(subject, release);
  return renderEntry(
    data,
    `<!-- ${prose} -->`,
    'Fill in what is empty, then delete the comments.',
    remarks,
  );
}
