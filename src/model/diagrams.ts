/** The diagrams that a guide may show, by the id that its front matter names. Drawn in src/diagrams. */
export const DIAGRAM_WORDS = {
  'pv-trap-path': 'How a privileged instruction of a PV guest is trapped',
  'hvm-exit-path': 'When an exit of an HVM or PVH guest reaches the instruction emulator',
  'ioreq-path': 'How an access reaches a device model and its answer comes back',
  'event-path': 'How an event travels from one domain to another',
  'grant-path': 'How one domain maps a page that another grants',
  'pvh-boundaries': 'What surrounds a PVH guest, and where each border is',
} as const;

export type DiagramId = keyof typeof DIAGRAM_WORDS;

export const DIAGRAMS = Object.keys(DIAGRAM_WORDS) as [DiagramId, ...DiagramId[]];
