/** The bits of the trap controls: those that the header lists, and where Xen sets them for its guests. */
import type { CFile } from '../../c-file.ts';
import type { Found } from '../../construct.ts';
import type { Corpus } from '../../corpus.ts';
import { blankComments } from '../../source-mask.ts';

/** A place of the source that sets a bit for a guest. */
export interface Setting {
  readonly bit: string;
  readonly path: string;
  readonly symbol: string;
}

const BIT = /\b(?:HCR|HDCR|HCPTR|HSTR)_(?!EL2)[A-Z]\w*\b/g;

/** Values of a field of several bits, and masks, are no bits of their own. */
const NO_BIT = /^(?:HCR_BSU_(?:MASK|NONE|OUTER|FULL)|HCPTR_CP_MASK)$/;

/** The bits that the header lists, in its order. */
export function listBits({ text }: Pick<Found, 'text'>): string[] {
  const names = [...text.matchAll(/^#define (H(?:CR|DCR|CPTR|STR)_[A-Z]\w*)/gm)];
  return names.map(([, name = '']) => name).filter((name) => !NO_BIT.test(name));
}

/** Statements that set a bit of a guest's trap controls. */
const SETS =
  /\bvcpu_hcr_set_flags\([^;]*;|\b(?:hcr|cptr|mdcr|hstr)_el2\s*\|?=[^=;]*;|\bWRITE_SYSREG\(\s*H(?:STR|DCR)_[^;]*;|\bWRITE_SYSREG\(\s*\(?HCPTR_[^;]*;/g;

const DEFAULTS = new Set(['get_default_hcr_flags', 'get_default_cptr_flags']);

function settingsIn(file: CFile, plain: string): Setting[] {
  return file.functions.flatMap(({ name, start, end }) => {
    const body = plain.slice(start, end);
    const parts = DEFAULTS.has(name) ? [body] : (body.match(SETS) ?? []);
    const bits = parts.flatMap((part) => part.match(BIT) ?? []);
    return [...new Set(bits)]
      .filter((bit) => !NO_BIT.test(bit))
      .map((bit) => ({ bit, path: file.path, symbol: name }));
  });
}

/** Every place that sets a bit, by path and in source order. */
export function readSettings(corpus: Corpus): Setting[] {
  const setters = [
    'vcpu_hcr_set_flags',
    'hcr_el2',
    'HSTR_EL2',
    'MDCR_EL2',
    'CPTR_EL2',
    ...DEFAULTS,
  ];
  return corpus
    .filesWith('xen/arch/arm/', setters)
    .filter(({ path }) => path.endsWith('.c'))
    .flatMap((file) => settingsIn(file, blankComments(file.text)));
}

/** A field of the ID registers that a guest reads as zero although the host has it. */
export interface Hidden {
  readonly word: string;
  readonly field: string;
  /** 1-based. */
  readonly line: number;
  /** Name of the structure in the source. */
  readonly structure: string;
}

/** `domain_cpuinfo.pfr64.mpam = 0;` and the like. */
export function readHidden(text: string): Hidden[] {
  return text.split('\n').flatMap((line, index) => {
    const match = /^ +((?:domain|guest)_cpuinfo)\.(\w+)\.(\w+)(?:\[0\])? = 0;/.exec(line);
    if (match === null) return [];
    const [, structure = '', word = '', field = ''] = match;
    return [{ word, field, line: index + 1, structure }];
  });
}
