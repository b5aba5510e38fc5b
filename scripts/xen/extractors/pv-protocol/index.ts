import { perGuest } from '../../../../src/model/guest-types.ts';
import { isInSpan } from '../../../../src/model/release.ts';
import type { FactOf } from '../../../../src/schema/fact.ts';
import { type Problem, problem } from '../../../problems/problem.ts';
import type { AuthoredPlace } from '../../authored.ts';
import { type Found, locateAll } from '../../construct.ts';
import type { Corpus } from '../../corpus.ts';
import {
  EvidenceList,
  type Extraction,
  type Extractor,
  presentIn,
  sortFacts,
} from '../../extractor.ts';
import { readStatusRows, type StatusRow } from '../support-status/rows.ts';
import { cellOf } from './cells.ts';
import { constructs } from './constructs.ts';
import {
  type DeviceType,
  readCounted,
  readDeviceTable,
  readDeviceTypes,
  readQemuKinds,
} from './device-types.ts';
import { partiesOf, rowsBelow } from './parties.ts';
import type { Protocol } from './protocol.ts';
import { PROTOCOLS, XL_PARSE } from './protocols.ts';
import { checkListed } from './unlisted.ts';

type ProtocolFact = FactOf<'pv-protocol'>;
export const HEADERS = 'xen/include/public/io/';

/** What the source says beside the headers. */
interface Source {
  readonly corpus: Corpus;
  readonly types: readonly DeviceType[];
  readonly qemuKinds: readonly string[];
  readonly counted: readonly string[];
  readonly rows: readonly StatusRow[];
}

function readSource(
  corpus: Corpus,
  found: Readonly<Record<keyof typeof constructs, Found>>,
): Source {
  const [need] = found.needQemu.files.flatMap((file) =>
    file.functions
      .filter(({ name, isEmpty }) => name === 'libxl__need_xenpv_qemu' && !isEmpty)
      .map(({ start, end }) => file.text.slice(start, end)),
  );
  const [kinds] = found.qemuKinds.files.flatMap(({ macros }) =>
    macros.filter(({ name, body }) => name === 'QEMU_BACKEND' && body !== ''),
  );
  const counted = readCounted(need ?? '');
  return {
    corpus,
    types: readDeviceTypes(corpus, readDeviceTable(found.table.text), counted),
    qemuKinds: readQemuKinds(kinds?.body ?? ''),
    counted,
    rows: readStatusRows(found.support.text).rows,
  };
}

/** The start of the header: its guard, or its first structure. */
function headerPlace(path: string, text: string): AuthoredPlace {
  const anchor = /^(?:#ifndef \w+|struct \w+)/m.exec(text)?.[0];
  return anchor === undefined ? { path } : { path, anchor };
}

function attributesOf(
  protocol: Protocol,
  types: readonly DeviceType[],
  { qemuKinds, counted, rows }: Source,
): ProtocolFact['attributes'] {
  const kinds = [...types.map(({ kind }) => kind), ...(protocol.kinds ?? [])];
  return {
    header: `${HEADERS}${protocol.header}`,
    role: protocol.role,
    devices: types.map(({ name, kind }) => ({ name, kind })),
    option: protocol.option ?? null,
    ...partiesOf(protocol, rows),
    qemu: {
      backend: kinds.some((kind) => qemuKinds.includes(kind)),
      started:
        types.some(({ startsQemu }) => startsQemu) ||
        (protocol.arrays ?? []).some((array) => counted.includes(array)),
    },
  };
}

function factOf(source: Source, protocol: Protocol) {
  const { corpus } = source;
  const path = `${HEADERS}${protocol.header}`;
  const types = source.types.filter(({ name }) => protocol.devices?.includes(name));
  const evidence = new EvidenceList(corpus);
  const cite = ({ since: _since, until: _until, ...place }: AuthoredPlace) => evidence.cite(place);
  const base = [
    headerPlace(path, corpus.texts.get(path) ?? ''),
    ...types.map((type) => ({ path: type.path, anchor: type.anchor })),
    ...(protocol.option === undefined
      ? []
      : [{ path: XL_PARSE, anchor: `config, "${protocol.option}"` }]),
    ...(protocol.places ?? []).filter((place) => isInSpan(place, corpus.release)),
  ].map(cite);
  for (const { name: _name, ...place } of protocol.backends ?? []) cite(place);
  for (const heading of [protocol.support?.backend, protocol.support?.frontend]) {
    const [row] = rowsBelow(heading, source.rows);
    if (row !== undefined) cite({ path: 'SUPPORT.md', symbol: row.heading });
  }
  const fact: ProtocolFact = {
    id: `pv-protocol/${protocol.header.replace(/\.h$/, '').replaceAll('_', '-')}`,
    kind: 'pv-protocol',
    title: protocol.title,
    guests: perGuest((guest) => {
      const { handlings, places } = cellOf(protocol, guest, corpus.release);
      const positions = [...base, ...places.map(cite)];
      const [first, ...rest] = handlings;
      return [
        { ...first, evidence: positions },
        ...rest.map((handling) => ({ ...handling, evidence: positions })),
      ];
    }),
    attributes: attributesOf(protocol, types, source),
    evidence: evidence.items,
    origin: 'authored',
    release: corpus.release,
    history: presentIn(corpus.release),
  };
  return { fact, problems: evidence.problems };
}

function extract(corpus: Corpus): Extraction<ProtocolFact> {
  const { found, problems: missing } = locateAll(corpus, constructs);
  if (found === null) return { facts: [], problems: missing };
  const source = readSource(corpus, found);
  const headers = [...corpus.texts.keys()].filter((path) => path.startsWith(HEADERS)).sort();
  const listed = PROTOCOLS.filter(({ header }) => headers.includes(`${HEADERS}${header}`));
  const results = listed.map((protocol) => factOf(source, protocol));
  const gone = PROTOCOLS.filter((protocol) => !listed.includes(protocol));
  const problems: Problem[] = [
    ...gone.map(({ header }) =>
      problem(
        'construct-missing',
        { path: `${HEADERS}${header}` },
        {
          actual: `no header \`${header}\` in ${corpus.label}`,
          expected: 'every header that `PROTOCOLS` lists',
          repair: 'Say in `PROTOCOLS` of the extractor `pv-protocol` in which releases it is.',
        },
      ),
    ),
    ...checkListed(headers, source.types, found.qemuKinds.path, source.qemuKinds, source.rows),
    ...results.flatMap((result) => result.problems),
  ];
  return { facts: sortFacts(results.map(({ fact }) => fact)), problems };
}

export const pvProtocol: Extractor<'pv-protocol'> = {
  kind: 'pv-protocol',
  constructs,
  minimum: 18,
  extract,
};
