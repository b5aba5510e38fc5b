import { expect, it } from 'vitest';
import { CFile } from './c-file.ts';
import { holdsWith, macrosOf, preprocess, readSwitches, type Switch } from './switch-labels.ts';

function switches(body: string, before = '', ...defined: string[]): Switch[] {
  const file = new CFile('oak.c', `${before}\nvoid oak(int x)\n{\n${body}\n}\n`);
  const holds = holdsWith(new Set(defined));
  return readSwitches(file, 'oak', { holds, macros: macrosOf([file], holds) });
}

function labels(body: string, before = '', ...defined: string[]) {
  return switches(body, before, ...defined)[0]?.labels.map(({ first, last }) =>
    first === last ? first : [first, last],
  );
}

it('reads values, ranges and enumerators', () => {
  expect(labels('switch ( x ) { case 1: case 0x10 ... 0x1f: f(); case elm: g(); }')).toEqual([
    1,
    [16, 31],
    null,
  ]);
});

it('reads labels inside of branches, and none of a switch inside', () => {
  const body = `switch ( x )
    {
    case 1:
        if ( y ) f();
        else {
    case 2:
            switch ( y ) { case 3: case 4: g(); }
        }
        break;
    default: g();
    }`;
  const [outer, inner] = switches(body);
  expect(outer?.labels.map(({ first }) => first)).toEqual([1, 2]);
  expect(inner).toMatchObject({ subject: 'y', parent: 0, labels: [{ first: 3 }, { first: 4 }] });
  expect(inner?.under.map(({ first }) => first)).toEqual([2]);
});

it('expands macros that write labels, as the build defines them', () => {
  const before = `
#define OP(n) ((uint8_t)(n) | 0x100)
#ifdef ELM
# define CASE_OAK(n) case OP(n): case OP((n) + 1)
#else
# define CASE_OAK(n) C##n
#endif`;
  const body = 'switch ( x )\n{\nCASE_OAK(0x201):\n f();\n}';
  expect(labels(body, before, 'ELM')).toEqual([0x101, 0x102]);
  expect(labels(body, before)).toEqual([]);
});

it('takes a macro inside of a label for several', () => {
  const before = '#define BOTH(n) n: case (n) + 8\n';
  expect(labels('switch ( x ) { case BOTH(1): f(); }', before)).toEqual([1, 9]);
});

it('obeys directives, comments and literals', () => {
  const body = `switch ( x )
{
#if defined(ELM) && !defined(OAK)
case 1:
#elif defined(OAK)
case 2:
#else
case 3:
#endif
    f("case 4: {"); /* case 5: */
}`;
  expect(labels(body, '', 'ELM')).toEqual([1]);
  expect(labels(body, '', 'ELM', 'OAK')).toEqual([2]);
  expect(labels(body)).toEqual([3]);
});

it('tells lines, and keeps the length of what it preprocesses', () => {
  const text =
    '#ifdef ELM\nint a;\n#endif\nvoid oak(void)\n{\n    switch ( x ) { case 7: f(); }\n}\n';
  const file = new CFile('oak.c', text);
  const holds = holdsWith(new Set<string>());
  expect(preprocess(file, holds)).toHaveLength(text.length);
  const [found] = readSwitches(file, 'oak', { holds, macros: new Map() });
  expect(found?.labels).toEqual([{ text: '7', first: 7, last: 7, line: 6 }]);
  expect(readSwitches(file, 'elm', { holds, macros: new Map() })).toEqual([]);
});
