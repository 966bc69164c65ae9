import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isRunning, type MandateTerms, mayHaveMandate, mayManageBodies, nextTurn, stateOf } from './mandates.ts';

const at = (hour: number): Date => new Date(Date.UTC(2026, 10, 23, hour));
const mandate = (over: Partial<MandateTerms> = {}): MandateTerms => ({
  personId: 'ada',
  role: 'member',
  from: at(8),
  ...over,
});
const refused = (reason: string) => ({ ok: false, reason });

describe('mandates', () => {
  test('[G2] run from their beginning, inclusive, to their end, exclusive', () => {
    const short = mandate({ until: at(10) });
    expect([at(7), at(8), at(9), at(10)].map((now) => stateOf(short, now))).toEqual([
      'coming',
      'running',
      'running',
      'ended',
    ]);
    expect(isRunning(mandate(), at(23))).toBe(true);
  });

  test('[G2] one that ends before or when it begins is none', () => {
    const body = { state: 'active', others: [] } as const;
    for (const until of [at(7), at(8)])
      expect(mayHaveMandate(body, mandate({ until }))).toEqual(refused('ends-before-it-begins'));
    expect(mayHaveMandate(body, mandate({ until: at(9) })).ok).toBe(true);
  });

  test('[G3] nobody has one role twice at a time; another role, another time or another person is right', () => {
    const body = { state: 'active', others: [mandate({ until: at(10) })] } as const;
    expect(mayHaveMandate(body, mandate({ from: at(9) }))).toEqual(refused('already-has-mandate'));
    expect(mayHaveMandate(body, mandate({ from: at(10) })).ok).toBe(true);
    expect(mayHaveMandate(body, mandate({ from: at(9), role: 'chair' })).ok).toBe(true);
    expect(mayHaveMandate(body, mandate({ from: at(9), personId: 'bob' })).ok).toBe(true);
  });

  test('[G5] nobody gets one in an archived body', () => {
    expect(mayHaveMandate({ state: 'archived', others: [] }, mandate())).toEqual(refused('body-archived'));
  });

  test('[G1] bodies are managed by administrators and the secretariat', () => {
    expect(mayManageBodies('administrator').ok && mayManageBodies('secretariat').ok).toBe(true);
    for (const role of ['member', 'guest'] as const) expect(mayManageBodies(role)).toEqual(refused('secretariat-only'));
  });

  test('nothing begins or ends before the next turn', () => {
    const anyHour = fc.integer({ min: 0, max: 23 });
    const anyMandate = fc.record({ from: anyHour, until: fc.option(anyHour, { nil: undefined }) });
    fc.assert(
      fc.property(fc.array(anyMandate, { maxLength: 6 }), anyHour, (list, hour) => {
        const mandates = list.map(({ from, until }) =>
          mandate({ from: at(from), ...(until === undefined ? {} : { until: at(until) }) }),
        );
        const running = (now: Date) => mandates.map((one) => isRunning(one, now));
        const turn = nextTurn(mandates, at(hour));
        for (let next = hour; next < (turn === undefined ? 24 : turn.getUTCHours()); next += 1)
          expect(running(at(next))).toEqual(running(at(hour)));
      }),
    );
  });
});
