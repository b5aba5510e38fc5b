import { describe, expect, it } from 'vitest';
import { corpusOf } from '../../../../tests/xen-corpus.ts';
import { readOperations } from './operations.ts';

async function read(body: string, onlyHvm = false) {
  const text = `long wheel_op(int cmd)\n{\n${body}\n}\n`;
  const corpus = await corpusOf({ 'xen/a.c': text });
  const file = corpus.file('xen/a.c');
  if (file === undefined) throw new Error('no file');
  return readOperations(corpus.reader, file, 'wheel_op', onlyHvm);
}

describe('readOperations', () => {
  it.each([
    ['a break lets through', 'case ONE: break; default: return -ENOSYS;', ['ONE'], []],
    ['an error refuses', 'case ONE: return -ENOSYS; default: break;', [], ['ONE']],
    ['labels share a body', 'case ONE: case TWO: rc = -EPERM; goto out;', [], ['ONE', 'TWO']],
    ['a call’s result is none', 'case ONE: return turn(cmd);', ['ONE'], []],
    ['a guarded error is not for all', 'case B: if ( x ) return -EPERM; break;', ['B'], []],
    ['labels are sorted', 'case B: break; case A: break;', ['A', 'B'], []],
    ['an empty switch', '', [], []],
  ])('%s', async (_what, cases, allowed, refused) => {
    const operations = await read(`    switch ( cmd ) { ${cases} }`);
    expect(operations).toEqual({ gate: 'wheel_op', allowed, refused });
  });

  it('has none without a switch', async () => {
    expect(await read('    return 0;')).toBeNull();
  });

  it('takes the switch for HVM callers when it is asked to', async () => {
    const body = `
    switch ( cmd ) { case ALL: break; }
    if ( is_hvm_domain(d) )
        switch ( cmd ) { case HVM: break; }`;
    expect((await read(body, true))?.allowed).toEqual(['HVM']);
    expect((await read(body))?.allowed).toEqual(['ALL']);
    expect(
      await read('    if ( !is_hvm_domain(d) ) switch ( cmd ) { case PV: break; }', true),
    ).toBeNull();
  });
});
