/** Where a name of Xen is defined. */
export interface Definition {
  readonly path: string;
  readonly line: number;
  readonly kind: 'function' | 'macro' | 'variable' | 'type' | 'constant';
}

/** The names of a tree, as a value: what paths and symbols exist at a release. */
export interface TreeNames {
  readonly release: string;
  readonly commit: string | null;
  /** Every file of the tree, sorted. */
  readonly paths: ReadonlySet<string>;
  readonly symbols: ReadonlyMap<string, readonly Definition[]>;
}
