/** What the emulated machine boots: Xen, the probe, and a dom0 that starts the other guests by xl. */
import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { copyFile, cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { renderInit } from './dom0-init.ts';
import { type MeasuredGuest, NO_DEVICE_MODEL, renderConfig } from './guests.ts';
import type { Packages } from './machine-packages.ts';
import { neededLibraries, runProgram } from './machine-programs.ts';
import { renderNoDeviceModel } from './no-device-model.ts';

const SOURCES = import.meta.dirname;
/** The device model of HVM guests. */
const QEMU = 'usr/libexec/xen-qemu-system-i386';
const MODULES = ['xen-privcmd', 'xenfs', 'xen-evtchn', 'xen-gntdev', 'xen-gntalloc'];

/** Files of the machine, by path. */
export interface Image {
  readonly xen: string;
  readonly probe: string;
  readonly kernel: string;
  readonly initramfs: string;
}

/** Assembles and links the probe for a list of probes: as a 64-bit image, and the same as a 32-bit one. */
async function buildProbe({ root }: Packages, folder: string, probes: string): Promise<string> {
  await writeFile(join(folder, 'probes.inc'), probes);
  const tool = (name: string, ...args: string[]) =>
    runProgram(root, `usr/bin/x86_64-linux-gnu-${name}`, args, folder);
  await tool('as', '-o', 'probe.o', join(SOURCES, 'probe.s'));
  await tool('ld', '-T', join(SOURCES, 'probe.ld'), '-o', 'probe', 'probe.o');
  await tool('objcopy', '-O', 'elf32-i386', 'probe', 'probe32');
  return join(folder, 'probe');
}

async function put(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await copyFile(from, to);
}

function only(pattern: string, root: string): string {
  const [path] = globSync(pattern, { cwd: root }).sort();
  if (path === undefined) throw new Error(`no ${pattern} among the unpacked packages`);
  return path;
}

/** The files of dom0 below `stage`, as they stand in `/`. */
async function stageDom0(
  { root, suite }: Packages,
  stage: string,
  probe: string,
  guests: readonly MeasuredGuest[],
): Promise<void> {
  const programs = [
    ...['xl', 'xenstored', 'xenconsoled', 'xen-init-dom0', 'libxl-save-helper'].map(
      (name) => `usr/lib/xen-${suite.xen}/bin/${name}`,
    ),
    QEMU,
  ];
  const data = [
    `usr/lib/xen-${suite.xen}/boot/xen-shim`,
    'usr/share/seabios/bios-256k.bin',
    'usr/share/seabios/vgabios-stdvga.bin',
    'usr/share/qemu/keymaps/en-us',
    'usr/share/qemu/kvmvapic.bin',
  ];
  for (const path of [...programs, ...data]) await put(join(root, path), join(stage, path));
  const paths = programs.map((path) => join(root, path));
  for (const [name, path] of await neededLibraries(root, paths)) {
    await put(path, join(stage, 'lib/x86_64-linux-gnu', name));
  }
  await mkdir(join(stage, 'lib64'));
  await symlink(
    '/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2',
    join(stage, 'lib64/ld-linux-x86-64.so.2'),
  );
  for (const name of MODULES) {
    const module = only(`{usr/,}lib/modules/*/kernel/drivers/xen/{,xenfs/}${name}.ko*`, root);
    await put(join(root, module), join(stage, 'modules', basename(module)));
  }
  await put(join(root, only('{usr/,}bin/busybox', root)), join(stage, 'bin/busybox'));
  await put(probe, join(stage, 'probe'));
  await put(`${probe}32`, join(stage, 'probe32'));
  const started = guests.flatMap(({ id, start }) => ('xl' in start ? [{ id, xl: start.xl }] : []));
  await mkdir(join(stage, 'guests'));
  for (const { id, xl } of started)
    await writeFile(join(stage, 'guests', id), renderConfig(id, xl));
  await writeFile(join(stage, 'init'), renderInit(suite.xen, MODULES), { mode: 0o755 });
  await writeFile(join(stage, NO_DEVICE_MODEL), renderNoDeviceModel(`/${QEMU}`), { mode: 0o755 });
  for (const empty of ['proc', 'sys', 'dev', 'run', 'tmp']) await mkdir(join(stage, empty));
}

/** An archive of all below `stage`, as Linux unpacks it. */
async function pack(root: string, stage: string, to: string): Promise<void> {
  const busybox = join(root, only('{usr/,}bin/busybox', root));
  const script = 'find . | sort | "$0" cpio -o -H newc > "$1"';
  await promisify(execFile)(busybox, ['sh', '-c', script, busybox, to], { cwd: stage });
}

/** Builds everything that is booted into `folder`, which is emptied first. */
export async function buildImage(
  packages: Packages,
  folder: string,
  probes: string,
  guests: readonly MeasuredGuest[],
): Promise<Image> {
  const { root, suite } = packages;
  await rm(folder, { recursive: true, force: true });
  const stage = join(folder, 'dom0');
  await mkdir(stage, { recursive: true });
  const probe = await buildProbe(packages, folder, probes);
  const packed = await readFile(join(root, `boot/xen-${suite.xen}-amd64.gz`));
  const xen = join(folder, 'xen');
  await writeFile(xen, await promisify(gunzip)(packed));
  await stageDom0(packages, stage, probe, guests);
  const initramfs = join(folder, 'initramfs');
  await pack(root, stage, initramfs);
  const kernel = join(folder, 'vmlinuz');
  await cp(join(root, only('boot/vmlinuz-*', root)), kernel);
  return { xen, probe, kernel, initramfs };
}
