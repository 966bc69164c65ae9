import { LOCALES } from '@concert/contract';
import { describe, expect, test } from '@jest/globals';
import { explainQuorum } from './explain.ts';
import { quorumOf } from './quorum.ts';
import { away, HALF, represented, seat, seats, vacant } from './test/samples.ts';

/** With ordinary spaces, so that the sentences below can be read. */
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');
const quorum = (...args: Parameters<typeof quorumOf>) =>
  LOCALES.map((locale) => plain(explainQuorum(quorumOf(...args), locale)));
const first = { secondCall: false };

const QUORA: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  [
    'reached',
    quorum(HALF, [...seats(12), ...seats(8, away, 'a')], first),
    [
      'Quorum atteint : il faut 11 sièges présents sur 20 sièges pourvus ; il y en a 12.',
      'Quorum: 11 of the 20 filled seats must be present; 12 are.',
      'Numero legale raggiunto: servono 11 seggi presenti su 20 seggi coperti; ce ne sono 12.',
    ],
  ],
  [
    'not reached, with proxies',
    quorum({ ...HALF, base: 'seats', countProxies: true }, [seat('p', represented), ...seats(3, vacant, 'v')], first),
    [
      'Quorum non atteint : il faut 3 sièges présents ou représentés sur 4 sièges ; il y en a 1.',
      'No quorum: 3 of the 4 seats must be present or represented; 1 is.',
      'Numero legale non raggiunto: servono 3 seggi presenti o rappresentati su 4 seggi; ce n’è 1.',
    ],
  ],
  [
    'by weight, nobody there',
    quorum({ ...HALF, unit: 'weight' }, [seat('a', { ...away, weight: 1_500 })], first),
    [
      'Quorum non atteint : il faut 1,5 voix présente sur 1,5 voix des sièges pourvus ; il n’y en a pas.',
      'No quorum: 1.5 of the 1.5 votes of the filled seats must be present; none is.',
      'Numero legale non raggiunto: servono 1,5 voti presenti su 1,5 voti dei seggi coperti; non ce n’è nessuno.',
    ],
  ],
  [
    'missing in a college',
    quorum(
      { ...HALF, perCollege: true },
      [...seats(5, { college: 'Villes' }), seat('r', { ...away, college: 'Régions' })],
      first,
    ),
    [
      'Quorum non atteint : dans le collège « Régions », il faut 1 siège présent sur 1 siège pourvu ; il n’y en a pas.',
      'No quorum: in the college “Régions”, 1 of the 1 filled seat must be present; none is.',
      'Numero legale non raggiunto: nel collegio «Régions» serve 1 seggio presente su 1 seggio coperto; non ce n’è nessuno.',
    ],
  ],
  [
    'missing in all and in a college',
    quorum(
      { ...HALF, perCollege: true },
      [seat('v', { college: 'Villes' }), ...seats(2, { ...away, college: 'Régions' }, 'r')],
      first,
    ),
    [
      'Quorum non atteint : il faut 2 sièges présents sur 3 sièges pourvus ; il y en a 1.',
      'No quorum: 2 of the 3 filled seats must be present; 1 is.',
      'Numero legale non raggiunto: servono 2 seggi presenti su 3 seggi coperti; ce n’è 1.',
    ],
  ],
  [
    'convened again',
    quorum(HALF, seats(1), { secondCall: true }),
    [
      'Aucun quorum n’est demandé : la réunion a été convoquée à nouveau.',
      'No quorum is asked for: the meeting was convened again.',
      'Non è richiesto alcun numero legale: la riunione è stata convocata di nuovo.',
    ],
  ],
  [
    'not asked',
    quorum({ ...HALF, base: 'none' }, seats(1), first),
    ['Aucun quorum n’est demandé.', 'No quorum is asked for.', 'Non è richiesto alcun numero legale.'],
  ],
];

describe('a quorum in words', () => {
  test.each(QUORA)('[V37] %s', (_name, sentences, wanted) => {
    expect(sentences).toEqual(wanted);
  });
});
