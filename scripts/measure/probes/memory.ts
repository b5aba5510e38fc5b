import type { Probe } from '../probe.ts';

const REGIONS: readonly (readonly [
  name: string,
  subject: string,
  address: string,
  facts: readonly string[],
  changes?: true,
])[] = [
  ['lapic', 'the version register of the local APIC page', '0xfee00030', ['mmio-region/lapic']],
  ['ioapic', 'the index register of the IO-APIC', '0xfec00000', ['mmio-region/ioapic']],
  ['hpet', 'the capabilities of the HPET', '0xfed00000', ['mmio-region/hpet']],
  ['hpet-counter', 'the counter of the HPET', '0xfed000f0', ['mmio-region/hpet'], true],
  ['vga', 'the VGA frame buffer', '0xa0000', ['mmio-region/vga-memory']],
  ['vga-text', 'the VGA text buffer', '0xb8000', ['mmio-region/vga-memory']],
  ['ecam', 'the configuration space of the first PCI device', '0xb0000000', []],
  ['rom', 'the reset vector', '0xfffffff0', []],
  ['tpm', 'the page of a TPM', '0xfed40000', []],
  ['unclaimed', 'an address that nobody claims', '0xf1000000', ['mmio-region/unclaimed']],
];

/** Reads of four bytes in each region; only guests on nested paging have physical addresses to try. */
export const MEMORY_PROBES: readonly Probe[] = REGIONS.map(
  ([name, subject, address, facts, changes]) => ({
    id: `mmio-${name}`,
    tried: 'memory',
    subject: `Read of 4 bytes at ${subject}, ${address}`,
    preparation: [`mov $${address}, %eax`],
    code: ['mov (%rax), %eax'],
    on: 'hvm',
    answer: 'value',
    ...(changes === undefined ? {} : { changes }),
    access: 'read',
    facts,
  }),
);
