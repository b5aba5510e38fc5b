/** Backends and frontends of a protocol, by the rows of SUPPORT.md below its sections. */
import type { FactOf } from '../../../../src/schema/fact.ts';
import type { StatusRow } from '../support-status/rows.ts';
import type { Protocol } from './protocol.ts';

type Attributes = FactOf<'pv-protocol'>['attributes'];
export type Parties = Pick<Attributes, 'backends' | 'frontends'>;

/** Who serves and who uses a protocol. A row without a name takes the one that the table gives. */
export function partiesOf(
  { support, backends = [] }: Protocol,
  rows: readonly StatusRow[],
): Parties {
  const below = (heading: string | undefined) =>
    rowsBelow(heading, rows).map(({ qualifier, status }) => ({
      name: qualifier ?? support?.unnamed ?? '',
      status,
    }));
  return {
    backends: [...below(support?.backend), ...backends.map(({ name }) => ({ name, status: null }))],
    frontends: below(support?.frontend),
  };
}

/** Rows whose innermost heading is the given one; none without a heading. */
export function rowsBelow(
  heading: string | undefined,
  rows: readonly StatusRow[],
): readonly StatusRow[] {
  return heading === undefined ? [] : rows.filter(({ path }) => path.at(-1) === heading);
}
