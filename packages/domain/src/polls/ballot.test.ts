import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checkChoice, isBlank, limitsOf } from './ballot.ts';
import { anyChoice, anyPoll, type Chosen, options } from './test/samples.ts';
import type { PollForm } from './types.ts';

const abc = options('a', 'b', 'c');
const choose = (limits: PollForm['limits'] = {}): PollForm => ({ method: 'choose', options: abc, limits });
const points = (method: 'score' | 'dots', limits: PollForm['limits'] = {}): PollForm => ({
  method,
  options: abc,
  limits,
});
const ranked: PollForm = { method: 'ranked', options: abc };
const chosen = (...ids: readonly string[]): Chosen => ({ method: 'choose', options: [...ids] });
const given = (method: 'score' | 'dots', ...pairs: readonly (readonly [string, number])[]): Chosen => ({
  method,
  points: pairs.map(([option, count]) => ({ option, points: count })),
});
const order = (...ids: readonly string[]): Chosen => ({ method: 'ranked', order: [...ids] });
const consent = (vote: 'consent' | 'objection', reason?: string): Chosen => ({ method: 'consent', vote, reason });
const consents: PollForm = { method: 'consent', options: [] };

const CASES: readonly (readonly [string, string, PollForm, Chosen])[] = [
  ['V11', 'wrong-method', choose(), order('a')],
  ['V11', 'wrong-method', points('score'), given('dots', ['a', 1])],
  ['V11', 'ok', { method: 'motion', options: [] }, { method: 'motion', vote: 'abstain' }],
  ['V11', 'ok', choose(), chosen('a')],
  ['V11', 'unknown-option', choose(), chosen('x')],
  ['V11', 'option-twice', choose({ max: 3 }), chosen('a', 'a')],
  ['V11', 'too-few-options', choose({ min: 2, max: 3 }), chosen('a')],
  ['V11', 'too-many-options', choose({ max: 2 }), chosen('a', 'b', 'c')],
  ['V12', 'ok', choose({ min: 2, max: 3 }), chosen()],
  ['V14', 'too-many-options', choose(), chosen('a', 'b')],
  ['V14', 'ok', choose({ seats: 2 }), chosen('a', 'b')],
  ['V11', 'ok', points('score', { perOption: 10 }), given('score', ['a', 10], ['b', 0])],
  ['V11', 'too-many-points-for-option', points('score', { perOption: 10 }), given('score', ['a', 11])],
  ['V14', 'too-many-points-for-option', points('score'), given('score', ['a', 6])],
  ['V11', 'not-whole-points', points('score'), given('score', ['a', 0.5])],
  ['V11', 'not-whole-points', points('dots'), given('dots', ['a', -1])],
  ['V11', 'option-twice', points('score'), given('score', ['a', 1], ['a', 2])],
  ['V11', 'unknown-option', points('dots'), given('dots', ['x', 1])],
  ['V11', 'ok', points('dots', { max: 5 }), given('dots', ['a', 5])],
  ['V11', 'too-many-points', points('dots', { max: 5 }), given('dots', ['a', 3], ['b', 3])],
  ['V11', 'too-many-points-for-option', points('dots', { max: 5, perOption: 2 }), given('dots', ['a', 3])],
  ['V14', 'too-many-points', points('dots'), given('dots', ['a', 2], ['b', 2])],
  ['V12', 'ok', points('dots'), given('dots')],
  ['V11', 'ok', ranked, order('c', 'a')],
  ['V11', 'option-twice', ranked, order('a', 'b', 'a')],
  ['V11', 'unknown-option', ranked, order('a', 'x')],
  ['V12', 'ok', ranked, order()],
  ['V13', 'ok', consents, consent('consent')],
  ['V13', 'ok', consents, consent('objection', 'It breaks the budget')],
  ['V13', 'reason-required', consents, consent('objection')],
  ['V13', 'reason-required', consents, consent('objection', '  ')],
];

describe('a ballot', () => {
  test.each(CASES)('[%s] %s: %j %j', (_rule, wanted, poll, choice) => {
    expect(checkChoice(poll, choice)).toEqual(wanted === 'ok' ? { ok: true } : { ok: false, reason: wanted });
  });

  test('[V12] is blank when it chooses nothing; points of zero are a score, but no dots', () => {
    for (const choice of [chosen(), order(), given('score'), given('dots'), given('dots', ['a', 0])])
      expect(isBlank(choice)).toBe(true);
    for (const choice of [
      chosen('a'),
      order('a'),
      given('score', ['a', 0]),
      given('dots', ['a', 1]),
      consent('consent'),
    ])
      expect(isBlank(choice)).toBe(false);
  });

  test('[V14] what the poll does not say: one option, or as many as seats; five points; as many dots as options', () => {
    expect(limitsOf(choose())).toEqual({ fewest: 1, most: 1, perOption: 5, dots: 3, seats: 1 });
    expect(limitsOf(choose({ min: 2, max: 4, perOption: 7, seats: 3 }))).toEqual({
      fewest: 2,
      most: 4,
      perOption: 7,
      dots: 4,
      seats: 3,
    });
  });

  test('[V11] any choice in any poll is judged, never thrown at', () => {
    fc.assert(
      fc.property(anyPoll, anyChoice, (poll, choice) => {
        const verdict = checkChoice(poll, choice);
        if (choice.method !== poll.method) expect(verdict).toEqual({ ok: false, reason: 'wrong-method' });
      }),
    );
  });
});
