import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Majority } from './api.ts';
import { compareProducts, grainOf, neededFor, reaches, scaled } from './fraction.ts';
import { electorate } from './register.ts';
import { tally } from './tally.ts';
import { anyMajority, anyRegister, MOTION, shuffled, vote } from './test/samples.ts';
import { type CountedBallot, ONE_VOTE, type Register } from './types.ts';
import { verdict } from './verdict.ts';

/** A register with a vote for each seat that has voted. */
const anyVote: fc.Arbitrary<{ readonly register: Register; readonly ballots: readonly CountedBallot[] }> =
  anyRegister.chain((register) =>
    fc
      .array(fc.constantFrom('yes' as const, 'no' as const, 'abstain' as const, undefined), {
        minLength: register.length,
        maxLength: register.length,
      })
      .map((chosen) => ({
        register,
        ballots: electorate(register).flatMap(({ weight, college }, index) => {
          const of = chosen[index];
          return of === undefined ? [] : [vote(of, { weight, ...(college === undefined ? {} : { college }) })];
        }),
      })),
  );

describe('fractions', () => {
  test('[V18] are compared as whole numbers, beyond what a float holds', () => {
    const share = { num: 1, den: 3, strict: true };
    expect(reaches(share, 3_002_399_751_580_331, 9_007_199_254_740_991)).toBe(true);
    expect(reaches(share, 3_002_399_751_580_330, 9_007_199_254_740_991)).toBe(false);
    expect(compareProducts([3, 2], [2, 3])).toBe(0);
    expect(scaled(100_000, 1, 3)).toBe(33_333);
    expect(scaled(1, 1, 0)).toBe(0);
  });

  test('[V19] what is needed is the smallest that reaches the share', () => {
    const anyShare = fc
      .record({ num: fc.integer({ min: 1, max: 100 }), den: fc.integer({ min: 1, max: 100 }), strict: fc.boolean() })
      .filter(({ num, den }) => num <= den);
    fc.assert(
      fc.property(
        anyShare,
        fc.integer({ min: 1, max: 10_000 }),
        fc.integer({ min: 1, max: 50 }),
        (share, steps, grain) => {
          const of = steps * grain;
          const needed = neededFor(share, of, grain);
          expect(needed % grain).toBe(0);
          expect(reaches(share, needed, of)).toBe(true);
          expect(reaches(share, needed - grain, of)).toBe(false);
        },
      ),
    );
    expect(grainOf([1_500, 1_000])).toBe(500);
    expect(grainOf([])).toBe(1);
  });

  test('[V18] whatever is given, nothing is thrown', () => {
    fc.assert(
      fc.property(fc.double(), fc.double(), fc.double(), fc.boolean(), (one, other, third, strict) => {
        expect(Number.isNaN(neededFor({ num: one, den: other, strict }, third, one))).toBe(false);
        expect([true, false]).toContain(reaches({ num: one, den: other, strict }, third, one));
        expect(grainOf([one, other, third])).toBeGreaterThan(0);
      }),
    );
  });
});

describe('any vote', () => {
  const on = ({ register, ballots }: { register: Register; ballots: readonly CountedBallot[] }, majority: Majority) =>
    verdict({ method: 'motion', majority, register, tally: tally(MOTION, ballots) });

  test('[V15] the order of the ballots changes no verdict', () => {
    const any = anyVote.chain(({ register, ballots }) =>
      shuffled(fc.constant(ballots)).map(([one, other]) => ({ register, one, other })),
    );
    fc.assert(
      fc.property(any, anyMajority, ({ register, one, other }, majority) => {
        expect(on({ register, ballots: other }, majority)).toEqual(on({ register, ballots: one }, majority));
      }),
    );
  });

  test('[V18] heads and weight agree where each weighs one vote', () => {
    fc.assert(
      fc.property(anyVote, anyMajority, ({ register, ballots }, majority) => {
        const even = {
          register: register.map((entry) => ({ ...entry, weight: ONE_VOTE })),
          ballots: ballots.map((one) => ({ ...one, weight: ONE_VOTE })),
        };
        const [heads, weight] = [on(even, { ...majority, unit: 'heads' }), on(even, { ...majority, unit: 'weight' })];
        expect(weight.outcome).toBe(heads.outcome);
        if (register.length > 0)
          expect(weight.checks.map(({ needed, got }) => [needed, got])).toEqual(
            heads.checks.map(({ needed, got }) => [needed * ONE_VOTE, got * ONE_VOTE]),
          );
      }),
    );
  });

  test('[V2] a ballot by proxy or by an alternate is a ballot like one of the holder', () => {
    fc.assert(
      fc.property(
        anyVote,
        anyMajority,
        fc.constantFrom('proxy' as const, 'alternate' as const),
        ({ register, ballots }, majority, via) => {
          const others = register.map((entry) =>
            entry.voterId === undefined ? entry : { ...entry, voterId: 'somebody', via, present: via === 'alternate' },
          );
          expect(on({ register: others, ballots }, majority)).toEqual(on({ register, ballots }, majority));
        },
      ),
    );
  });

  test('[V18] one more yes never loses what was adopted', () => {
    fc.assert(
      fc.property(anyVote, anyMajority, fc.nat(), fc.boolean(), ({ register, ballots }, majority, at, instead) => {
        const { weight = 1_000, college } = electorate(register)[at % Math.max(1, electorate(register).length)] ?? {};
        const yes = vote('yes', { weight, ...(college === undefined ? {} : { college }) });
        const more = instead
          ? ballots.map((one, index) => (index === at % ballots.length ? { ...one, choice: yes.choice } : one))
          : [...ballots, yes];
        if (on({ register, ballots }, majority).outcome === 'adopted')
          expect(on({ register, ballots: more }, majority).outcome).toBe('adopted');
      }),
    );
  });

  test('[V18] [V20] it is adopted exactly when each check is met; a check is met when enough was got', () => {
    fc.assert(
      fc.property(anyVote, anyMajority, (input, majority) => {
        const { outcome, checks } = on(input, majority);
        expect(outcome === 'adopted').toBe(checks.every(({ met }) => met));
        for (const { met, got, needed, of } of checks) expect(met).toBe(of > 0 && got >= needed);
      }),
    );
  });

  test('[V22] yes and no change places only in a strict half: never are a motion and its contrary both adopted', () => {
    const contrary = (one: CountedBallot): CountedBallot => {
      if (one.choice.method !== 'motion' || one.choice.vote === 'abstain') return one;
      return vote(
        one.choice.vote === 'yes' ? 'no' : 'yes',
        one.college === undefined ? { weight: one.weight } : { weight: one.weight, college: one.college },
      );
    };
    fc.assert(
      fc.property(anyVote, anyMajority, ({ register, ballots }, majority) => {
        const half = { ...majority, num: 1, den: 2, strict: true };
        const outcomes = [
          on({ register, ballots }, half).outcome,
          on({ register, ballots: ballots.map(contrary) }, half).outcome,
        ];
        expect(outcomes).not.toEqual(['adopted', 'adopted']);
      }),
    );
  });
});
