import { expect, it } from 'vitest';
import { CFile } from '../../c-file.ts';
import { readCallbacks, readEntryPoints, readEventLabels } from './entry-points.ts';

it('reads the entry points of guests, by new and by old names', () => {
  const text = [
    'FUNC(entry_XX)',
    'FUNC_LOCAL(entry_FRED_R0, 0)',
    'ENTRY(divide_error)',
    'FUNC(handle_exception, 0)',
    '        call  entry_YY',
    'FUNC(entry_FRED_R3, 4096)',
  ].join('\n');
  expect(readEntryPoints(text)).toEqual([
    { name: 'entry_XX', line: 1 },
    { name: 'divide_error', line: 3 },
    { name: 'entry_FRED_R3', line: 6 },
  ]);
});

it('reads the events of a dispatch, each once and not in comments', () => {
  const file = new CFile(
    'wheel.c',
    `void turn(void)
{
    switch ( type )
    {
    case X86_ET_ONE: /* case X86_ET_TWO: */
        break;
    case X86_ET_ONE:
    case X86_EXC_THREE:
        break;
    }
}
`,
  );
  expect(readEventLabels(file, 'turn')).toEqual([
    { name: 'X86_ET_ONE', line: 5 },
    { name: 'X86_EXC_THREE', line: 8 },
  ]);
  expect(readEventLabels(file, 'stop')).toEqual([]);
});

it('reads the functions of a table of operations', () => {
  const file = new CFile(
    'wheel.c',
    'static const struct x86_emulate_ops wheel_ops = {\n    .read = turn,\n    .write  = turn_back,\n};\n',
  );
  expect(readCallbacks(file, 'wheel_ops')).toEqual([
    { name: 'turn', line: 2 },
    { name: 'turn_back', line: 3 },
  ]);
  expect(readCallbacks(file, 'other_ops')).toEqual([]);
});
