import { describe, expect, it } from 'vitest';
import { readPinned } from '../../tests/pinned-content.ts';
import { classify } from './classify.ts';
import { renderInit } from './dom0-init.ts';
import { MEASURED_GUESTS, renderConfig } from './guests.ts';
import { parseReports, type Reported } from './parse-report.ts';
import { type Probe, renderProbes } from './probe.ts';
import { allProbes } from './probes/index.ts';

const LOG = [
  '(XEN) Xen version 4.17.5',
  '\rATLAS GUEST pv\r',
  'ATLAS BEGIN\r',
  '\rP nop ff a a 0 0 0 0\r',
  'P hlt d 361 361 ee 0 0 0',
  'P rdmsr-0xc0000080 ff 485 485 d01 0 c0000080 1',
  'ATLAS END',
  'ATLAS GUEST pvh',
  '(XEN) [   12.1] something (d2) else',
  '(d2) ATLAS BEGIN',
  '(d2) P nop ff c c 0 0 0 0',
  '(d2) P in-0x60 ff 449 449 ff 0 0 0',
  '(d2) ATLAS END',
].join('\n');

describe('parseReports', () => {
  it('takes the reports apart by guest, whatever stands before a line', () => {
    const { reports, problems } = parseReports(LOG, 'dom0');
    expect(problems).toEqual([]);
    expect([...reports.keys()]).toEqual(['pv', 'pvh']);
    expect(reports.get('pv')?.[1]).toEqual({
      probe: 'hlt',
      vector: 13,
      first: 0x361,
      least: 0x361,
      rax: 0xeen,
      rdx: 0n,
    });
    expect(reports.get('pvh')).toHaveLength(2);
  });

  it('names the probe after which a guest fell silent', () => {
    const { reports, problems } = parseReports(LOG.slice(0, LOG.indexOf('P rdmsr')), 'pv-dom0');
    expect(reports.size).toBe(0);
    expect(problems).toMatchObject([{ kind: 'measurement-broken' }]);
    expect(problems[0]?.actual).toContain('`hlt`');
  });

  it('is not led astray by what is no report', () => {
    const { reports, problems } = parseReports('P nop ff a a 0 0 0 0\nATLAS END\nP <b>', 'pv-dom0');
    expect([reports.size, problems]).toEqual([0, []]);
  });
});

const report = (more: Partial<Reported>): Reported => ({
  probe: 'x',
  vector: 0xff,
  first: 20,
  least: 20,
  rax: 0n,
  rdx: 0n,
  ...more,
});
const probe = (more: Partial<Probe>): Probe => ({
  id: 'x',
  tried: 'instruction',
  subject: 'X',
  code: ['nop'],
  on: 'both',
  answer: 'none',
  facts: [],
  ...more,
});

describe('classify', () => {
  it.each([
    ['native', {}],
    ['native', { first: 900 }],
    ['xen', { first: 900, least: 900 }],
    ['qemu', { first: 50_000, least: 42_000 }],
    ['untried', { vector: 0xfe }],
  ] as const)('is %s by its least cost: %j', (expected, more) => {
    expect(classify(probe({}), report(more), 10)).toEqual({ class: expected });
  });

  it('names the exception', () => {
    expect(classify(probe({}), report({ vector: 13 }), 10)).toEqual({
      class: 'exception',
      exception: '#GP',
    });
  });

  it('reads an MSR from two registers, and the status of a hypercall as an error', () => {
    const msr = probe({ code: ['rdmsr'], answer: 'value' });
    expect(classify(msr, report({ rax: 0xd01n, rdx: 1n }), 10).value).toBe('0x100000d01');
    const call = probe({ tried: 'hypercall', answer: 'status' });
    const enosys = BigInt.asUintN(64, -38n);
    expect(classify(call, report({ rax: enosys }), 10).value).toBe('-ENOSYS');
    expect(classify(call, report({ rax: 7n }), 10).value).toBe('ok');
  });

  it('keeps no value that changes by itself', () => {
    expect(classify(probe({ answer: 'value', changes: true }), report({}), 10)).toEqual({
      class: 'native',
    });
  });
});

describe('the probes', async () => {
  const { facts } = (await readPinned()).content;
  const probes = allProbes(facts);

  it('are many, each with an id of its own, about facts that exist', () => {
    expect(probes.length).toBeGreaterThan(300);
    expect(new Set(probes.map(({ id }) => id)).size).toBe(probes.length);
    const known = new Set(facts.map(({ id }) => id));
    expect(probes.flatMap((one) => one.facts).filter((id) => !known.has(id))).toEqual([]);
  });

  it('try every hypercall but those that end the guest, every small range of ports, every MSR', () => {
    const about = new Set(probes.flatMap((one) => one.facts));
    const missed = facts.filter(({ id, kind }) => kind === 'hypercall' && !about.has(id));
    expect(missed.map(({ id }) => id)).toEqual([
      'hypercall/iret',
      'hypercall/kexec-op',
      'hypercall/nmi-op',
      'hypercall/set-callbacks',
      'hypercall/set-gdt',
      'hypercall/set-trap-table',
      'hypercall/stack-switch',
    ]);
    expect(probes.filter(({ tried }) => tried === 'port').length).toBeGreaterThan(40);
    expect(probes.filter(({ tried }) => tried === 'msr').length).toBeGreaterThan(150);
  });

  it('are assembly that ends each probe and each preparation', () => {
    const text = renderProbes([probe({ id: 'a-b', preparation: ['mov $1, %eax'], on: 'hvm' })]);
    expect(text.split('\n').map((line) => line.trim())).toEqual([
      'preparation prepare_a_b',
      'mov $1, %eax',
      'ret',
      'probe "a-b", 2, prepare_a_b',
      'nop',
      'ret',
      '',
    ]);
  });
});

it('starts each guest by the name that its report goes by', () => {
  const started = MEASURED_GUESTS.filter(({ start }) => 'xl' in start).map(({ id }) => id);
  expect(renderInit('4.17', ['xenfs'], started)).toContain(`for guest in ${started.join(' ')};`);
  expect(renderConfig('pv', { type: 'pv', memory: 32 })).toBe('name="pv"\ntype="pv"\nmemory=32\n');
});
