import { expect, it } from 'vitest';
import { scanFunctions } from './outline.ts';
import { maskSource } from './source-mask.ts';

function scan(text: string) {
  const masked = maskSource(text);
  const { functions, unnamed } = scanFunctions(masked);
  return {
    functions: functions.map(({ name, start, end, isEmpty }) => {
      const whole = text.slice(start, end).replace(/\s+/g, ' ');
      return `${name}${isEmpty ? ' (empty)' : ''}: ${whole}`;
    }),
    unnamed,
  };
}

it('finds functions by their headers', () => {
  const text = `struct wheel { int (*turn)(int); } hubs[] = { { 0 }, };
static int __init turn(int by)
{
    if ( by ) { return 1; }
    return 0;
}
static inline void *find(void) { return 0; }
int (brake)(void)
{}
long PART(LEVELS)(int by)
{
    return by;
}

DO(roll)(int by)
{
    return by;
}
`;
  expect(scan(text)).toEqual({
    functions: [
      'turn: static int __init turn(int by) { if ( by ) { return 1; } return 0; }',
      'find: static inline void *find(void) { return 0; }',
      'brake (empty): int (brake)(void) {}',
      'PART(LEVELS): long PART(LEVELS)(int by) { return by; }',
      'roll: DO(roll)(int by) { return by; }',
    ],
    unnamed: [],
  });
});

it('ends a body in column 0 whatever the arms of an #if leave open', () => {
  const more =
    'int turn(void)\n{\n#ifdef A\n    if ( a ) {\n#else\n    if ( b ) {\n#endif\n    }\n}';
  const less =
    'int turn(void)\n{\n    if ( a ) {\n#ifdef A\n    }\n#else\n    }\n#endif\n    stop();\n}';
  const after = '\nint next(void)\n{\n    go();\n}\n';
  for (const text of [more, less]) {
    const [first = '', second] = scan(text + after).functions;
    expect(first).toBe(`turn: ${text.replace(/\s+/g, ' ')}`);
    expect(second).toBe('next: int next(void) { go(); }');
  }
});

it('starts a definition behind a macro without a semicolon, and looks into a linkage', () => {
  const text =
    '__check(wheel)\nint turn(void)\n{\n    go();\n}\nextern "C" {\nint next(void)\n{ go(); }\n}\n';
  expect(scan(text).functions).toEqual([
    'turn: int turn(void) { go(); }',
    'next: int next(void) { go(); }',
  ]);
});

it('names no function by a macro or by a value, and says where the body stands', () => {
  const macro = 'WHEEL_OF(front)\n{\n    go();\n}\n';
  const value = 'WHEEL has a = b\n(c)\n{\n    go();\n}\n';
  expect(scan(macro + value)).toEqual({
    functions: [],
    unnamed: [macro.indexOf('{'), macro.length + value.indexOf('{')],
  });
});

it('takes time in proportion to the text', () => {
  const text = `${')\n'.repeat(20_000)}${'int f(void)\n{\n'.repeat(20_000)}`;
  expect(scanFunctions(text).functions).toHaveLength(1);
});
