import type { Cells, Group, Place } from '../treatment.ts';

/** What no switch names, with the place of the source that shows it. */
export interface Extra {
  readonly since?: string;
  readonly until?: string;
  readonly id: string;
  readonly title: string;
  readonly group: Group;
  readonly register?: string;
  readonly function?: string;
  readonly names: readonly string[];
  /** Function that shows it: the first evidence. */
  readonly place: Place & { readonly symbol: string };
  readonly answer?: string;
  readonly traps?: readonly string[];
  readonly bits?: 32 | 64;
  readonly cells: Cells;
  readonly places?: readonly Place[];
}
