/** What of the rows of a guest is code outside of the guest that its accesses reach. */
import type { ExplainedHandling, ExplainedRow } from './explain-row.ts';

/** Who runs code for the guest, and how. */
export const SURFACES = {
  'emulated-xen': 'Emulated by Xen',
  'emulated-qemu': 'Emulated by QEMU',
  'emulated-other': 'Emulated by others: the firmware, the shim or dom0',
  mediated: 'Trapped, checked and applied to the hardware',
  paravirtualized: 'Replaced by an interface of Xen or a backend',
  passthrough: 'Direct access to the hardware of the host',
} as const;

export type Surface = keyof typeof SURFACES;

export interface SurfaceRow {
  readonly id: string;
  readonly title: string;
  /** `yes` when it certainly is so, `unknown` when that depends on what is open. */
  readonly truth: 'yes' | 'unknown';
}

/** Rows by surface; a row may be on several. */
export interface AttackSurface {
  readonly surfaces: Readonly<Record<Surface, readonly SurfaceRow[]>>;
  /** Ways in which Xen’s instruction emulator comes to run instructions of the guest. */
  readonly instructionEmulator: readonly ExplainedHandling[];
}

function surfaceOf({ handling: { how, by } }: ExplainedHandling): Surface | undefined {
  if (how === 'emulated') {
    return by === 'xen' ? 'emulated-xen' : by === 'qemu' ? 'emulated-qemu' : 'emulated-other';
  }
  return how === 'mediated' || how === 'paravirtualized' || how === 'passthrough' ? how : undefined;
}

function rowsOn(rows: readonly ExplainedRow[], surface: Surface): SurfaceRow[] {
  return rows.flatMap(({ id, title, applies }) => {
    const there = applies.filter((handling) => surfaceOf(handling) === surface);
    if (there.length === 0) return [];
    const certain = there.some(({ truth }) => truth === 'yes');
    return [{ id, title, truth: certain ? 'yes' : 'unknown' } as const];
  });
}

/** The row whose handlings say when the instruction emulator runs. */
export const EMULATOR_ROW = 'cpu/instruction-emulator';

/** Counts and lists what the guest reaches. */
export function attackSurface(rows: readonly ExplainedRow[]): AttackSurface {
  const emulator = rows.find(({ id }) => id === EMULATOR_ROW);
  const on = (surface: Surface) => rowsOn(rows, surface);
  return {
    surfaces: {
      'emulated-xen': on('emulated-xen'),
      'emulated-qemu': on('emulated-qemu'),
      'emulated-other': on('emulated-other'),
      mediated: on('mediated'),
      paravirtualized: on('paravirtualized'),
      passthrough: on('passthrough'),
    },
    instructionEmulator: (emulator?.applies ?? []).filter(
      ({ handling }) => handling.how === 'emulated',
    ),
  };
}
