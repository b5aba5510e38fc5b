/** The emulated machine: QEMU with its own CPU, in which the TSC counts instructions. */
import { spawn } from 'node:child_process';
import { basename, dirname } from 'node:path';
import type { Image } from './machine-image.ts';
import { programCommand } from './machine-programs.ts';

/** What the machine is, in words of QEMU. */
export const MACHINE = 'q35, TCG, EPYC with SVM and nested paging';

/** `-smap`: QEMU 7.2 faults IRET in ring 3. `-monitor`: MWAIT would fault in Xen. */
const CPU = 'EPYC,+svm,+npt,-smap,-monitor';

/** A machine that says more than this is out of order, in bytes. */
const MOST = 64 << 20;

export interface Boot {
  /** Of Xen. */
  readonly options: string;
  readonly kernel: string;
  /** After the kernel’s name. */
  readonly arguments: string;
  readonly initramfs: string | null;
  readonly devices: readonly string[];
  readonly memory: number;
  /** Seconds; a machine that is not off by then is stopped. */
  readonly patience: number;
}

/**
 * Boots Xen and a dom0 under the QEMU of the packages below `root`, and returns all that the serial port said when the machine is off. The machine has no network,
 * no disk and no display. It ends with this process, and when `signal` says so; then, and when it takes too long, the
 * promise rejects.
 */
export function bootMachine(
  root: string,
  image: Image,
  boot: Boot,
  signal: AbortSignal,
): Promise<string> {
  const folder = dirname(image.xen);
  const modules = [
    `${basename(boot.kernel)} ${boot.arguments}`,
    ...(boot.initramfs === null ? [] : [basename(boot.initramfs)]),
  ];
  const [command, ...first] = programCommand(root, 'usr/bin/qemu-system-x86_64');
  const args = [
    ...['-L', `${root}/usr/share/qemu`, '-L', `${root}/usr/share/seabios`],
    ...['-machine', 'q35,accel=tcg', '-cpu', CPU, '-icount', 'shift=0,sleep=off'],
    // Nothing of the host reaches it: its clock begins at the same moment, its random numbers are the same.
    ...['-rtc', 'base=2026-01-01,clock=vm', '-seed', '1'],
    ...['-m', String(boot.memory), '-smp', '1', '-nodefaults', '-vga', 'none', '-display', 'none'],
    ...['-no-reboot', '-serial', 'stdio', '-monitor', 'none', '-nic', 'none'],
    ...boot.devices.flatMap((device) => ['-device', device]),
    ...['-kernel', basename(image.xen), '-initrd', modules.join(',')],
    ...['-append', `console=com1 com1=115200,8n1 guest_loglvl=all ${boot.options}`],
  ];
  const late = AbortSignal.timeout(boot.patience * 1000);
  const machine = spawn(command, [...first, ...args], {
    cwd: folder,
    // It looks for them beside itself, but what runs is the loader.
    env: { QEMU_MODULE_DIR: `${root}/usr/lib/x86_64-linux-gnu/qemu` },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal: AbortSignal.any([signal, late]),
    killSignal: 'SIGKILL',
  });
  const end = () => machine.kill('SIGKILL');
  process.once('exit', end);
  return new Promise<string>((resolve, reject) => {
    const said: Buffer[] = [];
    let size = 0;
    const complaints: string[] = [];
    machine.stdout.on('data', (part: Buffer) => {
      said.push(part);
      size += part.length;
      if (size > MOST) end();
    });
    machine.stderr.on('data', (part: Buffer) => complaints.push(part.toString('latin1')));
    machine.once('error', (error) =>
      reject(late.aborted ? new Error(`the machine was not off after ${boot.patience} s`) : error),
    );
    machine.once('close', (code) => {
      const log = Buffer.concat(said).toString('latin1');
      if (code === 0) resolve(log);
      else reject(new Error(`QEMU ended with ${code}: ${complaints.join('').slice(-500)}`));
    });
  }).finally(() => process.off('exit', end));
}
