import type { Content } from '../../src/data/content.ts';
import { GUEST_TYPES, type GuestType } from '../../src/model/guest-types.ts';
import type { Handling } from '../../src/model/handling.ts';
import { answerSchema } from '../../src/schema/answer.ts';
import { factSchema } from '../../src/schema/fact.ts';
import { featureSchema } from '../../src/schema/feature.ts';
import { guideSchema } from '../../src/schema/guide.ts';
import { sourcesSchema } from '../../src/schema/sources.ts';
import { threadSchema } from '../../src/schema/thread.ts';
import { witnessSchema } from '../../src/schema/witness.ts';

/** A small content for tests, written by hand and held to the schemas. */

const ABSENT: Handling = { how: 'absent', evidence: [0] };

function columns(some: Partial<Record<GuestType, readonly Handling[]>>) {
  return Object.fromEntries(GUEST_TYPES.map((guest) => [guest, some[guest] ?? [ABSENT]]));
}

function column<T>(value: T) {
  return Object.fromEntries(GUEST_TYPES.map((guest) => [guest, value]));
}

const release = '4.22.0';
const extracted = { origin: 'extracted', release, history: [] } as const;

const flag = factSchema.parse({
  kind: 'emulation-flag',
  id: 'emulation-flag/lapic',
  title: 'XEN_X86_EMU_LAPIC',
  ...extracted,
  guests: columns({ hvm: [{ how: 'emulated', by: 'xen', evidence: [0] }] }),
  evidence: [{ path: 'xen/arch/x86/domain.c', symbol: 'emulation_flags_ok', line: 765 }],
  attributes: {
    name: 'XEN_X86_EMU_LAPIC',
    bit: 0,
    permitted: column(null),
    forced: [],
    chosen: column(null),
    option: 'apic',
    gate: 'has_vlapic',
    gated: [{ path: 'xen/arch/x86/hvm/vlapic.c', symbol: 'vlapic_init' }],
    related: [],
  },
});

const hypercall = factSchema.parse({
  kind: 'hypercall',
  id: 'hypercall/mmu-update',
  title: 'mmu_update',
  ...extracted,
  guests: columns({
    pv: [{ how: 'exposed', when: { kconfig: ['CONFIG_PV'] }, evidence: [0] }],
  }),
  evidence: [{ path: 'xen/include/hypercall-defs.c', anchor: 'mmu_update', line: 200 }],
  attributes: {
    name: 'mmu_update',
    number: 1,
    callers: { pv32: 'do_mmu_update', pv64: 'do_mmu_update', hvm32: null, hvm64: null, arm: null },
    kconfig: 'CONFIG_PV',
    arms: [],
    operations: null,
  },
});

const cpuid = factSchema.parse({
  kind: 'cpuid-feature',
  id: 'cpuid-feature/avx2',
  title: 'AVX2',
  ...extracted,
  guests: columns({ pv: [{ how: 'exposed', evidence: [0] }] }),
  evidence: [{ path: 'xen/include/public/arch-x86/cpufeatureset.h', anchor: 'AVX2', line: 213 }],
  attributes: {
    name: 'AVX2',
    word: 5,
    bit: 5,
    leaf: 7,
    subleaf: 0,
    register: 'ebx',
    msr: null,
    letters: 'A',
    special: true,
    accumulates: false,
    exposure: { pv: 'default', 'hvm-shadow': 'default', 'hvm-hap': 'default' },
    hides: ['AVX512F'],
    adjusted: [
      {
        path: 'xen/arch/x86/cpuid.c',
        symbol: 'guest_cpuid',
        line: 300,
        action: 'clear',
        guests: 'all',
        stage: 'run-time',
        gates: [],
      },
    ],
  },
});

function port(id: string, title: string, first: number, last: number, handler: string | null) {
  return factSchema.parse({
    kind: 'io-port',
    id: `io-port/${id}`,
    title,
    ...extracted,
    guests: columns({ hvm: [{ how: 'emulated', by: 'xen', evidence: [0] }] }),
    evidence: [{ path: 'xen/arch/x86/hvm/io.c', symbol: handler ?? 'hvm_io_default', line: 9 }],
    attributes: {
      first,
      last,
      handler,
      device: title,
      registration: handler === null ? 'default' : 'portio-handler',
      gates: ['has_vpit(d) && is_hvm_domain(d)'],
    },
  });
}

const pit = featureSchema.parse({
  title: 'PIT (i8254)',
  area: 'time',
  summary: 'The programmable interval timer at ports 0x40 to 0x43.',
  guests: { ...columns({}), hvm: { from: 'facts/io-port/pit' } },
  facts: [],
  answers: [],
  evidence: [{ path: 'xen/arch/x86/emul-i8254.c', symbol: 'pit_init', line: 640 }],
  reviewed: release,
});

export const MESSAGE = 'a1b2c3-question@list.example';

const answer = answerSchema.parse({
  title: 'Why is code generated for port I/O?',
  question: 'Why does Xen generate code at run time for port I/O?',
  short: 'The firmware expects the registers of the guest around the access.',
  askedIn: MESSAGE,
  answeredIn: [],
  stillHolds: 'still-true',
  features: ['time/pit'],
  facts: [],
  evidence: [{ path: 'xen/arch/x86/pv/emul-priv-op.c', symbol: 'io_emul_stub_setup', line: 77 }],
  reviewed: release,
});

const guide = guideSchema.parse({
  title: 'Ports of PV guests',
  summary: 'What becomes of an access to a port by a PV guest.',
  order: 1,
  diagram: 'pv-trap-path',
  features: ['time/pit'],
  facts: ['facts/io-port/pit'],
  answers: [],
  evidence: [{ doc: 'SUPPORT.md', section: 'x86/PVH' }],
  reviewed: release,
});

function reference(kind: string, written: string, path: string | null, symbol: string | null) {
  const state = path === null ? 'gone' : 'same';
  return { kind, written, where: 'own', path, symbol, state, now: null };
}

const thread = threadSchema.parse({
  id: '2019-08-port-code',
  subject: 'Port code',
  list: 'xen-devel',
  first: '2019-08-16',
  last: '2019-08-16',
  participants: ['A Person'],
  release,
  missing: ['missing@list.example'],
  messages: [
    {
      id: MESSAGE,
      idKind: 'message-id',
      parent: null,
      parentPresent: false,
      date: '2019-08-16T10:00:00Z',
      from: 'A Person',
      subject: 'Port code',
      patch: null,
      guests: [],
      features: [],
      questions: [],
      references: [
        reference('file', 'arch/x86/pv/emul-priv-op.c', 'xen/arch/x86/pv/emul-priv-op.c', null),
        reference('file', '../../etc/passwd', null, null),
        reference('function', 'io_emul_stub_setup()', null, 'io_emul_stub_setup'),
        reference('function', 'guest_io_gone', null, null),
        reference('port', '0xcf8', null, null),
        reference('xl-option', 'apic=0', null, null),
        reference('xsa', 'XSA-123', null, null),
      ],
    },
  ],
});

const witness = witnessSchema.parse({
  id: 'two-readings',
  title: 'Two readings of a default',
  first: 'The manual page',
  second: 'The parser',
  compared: 4,
  disagreements: [
    {
      subject: 'hpet',
      facts: ['io-port/pit'],
      first: { says: 'off by default', evidence: [0] },
      second: { says: 'on by default', evidence: [1] },
    },
  ],
  evidence: [
    { path: 'xen/arch/x86/emul-i8254.c', symbol: 'pit_init', line: 640 },
    { path: 'xen/arch/x86/emul-i8254.c', symbol: 'pit_reset', line: 600 },
  ],
  release,
});

export const SAMPLE: Content = {
  sources: sourcesSchema.parse({
    xen: {
      repository: 'https://git.example/xen.git',
      release,
      commit: 'd'.repeat(40),
      webView: 'https://view.example/{commit}/{path}#L{line}',
      releases: [release],
    },
    list: { name: 'xen-devel', archive: 'https://mail.example/{id}/' },
  }),
  facts: [
    cpuid,
    flag,
    hypercall,
    port('pci-config', 'PCI configuration', 0xcf8, 0xcff, 'hvm_pci_decode'),
    port('pit', 'i8254 PIT', 0x40, 0x43, 'handle_pit_io'),
    port('unclaimed', 'Everything else', 0, 0xffff, null),
  ],
  features: [{ ...pit, id: 'time/pit' }],
  answers: [{ ...answer, id: 'why-io-emul-stub-setup' }],
  guests: [],
  guides: [{ ...guide, id: 'io-ports' }],
  glossary: [{ id: 'pit', term: 'PIT', meaning: 'The old timer of the PC platform.' }],
  threads: [thread],
  releases: [],
  witnesses: [witness],
  measurements: [],
  readings: [],
};
