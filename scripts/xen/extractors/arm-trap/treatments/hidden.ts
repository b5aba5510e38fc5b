/** The CPU features that Xen hides from guests. */
import type { Span } from '../../../../../src/model/release.ts';
import type { Provided, ProvidedList } from '../treatment.ts';
import { THUMBEE } from './controls.ts';

const HIDDEN: Provided = { how: 'hidden', by: 'xen', note: 'Guests read that the CPU lacks it.' };

interface HiddenFeature extends Span {
  /** As `word.field` in the source. */
  readonly fields: readonly string[];
  readonly id: string;
  readonly title: string;
  readonly cell: ProvidedList;
  /** From this release on the cell is `later`. */
  readonly later?: { readonly since: string; readonly cell: ProvidedList };
}

const SVE_LATER: ProvidedList = [
  HIDDEN,
  {
    how: 'opt-in',
    by: 'xen',
    when: { guest: ['sve'], kconfig: ['CONFIG_ARM64_SVE'] },
    note: 'The domain reads what the host has.',
  },
];

/** CPU features that Xen hides, by the fields of the ID registers that it clears. */
export const HIDDEN_FEATURES: readonly HiddenFeature[] = [
  feature('mpam', 'Memory partitioning and monitoring (MPAM)', 'pfr64.mpam pfr64.mpam_frac'),
  {
    ...feature('sve', 'Scalable vector extension (SVE)', 'pfr64.sve zfr64.bits'),
    later: { since: '4.18', cell: SVE_LATER },
  },
  { ...feature('sme', 'Scalable matrix extension (SME)', 'pfr64.sme'), since: '4.20' },
  feature('mte', 'Memory tagging (MTE)', 'pfr64.mte'),
  feature('pac', 'Pointer authentication (PAC)', 'isa64.apa isa64.api isa64.gpa isa64.gpi'),
  feature('amu', 'Activity monitors (AMU)', 'pfr64.amu pfr32.amu'),
  { ...feature('thumbee', 'ThumbEE', 'pfr32.thumbee'), since: THUMBEE },
  feature(
    'ras',
    'Reliability, availability and serviceability (RAS)',
    'pfr64.ras pfr64.ras_frac pfr32.ras pfr32.ras_frac',
  ),
];

function feature(id: string, title: string, fields: string): HiddenFeature {
  return { id: `hidden-${id}`, title, fields: fields.split(' '), cell: [HIDDEN] };
}
