import { problem } from '../../../problems/problem.ts';
import { locateAll } from '../../construct.ts';
import type { Corpus } from '../../corpus.ts';
import type { Environment } from '../../expression.ts';
import { type Extraction, type Extractor, sortFacts } from '../../extractor.ts';
import { macroEnvironment } from '../../macro-environment.ts';
import { pathIn } from '../../moves.ts';
import { constructs as flagConstructs } from '../emulation-flag/constructs.ts';
import { readFlagSource } from '../emulation-flag/read.ts';
import { collectOpened, permittedToDom0 } from './bitmap.ts';
import { constructs } from './constructs.ts';
import { collectContainers } from './containers.ts';
import { acpiBlocks, pciConfigData, unclaimed } from './device-model.ts';
import { collectDom0 } from './dom0.ts';
import { factOf, type PortFact, type Source } from './draft.ts';
import { collectPv } from './pv.ts';

/** Headers and sources whose macros give ports. */
const PORT_MACROS = [
  'xen/include/public/hvm/ioreq.h',
  'xen/include/public/arch-x86/xen.h',
  'xen/arch/x86/include/asm/hvm/vpt.h',
  'xen/arch/x86/include/asm/mc146818rtc.h',
  'xen/arch/x86/include/asm/io-ports.h',
  'xen/arch/x86/include/asm/time.h',
  'xen/arch/x86/include/asm/hvm/io.h',
  'xen/arch/x86/include/asm/hvm/hvm.h',
  'xen/arch/x86/include/asm/hvm/support.h',
  'xen/arch/x86/hvm/pmtimer.c',
  'xen/arch/x86/emul-i8254.c',
  'xen/include/xen/pit.h',
] as const;

/** Variables in port expressions: no alias offset, and port 0x80 open as on most machines. */
const VARIABLES: Readonly<Record<string, bigint>> = { offs: 0n, hvm_port80_allowed: 1n };

function portEnvironment(corpus: Corpus): Environment {
  const macros = PORT_MACROS.flatMap(
    (path) => corpus.file(pathIn(path, corpus.release))?.macros ?? [],
  );
  const missing = ['PIT_CH0', 'RTC_PORT', 'XEN_HVM_DEBUGCONS_IOPORT', 'PIT_BASE'].filter(
    (name) => !macros.some((macro) => macro.name === name),
  );
  const elsewhere = corpus.filesWith('xen/', missing.length === 0 ? ['PIT_CH0'] : missing);
  return macroEnvironment([...macros, ...elsewhere.flatMap((file) => file.macros)], {
    name: (name) => VARIABLES[name],
  });
}

function extract(corpus: Corpus): Extraction<PortFact> {
  const { found, problems: missing } = locateAll(corpus, constructs);
  const flagSource = locateAll(corpus, flagConstructs);
  if (found === null || flagSource.found === null)
    return { facts: [], problems: [...missing, ...flagSource.problems] };
  const { source: flags, problems: unread } = readFlagSource(corpus, flagSource.found);
  if (flags === null) return { facts: [], problems: unread };
  const source: Source = { corpus, flags, ports: portEnvironment(corpus) };
  const collected = [
    collectContainers(source),
    collectOpened(source),
    collectDom0(source),
    collectPv(source, found.pvPermission, found.pvRead),
    {
      drafts: [
        permittedToDom0(found.hardwareDomain),
        ...acpiBlocks(found.acpi, source.ports),
        ...unclaimed(found.unclaimed, corpus.release),
        pciConfigData(found.pciAddress, corpus.release),
      ],
      problems: [],
    },
  ];
  const drafts = collected.flatMap((one) => one.drafts);
  const results = drafts.map((draft) => factOf(source, draft));
  const facts = sortFacts(results.map(({ fact }) => fact));
  const twice = facts.filter(({ id }, index) => facts[index - 1]?.id === id);
  return {
    facts,
    problems: [
      ...collected.flatMap((one) => one.problems),
      ...results.flatMap((result) => result.problems),
      ...twice.map(({ id }) =>
        problem(
          'entry-id',
          { path: `content/facts/${id}.md` },
          {
            actual: `a second place of the source for \`${id}\``,
            expected: 'one id for each place',
          },
        ),
      ),
    ],
  };
}

export const ioPort: Extractor<'io-port'> = {
  kind: 'io-port',
  constructs,
  minimum: 30,
  extract,
};
