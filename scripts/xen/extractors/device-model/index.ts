import { perGuest } from '../../../../src/model/guest-types.ts';
import { isInSpan } from '../../../../src/model/release.ts';
import type { FactOf } from '../../../../src/schema/fact.ts';
import { type Problem, problem } from '../../../problems/problem.ts';
import { type BuildOptions, readBuildOptions, withBuildOptions } from '../../build-options.ts';
import { locateAll } from '../../construct.ts';
import type { Corpus } from '../../corpus.ts';
import { anchorFor } from '../../evidence.ts';
import {
  EvidenceList,
  type Extraction,
  type Extractor,
  presentIn,
  sortFacts,
} from '../../extractor.ts';
import type { Argument } from './arguments.ts';
import { cellOf } from './cells.ts';
import { claimArguments, readAllArguments } from './claims.ts';
import { constructs } from './constructs.ts';
import { type Device, HVM_MACHINES, type Offered, type Place } from './device.ts';
import { DEVICES } from './devices/index.ts';
import { audienceOf } from './guards.ts';
import { checkKeys, type Key, placesOfKey, readAllKeys, settingsOf } from './settings-of.ts';

type DeviceFact = FactOf<'device-model'>;

/** Names that can single out an argument’s line, the most telling first. */
function namesIn(text: string): string[] {
  const words = [...text.matchAll(/-?[A-Za-z][\w.-]+/g)].map(([word]) => word);
  return [...words.filter((word) => !word.startsWith('-')), ...words];
}

function placeOf(corpus: Corpus, { path, symbol, line, optionLine, text }: Argument): Place {
  const names = namesIn(text);
  const anchor =
    anchorFor(corpus, path, symbol, line, names) ??
    anchorFor(corpus, path, symbol, optionLine, names);
  return anchor === null ? { path, symbol } : { path, symbol, anchor };
}

/** Option and name of the value, without what is filled in. */
function shortText({ text, literal }: Argument): string {
  const [option = '', value = ''] = text.split(' ');
  if (option.startsWith('b_info->')) return option.replace(/^b_info->|\[.*$/g, '');
  const name = /^[A-Za-z/][\w./-]*(?:,accel=\w+)?/.exec(value)?.[0] ?? '';
  const isName = literal && value[name.length] !== '=';
  return name !== '' && isName ? `${option} ${name}` : option;
}

function argumentList(found: readonly Argument[]): DeviceFact['attributes']['arguments'] {
  const list = found.map((argument) => ({
    text: shortText(argument),
    for: audienceOf(argument),
  }));
  const unique = new Map(list.map((item) => [`${item.text}\n${item.for}`, item]));
  return [...unique.values()].sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
}

/** The condition with the build options that it rests on; what is refused is refused without them as well. */
function conditionOf({ how, when }: Offered, options: BuildOptions): Pick<Offered, 'when'> {
  if (when === undefined || how === 'refused') return {};
  return { when: withBuildOptions(when, options) };
}

function factOf(
  corpus: Corpus,
  device: Device,
  found: readonly Argument[],
  keys: ReadonlyMap<string, Key>,
  options: BuildOptions,
) {
  const evidence = new EvidenceList(corpus);
  const cite = ({ since: _since, until: _until, ...place }: Place) => evidence.cite(place);
  const base = [
    ...found.map((argument) => placeOf(corpus, argument)),
    ...(device.places ?? []).filter((place) => isInSpan(place, corpus.release)),
    ...(device.keys ?? []).flatMap((name) => {
      const key = keys.get(name);
      return key === undefined ? [] : placesOfKey(corpus, key);
    }),
  ].map(cite);
  const own = [...new Set(base)];
  const fact: DeviceFact = {
    id: `device-model/${device.id}`,
    kind: 'device-model',
    title: device.title,
    guests: perGuest((guest) => {
      const { handlings, places } = cellOf(device, guest);
      const positions = [...new Set([...own, ...places.map(cite)])];
      const whole = ({ since: _since, until: _until, ...handling }: Offered) => ({
        ...handling,
        ...conditionOf(handling, options),
        evidence: positions,
      });
      const [first, ...rest] = handlings
        .filter((offered) => isInSpan(offered, corpus.release))
        .map(whole);
      if (first === undefined) {
        throw new Error(`No cell of ${device.id} for ${guest} in ${corpus.release}`);
      }
      return [first, ...rest];
    }),
    attributes: {
      device: device.device,
      option: device.option,
      default: device.default,
      machine: device.machines.length === 0 ? null : device.machines.join(', '),
      arguments: argumentList(found),
      settings: settingsOf(device, keys),
    },
    evidence: evidence.items,
    origin: 'authored',
    release: corpus.release,
    history: presentIn(corpus.release),
  };
  return { fact, problems: [...evidence.problems, ...checkAudience(device, found)] };
}

/** A device of the machines for HVM guests must be passed to HVM guests only. */
function checkAudience(device: Device, found: readonly Argument[]): Problem[] {
  if (device.machines.length === 0 || !device.machines.every((m) => isHvmMachine(m))) return [];
  if (device.id === 'spawn-hvm') return [];
  return found
    .filter((argument) => audienceOf(argument) !== 'hvm')
    .map(({ path, line, text }) =>
      problem(
        'construct-unread',
        { path, line },
        {
          actual: `\`${text}\` outside of what libxl does for HVM guests`,
          expected: `an argument for HVM guests only, as \`${device.id}\` says`,
        },
      ),
    );
}

function isHvmMachine(machine: string): boolean {
  return HVM_MACHINES.some((name) => name === machine);
}

function extract(corpus: Corpus): Extraction<DeviceFact> {
  const { found, problems: missing } = locateAll(corpus, constructs);
  if (found === null) return { facts: [], problems: missing };
  const devices = DEVICES.filter((device) => isInSpan(device, corpus.release));
  const claimed = claimArguments(corpus, devices, readAllArguments(corpus));
  const keys = readAllKeys(corpus);
  const options = readBuildOptions(corpus);
  const results = devices.map((device) =>
    factOf(corpus, device, claimed.byDevice.get(device.id) ?? [], keys, options),
  );
  return {
    facts: sortFacts(results.map(({ fact }) => fact)),
    problems: [
      ...claimed.problems,
      ...checkKeys(corpus, DEVICES, keys),
      ...results.flatMap(({ problems }) => problems),
    ],
  };
}

export const deviceModel: Extractor<'device-model'> = {
  kind: 'device-model',
  constructs,
  minimum: 40,
  extract,
};
