/** What a person found who read the switch and the tables of the tests where they do not agree. */
export interface Reading {
  readonly opcodes: readonly string[];
  readonly reading: string;
}

function opcodes(map: string, bytes: string): string[] {
  return bytes.split(' ').map((byte) => `${map} ${byte}`);
}

export const READINGS: readonly Reading[] = [
  {
    opcodes: opcodes('legacy/0f', '33 79 aa b8'),
    reading:
      'RDPMC, VMWRITE, RSM and JMPE: the tests ask for their length and their access to memory, which the tables of the decoder tell. The emulator does not run them, and both are right.',
  },
  {
    opcodes: opcodes('legacy/0f38.66', '80 81'),
    reading:
      'INVEPT and INVVPID: the decoder knows their operands, and the emulator does not run them. Both are right.',
  },
  {
    opcodes: opcodes('legacy/0f', '19 1d'),
    reading:
      'Hints without effect: the switch takes the whole range 19 to 1f, and the tests leave two of it out.',
  },
  {
    opcodes: opcodes('XOP/8f09', '98 99 9a 9b 9c 9d 9e 9f'),
    reading:
      'VPSHAB, VPSHAW, VPSHAD and VPSHAQ are encoded as 98 to 9b, as the switch has them. The tests list them four bytes later, where XOP has no instruction; the decoder takes these as well, so that the tests pass.',
  },
  {
    opcodes: opcodes('XOP/8f09', '12'),
    reading:
      'LLWPCB and SLWPCB are encoded as 12, where the switch gives #UD. The tests list them under 02, with their byte of ModRM.',
  },
  {
    opcodes: [
      ...opcodes('EVEX/0f38.F2', '52 53 9a 9b'),
      ...opcodes('EVEX/0f38.66', 'c6 c7 c8 ca cb cc cd'),
    ],
    reading:
      'AVX512_4VNNIW, AVX512_4FMAPS, AVX512PF and AVX512ER, which only Xeon Phi had: the emulator no longer runs them, and the decoder still takes them.',
  },
];
