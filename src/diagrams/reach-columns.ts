/** The columns of the drawing, from the exit to the opcodes: where their boxes begin and how wide these are. */
export const COLUMNS = {
  cause: { x: 20, width: 236, title: 'Exit or fault' },
  entry: { x: 302, width: 356, title: 'Where a way begins, and for what' },
  shared: { x: 766, width: 246, title: 'On the way to the emulator' },
  opcodes: { x: 1086, width: 142, title: 'Opcodes' },
} as const;
