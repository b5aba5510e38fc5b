/** Every record of the sample of the truth about QEMU, and a second search of the tree for what libxl passes to it. */

import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCalls } from '../../scripts/xen/calls.ts';
import {
  claimArguments,
  readAllArguments,
} from '../../scripts/xen/extractors/device-model/claims.ts';
import { lastParts } from '../../scripts/xen/extractors/device-model/defaults.ts';
import { DEVICES } from '../../scripts/xen/extractors/device-model/devices/index.ts';
import { MANUAL, readKeys, XL_PARSE } from '../../scripts/xen/extractors/device-model/keys.ts';
import { readAllKeys } from '../../scripts/xen/extractors/device-model/settings-of.ts';
import { type PodItem, readPodItems } from '../../scripts/xen/pod.ts';
import { isTreeEvidence } from '../../src/model/evidence.ts';
import type { GuestType } from '../../src/model/guest-types.ts';
import { isInSpan } from '../../src/model/release.ts';
import { readPinned } from '../pinned-content.ts';
import { openRealTree, ROOT } from '../xen-tree.ts';

const SAMPLE = resolve(ROOT, '../shared/truth/qemu.json');
const { content } = await readPinned();
const facts = content.facts.filter((fact) => fact.kind === 'device-model');
const real = await openRealTree();

interface QemuRecord {
  readonly id: string;
  readonly guest_types: readonly string[];
  readonly default: boolean;
  readonly option: string | null;
  readonly evidence: readonly { readonly file: string; readonly func: string | null }[];
}

const GUEST_OF: Readonly<Record<string, GuestType>> = {
  pv_domU: 'pv',
  pvh_domU: 'pvh',
  hvm_domU: 'hvm',
  pvshim: 'pv-shim',
  arm_domU: 'arm',
};

const FACT_OF: Readonly<Record<string, string>> = {
  'qemu.pv.spawn': 'spawn-pv',
  'qemu.pv.machine': 'machine-xenpv',
  'qemu.hvm.machine.pc': 'machine-pc',
  'qemu.accel': 'accelerator',
  'qemu.dev.scsi': 'disk-scsi',
  'qemu.dev.usb': 'usb',
  'qemu.dev.spice': 'spice',
  'qemu.dev.platform-pci': 'platform-pci',
  'qemu.dev.i8042': 'i8042',
  'qemu.dev.chipset': 'chipset',
  'qemu.arm': 'arm-guest',
};

describe.runIf(existsSync(SAMPLE))('the sample of the truth', () => {
  const records = existsSync(SAMPLE)
    ? (JSON.parse(readFileSync(SAMPLE, 'utf8')) as QemuRecord[])
    : [];

  it('has records', () => {
    expect(records.length).toBeGreaterThan(0);
  });

  it.each(records)('agrees on $id', (record) => {
    const fact = facts.find(({ id }) => id === `device-model/${FACT_OF[record.id]}`);
    if (fact === undefined) throw new Error(`no fact for ${record.id}`);
    const { attributes: a, guests } = fact;
    expect(a.default).toBe(record.default);
    const words = (text: string | null) => (text ?? '').match(/[a-z]\w*\*?/g) ?? [];
    if (record.option === null) expect(a.option).toBeNull();
    else expect(words(a.option)).toEqual(expect.arrayContaining(words(record.option)));
    const named = record.guest_types.map((guest) => GUEST_OF[guest]);
    expect(named).not.toContain(undefined);
    for (const guest of ['pv', 'pvh', 'hvm'] as const) {
      const has = guests[guest].some(({ how }) => how !== 'absent');
      expect([guest, has]).toEqual([guest, named.includes(guest)]);
    }
    for (const guest of named) {
      if (guest === undefined) continue;
      expect(guests[guest].some(({ how }) => how !== 'absent')).toBe(true);
    }
    const places = fact.evidence.filter(isTreeEvidence);
    for (const { file, func } of record.evidence) {
      expect(
        places.some(({ path, symbol }) => path === file && (func === null || symbol === func)),
        `${file} ${func}`,
      ).toBe(true);
    }
  });
});

/** Lines of a function that append to the command line of QEMU, read without the C parser. */
function appendedLines(text: string): number[] {
  return text
    .split('\n')
    .flatMap((line, index) =>
      /^(?!.*\\$)\s*flexarray_v?append(?:_pair)?\(dm_args\b(?!, NULL\))/.test(line)
        ? [index + 1]
        : [],
    );
}

describe('a second search of the tree', () => {
  it('finds no call that appends to the command line and that was not read', () => {
    const path = 'tools/libs/light/libxl_dm.c';
    const file = real.corpus.file(path);
    if (file === undefined) throw new Error(`no ${path}`);
    const old = file.functions.find(({ name }) => name === 'libxl__build_device_model_args_old');
    const isOld = (line: number) => old !== undefined && old.line <= line && line <= old.endLine;
    const lines = appendedLines(file.text).filter((line) => !isOld(line));
    const read = readAllArguments(real.corpus).filter((argument) => argument.path === path);
    expect(lines.length).toBeGreaterThan(90);
    expect(read.length).toBeGreaterThan(90);
    const words = read.flatMap(({ line, optionLine }) => [line, optionLine]);
    const HELD =
      /dm_args, (?:\(void\*\))?(?:chardev|vncarg|drive|machinearg|"-(?:chardev|vnc|drive)")\)/;
    const source = file.text.split('\n');
    const missed = lines.filter(
      (line) =>
        !words.some((at) => at >= line && at <= line + 3) && !HELD.test(source[line - 1] ?? ''),
    );
    expect(missed.map((line) => `${line}: ${source[line - 1]?.trim()}`)).toEqual([]);
  });

  it('reads every item of the manual page', () => {
    const text = real.corpus.texts.get(MANUAL) ?? '';
    const flat = (items: readonly PodItem[]): number =>
      items.reduce((sum, item) => sum + 1 + flat(item.items), 0);
    const lines = text.split('\n').filter((line) => line.startsWith('=item'));
    expect(lines.length).toBeGreaterThan(300);
    expect(flat(readPodItems(text))).toBe(lines.length);
  });

  it('reads every key that xl asks for, as the C parser finds them', () => {
    const file = real.corpus.file(XL_PARSE);
    if (file === undefined) throw new Error(`no ${XL_PARSE}`);
    const names = [...file.text.matchAll(/\bxlu_cfg_\w+/g)].map(([name]) => name);
    const calls = readCalls(real.corpus.reader, file, new Set(names));
    const asked = calls
      .filter(({ arguments: [config] }) => config === 'config')
      .flatMap(({ arguments: [, key = ''] }) => /^"(\w+)"$/.exec(key)?.[1] ?? []);
    const read = new Set(readKeys(file.text).map(({ key }) => key));
    expect(asked.length).toBeGreaterThan(150);
    expect(asked.filter((key) => !read.has(key))).toEqual([]);
    const pasted = [...read].filter((key) => !asked.includes(key));
    expect(pasted.filter((key) => !key.startsWith('device_model_args'))).toEqual([]);
  });

  it('speaks of every key and of the stub domain where the code asks for them', () => {
    const devices = DEVICES.filter((device) => isInSpan(device, real.corpus.release));
    const { byDevice } = claimArguments(real.corpus, devices, readAllArguments(real.corpus));
    const keyOf = new Map(
      [...readAllKeys(real.corpus).values()].flatMap(({ key, read }) =>
        read.flatMap(({ field }) => (field === null ? [] : [[lastParts(field), key] as const])),
      ),
    );
    const asked = (text: string) => [
      ...(text === 'is_stubdom' ? ['device_model_stubdomain_override'] : []),
      ...[...text.matchAll(/[\w\]]+(?:(?:->|\.)\w+)+/g)].flatMap(
        ([expression]) => keyOf.get(lastParts(expression)) ?? [],
      ),
    ];
    const silent = devices.flatMap((device) => {
      const said = JSON.stringify(device);
      const keys = (byDevice.get(device.id) ?? []).flatMap(({ guards }) =>
        guards.flatMap(({ text }) => asked(text)),
      );
      return keys
        .filter((key) => key !== 'name' && !new RegExp(`\\b${key}\\b`).test(said))
        .map((key) => `${device.id}: ${key}`);
    });
    expect([...new Set(silent)]).toEqual([]);
  });

  it('yields every device of the release', () => {
    const found = real.facts.filter(({ kind }) => kind === 'device-model');
    expect(found.length).toBeGreaterThanOrEqual(60);
  });

  it('has a device for every driver that QEMU is given by name', () => {
    const named = facts.flatMap(({ attributes }) => attributes.device.split(', '));
    const given = facts
      .flatMap(({ attributes }) => attributes.arguments)
      .flatMap(({ text }) => /^(?:-device|device_add) (\S+)/.exec(text)?.[1] ?? []);
    expect(given.length).toBeGreaterThan(15);
    expect(given.filter((name) => !named.includes(name) && name !== 'hda-duplex')).toEqual([]);
  });
});
