import { expect, it } from 'vitest';
import { sampleCell, sampleRow } from '../../../tests/samples/matrix-rows.ts';
import { viewAsCsv, viewAsJson } from './view-export.ts';

const view = {
  title: 'Matrix',
  address: 'https://atlas.example/matrix/?columns=pv',
  columns: ['pv'] as const,
  rows: [
    sampleRow('cpu/fpu', {
      title: 'FPU, "lazy"',
      cells: {
        pv: sampleCell({
          says: 'emulated by Xen',
          conditions: 2,
          origins: ['derived', 'measured'],
        }),
        hvm: sampleCell(),
      },
    }),
    sampleRow('cpu/formula', { title: '=1+1', cells: { pv: sampleCell({ says: '-x\ny' }) } }),
  ],
};

it('writes the shown columns, quotes, and lets nothing be a formula', () => {
  expect(viewAsCsv(view).split('\r\n')).toEqual([
    'id,area,title,pv,pv conditions,pv origin,pv rests on,url',
    'cpu/fpu,cpu,"FPU, ""lazy""",emulated by Xen,2,derived measured,1 source,',
    `cpu/formula,cpu,'=1+1,"'-x\ny",0,authored,1 source,`,
    '',
  ]);
});

it('writes all that the table says of each shown cell', () => {
  const { title, view: address, columns, rows } = JSON.parse(viewAsJson(view));
  expect({ title, address, columns }).toEqual({
    title: view.title,
    address: view.address,
    columns: ['pv'],
  });
  expect(rows[0].guests).toEqual({
    pv: {
      says: 'emulated by Xen',
      hows: [],
      bys: [],
      conditions: 2,
      dependsOn: [],
      origins: ['derived', 'measured'],
      rests: '1 source',
      url: '',
    },
  });
});
