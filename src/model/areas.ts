/** The areas of the matrix: groups of rows, in the order of display. */
export const AREA_WORDS = {
  cpu: 'CPU and instructions',
  msr: 'Model-specific registers',
  memory: 'Memory',
  interrupts: 'Interrupts',
  time: 'Time',
  devices: 'Devices',
  boot: 'Boot and life cycle',
  platform: 'Platform',
  arm: 'Arm',
} as const;

export type Area = keyof typeof AREA_WORDS;
export const AREAS = Object.keys(AREA_WORDS) as readonly Area[];
