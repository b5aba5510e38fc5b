import type { Bodies } from '../../src/schema/bodies.ts';
import { type BodyLine, parseBody } from './body.ts';
import { withoutAddresses } from './clean-text.ts';
import type { Mail } from './mail.ts';

type Block = Bodies['messages'][number]['blocks'][number];

const KINDS = {
  own: 'text',
  attribution: 'quotation',
  quoted: 'quotation',
  patch: 'patch',
  signature: 'signature',
  footer: 'signature',
} as const satisfies Record<BodyLine['kind'], Block['kind']>;

/** Lines of a message that are shown; what is longer is a log. */
const MAX_SHOWN = 3000;

/** A line as it is shown: with a mark for each level of quotation but the first, which the page itself shows. */
function shownLine({ text, depth }: BodyLine): string {
  return `${'> '.repeat(Math.min(Math.max(depth - 1, 0), 20))}${text}`.trimEnd();
}

/** What a message says, in blocks of one kind, with every address masked. */
export function bodyBlocks({ texts }: Pick<Mail, 'texts'>): Block[] {
  const blocks: { kind: Block['kind']; lines: string[] }[] = [];
  for (const line of texts.flatMap(parseBody).slice(0, MAX_SHOWN)) {
    const kind = KINDS[line.kind];
    const open = blocks.at(-1);
    if (open?.kind === kind) open.lines.push(shownLine(line));
    else blocks.push({ kind, lines: [shownLine(line)] });
  }
  return blocks
    .map(({ kind, lines }) => ({
      kind,
      text: withoutAddresses(lines.join('\n')).replace(/^\n+|\s+$/g, ''),
    }))
    .filter(({ text }) => text !== '');
}
