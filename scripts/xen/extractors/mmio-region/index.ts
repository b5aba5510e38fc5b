import { GUEST_TYPE_WORDS, type GuestType, perGuest } from '../../../../src/model/guest-types.ts';
import { isInSpan } from '../../../../src/model/release.ts';
import type { FactOf } from '../../../../src/schema/fact.ts';
import { type Problem, problem } from '../../../problems/problem.ts';
import { constructsOf, locateAll } from '../../construct.ts';
import type { Corpus } from '../../corpus.ts';
import {
  EvidenceList,
  type Extraction,
  type Extractor,
  presentIn,
  seenBy,
  sortFacts,
} from '../../extractor.ts';
import { ARM_SITES } from './arm-sites.ts';
import { constructs } from './constructs.ts';
import { HVM_SITES } from './hvm-sites.ts';
import { PV_SITES } from './pv-sites.ts';
import {
  guardText,
  type Registration,
  readDefined,
  readForwarded,
  readMapped,
  readRaw,
  readRegistered,
} from './registrations.ts';
import { BOOKKEEPING, type ProvidedList, type Site } from './site.ts';

const SITES: readonly Site[] = [...HVM_SITES, ...PV_SITES, ...ARM_SITES];

type RegionFact = FactOf<'mmio-region'>;

/** The choice of an ioreq server, from Xen 4.15 on and before. */
const SELECT_SERVER = ['ioreq_server_select', 'hvm_select_ioreq_server'] as const;

function readAll(corpus: Corpus): Registration[] {
  return [
    ...readRegistered(corpus),
    ...readRaw(corpus),
    ...readDefined(
      corpus,
      corpus.file('xen/arch/x86/pv/ro-page-fault.c'),
      'x86_emulate_ops',
      'page-fault',
    ),
    ...readForwarded(corpus.file('xen/arch/x86/hvm/emulate.c'), 'hvmemul_do_io', SELECT_SERVER),
    ...readForwarded(corpus.file('xen/arch/arm/ioreq.c'), 'try_fwd_ioserv', ['try_fwd_ioserv']),
    ...readMapped(corpus),
    ...readDefined(corpus, corpus.file('xen/arch/x86/hvm/emulate.c'), 'hvm_io_ops', 'default'),
    ...readDefined(corpus, corpus.file('xen/arch/arm/io.c'), 'mmio_handler_ops', 'default'),
  ];
}

/** Guards that decide about the guest type. */
function gatesOf({ guards }: Registration): string[] {
  return guards.map(guardText).filter((text) => !BOOKKEEPING.some((known) => known.test(text)));
}

function siteOf(sites: readonly Site[], { operations, symbol }: Registration): Site | undefined {
  return sites.find(
    (site) => site.ops === operations.name && (site.symbol === undefined || site.symbol === symbol),
  );
}

/** The cell of a guest type in a release. Throws for a cell without a handling then: that is a bug of the table. */
function cellOf(site: Site, guest: GuestType, release: string): ProvidedList {
  const cell = site.cells[guest];
  if (cell !== undefined) {
    const [first, ...rest] = cell
      .filter((provided) => isInSpan(provided, release))
      .map(({ since: _since, until: _until, ...provided }) => provided);
    if (first === undefined) throw new Error(`No cell of ${site.id} for ${guest} in ${release}`);
    return [first, ...rest];
  }
  const { architecture } = GUEST_TYPE_WORDS[guest];
  if (architecture === site.arch) return [{ how: 'absent', note: site.absence }];
  return [{ how: 'absent', note: `The region is one of ${site.arch === 'arm' ? 'Arm' : 'x86'}.` }];
}

function addressIn({ address, formerly }: Site, release: string): string | null {
  if (formerly !== undefined && isInSpan({ until: formerly.until }, release))
    return formerly.address;
  return address ?? null;
}

function factOf(corpus: Corpus, site: Site, registration: Registration) {
  const { file, symbol, operations, how, anchor } = registration;
  const evidence = new EvidenceList(corpus);
  const cited = [
    evidence.cite({
      path: file.path,
      symbol: symbol ?? anchor,
      ...(symbol === null || symbol === anchor ? {} : { anchor }),
    }),
    ...(site.places ?? [])
      .filter((place) => isInSpan(place, corpus.release))
      .map(({ since: _since, until: _until, ...place }) => evidence.cite(place)),
  ];
  const fact: RegionFact = {
    id: `mmio-region/${site.id}`,
    kind: 'mmio-region',
    title: site.title,
    guests: perGuest((guest) => {
      const [first, ...rest] = cellOf(site, guest, corpus.release);
      return [
        { ...seenBy(guest, first), evidence: cited },
        ...rest.map((one) => ({ ...seenBy(guest, one), evidence: cited })),
      ];
    }),
    attributes: {
      ops: operations.name,
      handler: symbol,
      device: site.device,
      arch: site.arch,
      address: addressIn(site, corpus.release),
      read: operations.read,
      write: operations.write,
      registration: how,
      gates: gatesOf(registration),
    },
    evidence: evidence.items,
    origin: 'authored',
    release: corpus.release,
    history: presentIn(corpus.release),
  };
  return { fact, problems: evidence.problems };
}

function unknown({ file, line }: Registration, actual: string, expected: string): Problem {
  return problem(
    'construct-unknown',
    { path: file.path, line },
    {
      actual,
      expected,
      repair:
        'Say in the `SITES` of the extractor `mmio-region` what it means for each guest type.',
    },
  );
}

/** Guards that the cells do not account for, and those that they do and that are gone. */
function checkGates(site: Site, registration: Registration): Problem[] {
  const found = gatesOf(registration);
  const listed = site.gates ?? [];
  return [
    ...found.filter((gate) => !listed.includes(gate)).map((gate) => `guard \`${gate}\``),
    ...listed.filter((gate) => !found.includes(gate)).map((gate) => `no guard \`${gate}\``),
  ].map((actual) => unknown(registration, actual, `the guards that \`${site.id}\` lists`));
}

function gone(corpus: Corpus, { ops, id }: Site): Problem {
  return problem(
    'construct-missing',
    { path: 'xen/' },
    {
      actual: `no registration of \`${ops}\` in ${corpus.label}`,
      expected: `one for \`${id}\``,
      repair: 'Say in the `SITES` of the extractor `mmio-region` in which releases it is.',
    },
  );
}

function extract(corpus: Corpus): Extraction<RegionFact> {
  const { found, problems: missing } = locateAll(corpus, constructsOf(constructs, corpus.release));
  if (found === null) return { facts: [], problems: missing };
  const sites = SITES.filter((site) => isInSpan(site, corpus.release));
  const pairs = readAll(corpus).map((registration) => ({
    registration,
    site: siteOf(sites, registration),
  }));
  const facts: RegionFact[] = [];
  const problems: Problem[] = [];
  for (const { registration, site } of pairs) {
    if (site === undefined) {
      const where = `\`${registration.operations.name}\` in \`${registration.symbol ?? registration.file.path}\``;
      problems.push(unknown(registration, `a handler ${where}`, 'one that `SITES` lists'));
      continue;
    }
    const result = factOf(corpus, site, registration);
    facts.push(result.fact);
    problems.push(...checkGates(site, registration), ...result.problems);
  }
  const seen = new Set(pairs.map(({ site }) => site));
  problems.push(...sites.filter((site) => !seen.has(site)).map((site) => gone(corpus, site)));
  const sorted = sortFacts(facts);
  const twice = sorted.filter(({ id }, index) => sorted[index - 1]?.id === id);
  problems.push(
    ...twice.map(({ id }) =>
      problem(
        'entry-id',
        { path: `content/facts/${id}.md` },
        { actual: `a second registration for \`${id}\``, expected: 'one id for each registration' },
      ),
    ),
  );
  return { facts: sorted, problems };
}

export const mmioRegion: Extractor<'mmio-region'> = {
  kind: 'mmio-region',
  constructs,
  minimum: 20,
  extract,
};
