/** Facts about the tables of the decoder. An entry says how operands are read, not that the instruction is run. */
import { problem } from '../../../problems/problem.ts';
import type { Corpus } from '../../corpus.ts';
import { ExpressionError } from '../../expression.ts';
import { factOf, joined, type Result, UNSAID } from './draft.ts';
import { MAPS, TABLES } from './maps.ts';
import { isAmdOnly, isExtended } from './opcodes.ts';
import { type DecodeTable, readDecodeTables } from './tables.ts';

function tableFact(corpus: Corpus, path: string, { name, entries, line }: DecodeTable): Result {
  const map = TABLES[name];
  if (map === undefined) {
    const words = {
      actual: `the table \`${name}\` of the decoder`,
      expected: 'an entry of `TABLES`',
      repair: 'Say in `maps.ts` of the extractor `opcode-map` which map it describes.',
    };
    return { facts: [], problems: [problem('construct-unknown', { path, line }, words)] };
  }
  const ways = MAPS.find((known) => known.map === map)?.ways ?? [];
  return factOf(corpus, {
    id: `table-${name.replace(/_table$/, '').replaceAll('_', '-')}`,
    title: `${name} of the decoder`,
    attributes: {
      ...UNSAID,
      part: 'decode-table',
      map: name,
      labelsWithout: {},
      entries,
      opcodes: [],
      implements: [],
      lacks: [],
      features: [],
      file: path,
      symbol: name,
    },
    reach: {
      supported: true,
      amdOnly: isAmdOnly(map),
      cpu: null,
      memory: 'write',
      ways,
      extended: isExtended(map),
      hvmOnly: false,
    },
    places: [{ path, symbol: name }],
  });
}

/** One fact for each table; the tables of 3DNow! look at an immediate and are part of the instruction. */
export function tableFacts(corpus: Corpus, path: string, text: string): Result {
  try {
    const tables = readDecodeTables(text).filter(({ name }) => !name.startsWith('_3dnow'));
    return joined(tables.map((table) => tableFact(corpus, path, table)));
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    const words = { actual: error.message, expected: 'a table of the decoder' };
    return { facts: [], problems: [problem('construct-unread', { path }, words)] };
  }
}
