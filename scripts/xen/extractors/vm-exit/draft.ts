import type { Place } from '../../../../src/model/evidence.ts';
import { type GuestType, perGuest } from '../../../../src/model/guest-types.ts';
import type { FactOf } from '../../../../src/schema/fact.ts';
import type { Problem } from '../../../problems/problem.ts';
import { readBuildOptions, withBuildOptions } from '../../build-options.ts';
import type { Corpus } from '../../corpus.ts';
import { EvidenceList, presentIn } from '../../extractor.ts';
import type { Case } from './cases.ts';
import type { Exit } from './codes.ts';
import type { Change } from './intercepts.ts';
import { inRealMode } from './treatments/real-mode.ts';
import {
  CONTAINERS,
  type Container,
  type Intercept,
  type Provided,
  type ProvidedList,
  type Treatment,
} from './treatments/treatment.ts';

export type VmExitFact = FactOf<'vm-exit'>;

export interface Draft {
  readonly exit: Exit;
  readonly treatment: Treatment;
  readonly case: Case;
  readonly controls: readonly string[];
  readonly intercept: Intercept;
  readonly changes: readonly Change[];
  readonly atRunTime: readonly string[];
  /** Build options of the handler. */
  readonly kconfig: readonly string[];
  /** Names from what the case calls to the emulator; empty where it is not reached. */
  readonly emulatorPath: readonly string[];
  readonly decoderPath: readonly string[];
  readonly places: readonly Place[];
}

const NO_EXITS: Readonly<Record<Exclude<GuestType, Container>, string>> = {
  pv: 'PV domains do not run in a hardware-virtualized container, and have no VM exits.',
  'pv-dom0': 'PV domains do not run in a hardware-virtualized container, and have no VM exits.',
  'pv-shim':
    'The exits of the container are handled by the Xen below the shim; the PV guest has none of its own.',
  arm: 'The exits of VMX and SVM are those of x86.',
  'arm-dom0': 'The exits of VMX and SVM are those of x86.',
};

function isContainer(guest: GuestType): guest is Container {
  return (CONTAINERS as readonly GuestType[]).includes(guest);
}

/** Whether every handling refuses in the way that real mode would add. */
function alreadyRefuses(list: readonly Provided[], added: Provided): boolean {
  return list.every(({ how, effect }) => how === added.how && effect === added.effect);
}

function handlingsOf(draft: Draft, guest: Container): ProvidedList {
  const [first, ...rest] = draft.treatment.differs?.[guest] ?? draft.treatment.handlings;
  if (!draft.case.realMode) return [first, ...rest];
  const exits = [first, ...rest].filter(({ by }) => by === 'xen');
  const added = inRealMode(guest, draft.treatment, exits).filter(
    (one) => one.how !== 'refused' || !alreadyRefuses([first, ...rest], one),
  );
  return [first, ...rest, ...added];
}

/** `vmx-cpuid`, `svm-cr0-read`. */
export function slugOf({ vendor, name }: Exit): string {
  const words = name.replace(/^(?:EXIT_REASON|VMEXIT)_/, '').toLowerCase();
  return `${vendor}-${words.replaceAll('_', '-')}`;
}

function attributesOf(draft: Draft): VmExitFact['attributes'] {
  const { exit, treatment, emulatorPath } = draft;
  return {
    vendor: exit.vendor,
    name: exit.name,
    code: exit.code,
    handled: draft.case.handled,
    handler: draft.case.handler,
    emulates: emulatorPath.length === 0 ? 'no' : 'conditional',
    emulatesWhen: emulatorPath.length === 0 ? null : (treatment.emulates ?? null),
    emulatorPath: [...emulatorPath],
    decoderPath: [...draft.decoderPath],
    calls: [...draft.case.calls],
    intercept: {
      byDefault: draft.intercept,
      controls: [...draft.controls],
      changes: draft.changes.map((change) => ({ ...change, guards: [...change.guards] })),
      namedIn: [...draft.atRunTime],
    },
    kconfig: [...draft.kconfig],
    realMode: draft.case.realMode,
  };
}

export function factOf(
  corpus: Corpus,
  draft: Draft,
): { fact: VmExitFact; problems: readonly Problem[] } {
  const evidence = new EvidenceList(corpus);
  const cited = [...new Set(draft.places.map((place) => evidence.cite(place)))];
  const options = readBuildOptions(corpus);
  const withEvidence = ({ when, ...one }: Provided) => {
    const whole = withBuildOptions(when, options);
    const condition = whole === undefined ? {} : { when: whole };
    return { ...one, ...condition, origin: 'authored' as const, evidence: cited };
  };
  const fact: VmExitFact = {
    id: `vm-exit/${slugOf(draft.exit)}`,
    kind: 'vm-exit',
    title: draft.exit.name,
    guests: perGuest((guest) => {
      if (!isContainer(guest)) {
        return [{ how: 'absent', note: NO_EXITS[guest], evidence: cited.slice(0, 1) }];
      }
      const [first, ...rest] = handlingsOf(draft, guest);
      return [withEvidence(first), ...rest.map(withEvidence)];
    }),
    attributes: attributesOf(draft),
    evidence: evidence.items,
    origin: 'derived',
    release: corpus.release,
    history: presentIn(corpus.release),
  };
  return { fact, problems: evidence.problems };
}
