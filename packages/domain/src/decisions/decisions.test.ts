import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MANDATE_ROLES } from '../governance/api.ts';
import type { Reader } from '../governance/conducting.ts';
import type { MandateTerms } from '../governance/mandates.ts';
import { VoteOutcome } from '../polls/called.ts';
import { BASES, DECISION_STATES } from './api.ts';
import { restsOnPoll, resultOf, saysHow } from './grounds.ts';
import { dayOf, daysAfter, noonOf, numberText, yearOf } from './numbers.ts';
import { maySign, seesDecision, signsForAll } from './people.ts';
import { isInForce, mayAnnul, mayDraft, mayPublish, maySupersede, TRANSITIONS } from './states.ts';

const at = (day: number): Date => new Date(Date.UTC(2026, 10, day, 9));
const NOW = at(10);
const mandate = (personId: string, role: MandateTerms['role'], over: Partial<MandateTerms> = {}): MandateTerms => ({
  ...{ personId, role, from: at(5), until: at(15) },
  ...over,
});
const reader = (personId: string, over: Partial<Reader> = {}): Reader => ({
  ...{ personId, platformRole: 'member', limited: false },
  ...over,
});
const seen = (over: Partial<Parameters<typeof seesDecision>[2]> = {}) => ({
  ...{ drafted: false, published: false, decidedAt: NOW, barred: false },
  ...over,
});

describe('who sees a decision', () => {
  test('[R2] drafts: who acts for the body; what was adopted: its people; what is published: every member', () => {
    for (const role of MANDATE_ROLES) {
      const body = { mandates: [mandate('ada', role)] };
      const acts = ['chair', 'vice-chair', 'secretary'].includes(role);
      expect(seesDecision(body, reader('ada'), seen({ drafted: true }), NOW)).toBe(acts);
      expect(seesDecision(body, reader('ada'), seen(), NOW)).toBe(true);
      expect(seesDecision(body, reader('bob'), seen(), NOW)).toBe(false);
      expect(seesDecision(body, reader('bob'), seen({ published: true }), NOW)).toBe(true);
      expect(seesDecision(body, reader('bob', { platformRole: 'guest' }), seen({ published: true }), NOW)).toBe(false);
    }
  });

  test('[R2] who had a mandate when it was decided, and nobody whose mandate had ended before', () => {
    const body = { mandates: [mandate('ada', 'member', { until: at(8) })] };
    const sees = (day: number) => seesDecision(body, reader('ada'), seen({ decidedAt: at(day) }), NOW);
    expect([4, 5, 7, 8].map(sees)).toEqual([false, true, true, false]);
  });

  test('[R2] who is barred from the item sees it once it is published, whatever they are', () => {
    const body = { mandates: [mandate('ada', 'chair')] };
    for (const platformRole of ['administrator', 'member'] as const) {
      const ada = reader('ada', { platformRole });
      expect(seesDecision(body, ada, seen({ barred: true }), NOW)).toBe(false);
      expect(seesDecision(body, ada, seen({ barred: true, published: true }), NOW)).toBe(true);
    }
  });

  test('[R1] [R2] nobody with a limited token', () => {
    const body = { mandates: [mandate('ada', 'chair')] };
    expect(seesDecision(body, reader('ada', { limited: true }), seen({ published: true }), NOW)).toBe(false);
  });
});

describe('on what a decision rests', () => {
  test('[R3] on a poll of this body that was made known and adopts, rejects or elects', () => {
    const poll = { bodyId: 'board', published: true, outcome: 'adopted' as const };
    expect(restsOnPoll(poll, 'board')).toEqual({ ok: true });
    expect(restsOnPoll(poll, 'jury')).toMatchObject({ reason: 'no-such-poll' });
    expect(restsOnPoll(null, 'board')).toMatchObject({ reason: 'no-such-poll' });
    expect(restsOnPoll({ ...poll, published: false }, 'board')).toMatchObject({ reason: 'poll-not-published' });
    const decides = VoteOutcome.options.filter((outcome) => restsOnPoll({ ...poll, outcome }, 'board').ok);
    expect(decides.toSorted()).toEqual(['adopted', 'elected', 'rejected']);
  });

  test('[R3] a written procedure and a delegation are named', () => {
    expect(BASES.filter((basis) => saysHow(basis, ' ').ok)).toEqual(['poll', 'consensus']);
    expect(BASES.every((basis) => saysHow(basis, 'by the act of 3 March').ok)).toBe(true);
  });

  test('[R6] a rejection is a decision', () => {
    expect([undefined, ...VoteOutcome.options].filter((outcome) => resultOf(outcome) === 'rejected')).toEqual([
      'rejected',
    ]);
  });
});

describe('numbers', () => {
  test('[R4] are written with the year, and at least two digits', () => {
    expect([1, 9, 10, 99, 100].map((seq) => numberText(2026, seq))).toEqual([
      '2026-01',
      '2026-09',
      '2026-10',
      '2026-99',
      '2026-100',
    ]);
  });

  test('[R4] the year is that of the region', () => {
    expect(yearOf(new Date('2026-12-31T22:59:59Z'))).toBe(2026);
    expect(yearOf(new Date('2026-12-31T23:00:00Z'))).toBe(2027);
    const anyDay = fc
      .date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
    fc.assert(fc.property(anyDay, (day) => expect(dayOf(noonOf(day))).toBe(day)));
  });

  test('[R11] days are counted on the calendar', () => {
    expect(daysAfter('2026-02-27', 2)).toBe('2026-03-01');
    expect(daysAfter('2026-03-29', 1)).toBe('2026-03-30');
    expect(daysAfter('2026-01-01', -1)).toBe('2025-12-31');
  });
});

describe('states', () => {
  test('[R7] [R12] nothing goes back to a draft, and only a draft is worded anew', () => {
    for (const table of Object.values(TRANSITIONS)) expect(Object.values(table)).not.toContain('draft');
    expect(DECISION_STATES.filter((state) => mayDraft(state).ok)).toEqual(['draft']);
  });

  test('[R8] [R10] what holds may be annulled, what was signed published', () => {
    expect(DECISION_STATES.filter(isInForce)).toEqual(['adopted', 'signed', 'published']);
    expect(DECISION_STATES.filter((state) => mayAnnul(state).ok)).toEqual(DECISION_STATES.filter(isInForce));
    expect(DECISION_STATES.filter((state) => mayPublish(state).ok)).toEqual(['signed']);
    expect(DECISION_STATES.map((state) => mayPublish(state))).toMatchObject([
      { reason: 'not-signed' },
      { reason: 'not-signed' },
      { ok: true },
      { reason: 'already-published' },
      { reason: 'not-in-force' },
      { reason: 'not-in-force' },
    ]);
  });

  test('[R7] superseded is what holds, by a decision of the same body, once', () => {
    expect(DECISION_STATES.filter((state) => maySupersede({ bodyId: 'a', state }, 'a').ok)).toEqual(
      DECISION_STATES.filter(isInForce),
    );
    expect(maySupersede({ bodyId: 'b', state: 'signed' }, 'a')).toMatchObject({ reason: 'no-such-decision' });
    expect(maySupersede({ bodyId: 'a', state: 'superseded' }, 'a')).toMatchObject({ reason: 'already-superseded' });
  });
});

describe('signatures', () => {
  const signing = { adopted: true, inForce: true, hash: 'h', signers: [] as string[] };

  test('[R9] are of those who sit now: not of observers, nor before or after a mandate', () => {
    for (const role of MANDATE_ROLES) {
      const body = { mandates: [mandate('ada', role)] };
      const signs = [4, 5, 14, 15].map((day) => maySign(body, 'ada', signing, 'h', at(day)).ok);
      expect(signs).toEqual(role === 'observer' ? [false, false, false, false] : [false, true, true, false]);
      expect(signsForAll(body, 'ada', NOW)).toBe(role === 'chair' || role === 'vice-chair');
    }
  });

  test('[R9] are given once, to what was adopted and holds, by what was read', () => {
    const body = { mandates: [mandate('ada', 'member')] };
    const reason = (over: Partial<typeof signing>, read = 'h') =>
      maySign(body, 'ada', { ...signing, ...over }, read, NOW);
    expect(reason({ adopted: false })).toMatchObject({ reason: 'decision-not-adopted' });
    expect(reason({ inForce: false })).toMatchObject({ reason: 'not-in-force' });
    expect(reason({ signers: ['ada'] })).toMatchObject({ reason: 'already-signed' });
    expect(reason({}, 'other')).toMatchObject({ reason: 'hash-differs' });
  });
});
