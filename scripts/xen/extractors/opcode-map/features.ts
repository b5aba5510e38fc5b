/** The CPUID features that the emulator asks for before it runs an instruction, and which instructions they stand for. */
import { type Problem, problem } from '../../../problems/problem.ts';
import type { Corpus } from '../../corpus.ts';

const FOLDER = 'xen/arch/x86/x86_emulate/';

/** Features by the id of the instruction that they stand for, in Xen's names. */
const FEATURES_OF: Readonly<Record<string, readonly string[]>> = {
  '3dnow': ['3dnow', '3dnow_ext'],
  adx: ['adx'],
  aesni: ['aesni'],
  avx: ['avx'],
  avx2: ['avx2'],
  'avx-ifma': ['avx_ifma'],
  'avx-ne-convert': ['avx_ne_convert'],
  'avx-vnni': ['avx_vnni'],
  'avx-vnni-int16': ['avx_vnni_int16'],
  'avx-vnni-int8': ['avx_vnni_int8'],
  'avx512-4fmaps': ['avx512_4fmaps'],
  'avx512-4vnniw': ['avx512_4vnniw'],
  'avx512-bf16': ['avx512_bf16'],
  'avx512-bitalg': ['avx512_bitalg'],
  'avx512-bmm': ['avx512_bmm'],
  'avx512-fp16': ['avx512_fp16'],
  'avx512-ifma': ['avx512_ifma'],
  'avx512-vbmi': ['avx512_vbmi'],
  'avx512-vbmi2': ['avx512_vbmi2'],
  'avx512-vnni': ['avx512_vnni'],
  'avx512-vp2intersect': ['avx512_vp2intersect'],
  'avx512-vpopcntdq': ['avx512_vpopcntdq'],
  avx512bw: ['avx512bw'],
  avx512cd: ['avx512cd'],
  avx512dq: ['avx512dq'],
  avx512er: ['avx512er'],
  avx512f: ['avx512f', 'avx512vl'],
  avx512pf: ['avx512pf'],
  bmi1: ['bmi1'],
  bmi2: ['bmi2'],
  'clac-stac': ['smap'],
  clflush: ['clflush', 'clflushopt'],
  clwb: ['clwb'],
  clzero: ['clzero'],
  cmov: ['cmov'],
  cmpccxadd: ['cmpccxadd'],
  cmpxchg8b: ['cx8', 'cx16'],
  enqcmd: ['enqcmd'],
  f16c: ['f16c'],
  fma: ['fma'],
  fma4: ['fma4'],
  fxsave: ['fxsr'],
  gfni: ['gfni'],
  invpcid: ['invpcid'],
  lahf: ['lahf_lm'],
  lkgs: ['lkgs'],
  mmx: ['mmx'],
  mmxext: ['mmxext'],
  movbe: ['movbe'],
  movdir64b: ['movdir64b'],
  movdiri: ['movdiri'],
  pclmulqdq: ['pclmulqdq'],
  popcnt: ['popcnt'],
  rdpid: ['rdpid'],
  rdrand: ['rdrand'],
  rdseed: ['rdseed'],
  serialize: ['serialize'],
  sha: ['sha'],
  sha512: ['sha512'],
  sm3: ['sm3'],
  sm4: ['sm4'],
  sse: ['sse'],
  sse2: ['sse2'],
  sse3: ['sse3'],
  'sse4-1': ['sse4_1'],
  'sse4-2': ['sse4_2'],
  sse4a: ['sse4a'],
  ssse3: ['ssse3'],
  sysenter: ['sep'],
  tbm: ['tbm'],
  vaes: ['vaes'],
  vpclmulqdq: ['vpclmulqdq'],
  wrmsrns: ['wrmsrns'],
  x87: ['fpu'],
  xop: ['xop'],
  xsusldtrk: ['tsxldtrk'],
};

interface Asked {
  readonly feature: string;
  readonly path: string;
  /** 1-based. */
  readonly line: number;
}

/** Every place where the emulator asks for a feature, in the order of files and lines. */
function askedFeatures(corpus: Corpus): Asked[] {
  const paths = [...corpus.texts.keys()].filter(
    (path) => path.startsWith(FOLDER) && path.endsWith('.c'),
  );
  return paths.sort().flatMap((path) => {
    const lines = corpus.file(path)?.plain.split('\n') ?? [];
    return lines.flatMap((text, index) =>
      /^\s*#/.test(text)
        ? []
        : [...text.matchAll(/(?<![A-Za-z])(?:host_and_)?vcpu_must_have\((\w+)\)/g)]
            .map((match) => match[1] ?? '')
            .filter((feature) => feature !== 'feat')
            .map((feature) => ({ feature, path, line: index + 1 })),
    );
  });
}

/** The features that the emulator of a tree asks for. */
export interface EmulatorFeatures {
  /** Those of an instruction, sorted; none where its code asks for none by this means. */
  readonly of: (instruction: string) => readonly string[];
  readonly problems: readonly Problem[];
}

/** Reads the features. One that stands for no instruction of the tables is an error of its line. */
export function readEmulatorFeatures(corpus: Corpus): EmulatorFeatures {
  const asked = askedFeatures(corpus);
  const known = new Set(Object.values(FEATURES_OF).flat());
  const found = new Set(asked.map(({ feature }) => feature));
  const unknown = asked.filter(
    ({ feature }, index) =>
      !known.has(feature) && asked.findIndex((other) => other.feature === feature) === index,
  );
  return {
    of: (instruction) =>
      (FEATURES_OF[instruction] ?? []).filter((feature) => found.has(feature)).toSorted(),
    problems: unknown.map(({ feature, path, line }) =>
      problem(
        'construct-unknown',
        { path, line },
        {
          actual: `the feature \`${feature}\` that the emulator asks for`,
          expected: 'an entry of `FEATURES_OF`',
          repair:
            'List the instruction in `instructions/` of the extractor `opcode-map`, and its feature in `features.ts`.',
        },
      ),
    ),
  };
}
