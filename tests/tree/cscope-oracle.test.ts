/** Every caller of the emulator against what cscope finds, which reads C in its own way. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FactOf } from '../../src/schema/fact.ts';
import { openRealTree, type RealTree } from '../xen-tree.ts';

/** The functions that run or decode an instruction, as the tree spells them: the last is a family. */
const FIXED = ['x86_emulate', 'x86_decode_insn', 'handle_mmio', 'handle_mmio_with_translation'];
const FAMILY = /\b_?hvm_emulate_one\w*(?=\s*\()/g;

let real: RealTree;
let callers: FactOf<'emulator-caller'>[];
let folder: string;

beforeAll(async () => {
  real = await openRealTree();
  callers = real.facts.filter((fact) => fact.kind === 'emulator-caller');
  folder = mkdtempSync(join(tmpdir(), 'atlas-cscope-'));
  const files = [...real.corpus.texts.keys()].filter((path) =>
    /^xen\/(?:arch\/x86|common|include)\/.*\.[ch]$/.test(path),
  );
  writeFileSync(join(folder, 'files'), `${files.join('\n')}\n`);
  cscope('-b', '-i', join(folder, 'files'));
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function cscope(...args: string[]): string {
  return execFileSync('cscope', ['-k', '-c', '-f', join(folder, 'index'), ...args], {
    cwd: real.root,
    encoding: 'utf8',
    maxBuffer: 16 << 20,
  });
}

/** Names of macros, which cscope takes for functions that go on to the end of the file. */
const MACRO = /^(?:[A-Z_]+|__\w+)$/;

/** A line in column 0 is a prototype, which cscope takes for a call where a macro stands before it. */
function isCode(path: string, line: number): boolean {
  return /^\s/.test(real.corpus.texts.get(path)?.split('\n')[line - 1] ?? '');
}

/** The calls of a function: `file caller`, one for each call. What it calls of itself is left out. */
function callsOf(callee: string): string[] {
  return cscope('-d', '-L', '-3', callee)
    .split('\n')
    .flatMap((found) => {
      const [, path = '', caller = '', line = ''] = /^(\S+) (\S+) (\d+) /.exec(found) ?? [];
      const isCall = caller !== callee && !MACRO.test(caller) && isCode(path, Number(line));
      return isCall ? [`${path} ${caller}`] : [];
    })
    .sort();
}

function factsOf(callee: string): string[] {
  return callers
    .filter(({ attributes }) => attributes.callee === callee)
    .map(({ attributes }) => `${attributes.file} ${attributes.caller}`)
    .sort();
}

it('agrees on the callers of each function', () => {
  const texts = [...real.corpus.texts].filter(([path]) => path.startsWith('xen/arch/x86/'));
  const family = texts.flatMap(([, text]) => text.match(FAMILY) ?? []);
  const callees = [...new Set([...FIXED, ...family])].sort();
  const found = callees.map((callee) => [callee, callsOf(callee)] as const);
  expect(found.flatMap(([, calls]) => calls).length).toBeGreaterThan(20);
  expect(Object.fromEntries(callees.map((callee) => [callee, factsOf(callee)]))).toEqual(
    Object.fromEntries(found),
  );
});
