import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Boot, bootMachine } from './machine-run.ts';

/** Packages in which the loader of QEMU is a script that says its process id. */
async function standIn(script: string): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'atlas-machine-'));
  const libraries = join(root, 'lib/x86_64-linux-gnu');
  await mkdir(libraries, { recursive: true });
  const loader = join(libraries, 'ld-linux-x86-64.so.2');
  await writeFile(loader, `#!/bin/sh\necho $$ > pid\n${script}\n`, { mode: 0o755 });
  return root;
}

const BOOT: Boot = {
  options: '',
  kernel: 'probe',
  arguments: '',
  initramfs: null,
  devices: [],
  memory: 64,
  patience: 20,
};

async function processOf(root: string): Promise<number> {
  const path = join(root, 'pid');
  while (!existsSync(path) || (await readFile(path, 'utf8')) === '') await sleep(20);
  return Number(await readFile(path, 'utf8'));
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function ends(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 200 && isAlive(pid); tries++) await sleep(20);
  return !isAlive(pid);
}

const start = (root: string, signal: AbortSignal, boot = BOOT) =>
  bootMachine(
    root,
    { xen: join(root, 'xen'), probe: 'probe', kernel: 'k', initramfs: 'i' },
    boot,
    signal,
  );

describe('bootMachine', () => {
  let root = '';
  const never = new AbortController().signal;
  beforeEach(async () => {
    root = await standIn('exec sleep 60');
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it('returns what the machine said', async () => {
    await writeFile(
      join(root, 'lib/x86_64-linux-gnu/ld-linux-x86-64.so.2'),
      '#!/bin/sh\necho ATLAS DONE\n',
    );
    expect(await start(root, never)).toBe('ATLAS DONE\n');
  });

  it('ends the machine when it is interrupted', async () => {
    const interrupt = new AbortController();
    const machine = start(root, interrupt.signal);
    const pid = await processOf(root);
    interrupt.abort(new Error('stopped by SIGINT'));
    await expect(machine).rejects.toThrow();
    expect(await ends(pid)).toBe(true);
  });

  it('ends the machine when it takes too long, and says so', async () => {
    const machine = start(root, never, { ...BOOT, patience: 1 });
    await expect(machine).rejects.toThrow('not off after 1 s');
    expect(await ends(await processOf(root))).toBe(true);
  });

  it('ends the machine when it says too much', async () => {
    await writeFile(
      join(root, 'lib/x86_64-linux-gnu/ld-linux-x86-64.so.2'),
      '#!/bin/sh\necho $$ > pid\nexec yes\n',
    );
    await expect(start(root, never)).rejects.toThrow('QEMU ended');
    expect(await ends(await processOf(root))).toBe(true);
  });

  it('ends the machine when the process itself ends by SIGINT', async () => {
    const module = join(import.meta.dirname, 'machine-run.ts');
    const program = `
      import { bootMachine } from ${JSON.stringify(module)};
      const stop = new AbortController();
      process.once('SIGINT', () => stop.abort(new Error('stopped by SIGINT')));
      await bootMachine(${JSON.stringify(root)}, { xen: ${JSON.stringify(join(root, 'xen'))} }, ${JSON.stringify(BOOT)}, stop.signal).catch(() => {});
    `;
    const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', program]);
    const pid = await processOf(root);
    child.kill('SIGINT');
    expect(await ends(pid)).toBe(true);
  });
});
