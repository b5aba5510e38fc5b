import { expect, it } from 'vitest';
import { type Label, segmentId, segmentsOf, segmentTitle } from './segments.ts';

const label = (first: string, from: number, last = first, to = from): Label => ({
  first,
  last,
  from,
  to,
});

it('keeps what is named alone, and what is left of ranges around it', () => {
  const segments = segmentsOf([
    label('MSR_A(0)', 0x400, 'MSR_A(7)', 0x41f),
    label('MSR_MISC(4)', 0x413),
    label('MSR_THIS', 0x48),
    label('MSR_THAT', 0x48),
  ]);
  expect(segments.map((one) => [segmentId(one), segmentTitle(one)])).toEqual([
    ['that', 'MSR_THAT / MSR_THIS (0x48)'],
    ['a-0-to-a-7-0x400', 'MSR_A(0) … MSR_A(7) (0x400-0x412)'],
    ['misc-4', 'MSR_MISC(4) (0x413)'],
    ['a-0-to-a-7-0x414', 'MSR_A(0) … MSR_A(7) (0x414-0x41f)'],
  ]);
});

it('parts ranges that overlap, so that each part has the same cases throughout', () => {
  const segments = segmentsOf([
    label('MSR_SEL(0)', 0x186, 'MSR_SEL(3)', 0x189),
    label('MSR_SEL(0)', 0x186, 'MSR_SEL(7)', 0x18d),
  ]);
  expect(segments.map(({ first, last, partial }) => [first, last, partial])).toEqual([
    [0x186, 0x189, false],
    [0x18a, 0x18d, true],
  ]);
});

it('keeps the names of every range of the same numbers, and calls it by the first', () => {
  const [segment] = segmentsOf([
    label('MSR_SKL', 0x680, 'MSR_SKL + 31', 0x69f),
    label('MSR_GM', 0x680, 'MSR_GM + 31', 0x69f),
    label('MSR_GM', 0x680, 'MSR_GM + 31', 0x69f),
  ]);
  expect(segment?.names).toEqual(['MSR_GM', 'MSR_GM + 31', 'MSR_SKL', 'MSR_SKL + 31']);
  expect(segment === undefined ? '' : segmentTitle(segment)).toBe(
    'MSR_GM … MSR_GM + 31 (0x680-0x69f)',
  );
});

it('takes a range whose every MSR is named alone apart', () => {
  const segments = segmentsOf([
    label('MSR_X', 1, 'MSR_Y', 2),
    label('MSR_X', 1),
    label('MSR_Y', 2),
  ]);
  expect(segments.map(segmentId)).toEqual(['x', 'y']);
});

it('says which number of its range is Xen’s own', () => {
  const [segment] = segmentsOf([label('0x40000000', 0x40000000)]);
  expect(segment === undefined ? '' : segmentTitle(segment)).toBe(
    'Xen hypercall page (0x40000000)',
  );
});

it('keeps the id of an MSR that has got another name', () => {
  const [older] = segmentsOf([label('MSR_PL0_SSP', 4, 'MSR_INTERRUPT_SSP_TABLE', 8)]);
  const [newer] = segmentsOf([label('MSR_PL0_SSP', 4, 'MSR_ISST', 8)]);
  expect([older, newer].map((one) => (one === undefined ? '' : segmentId(one)))).toEqual([
    'pl0-ssp-to-isst',
    'pl0-ssp-to-isst',
  ]);
});
