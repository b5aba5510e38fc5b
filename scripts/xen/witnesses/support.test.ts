/** What Kconfig and the code say of SUPPORT.md, on texts written for the test. */
import { describe, expect, it } from 'vitest';
import { corpusOf } from '../../../tests/xen-corpus.ts';
import { supportStatus } from '../extractors/support-status/index.ts';
import { readStatusRows } from '../extractors/support-status/rows.ts';
import { compareWitnesses, type WitnessPair } from '../witness.ts';
import { kconfigSupport } from './kconfig-support.ts';
import { supportCode } from './support-code.ts';

const FILLERS = Array.from(
  { length: 160 },
  (_, i) => `\n### Filler ${i}\n\n    Status: Supported\n`,
);

function supportText(status: string): string {
  return `# Release Support

    Xen-Version: 4.22
    Initial-Release: 2026-01-02
    Supported-Until: 2027-01-02
    Security-Support-Until: 2028-01-02

# Feature Support

## Resource Management

### Null Scheduler

    Status: ${status}

### PVCalls (backend)

    Status, Linux: Experimental

It has no xl support.

## Fillers
${FILLERS.join('')}`;
}

const KCONFIG = `config SCHED_NULL
	bool "Null scheduler support (UNSUPPORTED)" if UNSUPPORTED

config SCHED_CREDIT
	bool "Credit scheduler support"
`;

async function compared(pair: WitnessPair, texts: Readonly<Record<string, string>>) {
  const corpus = await corpusOf(texts);
  const { facts } = supportStatus.extract(corpus);
  return compareWitnesses(corpus, facts, [{ ...pair, minimum: 1 }]);
}

it('has rows to compare', () => {
  expect(readStatusRows(supportText('Supported')).rows.length).toBeGreaterThan(160);
});

describe('what Kconfig calls unsupported', () => {
  const tree = (status: string, kconfig = KCONFIG) => ({
    'SUPPORT.md': supportText(status),
    'xen/common/sched/Kconfig': kconfig,
  });

  it('agrees with a status that is not supported', async () => {
    const { witnesses, problems } = await compared(kconfigSupport, tree('Experimental'));
    expect(problems).toEqual([]);
    expect(witnesses).toMatchObject([{ compared: 1, disagreements: [] }]);
  });

  it('does not agree with a supported one', async () => {
    const { witnesses } = await compared(kconfigSupport, tree('Supported'));
    expect(witnesses[0]?.disagreements).toMatchObject([
      {
        subject: 'Null Scheduler',
        facts: ['support-status/resource-management-null-scheduler'],
        first: { says: 'marks `CONFIG_SCHED_NULL` as unsupported' },
        second: { says: 'Supported' },
      },
    ]);
  });

  it('takes an option that no row is known for as a problem', async () => {
    const more = `${KCONFIG}\nconfig WHEEL\n\tbool "Wheels (UNSUPPORTED)"\n`;
    const { problems } = await compared(kconfigSupport, tree('Experimental', more));
    expect(problems).toMatchObject([
      {
        kind: 'construct-unknown',
        place: { path: 'xen/common/sched/Kconfig', line: 7 },
        actual: expect.stringContaining('CONFIG_WHEEL'),
      },
    ]);
  });
});

describe('features of SUPPORT.md', () => {
  const SCHEDULER = { 'xen/common/sched/null.c': 'REGISTER_SCHEDULER(sched_null_def);\n' };

  it('compares the claims that are made', async () => {
    const { witnesses, problems } = await compared(supportCode, {
      'SUPPORT.md': supportText('Experimental'),
      'tools/xl/xl_parse.c': '',
      ...SCHEDULER,
    });
    expect(problems).toEqual([]);
    expect(witnesses).toMatchObject([{ compared: 2, disagreements: [] }]);
  });

  it('finds code that is not as claimed, either way', async () => {
    const { witnesses } = await compared(supportCode, {
      'SUPPORT.md': supportText('Experimental'),
      'tools/xl/xl_parse.c': 'void f(void)\n{\n    get(config, "pvcalls");\n}\n',
    });
    expect(witnesses[0]?.disagreements.map(({ subject }) => subject)).toEqual([
      'Null Scheduler',
      'PVCalls backend in xl',
    ]);
  });
});
