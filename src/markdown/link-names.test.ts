import { remark } from 'remark';
import { describe, expect, it } from 'vitest';
import { MESSAGE, SAMPLE } from '../../tests/samples/content.ts';
import { deriveIdentifiers } from '../data/identifiers.ts';
import { messageRoute } from '../data/routes.ts';
import { findUnknownNames } from './find-unknown-names.ts';
import type { KnownNames } from './known-names.ts';
import { linkNames } from './link-names.ts';

const known: KnownNames = {
  index: deriveIdentifiers(SAMPLE),
  names: {
    symbols: ['handle_pio'],
    paths: ['xen/arch/x86/hvm/rtc.c'],
    others: { xen_start_kernel: 'a function of Linux' },
  },
  archive: (id) => `https://mail.example/${encodeURIComponent(id)}/`,
};

async function process(markdown: string, path = 'content/answers/other.md') {
  const reports: string[] = [];
  const report = (text: string) => reports.push(text);
  const file = await remark()
    .use(() => linkNames({ names: known, report }))
    .process({ value: markdown, path });
  return { text: String(file).trim(), reports };
}

async function linked(markdown: string, path?: string): Promise<string> {
  return (await process(markdown, path)).text;
}

describe('linkNames', () => {
  it.each([
    ['`io_emul_stub_setup()`', '[`io_emul_stub_setup()`](/symbols/io_emul_stub_setup/)'],
    ['`emul-priv-op.c`', '[`emul-priv-op.c`](/files/xen/arch/x86/pv/emul-priv-op.c/)'],
    ['`XEN_X86_EMU_LAPIC`', '[`XEN_X86_EMU_LAPIC`](/facts/emulation-flag/lapic/)'],
    ['`mmu_update`', '[`mmu_update`](/facts/hypercall/mmu-update/)'],
    ['`AVX2`', '[`AVX2`](/facts/cpuid-feature/avx2/)'],
    ['`0xcf8`', '[`0xcf8`](/facts/io-port/pci-config/)'],
    ['`0x40-0x43`', '[`0x40-0x43`](/facts/io-port/pit/)'],
    ['`apic=0`', '[`apic=0`](/facts/emulation-flag/lapic/)'],
    ['`XEN_X86_EMU_*`', '[`XEN_X86_EMU_*`](/search/?q=XEN_X86_EMU_)'],
  ])('makes %s a link', async (markdown, expected) => {
    expect(await linked(markdown)).toBe(expected);
  });

  it('leads from a Message-ID to the message here, or to the archive', async () => {
    const html = await linked(`<${MESSAGE}> and <other@list.example>`);
    expect(html).toContain(`(${messageRoute('2019-08-port-code', MESSAGE)})`);
    expect(html).toContain('(https://mail.example/other%40list.example/)');
    expect(html).not.toContain('mailto');
  });

  it.each(['`handle_pio`', '`rtc.c`', '`xen_start_kernel`', '`%rip`', '`HLT`', '`0x1234`', '`7`'])(
    'leaves %s as it is',
    async (markdown) => {
      expect(await linked(markdown)).toBe(markdown);
    },
  );

  it.each(['`constructor`', '`toString`', '`valueOf=1`'])(
    'is not misled by %s',
    async (markdown) => {
      expect(await linked(markdown)).toBe(markdown);
    },
  );

  it('leaves links, headings and fenced code alone', async () => {
    const markdown = '# `mmu_update`\n\n[`mmu_update`](/x/)\n\n```c\nmmu_update\n```';
    expect(await linked(markdown)).toBe(markdown);
  });

  it('does not link a page to itself', async () => {
    expect(await linked('`pit`', 'content/features/time/pit.md')).toBe('`pit`');
    expect(await linked('`pit`')).toBe('[`pit`](/features/time/pit/)');
  });

  it('takes the names of a script for those of its tree', async () => {
    const { text, reports } = await process('`no_such_name`', 'content/facts/io-port/pit.md');
    expect(text).toBe('`no_such_name`');
    expect(reports).toEqual([]);
  });

  it('reports a name that nothing knows, once, and leaves it', async () => {
    const { text, reports } = await process('`no_such_name` and `none.c`');
    expect(text).toBe('`no_such_name` and `none.c`');
    expect(reports).toHaveLength(1);
    expect(reports[0]).toMatch(
      /^content\/answers\/other\.md {2}Unexpected `no_such_name`, `none\.c`.*symbol-unknown/,
    );
  });
});

describe('findUnknownNames', () => {
  it('gives the place of each, in the front matter and after it', () => {
    const entry =
      '---\nnote: In `nope_here`.\n---\n\nA `mmu_update` and\na `no_such_name()` here.\n';
    expect(findUnknownNames(entry, known)).toEqual([
      { name: 'nope_here', line: 2, column: 10 },
      { name: 'no_such_name', line: 6, column: 3 },
    ]);
  });

  it('wants calls, paths and globs known, and leaves values and mnemonics', () => {
    const names = (markdown: string) => findUnknownNames(markdown, known).map(({ name }) => name);
    expect(names('`nope()` `none/x.h` `NO_SUCH_*`')).toEqual(['nope', 'none/x.h', 'NO_SUCH_*']);
    expect(names('`constructor()` `__proto__`')).toEqual(['constructor', '__proto__']);
    expect(names('`RDTSC` `builder="hvm"` `dom0=pvh` `-1` `xl.cfg`')).toEqual([]);
  });
});
