import { LOCALES, type Locale } from '@concert/contract';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MAJORITY_BASES, type Majority } from './api.ts';
import { amountOf, explainVerdict } from './explain.ts';
import { tally } from './tally.ts';
import { anyMajority, anyRegister, ballot, MOTION, SIMPLE, seat, seats, vote, votes } from './test/samples.ts';
import type { CountedBallot } from './types.ts';
import { type VerdictInput, verdict } from './verdict.ts';

/** With ordinary spaces, so that the sentences below can be read. */
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');
const explain = (
  ballots: readonly CountedBallot[],
  majority: Partial<Majority> = {},
  over: Partial<VerdictInput> = {},
) => {
  const result = verdict({
    method: 'motion',
    majority: { ...SIMPLE, ...majority },
    register: seats(21),
    tally: tally(MOTION, ballots),
    ...over,
  });
  return LOCALES.map((locale) => plain(explainVerdict(result, locale)));
};
const two = { num: 2, den: 3, strict: false } as const;
const perCollege = (cities: readonly CountedBallot[], regions: readonly CountedBallot[]): Partial<VerdictInput> => ({
  register: [...seats(3, { college: 'Villes' }, 'v'), ...seats(3, { college: 'Régions' }, 'r')],
  tally: tally(MOTION, [
    ...cities.map((one) => ({ ...one, college: 'Villes' })),
    ...regions.map((one) => ({ ...one, college: 'Régions' })),
  ]),
});
const CONSENT = { method: 'consent', options: [] } as const;
const consents = (...of: readonly ('consent' | 'stand-aside' | 'objection')[]): Partial<VerdictInput> => ({
  method: 'consent',
  tally: tally(
    CONSENT,
    of.map((chosen) => ballot({ method: 'consent', vote: chosen, reason: 'Because' })),
  ),
});

const CASES: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  [
    'adopted',
    explain(votes(15, 6), two),
    [
      'Adoptée : il fallait 14 voix sur 21 suffrages exprimés (deux tiers) ; 15 pour.',
      'Adopted: at least two thirds of the 21 votes cast, so 14, were needed; 15 were in favour.',
      'Approvata: servivano 14 voti su 21 voti espressi (due terzi); 15 a favore.',
    ],
  ],
  [
    'rejected',
    explain(votes(10, 11)),
    [
      'Rejetée : il fallait 11 voix sur 21 suffrages exprimés (plus de la moitié) ; 10 pour.',
      'Rejected: more than half of the 21 votes cast, so 11, were needed; 10 were in favour.',
      'Respinta: servivano 11 voti su 21 voti espressi (più della metà); 10 a favore.',
    ],
  ],
  [
    'of one',
    explain(votes(0, 1)),
    [
      'Rejetée : il fallait 1 voix sur 1 suffrage exprimé (plus de la moitié) ; aucune pour.',
      'Rejected: more than half of the 1 vote cast, so 1, was needed; none was in favour.',
      'Respinta: serviva 1 voto su 1 voto espresso (più della metà); nessuno a favore.',
    ],
  ],
  [
    'in weight',
    explain(
      [vote('yes', { weight: 2_500 }), vote('no')],
      { unit: 'weight' },
      { register: [seat('a', { weight: 2_500 }), seat('b')] },
    ),
    [
      'Adoptée : il fallait 2 voix sur 3,5 voix exprimées (plus de la moitié) ; 2,5 pour.',
      'Adopted: more than half of the 3.5 votes cast, so 2, were needed; 2.5 were in favour.',
      'Approvata: servivano 2 voti su 3,5 voti espressi (più della metà); 2,5 a favore.',
    ],
  ],
  [
    'by the seats',
    explain(votes(1, 2), { base: 'seats', num: 3, den: 7, strict: false }),
    [
      'Rejetée : il fallait 9 voix sur 21 sièges, vacants et empêchés compris (3/7) ; 1 pour.',
      'Rejected: at least 3/7 of the 21 seats (vacant and recused ones included), so 9, were needed; 1 was in favour.',
      'Respinta: servivano 9 voti su 21 seggi, vacanti e ricusati compresi (3/7); 1 a favore.',
    ],
  ],
  [
    'unanimity',
    explain(votes(3, 0, 2), { num: 1, den: 1, strict: false }),
    [
      'Adoptée : il fallait 3 voix sur 3 suffrages exprimés (unanimité) ; 3 pour.',
      'Adopted: all of the 3 votes cast, so 3, were needed; 3 were in favour.',
      'Approvata: servivano 3 voti su 3 voti espressi (unanimità); 3 a favore.',
    ],
  ],
  [
    'lost in a college',
    explain([], { perCollege: true }, perCollege(votes(3), votes(1, 2))),
    [
      'Rejetée : dans le collège « Régions », il fallait 2 voix sur 3 suffrages exprimés (plus de la moitié) ; 1 pour.',
      'Rejected: in the college “Régions”, more than half of the 3 votes cast, so 2, were needed; 1 was in favour.',
      'Respinta: nel collegio «Régions» servivano 2 voti su 3 voti espressi (più della metà); 1 a favore.',
    ],
  ],
  [
    'adopted in each college',
    explain([], { perCollege: true }, perCollege(votes(3), votes(2, 1))),
    [
      'Adoptée : il fallait 4 voix sur 6 suffrages exprimés (plus de la moitié) ; 5 pour, et chaque collège a donné sa majorité.',
      'Adopted: more than half of the 6 votes cast, so 4, were needed; 5 were in favour, and each college gave its majority.',
      'Approvata: servivano 4 voti su 6 voti espressi (più della metà); 5 a favore, e ogni collegio ha dato la sua maggioranza.',
    ],
  ],
  [
    'nothing counted',
    explain(votes(0, 0, 3)),
    [
      'Sans résultat : on compte 0 suffrage exprimé.',
      'No result: there were 0 votes cast.',
      'Nessun esito: si contano 0 voti espressi.',
    ],
  ],
  [
    'nothing counted in a college',
    explain([], { perCollege: true }, perCollege(votes(3), [])),
    [
      'Sans résultat : dans le collège « Régions », on compte 0 suffrage exprimé.',
      'No result: in the college “Régions”, there were 0 votes cast.',
      'Nessun esito: nel collegio «Régions» si contano 0 voti espressi.',
    ],
  ],
  [
    'a tie for the chair',
    explain(votes(5, 5)),
    [
      'Partage égal des voix : 5 pour et 5 contre ; la présidence doit trancher.',
      'A tie: 5 in favour and 5 against; the chair has the casting vote.',
      'Parità di voti: 5 a favore e 5 contrari; decide il voto della presidenza.',
    ],
  ],
  [
    'a tie for another vote',
    explain(votes(1, 1), { tie: 'revote' }),
    [
      'Partage égal des voix : 1 pour et 1 contre ; il faut voter à nouveau.',
      'A tie: 1 in favour and 1 against; the vote must be taken again.',
      'Parità di voti: 1 a favore e 1 contrario; occorre votare di nuovo.',
    ],
  ],
  [
    'a tie that is lost',
    explain(votes(5, 5), {}, { secret: true }),
    [
      'Rejetée : les voix sont également partagées, 5 pour et 5 contre.',
      'Rejected: the vote was tied, 5 in favour and 5 against.',
      'Respinta: i voti sono in parità, 5 a favore e 5 contrari.',
    ],
  ],
  [
    'by the chair',
    explain(votes(5, 5), {}, { castingVote: 'yes' }),
    [
      'Adoptée par la voix prépondérante de la présidence : 5 pour et 5 contre.',
      'Adopted by the casting vote of the chair: 5 in favour and 5 against.',
      'Approvata con il voto prevalente della presidenza: 5 a favore e 5 contrari.',
    ],
  ],
  [
    'against, by the chair',
    explain(votes(5, 5), {}, { castingVote: 'no' }),
    [
      'Rejetée par la voix prépondérante de la présidence : 5 pour et 5 contre.',
      'Rejected by the casting vote of the chair: 5 in favour and 5 against.',
      'Respinta con il voto prevalente della presidenza: 5 a favore e 5 contrari.',
    ],
  ],
  [
    'consent',
    explain([], {}, consents('consent', 'consent', 'stand-aside')),
    [
      'Adoptée par consentement : 2 consentements, 1 en retrait, aucune objection.',
      'Adopted by consent: 2 consents, 1 standing aside, no objection.',
      'Approvata per consenso: 2 consensi, 1 in disparte, nessuna obiezione.',
    ],
  ],
  [
    'an objection',
    explain([], {}, consents('consent', 'objection')),
    [
      'Rejetée : 1 objection, 1 consentement, 0 en retrait.',
      'Rejected: 1 objection, 1 consent, 0 standing aside.',
      'Respinta: 1 obiezione, 1 consenso, 0 in disparte.',
    ],
  ],
  [
    'no consent',
    explain([], {}, consents('stand-aside')),
    [
      'Sans résultat : personne n’a consenti ni objecté.',
      'No result: nobody consented or objected.',
      'Nessun esito: nessuno ha dato il consenso o sollevato obiezioni.',
    ],
  ],
  [
    'no quorum',
    explain(votes(5), {}, { quorum: { reached: false } }),
    [
      'Sans effet : le quorum n’est pas atteint.',
      'Without effect: there is no quorum.',
      'Senza effetto: manca il numero legale.',
    ],
  ],
  ['an election', explain([], {}, { method: 'ranked' }), ['Sans résultat.', 'No result.', 'Nessun esito.']],
];

describe('a result in words', () => {
  test.each(CASES)('[V37] %s', (_name, sentences, wanted) => {
    expect(sentences).toEqual(wanted);
  });

  test('[V37] weights have the decimals that they need, and no more, as each language writes them', () => {
    const text = (value: number, locale: Locale) =>
      plain(amountOf(value, 'weight', { locale, isOne: () => false }).text);
    expect([1_000, 1_500, 1_050, 1_005, 5, 0].map((value) => text(value, 'en'))).toEqual([
      '1',
      '1.5',
      '1.05',
      '1.005',
      '0.005',
      '0',
    ]);
    expect(LOCALES.map((locale) => text(12_345_600, locale))).toEqual(['12 345,6', '12,345.6', '12.345,6']);
  });

  test('[V37] the French singular goes up to two; a base that is named has its words in each language', () => {
    for (const base of MAJORITY_BASES)
      for (const unit of ['heads', 'weight'] as const)
        for (const sentence of explain(votes(3, 1), { base, unit })) expect(sentence).toMatch(/^[A-Z].*\.$/);
    const small = { register: [seat('a', { weight: 1_500 })] };
    expect(explain([vote('yes', { weight: 1_500 })], { unit: 'weight', base: 'present' }, small)).toEqual([
      'Adoptée : il fallait 1,5 voix sur 1,5 voix présente ou représentée (plus de la moitié) ; 1,5 pour.',
      'Adopted: more than half of the 1.5 votes present or represented, so 1.5, were needed; 1.5 were in favour.',
      'Approvata: servivano 1,5 voti su 1,5 voti presenti o rappresentati (più della metà); 1,5 a favore.',
    ]);
  });

  test('[V37] any result is one whole sentence', () => {
    fc.assert(
      fc.property(
        anyRegister,
        anyMajority,
        fc.nat({ max: 4 }),
        fc.nat({ max: 4 }),
        (register, majority, yes, against) => {
          for (const sentence of explain(votes(yes, against), majority, { register })) {
            expect(sentence).toMatch(/^[A-Z][^\n]*\.$/);
            expect(sentence).not.toMatch(/undefined|NaN| {2}|\.\./);
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});
