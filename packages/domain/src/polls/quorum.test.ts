import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Quorum } from './api.ts';
import { quorumOf } from './quorum.ts';
import { anyRegister, away, HALF, represented, seat, seats, vacant } from './test/samples.ts';
import type { Register } from './types.ts';

const first = { secondCall: false } as const;
const of = (rule: Partial<Quorum>, register: Register, options: Parameters<typeof quorumOf>[2] = first) => {
  const { reached, needed, present, of: all } = quorumOf({ ...HALF, ...rule }, register, options);
  return { reached, needed, present, of: all };
};
/** So many who are there, of so many whose seats are filled. */
const there = (present: number, filled: number): Register => [...seats(present), ...seats(filled - present, away, 'a')];

const anyQuorum: fc.Arbitrary<Quorum> = fc
  .record({
    base: fc.constantFrom('seats', 'filled', 'none'),
    unit: fc.constantFrom('heads', 'weight'),
    num: fc.integer({ min: 1, max: 9 }),
    den: fc.integer({ min: 1, max: 9 }),
    strict: fc.boolean(),
    countProxies: fc.boolean(),
    perCollege: fc.boolean(),
  } as const)
  .map(({ num, den, ...rest }) => ({ ...rest, num: Math.min(num, den), den }) as Quorum);

describe('the quorum', () => {
  // The examples of the guide of the Senate to the municipal elections of March 2008 (senat.fr/ct/ct08-2/ct08-247.html).
  test.each([
    { filled: 11, needed: 6 },
    { filled: 8, needed: 5 },
  ])('[V6] of $filled councillors, more than half are $needed (CGCT art. L2121-17)', ({ filled, needed }) => {
    expect(of({}, there(needed, filled))).toEqual({ reached: true, needed, present: needed, of: filled });
    expect(of({}, there(needed - 1, filled)).reached).toBe(false);
  });

  test('[V6] it is of the seats that are filled, or of all seats; or none is asked', () => {
    const register = [...seats(2), ...seats(1, away, 'a'), ...seats(2, vacant, 'v')];
    expect(of({ base: 'filled' }, register)).toEqual({ reached: true, needed: 2, present: 2, of: 3 });
    expect(of({ base: 'seats' }, register)).toEqual({ reached: false, needed: 3, present: 2, of: 5 });
    expect(of({ base: 'none' }, register)).toEqual({ reached: true, needed: 0, present: 2, of: 5 });
    expect(of({ num: 2, den: 3, strict: false }, register)).toMatchObject({ reached: true, needed: 2 });
  });

  test('[V6] an alternate fills the seat; nobody is no quorum, not even of nobody', () => {
    expect(of({}, [seat('a', { holderId: undefined, voterId: 'ann', via: 'alternate' })])).toMatchObject({
      reached: true,
      of: 1,
    });
    expect(of({ strict: false }, [])).toEqual({ reached: false, needed: 1, present: 0, of: 0 });
    expect(of({ strict: false }, seats(2, { weight: 0 })).reached).toBe(true);
  });

  test('[V6] weights are compared in thousandths; what is needed can be reached', () => {
    const register = [seat('big', { weight: 1_500 }), seat('small', { weight: 1_000, ...away })];
    expect(of({ unit: 'weight' }, register)).toEqual({ reached: true, needed: 1_500, present: 1_500, of: 2_500 });
    expect(of({ unit: 'weight' }, there(6, 11))).toMatchObject({ needed: 6_000, present: 6_000, of: 11_000 });
  });

  test('[V7] who is represented by a proxy counts where the rule says so', () => {
    const register = [...seats(1), ...seats(2, represented, 'p')];
    expect(of({}, register)).toMatchObject({ reached: false, present: 1 });
    expect(of({ countProxies: true }, register)).toMatchObject({ reached: true, present: 3 });
  });

  // Conseil d’État, 19 January 1983, Chauré, Lebon p. 7; the case of the written question answered in the Senate on
  // 1 March 2007 (n° 24626): ten of nineteen are there, two of them have an interest in the matter.
  test('[V8] who is recused is not there, though their seat is of those that count', () => {
    const register = there(10, 19).map((entry, index) => ({ ...entry, recused: index < 2 }));
    expect(of({}, register)).toEqual({ reached: false, needed: 10, present: 8, of: 19 });
    expect(of({}, register, { ...first, recused: 'left-out' })).toEqual({
      reached: false,
      needed: 9,
      present: 8,
      of: 17,
    });
    expect(of({}, register, { ...first, recused: 'counted' })).toEqual({
      reached: true,
      needed: 10,
      present: 10,
      of: 19,
    });
  });

  test('[V9] a meeting that was convened again needs none (CGCT art. L2121-17)', () => {
    expect(of({}, there(1, 19), { secondCall: true })).toEqual({ reached: true, needed: 0, present: 1, of: 19 });
  });

  test('[V10] where colleges have their own, each must reach it, one without anybody too', () => {
    const college = (name: string, present: number, filled: number): Register =>
      there(present, filled).map((entry) => ({ ...entry, seatId: `${name}${entry.seatId}`, college: name }));
    const register = [...college('cities', 5, 5), ...college('regions', 1, 2)];
    const result = quorumOf({ ...HALF, perCollege: true }, register, first);
    expect(result).toMatchObject({ reached: false, present: 6, needed: 4 });
    expect(result.byCollege).toEqual([
      { college: 'cities', reached: true, needed: 3, present: 5, of: 5 },
      { college: 'regions', reached: false, needed: 2, present: 1, of: 2 },
    ]);
    expect(quorumOf(HALF, register, first)).toMatchObject({ reached: true, byCollege: [] });
    const empty = [...college('cities', 5, 5), seat('v', { ...vacant, college: 'none' })];
    expect(quorumOf({ ...HALF, perCollege: true }, empty, first).reached).toBe(false);
  });

  test('[V6] what is needed is the smallest number of heads that reaches it', () => {
    fc.assert(
      fc.property(anyRegister, anyQuorum, (register, rule) => {
        const { needed, of: all } = of({ ...rule, unit: 'heads', perCollege: false }, register);
        if (rule.base === 'none' || all === 0) return;
        const reaches = (count: number) =>
          count > 0 && (rule.strict ? count * rule.den > all * rule.num : count * rule.den >= all * rule.num);
        expect(reaches(needed)).toBe(true);
        expect(reaches(needed - 1)).toBe(false);
      }),
    );
  });

  test('[V6] it is reached when as many are there as are needed, in either unit', () => {
    fc.assert(
      fc.property(anyRegister, anyQuorum, fc.boolean(), (register, rule, secondCall) => {
        const result = of({ ...rule, perCollege: false }, register, { secondCall });
        expect(result.reached).toBe(result.needed === 0 || (result.of > 0 && result.present >= result.needed));
      }),
    );
  });

  test('[V6] [V10] one more who is there never loses it', () => {
    fc.assert(
      fc.property(anyRegister, anyQuorum, fc.nat(), (register, rule, at) => {
        const more = register.map((entry, index) =>
          index === at % register.length && entry.holderId !== undefined
            ? { ...entry, voterId: entry.holderId, via: 'self' as const, present: true }
            : entry,
        );
        if (quorumOf(rule, register, first).reached) expect(quorumOf(rule, more, first).reached).toBe(true);
      }),
    );
  });
});
