/** Rows of the matrix as its scripts read them from the table. */
import type { MatrixCell, MatrixRow } from '../../src/components/matrix/matrix-row.ts';

export function sampleCell(cell: Partial<MatrixCell> = {}): MatrixCell {
  return {
    hows: [],
    bys: [],
    verdict: '0',
    claims: [],
    origins: ['authored'],
    says: 'absent',
    conditions: 0,
    rests: '1 source',
    address: '',
    ...cell,
  };
}

/** `id` is `<area>/<name>`. */
export function sampleRow(id: string, row: Partial<MatrixRow> = {}): MatrixRow {
  const [area = '', name = ''] = id.split('/');
  return { id, title: name, area, address: '', releases: [], text: id, cells: {}, ...row };
}
