import { describe, expect, it } from 'vitest';
import type { Message, Reference } from '../schema/thread.ts';
import { messagesInTree, referencesOf, type ThreadNode, threadTree } from './thread-tree.ts';

function message(id: string, parent: string | null, day: string): Message {
  return {
    id,
    idKind: 'message-id',
    parent,
    parentPresent: true,
    date: `2019-08-${day}T00:00:00Z`,
    from: 'A Person',
    subject: 'Subject',
    patch: null,
    guests: [],
    features: [],
    questions: [],
    references: [],
  };
}

function outline(nodes: readonly ThreadNode[]): unknown[] {
  return nodes.map(({ id, message: present, children }) => [
    present === undefined ? `(${id})` : id,
    ...outline(children),
  ]);
}

function tree(first: Message, ...rest: Message[]): ThreadNode[] {
  return threadTree({ messages: [first, ...rest] });
}

describe('threadTree', () => {
  it('puts answers under what they answer, by date', () => {
    const nodes = tree(message('c', 'a', '03'), message('a', null, '01'), message('b', 'a', '02'));
    expect(outline(nodes)).toEqual([['a', ['b'], ['c']]]);
    expect(messagesInTree(nodes).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  it('keeps answers to a missing message together, below its place', () => {
    const nodes = tree(
      message('a', null, '01'),
      message('x', 'lost', '02'),
      message('y', 'lost', '03'),
    );
    expect(outline(nodes)).toEqual([['a'], ['(lost)', ['x'], ['y']]]);
  });

  it('puts a missing message under its parent where that is known', () => {
    const nodes = threadTree({
      messages: [message('a', null, '01'), message('x', 'lost', '02')],
      missingParents: { lost: 'a' },
    });
    expect(outline(nodes)).toEqual([['a', ['(lost)', ['x']]]]);
  });

  it('shows a thread of any depth, the deepest answers on the last level', () => {
    const messages = Array.from({ length: 20_000 }, (_, i) =>
      message(`m${i}`, i === 0 ? null : `m${i - 1}`, '01'),
    );
    const [first, ...rest] = messages;
    if (first === undefined) throw new Error('no message');
    expect(messagesInTree(tree(first, ...rest))).toHaveLength(20_000);
  });

  it('loses no message when parents form a ring', () => {
    const nodes = tree(message('a', 'b', '01'), message('b', 'a', '02'), message('c', 'b', '03'));
    expect(
      messagesInTree(nodes)
        .map(({ id }) => id)
        .sort(),
    ).toEqual(['a', 'b', 'c']);
  });
});

describe('referencesOf', () => {
  const reference: Reference = {
    kind: 'file',
    written: 'x86_emulate.c',
    where: 'own',
    path: 'xen/arch/x86/x86_emulate/x86_emulate.c',
    symbol: null,
    state: 'moved',
    now: null,
  };

  it('lists a reference once, with every message that makes it', () => {
    const a = { ...message('a', null, '01'), references: [reference, reference] };
    const b = {
      ...message('b', 'a', '02'),
      references: [{ ...reference, where: 'quoted' as const }],
    };
    const [only, ...others] = referencesOf([a, b]);
    expect(others).toEqual([]);
    expect(only?.places.map(({ message: { id }, where }) => [id, where])).toEqual([
      ['a', 'own'],
      ['b', 'quoted'],
    ]);
  });
});
