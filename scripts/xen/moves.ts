/** Folders and files that moved as they are: the tables name the newest place, and older releases are read at theirs. */
import { compareReleases } from '../../src/model/release.ts';

interface Move {
  /** First release that has it in the newer place. */
  readonly since: string;
  readonly older: string;
  /** A file, a folder that ends in `/`, or the beginning of the names of files, which ends in `_`. */
  readonly newer: string;
}

/** What moved more than once is listed from the newest place to the oldest. */
const MOVES: readonly Move[] = [
  { since: '4.17', older: 'xen/include/asm-x86/', newer: 'xen/arch/x86/include/asm/' },
  { since: '4.17', older: 'xen/include/asm-arm/', newer: 'xen/arch/arm/include/asm/' },
  { since: '4.15', older: 'tools/libxl/', newer: 'tools/libs/light/' },
  { since: '4.15', older: 'tools/libvchan/', newer: 'tools/libs/vchan/' },
  {
    since: '4.16',
    older: 'tools/libs/ctrl/xc_resume.c',
    newer: 'tools/libs/guest/xg_resume.c',
  },
  { since: '4.16', older: 'tools/libs/ctrl/xc_core.c', newer: 'tools/libs/guest/xg_core.c' },
  { since: '4.15', older: 'tools/libxc/xc_', newer: 'tools/libs/guest/xg_' },
  { since: '4.15', older: 'tools/libxc/', newer: 'tools/libs/ctrl/' },
  { since: '4.14', older: 'xen/common/schedule.c', newer: 'xen/common/sched/core.c' },
];

function isBelow(path: string, { newer }: Move): boolean {
  return /[/_]$/.test(newer) ? path.startsWith(newer) : path === newer;
}

/** Where a release keeps what the newest one keeps at `path`, or below it. */
export function pathIn(path: string, release: string): string {
  const moved = MOVES.filter(({ since }) => compareReleases(release, since) < 0);
  return moved.reduce(
    (where, move) =>
      isBelow(where, move) ? `${move.older}${where.slice(move.newer.length)}` : where,
    path,
  );
}
