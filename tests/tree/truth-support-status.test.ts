/** Every record of the sample of the truth about SUPPORT.md, where the sample is beside the project. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isTreeEvidence } from '../../src/model/evidence.ts';
import { readPinned } from '../pinned-content.ts';
import { ROOT } from '../xen-tree.ts';

const SAMPLE = resolve(ROOT, '../shared/truth/support.json');

interface SupportRecord {
  readonly id: string;
  readonly section: readonly string[];
  readonly qualifier: string | null;
  readonly status: string;
  readonly evidence: readonly { readonly file: string; readonly line: number }[];
}

describe.runIf(existsSync(SAMPLE))('the sample of the truth', () => {
  it('agrees on every row of SUPPORT.md', async () => {
    const { content } = await readPinned();
    const records = JSON.parse(readFileSync(SAMPLE, 'utf8')) as SupportRecord[];
    const facts = content.facts.filter((fact) => fact.kind === 'support-status');
    const rows = new Map(
      facts.map(({ id, attributes: a, evidence }) => {
        const section = [a.section, a.feature].filter((part) => part !== null);
        const [place] = evidence.filter(isTreeEvidence);
        return [
          id.replace('support-status/', 'sup.'),
          {
            section: a.level === null ? [] : section,
            qualifier: a.qualifier,
            status: a.status,
            evidence: [{ file: place?.path, line: place?.line }],
          },
        ];
      }),
    );
    expect(records.length).toBeGreaterThan(40);
    for (const { id, section, qualifier, status, evidence } of records) {
      const places = evidence.map(({ file, line }) => ({ file, line }));
      expect(rows.get(id), id).toEqual({ section, qualifier, status, evidence: places });
    }
  });
});
