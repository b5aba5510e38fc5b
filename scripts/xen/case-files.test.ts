/**
 * Case files: each `cases/<parser>/<name>.c` is read by the parser of its folder, and the rendered result is
 * `<name>.expected` beside it. A new case is a new `.c` file; `npx vitest run scripts/xen/case-files.test.ts -u` writes
 * what is expected, for a person to read.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { CFile } from './c-file.ts';
import { CReader } from './c-reader.ts';
import { readCalls } from './calls.ts';
import { scanConditions } from './conditions.ts';
import { readMacros } from './macros.ts';
import { blankComments, maskSource } from './source-mask.ts';
import { loadCParser } from './tree-sitter.ts';

const CASES = join(import.meta.dirname, 'cases');
let reader: CReader;

beforeAll(async () => {
  reader = new CReader(await loadCParser());
});

const RENDER: Readonly<Record<string, (text: string) => readonly string[]>> = {
  'source-mask': (text) =>
    maskSource(text)
      .split('\n')
      .map((line) => line.trimEnd()),
  conditions: (text) => {
    const { at, problems } = scanConditions(blankComments(text));
    return [
      ...text
        .split('\n')
        .slice(0, -1)
        .map((line, index) => `${line} -> ${at(index + 1).join(', ')}`.trimEnd()),
      ...problems.map(({ line, message }) => `problem ${line}: ${message}`),
    ];
  },
  macros: (text) =>
    readMacros(blankComments(text)).map(
      ({ name, parameters, body, line, endLine }) =>
        `${line}-${endLine} ${name}${parameters === null ? '' : `(${parameters.join(', ')})`} = ${body}`,
    ),
  names: (text) => {
    const file = new CFile('a.c', text);
    const { functions, uncovered, conditions } = file;
    return [
      ...reader.definitionsOf(file).map(({ name, line, kind }) => `${line} ${kind} ${name}`),
      ...functions.map((definition) => {
        const { name, line, endLine } = definition;
        const under = conditions.at(line).join(', ');
        const error = reader.hasError(definition) ? ' with an error' : '';
        return `${name}: ${line}-${endLine}${error} ${under}`.trimEnd();
      }),
      ...uncovered.map((line) => `uncovered ${line}`),
    ];
  },
  calls: (text) =>
    readCalls(reader, new CFile('a.c', text), new Set(['turn'])).map((call) => {
      const guards = call.guards.map(({ text, holds }) => (holds ? text : `not ${text}`));
      const loop = call.loop === null ? '' : `; in ${call.loop}`;
      return `${call.line} ${call.symbol}: ${call.callee}(${call.arguments.join(' | ')}) when ${guards.join(' and ') || 'always'}${loop}`;
    }),
};

function casesOf(folder: string): string[] {
  return readdirSync(join(CASES, folder))
    .filter((name) => name.endsWith('.c'))
    .sort();
}

describe.each(readdirSync(CASES).sort())('%s', (folder) => {
  it.each(casesOf(folder))('%s', async (name) => {
    const text = readFileSync(join(CASES, folder, name), 'utf8');
    const rendered = RENDER[folder]?.(text) ?? [];
    await expect(`${rendered.join('\n').trimEnd()}\n`).toMatchFileSnapshot(
      join(CASES, folder, name.replace(/\.c$/, '.expected')),
    );
  });
});

describe('the mask of every case', () => {
  it.each(
    readdirSync(CASES).flatMap((folder) => casesOf(folder).map((name) => `${folder}/${name}`)),
  )('%s keeps length and newlines', (name) => {
    const text = readFileSync(join(CASES, name), 'utf8');
    const masked = maskSource(text);
    expect(masked).toHaveLength(text.length);
    const newlines = (source: string) => [...source.matchAll(/\n/g)].map(({ index }) => index);
    expect(newlines(masked)).toEqual(newlines(text));
  });
});

describe('lines that end in CRLF', () => {
  const folders = ['conditions', 'macros', 'names', 'calls'];
  it.each(folders.flatMap((folder) => casesOf(folder).map((name) => [folder, name] as const)))(
    '%s/%s reads the same',
    (folder, name) => {
      const text = readFileSync(join(CASES, folder, name), 'utf8');
      const crlf = RENDER[folder]?.(text.replaceAll('\n', '\r\n')) ?? [];
      expect(crlf.map((line) => line.replaceAll('\r', ''))).toEqual(RENDER[folder]?.(text));
    },
  );
});
