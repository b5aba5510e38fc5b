/** The ports that vPCI answers, as its accept function decides them. */
import { type Problem, problem } from '../../../problems/problem.ts';
import type { CFile } from '../../c-file.ts';
import { portsWhere, type Source } from './draft.ts';

/** The function that registers the handler. */
export const VPCI_REGISTRATION = 'register_vpci_portio_handler';
const ACCEPT = 'vpci_portio_accept';

/** What the accept function returns, with the fields of the access as names. */
function acceptCondition({ corpus }: Source, file: CFile): string | undefined {
  const [condition] = corpus.reader.visitFunction(file, ACCEPT, (definition) => {
    const [result] = definition
      .descendantsOfType('return_statement')
      .flatMap((node) => node.namedChild(0) ?? []);
    return result === undefined ? '' : file.text.slice(result.startIndex, result.endIndex);
  });
  return condition?.replaceAll('p->addr', 'addr').replaceAll('p->size', 'size');
}

/** First and last port for which the accept function says yes to four bytes, found by trying every port. */
export function vpciPorts(source: Source): {
  readonly handler: string;
  readonly range: { readonly first: number | null; readonly last: number | null };
  readonly problems: readonly Problem[];
} {
  const handler = 'vpci_portio_read';
  const files = source.corpus.filesWith('xen/arch/x86/hvm/', [ACCEPT]);
  const file = files.find(({ functions }) => functions.some(({ name }) => name === ACCEPT));
  const condition = file === undefined ? undefined : acceptCondition(source, file);
  const accepted = portsWhere(condition ?? '', (port) => ({
    name: (name) => (name === 'addr' ? port() : name === 'size' ? 4n : undefined),
  }));
  const range = { first: accepted?.[0] ?? null, last: accepted?.at(-1) ?? null };
  if (range.first !== null) return { handler, range, problems: [] };
  const unread = problem(
    'construct-unread',
    { path: file?.path ?? 'xen/arch/x86/hvm/' },
    {
      actual: `a condition in \`${ACCEPT}\` that holds for no port or is not understood`,
      expected: 'a condition on `p->addr` and `p->size`',
    },
  );
  return { handler, range, problems: [unread] };
}
