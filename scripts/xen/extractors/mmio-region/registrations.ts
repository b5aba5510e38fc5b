/** Every place of the source that makes a region answer. */

import type { FactOf } from '../../../../src/schema/fact.ts';
import type { CFile } from '../../c-file.ts';
import { type Guard, readCalls } from '../../calls.ts';
import type { Corpus } from '../../corpus.ts';
import { blankComments } from '../../source-mask.ts';
import { type Operations, readNames, readOperations } from './operations.ts';

type Attributes = FactOf<'mmio-region'>['attributes'];

export interface Registration {
  readonly file: CFile;
  readonly line: number;
  /** Function around it; null for a fallback. */
  readonly symbol: string | null;
  readonly operations: Operations;
  readonly guards: readonly Guard[];
  readonly how: Attributes['registration'];
  /** Name that stands for it on its line. */
  readonly anchor: string;
}

function operationsOf(file: CFile, name: string): Operations {
  return readOperations(file, name) ?? { name, read: null, write: null };
}

/** Calls of `register_mmio_handler()`, outside of declarations; the structure is the second argument. */
export function readRegistered(corpus: Corpus): Registration[] {
  const callee = 'register_mmio_handler';
  return corpus.filesWith('xen/', [callee]).flatMap((file) =>
    readCalls(corpus.reader, file, new Set([callee]))
      .filter(({ symbol }) => symbol !== null)
      .map(({ arguments: [, ops = ''], line, symbol, guards }): Registration => {
        const name = ops.replace(/^&/, '');
        const operations = operationsOf(file, name);
        return { file, line, symbol, operations, guards, how: 'mmio-handler', anchor: name };
      }),
  );
}

/** Handlers that a function fills in itself, for memory: `handler->type = IOREQ_TYPE_COPY`. */
export function readRaw(corpus: Corpus): Registration[] {
  const callee = 'hvm_next_io_handler';
  return corpus.filesWith('xen/arch/x86/hvm/', [callee]).flatMap((file) =>
    readCalls(corpus.reader, file, new Set([callee]))
      .filter(({ symbol }) => symbol !== null && symbol !== 'register_mmio_handler')
      .flatMap(({ line, symbol, guards }): Registration[] => {
        const body = file.functions.find(({ name }) => name === symbol);
        const text = file.text.slice(body?.start, body?.end);
        const name = /->ops = &(\w+);/.exec(text)?.[1];
        if (!text.includes('->type = IOREQ_TYPE_COPY')) return [];
        const operations = operationsOf(file, name ?? '');
        const anchor = name ?? callee;
        return [{ file, line, symbol, operations, guards, how: 'io-handler', anchor }];
      }),
  );
}

/** Structures of a type that a file defines; nothing registers them. */
export function readDefined(
  { reader }: Corpus,
  file: CFile | undefined,
  type: string,
  how: Attributes['registration'],
): Registration[] {
  if (file === undefined) return [];
  return readNames(file, type).map((name): Registration => {
    const line = reader.declarationsOf(file, name)[0]?.line ?? 1;
    const operations = operationsOf(file, name);
    return { file, line, symbol: null, operations, guards: [], how, anchor: name };
  });
}

/** A function that finds an ioreq server for an access; `ops` is the function that chooses, by one of its names. */
export function readForwarded(
  file: CFile | undefined,
  symbol: string,
  names: readonly string[],
): Registration[] {
  const found = file?.functions.find(({ name }) => name === symbol);
  if (file === undefined || found === undefined) return [];
  const body = file.text.slice(found.start, found.end);
  const chooses = names.find((name) => body.includes(name));
  if (chooses === undefined) return [];
  const operations = { name: chooses, read: null, write: null };
  const { line } = found;
  return [{ file, line, symbol, operations, guards: [], how: 'device-model', anchor: chooses }];
}

/** Where the CPU interface of the GICv2 is mapped for a guest: on its first access, or before Xen 4.18 at once. */
const MAPPED = [
  { path: 'xen/arch/arm/traps.c', symbol: 'try_map_mmio', names: 'vgic.vbase', does: null },
  {
    path: 'xen/arch/arm/vgic-v2.c',
    symbol: 'vgic_v2_domain_init',
    names: 'map_mmio_regions(',
    does: 'map_mmio_regions',
  },
] as const;

/** Memory of the host that stands in the place of a device of the guest. */
export function readMapped(corpus: Corpus): Registration[] {
  return MAPPED.flatMap(({ path, symbol, names, does }): Registration[] => {
    const file = corpus.file(path);
    const found = file?.functions.find(({ name }) => name === symbol);
    if (file === undefined || found === undefined) return [];
    if (!blankComments(file.text).slice(found.start, found.end).includes(names)) return [];
    const operations = { name: does ?? symbol, read: null, write: null };
    const { line } = found;
    const anchor = does ?? symbol;
    return [{ file, line, symbol, operations, guards: [], how: 'mapped', anchor }];
  });
}

/** A guard as the tables write it. */
export function guardText({ text, holds }: Guard): string {
  return holds ? text : `!${text}`;
}
