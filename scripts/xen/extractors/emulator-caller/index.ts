import type { TreeEvidence } from '../../../../src/model/evidence.ts';
import { GUEST_TYPES, type GuestType, perGuest } from '../../../../src/model/guest-types.ts';
import type { FactOf } from '../../../../src/schema/fact.ts';
import { type Problem, problem } from '../../../problems/problem.ts';
import { readBuildOptions, withBuildOptions } from '../../build-options.ts';
import { type Call, readCalls } from '../../calls.ts';
import { locateAll } from '../../construct.ts';
import type { Corpus } from '../../corpus.ts';
import {
  EvidenceList,
  type Extraction,
  type Extractor,
  presentIn,
  seenBy,
  sortFacts,
} from '../../extractor.ts';
import { constructs } from './constructs.ts';
import { providedBy, sitesIn } from './sites/index.ts';
import type { Provided, Site } from './sites/site.ts';

type CallerFact = FactOf<'emulator-caller'>;

/** The code of x86, and its headers where they are in a folder of their own (up to 4.16). */
const FOLDERS = ['xen/arch/x86/', 'xen/include/asm-x86/'];
const CALLEES = [
  'x86_emulate',
  'x86_decode_insn',
  'handle_mmio',
  'handle_mmio_with_translation',
  'vmx_realmode_emulate_one',
];

/** The functions whose calls are facts: the fixed ones, and what the tree calls by the name `hvm_emulate_one*`. */
function calleesIn(corpus: Corpus): ReadonlySet<string> {
  const named = [...corpus.texts]
    .filter(([path]) => FOLDERS.some((folder) => path.startsWith(folder)))
    .flatMap(([, text]) => text.match(/\b_?hvm_emulate_one\w*(?=\s*\()/g) ?? []);
  return new Set([...CALLEES, ...named]);
}

interface CallSite {
  readonly path: string;
  readonly symbol: string;
  readonly call: Call;
  /** Place among the calls of the same callee in the same function, from 1. */
  readonly nth: number;
}

/** Every call, in the order of files and lines. */
function callSites(corpus: Corpus): CallSite[] {
  const callees = calleesIn(corpus);
  return FOLDERS.flatMap((folder) => corpus.filesWith(folder, callees)).flatMap((file) => {
    const seen = new Map<string, number>();
    return readCalls(corpus.reader, file, callees).flatMap((call): CallSite[] => {
      if (call.symbol === null || call.symbol === call.callee) return [];
      const key = `${call.symbol} ${call.callee}`;
      const nth = (seen.get(key) ?? 0) + 1;
      seen.set(key, nth);
      return [{ path: file.path, symbol: call.symbol, call, nth }];
    });
  });
}

function siteOf({ symbol, call, nth }: CallSite, known: readonly Site[]): Site | undefined {
  return known.find((site) => {
    if (site.call !== `${symbol} ${call.callee}`) return false;
    if (typeof site.at === 'string') return call.arguments.includes(site.at);
    return nth === (site.at ?? 1);
  });
}

/** Names of filters and tables of operations among the arguments of a call. */
function filterIn({ arguments: given }: Call): string | null {
  const names = given.map((argument) => argument.replace(/^&/, ''));
  return (
    names.find((name) => /^(?:x86_insn_)?is_\w+$|^x86_insn_is_\w+$|_ops\w*$/.test(name)) ?? null
  );
}

/** The filter of the site: as the table says, as the call says, or for `handle_mmio()` as its own call says. */
function filterOf(site: Site, call: Call, sites: readonly CallSite[]): string | null {
  if (site.filter !== undefined) return site.filter === 'none' ? null : site.filter;
  const own = filterIn(call);
  if (own !== null || !call.callee.startsWith('handle_mmio')) return own;
  const inner = sites.find(({ symbol }) => symbol === 'handle_mmio');
  return inner === undefined ? null : filterIn(inner.call);
}

/** Why a guest type that the caller does not serve has none of it. */
function absenceOf(guest: GuestType, { guests }: Site): string {
  if (guest === 'arm' || guest === 'arm-dom0') return 'The emulator is x86 code.';
  const isPv = (other: GuestType) => other === 'pv' || other.startsWith('pv-');
  const served = GUEST_TYPES.filter((other) => guests[other] !== undefined);
  if (served.some((other) => isPv(other) === isPv(guest))) {
    return 'The caller does not serve this guest type.';
  }
  return isPv(guest)
    ? 'The caller serves HVM domains; PV domains have callers of their own.'
    : 'The caller serves PV domains; HVM domains have callers of their own.';
}

/** Where the call stands: its start, the argument that singles it out, or what the table says. */
function placeOf({ path, symbol, call }: CallSite, { at, anchor }: Site): TreeEvidence {
  const own = typeof at === 'string' ? at.replace(/^&/, '') : `${call.callee}(`;
  return { path, symbol, anchor: anchor ?? own };
}

function factOf(
  corpus: Corpus,
  callSite: CallSite,
  site: Site,
  sites: readonly CallSite[],
): { fact: CallerFact; problems: readonly Problem[] } {
  const { symbol, call } = callSite;
  const evidence = new EvidenceList(corpus);
  const cited = [evidence.cite(placeOf(callSite, site))];
  const options = readBuildOptions(corpus);
  const fact: CallerFact = {
    id: `emulator-caller/${site.id}`,
    kind: 'emulator-caller',
    title: `${symbol}: ${site.trigger}`,
    guests: perGuest((guest) => {
      const [first, ...rest] = providedBy(site, guest, corpus.release);
      if (first === undefined) {
        return [{ how: 'absent', note: absenceOf(guest, site), evidence: cited }];
      }
      const seen = (one: Provided) => {
        const whole = withBuildOptions(one.when, options);
        const condition = whole === undefined ? {} : { when: whole };
        return { ...seenBy(guest, one), ...condition, evidence: cited };
      };
      return [seen(first), ...rest.map(seen)];
    }),
    attributes: {
      caller: symbol,
      callee: call.callee,
      trigger: site.trigger,
      executes: call.callee !== 'x86_decode_insn',
      filter: filterOf(site, call, sites),
      file: callSite.path,
      nth: callSite.nth,
    },
    evidence: evidence.items,
    origin: 'authored',
    release: corpus.release,
    history: presentIn(corpus.release),
  };
  return { fact, problems: evidence.problems };
}

function unlisted({ path, symbol, call, nth }: CallSite): Problem {
  return problem(
    'construct-unknown',
    { path, line: call.line },
    {
      actual: `call ${nth} of \`${call.callee}\` in \`${symbol}\``,
      expected: 'an entry of `HVM_SITES`, `VENDOR_SITES` or `OTHER_SITES`',
      repair: `Say what triggers it in \`sites/\` of the extractor \`emulator-caller\`.`,
    },
  );
}

function extract(corpus: Corpus): Extraction<CallerFact> {
  const { found, problems: missing } = locateAll(corpus, constructs);
  if (found === null) return { facts: [], problems: missing };
  const sites = callSites(corpus);
  const known = sitesIn(corpus.release);
  const problems: Problem[] = [];
  const facts: CallerFact[] = [];
  for (const callSite of sites) {
    const site = siteOf(callSite, known);
    if (site === undefined) {
      problems.push(unlisted(callSite));
      continue;
    }
    const result = factOf(corpus, callSite, site, sites);
    facts.push(result.fact);
    problems.push(...result.problems);
  }
  const ids = facts.map(({ id }) => id);
  const twice = [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))];
  const again = twice.map((id) =>
    problem(
      'entry-id',
      { path: `content/facts/${id}.md` },
      { actual: `a second call for \`${id}\``, expected: 'one id for each call' },
    ),
  );
  return { facts: sortFacts(facts), problems: [...problems, ...again] };
}

export const emulatorCaller: Extractor<'emulator-caller'> = {
  kind: 'emulator-caller',
  constructs,
  minimum: 20,
  extract,
};
