/** Configurations as people write them, explained with the committed content. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { ExplainData } from '../../src/data/explain-data.ts';
import { type Explanation, explainXl } from '../../src/explain/explain.ts';
import { explainedWords } from '../../src/explain/explained-words.ts';
import type { HostChoices } from '../../src/explain/host-options.ts';
import { PARTIAL, REPLACING, settingsOf } from '../../src/explain/replaced-defaults.ts';
import { defaultsOf } from '../../src/explain/xl-defaults.ts';
import { ALL_XL_KEYS } from '../../src/explain/xl-keys.ts';
import { factSchema } from '../../src/schema/fact.ts';
import { ROOT } from '../../tests/xen-tree.ts';
import { readTextFiles } from '../markdown/content-files.ts';
import { parseEntry } from '../markdown/entry.ts';
import { explainSummary, readExplainData, renderExplanation } from './explain.ts';

let data: ExplainData;

beforeAll(async () => {
  const read = await readExplainData(ROOT);
  expect(read.problems).toEqual([]);
  ({ data } = read);
}, 60_000);

const PV = 'name="a"\ntype="pv"\nkernel="/vmlinuz"\nmemory=1024\n';
const PVH = 'name="a"\ntype="pvh"\nkernel="/vmlinuz"\nmemory=1024\n';
const HVM = 'name="a"\ntype="hvm"\nmemory=1024\nvif=["bridge=xenbr0"]\n';

function explain(text: string, choices: HostChoices = {}): Explanation {
  return explainXl(text, choices, data);
}

/** What certainly holds of a row, as `how by`, in the order of the explanation. */
function certain({ rows }: Explanation, id: string): string[] {
  const row = rows.find((one) => one.id === id);
  expect(row, id).toBeDefined();
  return (row?.applies ?? [])
    .filter(({ truth }) => truth === 'yes')
    .map(({ handling: { how, by } }) => (by === undefined ? how : `${how} ${by}`));
}

function possible({ rows }: Explanation, id: string): string[] {
  const row = rows.find((one) => one.id === id);
  return (row?.applies ?? []).map(({ handling: { how, by = '' } }) => `${how} ${by}`.trim());
}

function runs({ running }: Explanation, subject: string): string | undefined {
  return running.find((one) => one.subject === subject)?.truth;
}

function errors({ problems }: Explanation): (string | number | undefined)[][] {
  return problems
    .filter(({ severity }) => severity === 'error')
    .map(({ line, kind, actual }) => [line, kind, actual]);
}

/** Shapes of configurations, each with the column that it builds and what certainly holds in some of its rows. */
const SHAPES: readonly (readonly [
  name: string,
  text: string,
  guest: string,
  rows: Readonly<Record<string, readonly string[]>>,
  runs: Readonly<Record<string, string>>,
])[] = [
  [
    'PV with a block device',
    `${PV}disk=["format=raw,vdev=xvda,access=rw,backendtype=phy,target=/dev/vg/a"]\n`,
    'pv',
    {
      'time/hpet': ['absent'],
      'devices/vga': ['absent'],
      'devices/disk': ['paravirtualized dom0'],
    },
    { 'QEMU as a device model': 'no', 'QEMU as a backend': 'no', 'Ioreq servers': 'no' },
  ],
  [
    'PV by the old keys, from an image',
    'name="a"\nbuilder="generic"\nbootloader="pygrub"\ndisk=["file:/a.img,xvda,w"]\nvfb=["vnc=1"]\n',
    'pv',
    {
      'devices/framebuffer': ['paravirtualized qemu'],
      'platform/device-model': ['paravirtualized qemu'],
    },
    { 'QEMU as a device model': 'no', 'QEMU as a backend': 'yes' },
  ],
  [
    'PV with an assigned device',
    `${PV}pci=["01:00.0"]\n`,
    'pv',
    { 'interrupts/msi': ['paravirtualized dom0'] },
    { 'QEMU as a device model': 'no' },
  ],
  [
    'PVH',
    `${PVH}disk=["/dev/vg/a,raw,xvda,rw"]\nvif=[""]\n`,
    'pvh',
    {
      'time/hpet': ['absent'],
      'devices/network': ['paravirtualized dom0'],
      'cpu/nested-virtualization': ['refused xen'],
    },
    { 'QEMU as a device model': 'no', 'QEMU as a backend': 'unknown', 'Ioreq servers': 'no' },
  ],
  [
    'PV in the shim',
    `${PVH}pvshim=1\n`,
    'pv-shim',
    { 'time/hpet': ['absent'], 'msr/tsc': ['emulated shim', 'refused shim', 'refused shim'] },
    { 'PV shim': 'yes', 'QEMU as a device model': 'no' },
  ],
  [
    'HVM as it comes',
    `${HVM}disk=["/a.qcow2,qcow2,hda,rw"]\n`,
    'hvm',
    {
      'time/hpet': ['emulated xen'],
      'devices/network': ['emulated qemu'],
      'platform/viridian-enlightenments': ['hidden xen', 'refused xen'],
      'devices/usb': ['absent'],
      'devices/sound': ['absent'],
      'devices/pci-passthrough': ['absent'],
    },
    {
      'QEMU as a device model': 'yes',
      'QEMU as a backend': 'yes',
      'Ioreq servers': 'yes',
      'Stub domain': 'no',
    },
  ],
  [
    'HVM without HPET, screen and emulated cards',
    'name="a"\nbuilder="hvm"\nhpet=0\nvga="none"\nvif=["type=vif,model=e1000"]\nacpi=0\n',
    'hvm',
    {
      'time/hpet': ['refused xen'],
      'devices/framebuffer': ['absent'],
      'devices/network': ['absent'],
      'boot/acpi-tables': ['absent'],
    },
    { 'QEMU as a device model': 'yes' },
  ],
  [
    'HVM with a standard VGA, USB, sound, serial and SPICE',
    `${HVM}vga="stdvga"\nusb=1\nusbdevice=["tablet"]\nsoundhw="hda"\nserial="pty"\nspice=1\n`,
    'hvm',
    { 'devices/usb': ['emulated qemu', 'emulated qemu'], 'devices/sound': ['emulated qemu'] },
    {},
  ],
  [
    'HVM with passthrough',
    `${HVM}pci=["0000:01:00.0,permissive=1"]\n`,
    'hvm',
    {
      'devices/pci-passthrough': [
        'passthrough qemu',
        'mediated qemu',
        'mediated xen',
        'emulated xen',
      ],
    },
    {},
  ],
  [
    'HVM with a stub domain',
    `${HVM}device_model_stubdomain_override=1\n`,
    'hvm',
    { 'platform/device-model': ['emulated qemu'] },
    { 'Stub domain': 'yes' },
  ],
  [
    'HVM with Viridian',
    `${HVM}viridian=["defaults","stimer"]\nfirmware="uefi"\n`,
    'hvm',
    { 'boot/firmware': ['emulated firmware', 'emulated firmware'] },
    {},
  ],
  [
    'HVM with nested virtualization',
    `${HVM}hap=1\nnestedhvm=1\n`,
    'hvm',
    { 'cpu/nested-virtualization': ['emulated xen', 'emulated xen'] },
    {},
  ],
  [
    'HVM with shadow paging',
    `${HVM}hap=0\ntsc_mode="always_emulate"\n`,
    'hvm',
    {
      'cpu/rdtsc': ['emulated xen', 'emulated xen'],
      'time/tsc-clock': ['paravirtualized xen', 'emulated xen', 'emulated xen'],
    },
    {},
  ],
  [
    'HVM that fills its memory later',
    `${HVM}maxmem=4096\n`,
    'hvm',
    { 'memory/populate-on-demand': ['emulated xen', 'emulated xen', 'refused xen'] },
    {},
  ],
];

describe.each(SHAPES)('%s', (_name, text, guest, rows, running) => {
  it('builds the guest that it says', () => {
    const explanation = explain(text);
    expect(errors(explanation)).toEqual([]);
    expect(explanation.guest).toBe(guest);
  });

  it('has the rows and the programs that go with it', () => {
    const explanation = explain(text);
    for (const [id, holds] of Object.entries(rows)) {
      expect([id, certain(explanation, id)]).toEqual([id, holds]);
    }
    for (const [subject, truth] of Object.entries(running)) {
      expect([subject, runs(explanation, subject)]).toEqual([subject, truth]);
    }
  });

  it('says of every handling of the column whether it holds, and why not', () => {
    const explanation = explain(text, { vendor: 'amd', paging: 'hap' });
    for (const { id, applies, excluded } of explanation.rows) {
      const cell = data.rows.find((row) => row.id === id)?.guests[explanation.guest] ?? [];
      expect(applies.length + excluded.length).toBe(cell.length);
      for (const { handling } of [...applies, ...excluded]) expect(cell).toContain(handling);
      for (const one of excluded) expect([id, one.because.length > 0]).toEqual([id, true]);
      for (const one of applies)
        expect(one.truth === 'unknown').toBe((one.open ?? one.otherwise) !== undefined);
    }
  });

  it('stays a configuration that xl takes when it is minimised, and then there is nothing left to propose', () => {
    const { minimised, problems } = explain(text);
    const again = explain(minimised);
    expect(errors(again)).toEqual([]);
    expect(again.proposals).toEqual([]);
    expect(again.problems.length).toBeLessThanOrEqual(problems.length);
  });
});

it.each([
  ['nestedhvm=1', '# nestedhvm=1\n'],
  ['a="1"; nestedhvm=1 # why\n', 'a="1"; # nestedhvm=1 # why\n'],
  ['nestedhvm=1; a="1"\n', '# nestedhvm=1\na="1"\n'],
  ['vfb=[\n"vnc=1",\n]\n', '# vfb=[\n# "vnc=1",\n# ]\n'],
  ['nestedhvm=0\nnestedhvm=1\n', '# nestedhvm=0\n# nestedhvm=1\n'],
])('%j becomes comments when it is minimised', (text, changed) => {
  expect(explain(`${PVH}tsc_mode="native"\n${text}`).minimised).toBe(
    `${PVH}tsc_mode="native"\n${changed}`,
  );
});

describe('what neither the file nor the reader says', () => {
  it('stays open, and is decided by a choice', () => {
    const open = explain(HVM);
    expect(certain(open, 'memory/paging-mode')).toEqual([]);
    expect(possible(open, 'memory/paging-mode')).toContain('hardware cpu');
    const chosen = explain(HVM, { paging: 'hap' });
    expect(certain(chosen, 'memory/paging-mode')).toEqual(['hardware cpu']);
    expect(certain(explain(`${HVM}hap=0\n`, { paging: 'hap' }), 'memory/paging-mode')).toEqual([]);
  });

  it('is the build where an asked-for interface needs an option of it', () => {
    const words = (choices: HostChoices) =>
      explain(`${HVM}viridian=1\n`, choices)
        .rows.find(({ id }) => id === 'platform/viridian-enlightenments')
        ?.applies.map(explainedWords);
    expect(words({})?.join()).toContain('In a build without `CONFIG_VIRIDIAN`: hidden');
    expect(words({ build: 'default' })?.join()).not.toContain('hidden');
  });

  it('is the type of the guest on Arm, where every guest is of one', () => {
    const arm = explain('name="a"\nkernel="/Image"\nvuart="sbsa_uart"\n', { arch: 'arm' });
    expect(arm.guest).toBe('arm');
    expect(errors(arm)).toEqual([]);
    expect(arm.proposals.map(({ key }) => key)).toEqual(['vuart']);
  });
});

describe('problems', () => {
  it.each([
    [`${PVH}pci=["01:00.0"]\n`, 5, 'xl-refused'],
    [`${PV}vif=["type=ioemu"]\n`, 5, 'xl-refused'],
    [`${HVM}device_model_version="qemu-xen-traditional"\n`, 5, 'xl-value'],
    [`${HVM}bios="rombios"\n`, 5, 'xl-refused'],
    [`${HVM}nestedhvm=1\nhap=0\n`, 6, 'xl-refused'],
    [`${HVM}tsc_mode=3\n`, 5, 'xl-refused'],
    [`${HVM}viridian=["synic"]\n`, 5, 'xl-refused'],
    [`${HVM}viridian=["synik"]\n`, 5, 'xl-value'],
    [`${HVM}vga=vesa\n`, 5, 'xl-syntax'],
    ['type="hvm"\n', undefined, 'xl-refused'],
    ['name="a"\n', undefined, 'xl-refused'],
    ['name="a"\ntype="xen"\nkernel="/k"\n', 2, 'xl-value'],
    ['name="a"\ntype="hvm"\nbuilder="generic"\n', 3, 'xl-refused'],
  ] as const)('xl refuses %j', (text, line, kind) => {
    expect(errors(explain(text)).map(([at, what]) => [at, what])).toContainEqual([line, kind]);
  });

  it.each([
    [`${HVM}hpt=0\n`, 'xl-key-unknown', 'the nearest is `hpet`'],
    [`${PVH}hpet=0\n`, 'xl-key-ignored', 'HVM guests only'],
    [`${HVM}vcpus="two"\n`, 'xl-value', 'xl ignores the setting'],
    [`${HVM}pci="01:00.0"\n`, 'xl-value', 'a list'],
    [`${HVM}vif=[]\n`, 'xl-duplicate', 'the last one'],
    [`${HVM}gic_version="v2"\n`, 'xl-key-ignored', 'guests on Arm'],
  ])('xl passes over %j', (text, kind, expected) => {
    const warnings = explain(text).problems.filter(({ severity }) => severity === 'warning');
    expect(warnings).toContainEqual(
      expect.objectContaining({ kind, expected: expect.stringContaining(expected) }),
    );
  });

  it('explains what it could read of a file that is broken', () => {
    const explanation = explain(`${HVM}hpet=0\nvif=[\n`);
    expect(errors(explanation)).toEqual([[7, 'xl-syntax', 'the end of the file']]);
    expect(certain(explanation, 'time/hpet')).toEqual(['refused xen']);
  });
});

describe('the keys and defaults', () => {
  it('are those that the facts of libxl state', async () => {
    const files = await readTextFiles(ROOT, 'content/facts/device-model', '.md');
    const wrong = files.flatMap(({ path, text }) => {
      const fact = parseEntry(path, text, factSchema);
      if (!fact.ok || fact.value.data.kind !== 'device-model') return [path];
      return fact.value.data.attributes.settings.flatMap(({ key, chosen, read }) => {
        if (read && !ALL_XL_KEYS.some((known) => known === key)) return [`${key} is not known`];
        const value = defaultsOf('hvm', 'x86')[key] ?? defaultsOf('pvh', 'x86')[key];
        const plain = Array.isArray(value) && value.length === 0 ? false : value;
        if (chosen === null || plain === undefined || `${plain}` === chosen) return [];
        return [`${key} is ${chosen}, not ${plain}`];
      });
    });
    expect(files.length).toBeGreaterThan(50);
    expect(wrong).toEqual([]);
  });

  it('know of every handling under a setting whether it takes the place of the default', () => {
    const sorted = [...REPLACING, ...PARTIAL].map((pair) => pair.join(' '));
    const takesAway = data.rows.flatMap(({ id, guests: { hvm = [] } }) => {
      const [first, ...others] = hvm;
      if (first?.when !== undefined || first?.how === 'absent' || first?.how === 'hidden')
        return [];
      return others
        .filter(({ how, when }) => ['absent', 'hidden'].includes(how) && when?.xl !== undefined)
        .map((handling) => `${id} ${settingsOf(handling)[0]}`);
    });
    expect(takesAway.filter((pair) => !sorted.includes(pair))).toEqual([]);
    const named = data.rows.flatMap(({ id, guests: { hvm = [] } }) =>
      hvm.flatMap((handling) => settingsOf(handling).map((setting) => `${id} ${setting}`)),
    );
    expect(sorted.filter((pair) => !named.includes(pair))).toEqual([]);
  });
});

describe('the report', () => {
  const result = (text: string) => ({
    release: data.release,
    explanation: explain(text),
    problems: [],
  });

  it('as text names the guest, what runs, the surface and every row', () => {
    const text = renderExplanation(result(`${HVM}hpet=0\n`), 'guest.cfg', false);
    expect(text).toMatch(/^guest\.cfg: HVM domU, as Xen 4\.\d+\.\d+ builds it\n/);
    expect(text).toContain('Refused by Xen (all ones on reads) [hpet=0 in line 5]');
    for (const { title } of data.rows) expect(text).toContain(`\n  ${title}\n`);
    const minimised = renderExplanation(result(`${HVM}hpet=1\n`), 'guest.cfg', true);
    expect(minimised).toContain('\n# hpet=1\n');
    expect(minimised).toContain('\nhpet = 0\n');
  });

  it('as data holds the same', () => {
    const summary = JSON.parse(JSON.stringify(explainSummary(result(HVM), true)));
    expect(summary).toMatchObject({ guest: 'hvm', release: data.release });
    expect(summary.rows).toHaveLength(data.rows.length);
    expect(summary.proposals.length).toBeGreaterThan(3);
  });
});
