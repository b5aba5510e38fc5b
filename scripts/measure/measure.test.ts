import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { readPinned } from '../../tests/pinned-content.ts';
import { classify } from './classify.ts';
import { guestsArgument, renderInit } from './dom0-init.ts';
import { MEASURED_GUESTS, renderConfig } from './guests.ts';
import { renderNoDeviceModel } from './no-device-model.ts';
import { parseReports, type Reported, readLog } from './parse-report.ts';
import { planBoots } from './plan-boots.ts';
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

  it('is lazy where the first use after a switch left the guest, and that was watched', () => {
    const watched = probe({ afterSwitch: true });
    expect(classify(watched, report({ first: 900 }), 10)).toEqual({ class: 'lazy' });
    expect(classify(watched, report({}), 10)).toEqual({ class: 'native' });
    expect(classify(watched, report({ first: 900 }), 10, true)).toEqual({ class: 'native' });
    expect(classify(watched, report({ first: 9000 }), 10)).toEqual({ class: 'native' });
    expect(classify(watched, report({ first: 900, least: 900 }), 10)).toEqual({ class: 'xen' });
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
    expect(renderProbes([probe({ afterSwitch: true })])).toContain('probe "x", 7\n');
  });
});

describe('readLog', () => {
  it('says which guests did not report', () => {
    expect(readLog(LOG, ['pv', 'pvh']).problems).toEqual([]);
    const { reports, problems } = readLog(LOG, ['pv', 'hvm', 'pv-shim']);
    expect(reports.has('pv')).toBe(true);
    expect(problems).toMatchObject([
      { kind: 'measurement-broken', actual: 'no report of hvm, pv-shim' },
    ]);
  });
});

const IMAGE = { xen: '/x/xen', probe: '/x/probe', kernel: '/x/vmlinuz', initramfs: '/x/init' };

describe('planBoots', () => {
  it('boots each dom0 by itself, and all guests of xl together', () => {
    const boots = planBoots(MEASURED_GUESTS, IMAGE);
    expect(boots.map(({ guests }) => guests.length)).toEqual([MEASURED_GUESTS.length - 2, 1, 1]);
    expect(boots.map(({ boot }) => boot.initramfs)).toEqual(['/x/init', null, null]);
    expect(boots.every(({ boot }) => boot.patience <= 1200)).toBe(true);
  });

  it('needs no dom0 of Linux for a dom0', () => {
    const dom0s = MEASURED_GUESTS.filter(({ start }) => 'xen' in start);
    expect(planBoots(dom0s, IMAGE).map(({ boot }) => boot.kernel)).toEqual([
      '/x/probe',
      '/x/probe',
    ]);
  });
});

describe('renderNoDeviceModel', () => {
  it('is a program that keeps the way to libxl and serves the guest as a PV guest', async () => {
    const script = renderNoDeviceModel('echo');
    const words = ['-xen-domid', '3', '-machine', 'xenfv', '-device', 'VGA', '-mon', 'a=b', '-S'];
    const { stdout } = await promisify(execFile)('sh', ['-c', script, 'sh', ...words]);
    expect(stdout).toBe('-xen-domid 3 -mon a=b -xen-attach -machine xenpv -display none\n');
    const help = await promisify(execFile)('sh', ['-c', script, 'sh', '-help']);
    expect(help.stdout).toBe('-help\n');
  });
});

it('starts each guest by the name that its report goes by', () => {
  const started = MEASURED_GUESTS.filter(({ start }) => 'xl' in start).map(({ id }) => id);
  expect(guestsArgument(started)).toBe(`guests=${started.join('+')}`);
  const [first] = planBoots(MEASURED_GUESTS, IMAGE);
  expect(first?.boot.arguments).toContain(guestsArgument(started));
  expect(first?.boot.arguments).not.toContain(',');
  expect(renderInit('4.17', ['xenfs'])).toContain('for guest in $(echo "$guests" | tr + \' \')');
  expect(renderConfig('pv', { type: 'pv', memory: 32 })).toBe('name="pv"\ntype="pv"\nmemory=32\n');
});
