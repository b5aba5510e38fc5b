import { type Problem, problem } from '../problems/problem.ts';
import type { MailHead } from './mail.ts';
import { senderKey } from './sender.ts';

/** The same message in two sources has the same minute and the same sender. */
export function minuteAndSender(date: string | null, from: string): string | undefined {
  return date === null ? undefined : `${date.slice(0, 16)} ${senderKey(from)}`;
}

/** The archive of a message: the place without the number or the commit of the message in it. */
function fileOf(mail: MailHead): string {
  return mail.place.path.replace(/(?:#\d+|@[0-9a-f]{12,40})$/, '');
}

/** Whether two copies are what two archives have of one message, and no reason to wonder. */
function isSameMessage(a: MailHead, b: MailHead): boolean {
  const same = a.date === b.date && senderKey(a.from) === senderKey(b.from);
  return same && fileOf(a) !== fileOf(b);
}

function duplicate(mail: MailHead, first: MailHead): Problem {
  return problem(
    'mail-duplicate',
    mail.place,
    {
      actual: `a second message with the id \`${mail.id}\``,
      expected: `each id once; the one at ${first.place.path} is kept`,
    },
    'warning',
  );
}

/**
 * Each message once. Of two with the same id the first one is kept; that is a problem when both stand in one file or when they
 * differ. A message without Message-ID gives way to one that has it and the same minute and sender.
 */
export function mergeDuplicates<T extends MailHead>(
  mails: readonly T[],
): {
  readonly mails: T[];
  readonly problems: Problem[];
} {
  const byId = new Map<string, T>();
  const problems: Problem[] = [];
  for (const mail of mails) {
    const first = byId.get(mail.id);
    if (first === undefined) byId.set(mail.id, mail);
    else if (!isSameMessage(first, mail)) problems.push(duplicate(mail, first));
  }
  const identified = new Set(
    [...byId.values()]
      .filter(({ idKind }) => idKind === 'message-id')
      .map(({ date, from }) => minuteAndSender(date, from)),
  );
  const kept = [...byId.values()].filter(
    ({ idKind, date, from }) =>
      idKind === 'message-id' || !identified.has(minuteAndSender(date, from)),
  );
  return { mails: kept, problems };
}
