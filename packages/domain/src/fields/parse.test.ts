import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { KINDS } from '../kinds.ts';
import { needsAssessment } from '../needs/kind.ts';
import { completenessOf } from './completeness.ts';
import { parseFields } from './parse.ts';
import { INVALID_REASONS } from './reasons.ts';
import { type CodeChecks, kindSchema } from './schema.ts';

const codes: CodeChecks = {
  cpv: (code) => /^\d{8}$/.test(code),
  territories: (code) => ['38', '69M', '73'].includes(code),
  ris3: (code) => /^RA[1-7]$/.test(code),
};
const parse = (json: unknown) => parseFields(needsAssessment, json, codes);

/** Fields that somebody could have filled in, with every type of the language. */
const filled = {
  title: 'Reduce waits in emergency care',
  owner: 'chu-grenoble',
  territories: ['38', '73'],
  domains: ['RA1'],
  cpv: ['33000000'],
  trigger: 'service-problem',
  policyLinks: [{ id: 'p1', label: 'Regional plan', url: 'https://example.org/plan' }],
  currentService: 'Two counters,\nfour nurses.',
  volumePerYear: { value: '48000', unit: 'visits' },
  groups: [{ id: 'g1', name: 'Patients', kind: 'user', people: 48000, consultedHow: 'Survey' }],
  outcomes: [
    {
      id: 'o1',
      outcome: 'Seen sooner',
      metric: 'Wait',
      unit: 'h',
      baseline: '4.5',
      target: '1',
      by: '2028-06-30',
      priority: 'must',
    },
  ],
  yearlyCost: { amount: '120000.00', currency: 'EUR' },
  sources: [{ id: 's1', kind: 'patent', reference: 'EP1', date: '2026-01-01' }],
  solutions: [{ id: 'x1', name: 'Triage', trl: 6, gaps: ['o1'] }],
  marketState: 'none-needs-R&D',
  risks: [{ id: 'r1', kind: 'legal', text: 'Consent', probability: 2, impact: 4 }],
  personalData: 'yes',
  neededBy: '2028-01-01',
  budget: { min: '100000.00', max: '250000', currency: 'EUR' },
  options: [
    {
      id: 'n',
      name: 'Nothing',
      doNothing: true,
      operation: [{ id: 'y1', year: 1, money: { amount: '5', currency: 'EUR' } }],
    },
  ],
  requested: 'study-feasibility',
};

describe('parsing fields', () => {
  test('[F1] values of every type come out as they went in', () => {
    expect(parse(filled)).toEqual({ values: filled, invalid: [] });
    expect(kindSchema(needsAssessment, codes).parse(filled)).toEqual(filled);
  });

  test('[F1] a valid value is kept beside an invalid one in the same list and the same row', () => {
    const { values, invalid } = parse({
      territories: ['73', 'XX', '38', '38'],
      outcomes: [{ id: 'o1', metric: 'Wait', target: 'one hour' }, 'not a row', { id: '<b>' }, { id: 'o1' }],
    });
    expect(values).toEqual({ territories: ['38', '73'], outcomes: [{ id: 'o1', metric: 'Wait' }] });
    expect(invalid).toEqual([
      { path: 'territories.1', reason: 'unknown-code' },
      { path: 'outcomes.o1.target', reason: 'not-a-decimal' },
      { path: 'outcomes.1', reason: 'not-a-row' },
      { path: 'outcomes.2', reason: 'not-a-row' },
      { path: 'outcomes.3', reason: 'not-a-row' },
    ]);
  });

  test.each<[string, unknown, string]>([
    ['title', 7, 'not-text'],
    ['title', 'x'.repeat(301), 'too-long'],
    ['trigger', 'boredom', 'not-an-option'],
    ['years', 2.5, 'not-an-integer'],
    ['years', 51, 'out-of-range'],
    ['discountRate', '4,5', 'not-a-decimal'],
    ['neededBy', '2027-02-29', 'not-a-date'],
    ['neededBy', '29/02/2028', 'not-a-date'],
    ['yearlyCost', { amount: '-5', currency: 'EUR' }, 'not-money'],
    ['yearlyCost', { amount: '5', currency: 'euro' }, 'not-money'],
    ['yearlyCost', '5 €', 'not-money'],
    ['budget', { min: '2', max: '1.99', currency: 'EUR' }, 'min-above-max'],
    ['budget', { min: '2', currency: 'EUR' }, 'not-money'],
    ['budget', { min: 'about ten', max: '20.00', currency: 'EUR' }, 'not-money'],
    ['budget', { min: '10.00', max: '', currency: 'EUR' }, 'not-money'],
    ['budget', { min: '10.00', max: '2e3', currency: 'EUR' }, 'not-money'],
    ['volumePerYear', ['many'], 'not-a-quantity'],
    ['owner', '../etc', 'not-an-id'],
    ['consultation', 'javascript:alert(1)', 'not-an-address'],
    ['consultation', 'https://user:pass@example.org/', 'not-an-address'],
    ['cpv', 'not a list', 'not-a-list'],
    ['outcomes', { o1: {} }, 'not-a-list'],
    ['groups', Array.from({ length: 201 }, (_, n) => ({ id: `g${n}` })), 'too-many'],
  ])('[F2] %s = %j is reported as %s', (field, value, reason) => {
    expect(parse({ [field]: value }).invalid).toContainEqual({ path: field, reason });
  });

  test('[F2] every reason is explained in the three languages', () => {
    for (const text of Object.values(INVALID_REASONS)) expect(Object.keys(text).sort()).toEqual(['en', 'fr', 'it']);
  });

  test('[F3] unknown keys are ignored and empty values are absent', () => {
    expect(
      parse({
        nonsense: 1,
        title: '  ',
        cpv: [],
        trigger: null,
        yearlyCost: { amount: '', currency: 'EUR' },
        volumePerYear: { value: '', unit: 'visits' },
      }),
    ).toEqual({ values: {}, invalid: [] });
  });

  test('[F4] no JSON makes it throw, and what it keeps parses to itself under the strict schema', () => {
    const ids = needsAssessment.sections.flatMap(({ fields }) => fields.map(({ id }) => id));
    const row = fc.record({ id: fc.stringMatching(/^[a-z]{1,3}$/), target: fc.jsonValue(), kind: fc.jsonValue() });
    const value = fc.oneof(fc.jsonValue(), fc.array(row), fc.constantFrom(...Object.values(filled)));
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.dictionary(fc.constantFrom(...ids), value)), (json) => {
        for (const kind of Object.values(KINDS)) {
          const { values } = parseFields(kind, json, codes);
          expect(parseFields(kind, values, codes)).toEqual({ values, invalid: [] });
          expect(kindSchema(kind, codes).safeParse(values).success).toBe(true);
        }
      }),
    );
  });

  test('[F4] inherited names and prototype keys are only data', () => {
    expect(parse(JSON.parse('{"__proto__":{"title":"x"},"constructor":1}'))).toEqual({ values: {}, invalid: [] });
  });

  test('[F5] a reference to a deleted row is empty, not invalid', () => {
    const { values, invalid } = parse({
      outcomes: [{ id: 'o1', metric: 'm' }],
      solutions: [{ id: 'x1', gaps: ['o1', 'deleted'] }],
    });
    expect([values.solutions, invalid]).toEqual([[{ id: 'x1', gaps: ['o1'] }], []]);
  });
});

describe('completeness', () => {
  const sections = needsAssessment.sections.map(({ id }) => id);

  test('[F6] an empty template has everything required still to do', () => {
    const { done, total, missing } = completenessOf(needsAssessment, {}, sections);
    expect([done, total, missing.length]).toEqual([0, 14, 14]);
    expect(missing).toContain('identity.title');
  });

  test('[F6] all required fields and all sections make a document complete', () => {
    expect(completenessOf(needsAssessment, parse(filled).values, sections)).toEqual({
      done: 14,
      total: 14,
      missing: [],
    });
  });

  test('[F6] a missing section is one more thing to do', () => {
    const without = sections.filter((id) => id !== 'risks');
    expect(completenessOf(needsAssessment, parse(filled).values, without)).toEqual({
      done: 14,
      total: 15,
      missing: ['risks'],
    });
  });

  test('[F6] rows count when one of them says something', () => {
    const values = parse({ ...filled, risks: [{ id: 'r1' }] }).values;
    expect(completenessOf(needsAssessment, values, sections).missing).toEqual(['risks.risks']);
  });

  test('[F6] free text has no sections to miss', () => {
    expect(completenessOf(KINDS.note, { title: 'x' }, [])).toEqual({ done: 1, total: 1, missing: [] });
  });
});
