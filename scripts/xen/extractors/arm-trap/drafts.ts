/** Drafts of what is no label of a dispatcher: bits of the trap controls, hidden features, and what does not trap. */
import { isInSpan } from '../../../../src/model/release.ts';
import { type Problem, problem } from '../../../problems/problem.ts';
import type { Found } from '../../construct.ts';
import type { Corpus } from '../../corpus.ts';
import { listBits, readHidden, readSettings, type Setting } from './controls.ts';
import { attributesOf, type Definition, type Draft, definitionsOf, slug } from './draft.ts';
import { EXTRAS } from './extras/index.ts';
import { both, type Place } from './treatment.ts';
import { CONTROLS, type Control } from './treatments/controls.ts';
import { HIDDEN_FEATURES } from './treatments/hidden.ts';

export interface Drafts {
  readonly drafts: readonly Draft[];
  readonly problems: readonly Problem[];
}

function unknown(path: string, actual: string, table: string): Problem {
  return problem(
    'construct-unknown',
    { path },
    {
      actual,
      expected: 'what a treatment says',
      repair: `Say in \`${table}\` of the extractor \`arm-trap\` what it means for a guest.`,
    },
  );
}

function draftControl(
  bit: string,
  control: Control,
  settings: readonly Setting[],
  header: string,
  definition: Definition,
): Draft {
  const [first, ...rest] = settings.map(
    ({ path, symbol }): Place => ({ path, symbol, anchor: bit }),
  );
  const handlers = Object.entries(control.handledBy ?? {}).flatMap(([name, anchor]) =>
    definitionsOf(definition, name).map((place) =>
      anchor === null ? place : { ...place, anchor },
    ),
  );
  const listed: Place = { path: header, symbol: bit };
  return {
    id: `control-${slug(bit)}`,
    title: `${bit}: ${control.meaning}`,
    attributes: attributesOf({
      register: control.register,
      group: 'trap-control',
      names: [bit],
      handler: settings[0]?.symbol ?? bit,
    }),
    cells: {
      arm: control.forDomU === undefined ? control.cell : [...control.cell, control.forDomU],
      'arm-dom0': control.cell,
    },
    places: first === undefined ? [listed, ...handlers] : [first, ...rest, listed, ...handlers],
  };
}

/** Every bit that the header lists, set or not; one that is set elsewhere than the table says is a problem. */
export function draftControls(corpus: Corpus, header: Found, definition: Definition): Drafts {
  const settings = readSettings(corpus);
  const drafts: Draft[] = [];
  const problems: Problem[] = [];
  for (const bit of listBits(header)) {
    const control = CONTROLS[bit]?.find((one) => isInSpan(one, corpus.release));
    const found = settings.filter((one) => one.bit === bit);
    const setBy = found.map(({ symbol }) => symbol);
    if (control === undefined) {
      problems.push(unknown(header.path, `bit \`${bit}\``, 'CONTROLS'));
    } else if (setBy.join() !== control.setBy.join()) {
      const where = setBy.length === 0 ? 'nowhere' : `in \`${setBy.join('`, `')}\``;
      const path = found[0]?.path ?? header.path;
      problems.push(unknown(path, `bit \`${bit}\`, which is set ${where}`, 'CONTROLS'));
    } else {
      drafts.push(draftControl(bit, control, found, header.path, definition));
    }
  }
  const listed = new Set(listBits(header));
  problems.push(
    ...settings
      .filter(({ bit }) => !listed.has(bit))
      .map(({ bit, path }) => unknown(path, `bit \`${bit}\`, which no header lists`, 'CONTROLS')),
  );
  return { drafts, problems };
}

/** The CPU features that Xen hides, by the fields that it clears. */
export function draftHidden(corpus: Corpus, { path, text }: Found): Drafts {
  const fields = readHidden(text);
  const features = HIDDEN_FEATURES.filter((one) => isInSpan(one, corpus.release));
  const known = new Set(features.flatMap((feature) => feature.fields));
  const present = new Set(fields.map(({ word, field }) => `${word}.${field}`));
  const problems = [
    ...[...present].filter((name) => !known.has(name)).map((name) => `field \`${name}\``),
    ...[...known].filter((name) => !present.has(name)).map((name) => `no field \`${name}\``),
    ...(fields.length === present.size ? [] : ['a field twice']),
  ].map((actual) => unknown(path, `${actual} cleared for guests`, 'HIDDEN_FEATURES'));
  const drafts = features.flatMap((feature): Draft[] => {
    const cleared = fields.filter(({ word, field }) => feature.fields.includes(`${word}.${field}`));
    const [first] = cleared;
    if (first === undefined) return [];
    const { later } = feature;
    const isLater = later !== undefined && isInSpan(later, corpus.release);
    const symbol = first.structure.replace(/^(\w+?)_cpuinfo$/, 'create_$1_cpuinfo');
    return [
      {
        id: feature.id,
        title: feature.title,
        attributes: attributesOf({
          group: 'cpu-feature',
          names: cleared.map(({ word, field }) => `${word}.${field}`),
          handler: symbol,
          traps: ['HCR_TID3'],
        }),
        cells: both(...(isLater ? later.cell : feature.cell)),
        places: [{ path, symbol, anchor: `${first.word}.${first.field}` }],
      },
    ];
  });
  return { drafts, problems };
}

/** What is authored with evidence alone. */
export function draftExtras(release: string, definition: Definition): readonly Draft[] {
  const extras = EXTRAS.filter((one) => isInSpan(one, release));
  return extras.map(({ id, title, place, cells, places, ...extra }) => ({
    id,
    title,
    attributes: attributesOf({
      ...extra,
      names: [...extra.names],
      handler: place.symbol,
      traps: [...(extra.traps ?? [])],
    }),
    cells,
    places: [place, ...definitionsOf(definition, extra.answer), ...(places ?? [])],
  }));
}

/** The functions with which platforms answer calls to their firmware, and the dispatchers that show them. */
const PLATFORMS: ReadonlySet<string> = new Set(['zynqmp_smc', 'imx8qm_smc']);

/** A platform that answers calls and that no dispatcher shows is a problem. */
export function checkPlatforms(corpus: Corpus): Problem[] {
  return [...corpus.texts].flatMap(([path, text]) => {
    if (!/^xen\/arch\/arm\/platforms\/.*\.c$/.test(path)) return [];
    const names = [...text.matchAll(/^ +\.smc = (\w+),/gm)].map(([, name = '']) => name);
    return names
      .filter((name) => !PLATFORMS.has(name))
      .map((name) => unknown(path, `calls of a platform that \`${name}\` answers`, 'PLATFORMS'));
  });
}
