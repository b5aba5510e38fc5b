/** What a message may refer to. Closed; the order is the order of display. */
export const REFERENCE_KINDS = [
  'file',
  'function',
  'macro',
  'hypercall',
  'msr',
  'cpuid',
  'port',
  'xl-option',
  'commit',
  'xsa',
] as const;

/** What became of a reference in the pinned tree. Closed. */
export const REFERENCE_STATES = {
  same: 'at the place as written',
  moved: 'at another place today',
  gone: 'not in the pinned tree any more',
  unresolved: 'not found; may never have been in the tree',
  'not-xen': 'not a name of Xen',
} as const;
