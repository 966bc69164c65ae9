import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { typedCounts } from './hands.ts';
import { bases, electorate, mayBeSecret, maySplitSecret, seatsOf, sumOf } from './register.ts';
import { tally } from './tally.ts';
import { anyRegister, away, ballot, MOTION, represented, seat, seats, vacant, vote } from './test/samples.ts';
import type { RegisterEntry } from './types.ts';

const ids = (entries: readonly RegisterEntry[]) => entries.map(({ seatId }) => seatId);
const refused = (reason: string) => ({ ok: false, reason });

const mixed = [
  seat('own', { college: 'cities', weight: 2_000 }),
  seat('stand-in', { voterId: 'ann', via: 'alternate', college: 'cities' }),
  seat('proxy', { ...represented, college: 'regions' }),
  seat('away', { ...away, college: 'regions' }),
  seat('vacant', { ...vacant }),
  seat('recused', { recused: true, weight: 500 }),
];

describe('the register of a poll', () => {
  test('[V1] a ballot may be cast for a seat that somebody votes for and that is not recused', () => {
    expect(ids(electorate(mixed))).toEqual(['own', 'stand-in', 'proxy']);
  });

  test('[V2] one votes for the own seat, as an alternate, and for one’s proxies', () => {
    const bob = [
      seat('bob', { holderId: 'bob', voterId: 'bob' }),
      seat('proxy', represented),
      seat('other'),
      seat('recused', { ...represented, recused: true }),
    ];
    expect(ids(seatsOf(bob, 'bob'))).toEqual(['bob', 'proxy']);
    expect(seatsOf(bob, 'nobody')).toEqual([]);
  });

  test('[V3] each base of a majority, in both units, in all and by college', () => {
    const counted = tally(MOTION, [
      vote('yes', { weight: 2_000, college: 'cities' }),
      vote('no', { college: 'cities' }),
      vote('abstain', { college: 'regions' }),
    ]);
    expect(bases(mixed, counted, 'heads')).toEqual({
      'yes-no': 2,
      valid: 3,
      cast: 3,
      present: 3,
      entitled: 4,
      seats: 6,
      byCollege: [
        { college: 'cities', 'yes-no': 2, valid: 2, cast: 2, present: 2, entitled: 2, seats: 2 },
        { college: 'regions', 'yes-no': 0, valid: 1, cast: 1, present: 1, entitled: 2, seats: 2 },
      ],
    });
    expect(bases(mixed, counted, 'weight')).toMatchObject({
      'yes-no': 3_000,
      valid: 4_000,
      present: 4_000,
      entitled: 5_000,
      seats: 6_500,
    });
  });

  test('[V3] before a count there are only the bases that the register tells', () => {
    expect(bases(mixed, undefined, 'heads')).toMatchObject({
      'yes-no': 0,
      valid: 0,
      cast: 0,
      present: 3,
      entitled: 4,
      seats: 6,
    });
  });

  test('[V3] blank ballots are cast, not valid; where one chooses, what is not blank is expressed', () => {
    const blank = typedCounts(MOTION, [
      { key: 'yes', count: 2 },
      { key: 'blank', count: 1 },
    ]);
    expect(bases(seats(3), blank, 'heads')).toMatchObject({ 'yes-no': 2, valid: 2, cast: 3 });
    const poll = { method: 'choose', options: [{ id: 'yes' }, { id: 'b' }] } as const;
    const chosen = tally(poll, [
      ballot({ method: 'choose', options: ['b'] }),
      ballot({ method: 'choose', options: [] }),
    ]);
    expect(bases(seats(3), chosen, 'heads')).toMatchObject({ 'yes-no': 1, valid: 1, cast: 2 });
  });

  test('[V3] who votes is of those who are entitled, and they are of all seats; colleges never sum to more', () => {
    fc.assert(
      fc.property(anyRegister, fc.constantFrom('heads' as const, 'weight' as const), (register, unit) => {
        const { byCollege, ...all } = bases(register, undefined, unit);
        expect(all.present).toBeLessThanOrEqual(all.entitled);
        expect(all.entitled).toBeLessThanOrEqual(all.seats);
        expect(byCollege.reduce((sum, part) => sum + part.seats, 0)).toBeLessThanOrEqual(all.seats);
        expect(all.present).toBe(sumOf(electorate(register), unit));
      }),
    );
  });

  test('[V4] a vote may be secret among three at least, all of the same weight', () => {
    expect(mayBeSecret(seats(3)).ok).toBe(true);
    expect(mayBeSecret(seats(4, { weight: 2_500 })).ok).toBe(true);
    expect(mayBeSecret(seats(2))).toEqual(refused('too-few-for-secrecy'));
    expect(mayBeSecret([...seats(2), seat('third', away)])).toEqual(refused('too-few-for-secrecy'));
    // Three seats, two people: each would know what the other chose.
    const byProxy = seats(1).map((entry) => ({ ...entry, seatId: 'proxy', via: 'proxy' as const }));
    expect(mayBeSecret([...seats(2), ...byProxy])).toEqual(refused('too-few-for-secrecy'));
    expect(mayBeSecret([...seats(3), seat('heavy', { weight: 2_000 })])).toEqual(refused('weights-tell-names'));
    expect(mayBeSecret([...seats(3), seat('heavy', { weight: 2_000, recused: true })]).ok).toBe(true);
  });

  test('[V5] it is shown by college only where three vote in each, and among those of none', () => {
    const cities = seats(3, { college: 'cities' }, 'c');
    expect(maySplitSecret([...cities, ...seats(3, { college: 'regions' }, 'r')]).ok).toBe(true);
    expect(maySplitSecret([...cities, ...seats(2, { college: 'regions' }, 'r')])).toEqual(
      refused('too-few-for-secrecy'),
    );
    expect(maySplitSecret([...cities, seat('of none')])).toEqual(refused('too-few-for-secrecy'));
    expect(maySplitSecret([...cities, ...seats(3, { weight: 1 }, 'r')])).toEqual(refused('weights-tell-names'));
    expect(maySplitSecret([...cities, seat('r', { ...away, college: 'regions' })]).ok).toBe(true);
  });
});
