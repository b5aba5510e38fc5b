/**
 * What an import costs as archives grow: synthetic ones, each an mbox of small messages in threads of eight, read in full and
 * looked over for a selection. Memory should grow by the heads of messages only.
 *
 *     npm run bench:large -- [--messages 50000,200000]
 */
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { atlas, renderUsage, type Usage } from './usage.ts';

const { values } = parseArgs({
  options: { messages: { type: 'string', default: '50000,200000' } },
});

/** Messages of a thread; each answers the one before it. */
const THREAD = 8;
const MINUTE = 60_000;
const START = Date.UTC(2015, 0, 1);

const idOf = (index: number) => `${index}.made@example.org`;

function messageOf(index: number): string {
  const place = index % THREAD;
  const thread = index - place;
  const ancestors = Array.from({ length: place }, (_, i) => `<${idOf(thread + i)}>`);
  return [
    'From mboxrd@z Thu Jan  1 00:00:00 1970',
    `From: Sender ${index % 500} <s${index % 500}@example.org>`,
    `Date: ${new Date(START + index * MINUTE).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${idOf(index)}>`,
    ...(place === 0 ? [] : [`References: ${ancestors.join('\n ')}`]),
    `Subject: ${place === 0 ? '' : 'Re: '}[PATCH] x86/hvm: wheel ${thread}`,
    '',
    'Does a PVH guest have an HPET here? See hpet_init() in xen/arch/x86/hvm/hpet.c.',
    '> The PIT is emulated by Xen, see pit_init().',
    '',
    '',
  ].join('\n');
}

function writeArchive(path: string, messages: number): void {
  const file = openSync(path, 'w');
  for (let index = 0; index < messages; index += 1000) {
    const some = Array.from({ length: Math.min(1000, messages - index) }, (_, i) => index + i);
    writeSync(file, some.map(messageOf).join(''));
  }
  closeSync(file);
}

const folder = mkdtempSync(join(tmpdir(), 'atlas-bench-'));
try {
  const rows: [string, Usage][] = [];
  for (const messages of values.messages.split(',').map(Number)) {
    const archive = join(folder, `${messages}.mbox`);
    writeArchive(archive, messages);
    const none = ['--select', 'message=none@none'];
    const looked = atlas(['import', archive, '--digests', join(folder, 'none.jsonl'), ...none]);
    const read = atlas(['import', archive, '--digests', join(folder, 'all.jsonl')]);
    rows.push([`${messages} messages looked over`, looked], [`${messages} read in full`, read]);
    rmSync(archive);
  }
  process.stdout.write(`${renderUsage(rows)}\n`);
} finally {
  rmSync(folder, { recursive: true });
}
