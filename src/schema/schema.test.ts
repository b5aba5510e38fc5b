import type { z } from 'astro/zod';
import { describe, expect, it } from 'vitest';
import { SAMPLE } from '../../tests/samples/content.ts';
import { FACT_KINDS } from '../model/fact-kinds.ts';
import { GUEST_TYPES } from '../model/guest-types.ts';
import { answerSchema } from './answer.ts';
import { attributeSchemas, factSchema } from './fact.ts';
import { cellSchema, featureSchema } from './feature.ts';
import { conditionSchema, evidenceSchema, handlingSchema, handlingsSchema } from './handling.ts';
import { buildJsonSchemas, SCHEMAS } from './json-schemas.ts';
import { sourcesSchema } from './sources.ts';

const takes = (schema: z.ZodType, value: unknown) => schema.safeParse(value).success;

describe('a condition', () => {
  it.each([
    {},
    { vendor: 'intel', paging: 'hap', bits: 32, role: 'privileged' },
    { feature: ['apicv', '!cpuid-faulting'], guest: ['!ports-granted'] },
    { xl: { hpet: 0, nested: true, timer: 'x' }, cmdline: 'dom0=pvh' },
    { kconfig: ['CONFIG_PV', '!CONFIG_HVM'], ports: ['0x71'], bytes: [1], hypercalls: ['mca'] },
  ])('takes %j', (when) => {
    expect(takes(conditionSchema, when)).toBe(true);
  });

  it.each([
    { vendor: 'via' },
    { bits: 16 },
    { feature: [] },
    { feature: ['wheel'] },
    { feature: ['!!apicv'] },
    { kconfig: ['PV'] },
    { ports: ['113'] },
    { ports: ['0x71000'] },
    { wheel: 1 },
  ])('refuses %j', (when) => {
    expect(takes(conditionSchema, when)).toBe(false);
  });
});

describe('handlings', () => {
  it.each([
    [{ how: 'emulated', by: 'xen', evidence: [0] }, true],
    [{ how: 'refused', effect: '#GP', access: 'read', note: 'Why.', evidence: [] }, true],
    [{ how: 'emulated' }, false],
    [{ how: 'simulated', evidence: [0] }, false],
    [{ how: 'emulated', evidence: [-1] }, false],
    [{ how: 'emulated', evidence: [0.5] }, false],
    [{ how: 'emulated', note: '', evidence: [0] }, false],
  ])('%j', (handling, taken) => {
    expect(takes(handlingSchema, handling)).toBe(taken);
  });

  it('are never none: what is not known is written out', () => {
    expect(takes(handlingsSchema, [])).toBe(false);
    expect(takes(handlingsSchema, [{ how: 'unknown', note: 'Open.', evidence: [] }])).toBe(true);
  });
});

describe('evidence', () => {
  it.each([
    [{ path: 'xen/a.c', symbol: 'turn', anchor: 'x', line: 1, fingerprint: '0'.repeat(16) }, true],
    [{ message: 'a@b', note: 'Why.' }, true],
    [{ doc: 'SDM', section: '25.1' }, true],
    [{ path: 'xen/a.c', fingerprint: 'XYZ' }, false],
    [{ path: 'xen/a.c', line: 0 }, false],
    [{ path: 'xen/a.c', message: 'a@b' }, false],
    [{ doc: 'SDM' }, false],
    [{}, false],
  ])('%j', (evidence, taken) => {
    expect(takes(evidenceSchema, evidence)).toBe(taken);
  });
});

describe('a cell', () => {
  it.each([
    [{ from: 'facts/io-port/pit' }, true],
    [{ from: 'io-port/pit' }, false],
    [{ from: 'facts/io-port/pit', how: 'absent' }, false],
    [[], false],
  ])('%j', (cell, taken) => {
    expect(takes(cellSchema, cell)).toBe(taken);
  });
});

describe('facts', () => {
  it('have attributes for every kind', () => {
    expect(Object.keys(attributeSchemas)).toEqual(FACT_KINDS);
  });

  it.each(SAMPLE.facts)('$id leaves no column blank and adds no key', (fact) => {
    expect(takes(factSchema, fact)).toBe(true);
    for (const guest of GUEST_TYPES) {
      const { [guest]: _left, ...others } = fact.guests;
      expect(takes(factSchema, { ...fact, guests: others })).toBe(false);
    }
    expect(takes(factSchema, { ...fact, wheel: 1 })).toBe(false);
    expect(takes(factSchema, { ...fact, attributes: { ...fact.attributes, wheel: 1 } })).toBe(
      false,
    );
    expect(takes(factSchema, { ...fact, evidence: [] })).toBe(false);
    expect(takes(factSchema, { ...fact, id: '../escape' })).toBe(false);
  });
});

describe('what people write', () => {
  it('is held to closed lists', () => {
    const [feature] = SAMPLE.features.map(({ id: _id, ...data }) => data);
    const [answer] = SAMPLE.answers.map(({ id: _id, ...data }) => data);
    expect(takes(featureSchema, feature)).toBe(true);
    expect(takes(featureSchema, { ...feature, area: 'wheels' })).toBe(false);
    expect(takes(featureSchema, { ...feature, summary: 'Short.' })).toBe(false);
    expect(takes(answerSchema, answer)).toBe(true);
    expect(takes(answerSchema, { ...answer, stillHolds: 'perhaps' })).toBe(false);
    expect(takes(answerSchema, { ...answer, evidence: [] })).toBe(false);
  });

  it('pins a commit and not a branch', () => {
    const { xen } = SAMPLE.sources;
    expect(takes(sourcesSchema, SAMPLE.sources)).toBe(true);
    expect(takes(sourcesSchema, { ...SAMPLE.sources, xen: { ...xen, commit: 'staging' } })).toBe(
      false,
    );
  });
});

describe('buildJsonSchemas', () => {
  it('has a file for each collection, which says what its fields are', () => {
    const files = buildJsonSchemas();
    expect(files.map(({ path }) => path)).toEqual(
      Object.keys(SCHEMAS).map((name) => `${name}.json`),
    );
    for (const { json } of files) {
      expect(json).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema' });
      expect(JSON.stringify(json)).toContain('"description"');
    }
  });
});
