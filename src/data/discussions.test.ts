import { describe, expect, it } from 'vitest';
import { SAMPLE } from '../../tests/samples/content.ts';
import type { Fact } from '../schema/fact.ts';
import type { Reference, Thread } from '../schema/thread.ts';
import { indexDiscussions, messagesOfFact } from './discussions.ts';

const reference = (
  kind: Reference['kind'],
  written: string,
  rest: Partial<Reference> = {},
): Reference => ({
  kind,
  written,
  where: 'own',
  path: null,
  symbol: null,
  state: 'same',
  now: null,
  ...rest,
});

function thread(id: string, references: Reference[]): Thread {
  const message = {
    id,
    idKind: 'message-id',
    parent: null,
    parentPresent: false,
    date: null,
    from: 'Ada',
    subject: 'x',
    patch: null,
    guests: [],
    features: [],
    questions: [],
    references,
  } as const;
  return {
    id: `2020-01-${id}`,
    subject: 'x',
    list: 'xen-devel',
    first: null,
    last: null,
    participants: [],
    release: '4.22.0',
    missing: [],
    messages: [{ ...message, guests: [], features: [], questions: [] }],
  };
}

function pit(): Fact {
  const fact = SAMPLE.facts.find(({ id }) => id === 'io-port/pit');
  if (fact === undefined) throw new Error('The sample has no PIT');
  return fact;
}

describe('messagesOfFact', () => {
  const threads = [
    thread('handler', [reference('function', 'handle_pit_io', { symbol: 'handle_pit_io' })]),
    thread('port', [reference('port', '0x42', { state: 'not-xen' })]),
    thread('other-port', [reference('port', '0x61', { state: 'not-xen' })]),
    thread('quoting', [reference('function', 'handle_pit_io', { where: 'quoted' })]),
  ];

  it('finds who names the handler or a port of it, and not who quotes', () => {
    const found = messagesOfFact(pit(), indexDiscussions(threads));
    expect(found.map(({ message }) => message.id).sort()).toEqual(['handler', 'port']);
  });
});
