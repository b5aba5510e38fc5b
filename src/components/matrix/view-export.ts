/** The rows and columns that the matrix shows, as CSV and as JSON. Pure. */
import type { GuestType } from '../../model/guest-types.ts';
import type { MatrixRow } from './matrix-row.ts';

export interface MatrixView {
  /** Of which release the matrix is. */
  readonly title: string;
  /** The address of the view. */
  readonly address: string;
  readonly columns: readonly GuestType[];
  /** In the order in which they are shown. */
  readonly rows: readonly MatrixRow[];
}

/**
 * A field as RFC 4180 has it. A spreadsheet would take a text that begins like a formula for one, so that gets an
 * apostrophe before it.
 */
function csvField(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * One line a row; four fields a column: the default verdict, how many conditions it has, where it comes from, what it
 * rests on. The library that writes the dataset brings 80 kB to a browser, so the ten lines of the format are here.
 */
export function viewAsCsv({ columns, rows }: MatrixView): string {
  const heading = columns.flatMap((guest) =>
    ['', ' conditions', ' origin', ' rests on'].map((field) => `${guest}${field}`),
  );
  const lines = rows.map(({ id, area, title, address, cells }) => [
    id,
    area,
    title,
    ...columns.flatMap((guest) => {
      const { says = '', conditions = 0, origins = [], rests = '' } = cells[guest] ?? {};
      return [says, String(conditions), origins.join(' '), rests];
    }),
    address,
  ]);
  return [['id', 'area', 'title', ...heading, 'url'], ...lines]
    .map((fields) => `${fields.map(csvField).join(',')}\r\n`)
    .join('');
}

/** All that the table says of each cell. */
export function viewAsJson({ title, address, columns, rows }: MatrixView): string {
  const records = rows.map(({ id, area, title: feature, address: url, cells }) => ({
    id,
    area,
    title: feature,
    url,
    guests: Object.fromEntries(
      columns.flatMap((guest) => {
        const cell = cells[guest];
        if (cell === undefined) return [];
        const { hows, bys, says, conditions, claims, origins, rests, address: at } = cell;
        return [
          [guest, { says, hows, bys, conditions, dependsOn: claims, origins, rests, url: at }],
        ];
      }),
    ),
  }));
  return `${JSON.stringify({ title, view: address, columns, rows: records }, null, 2)}\n`;
}
