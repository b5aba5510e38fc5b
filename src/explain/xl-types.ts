/** Words that the modules of the calculator share. */
export const GUEST_KINDS = ['pv', 'pvh', 'hvm'] as const;

/** The type that xl builds. */
export type GuestKind = (typeof GUEST_KINDS)[number];

export const ARCHITECTURES = ['x86', 'arm'] as const;

export type Architecture = (typeof ARCHITECTURES)[number];

export type XlScalar = boolean | number | string | readonly string[];

/** What a key is set to, and by whom. */
export interface Decided {
  readonly key: string;
  readonly value: XlScalar;
  /** 1-based line of the file; absent when it is the default of xl or libxl. */
  readonly line?: number | undefined;
}
