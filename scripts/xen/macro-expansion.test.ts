import { expect, it } from 'vitest';
import { expandMacros } from './macro-expansion.ts';
import { readMacros } from './macros.ts';

function expand(definitions: string, text: string): string {
  const macros = new Map(readMacros(definitions).map((macro) => [macro.name, macro]));
  return expandMacros(text, macros);
}

it('replaces names and calls, again and again', () => {
  expect(expand('#define OAK 3\n#define TWICE(x) ((x) + (x))\n', 'TWICE(OAK) OAKS')).toBe(
    '((3) + (3)) OAKS',
  );
});

it('pastes what stands beside `##`, empty arguments too', () => {
  const definitions = '#define LABEL(kind, n) case OP##kind(n): case OP##kind##_66(n)\n';
  expect(expand(definitions, 'LABEL(_VEX, 1)')).toBe('case OP_VEX(1): case OP_VEX_66(1)');
  expect(expand(definitions, 'LABEL(, 0x8f)')).toBe('case OP(0x8f): case OP_66(0x8f)');
});

it('gives what is left to the parameter that takes it', () => {
  expect(expand('#define ROW(n, more...) { n, more }\n', 'ROW(1, { 2, 3 }, T)')).toBe(
    '{ 1, { 2, 3 }, T }',
  );
  expect(expand('#define ROW(n, ...) f(n, __VA_ARGS__)\n', 'ROW(1, 2, 3)')).toBe('f(1, 2, 3)');
});

it('leaves a macro inside itself, a name without its call, and literals alone', () => {
  expect(expand('#define elm(x) elm(x)\n', 'elm(1)')).toBe('elm(1)');
  expect(expand('#define elm(x) oak\n', 'elm + "elm(1)"')).toBe('elm + "elm(1)"');
  expect(expand('#define elm(x) oak\n', 'elm(1')).toBe('elm(1');
});
