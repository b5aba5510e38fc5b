/** Settings that a reader may choose without writing them, and the text with one of them changed. */
import type { XlKey } from './xl-keys.ts';
import { parseXl } from './xl-parser.ts';

export interface CommonSetting {
  readonly key: XlKey;
  readonly words: string;
  /** What may be written for it, as xl reads it. */
  readonly values: readonly string[];
}

/** In the order of the form. */
export const COMMON_SETTINGS: readonly CommonSetting[] = [
  { key: 'type', words: 'Guest type', values: ['"pv"', '"pvh"', '"hvm"'] },
  { key: 'pvshim', words: 'PV shim', values: ['0', '1'] },
  { key: 'hap', words: 'HAP', values: ['0', '1'] },
  {
    key: 'tsc_mode',
    words: 'TSC mode',
    values: ['"default"', '"always_emulate"', '"native"'],
  },
  { key: 'nestedhvm', words: 'Nested virtualization', values: ['0', '1'] },
  { key: 'vga', words: 'Display adapter', values: ['"cirrus"', '"stdvga"', '"qxl"', '"none"'] },
  { key: 'hpet', words: 'HPET', values: ['0', '1'] },
  { key: 'viridian', words: 'Viridian', values: ['0', '1'] },
  { key: 'bios', words: 'Firmware', values: ['"seabios"', '"ovmf"'] },
  { key: 'device_model_stubdomain_override', words: 'Stub domain', values: ['0', '1'] },
];

/** The text with a key set to what is written, in place of its last setting or at the end; without it for `''`. */
export function withSetting(text: string, key: string, written: string): string {
  const last = parseXl(text).settings.findLast((setting) => setting.key === key);
  const assignment = written === '' ? '' : `${key} = ${written}`;
  if (last === undefined) {
    const body = text === '' || text.endsWith('\n') ? text : `${text}\n`;
    return assignment === '' ? text : `${body}${assignment}\n`;
  }
  const after = text.slice(last.end);
  const rest = assignment === '' ? after.replace(/^[ \t]*(?:;[ \t]*|\n)/, '') : after;
  return `${text.slice(0, last.start)}${assignment}${rest}`;
}

/** Configurations to start from. */
export const EXAMPLES: Readonly<Record<string, string>> = {
  PVH: 'name = "guest"\ntype = "pvh"\nkernel = "/boot/vmlinuz"\nmemory = 2048\nvcpus = 2\ndisk = [ "format=raw,vdev=xvda,access=rw,backendtype=phy,target=/dev/vg/guest" ]\nvif = [ "bridge=xenbr0" ]\n',
  PV: 'name = "guest"\ntype = "pv"\nkernel = "/boot/vmlinuz"\nmemory = 2048\nvcpus = 2\ndisk = [ "format=raw,vdev=xvda,access=rw,backendtype=phy,target=/dev/vg/guest" ]\nvif = [ "bridge=xenbr0" ]\n',
  HVM: 'name = "guest"\ntype = "hvm"\nmemory = 2048\nvcpus = 2\ndisk = [ "/var/images/guest.qcow2,qcow2,hda,rw" ]\nvif = [ "bridge=xenbr0" ]\nvnc = 1\n',
};
