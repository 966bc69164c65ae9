import type { Localised } from '@concert/contract';
import type { Majority } from './api.ts';

/** A majority that has a name. */
export type NamedMajority = { readonly label: Localised; readonly source: string; readonly majority: Majority };

const named = (
  { base, num, den, strict = false }: Pick<Majority, 'base' | 'num' | 'den'> & { readonly strict?: boolean },
  source: string,
  [fr, en, it]: readonly [string, string, string],
): NamedMajority => ({
  label: { fr, en, it },
  source,
  // Only more than half of what was cast can leave a tie that somebody settles [V22].
  majority: { base, unit: 'weight', num, den, strict, tie: strict ? 'chair' : 'rejected', perCollege: false },
});

/** [V27] The majorities that are usual, by name. Their unit, tie and colleges may be set otherwise. */
export const MAJORITIES = {
  simple: named(
    { base: 'yes-no', num: 1, den: 2, strict: true },
    'CGCT art. L2121-20 (majorité absolue des suffrages exprimés); Robert’s Rules (RONR 12th ed.) 44:1 (majority vote)',
    ['Majorité simple des suffrages exprimés', 'Simple majority of the votes cast', 'Maggioranza dei voti espressi'],
  ),
  present: named(
    { base: 'present', num: 1, den: 2, strict: true },
    'Costituzione della Repubblica italiana art. 64 c. 3 (maggioranza dei presenti)',
    [
      'Majorité des membres présents ou représentés',
      'Majority of those present or represented',
      'Maggioranza dei presenti o rappresentati',
    ],
  ),
  absolute: named(
    { base: 'entitled', num: 1, den: 2, strict: true },
    'Robert’s Rules (RONR 12th ed.) § 44 (majority of the entire membership)',
    [
      'Majorité absolue des membres en fonction',
      'Absolute majority of the members',
      'Maggioranza assoluta dei membri in carica',
    ],
  ),
  'absolute-seats': named(
    { base: 'seats', num: 1, den: 2, strict: true },
    'Costituzione della Repubblica italiana art. 138 (maggioranza assoluta dei componenti)',
    [
      'Majorité absolue de tous les sièges',
      'Absolute majority of all seats',
      'Maggioranza assoluta dei componenti, seggi vacanti compresi',
    ],
  ),
  'three-fifths': named(
    { base: 'yes-no', num: 3, den: 5 },
    'Constitution française du 4 octobre 1958 art. 89 (trois cinquièmes des suffrages exprimés)',
    ['Trois cinquièmes des suffrages exprimés', 'Three fifths of the votes cast', 'Tre quinti dei voti espressi'],
  ),
  'two-thirds': named(
    { base: 'yes-no', num: 2, den: 3 },
    'Robert’s Rules (RONR 12th ed.) 44:3 (two-thirds vote, without blanks and abstentions)',
    ['Deux tiers des suffrages exprimés', 'Two thirds of the votes cast', 'Due terzi dei voti espressi'],
  ),
  'two-thirds-valid': named({ base: 'valid', num: 2, den: 3 }, 'Concert: abstentions weigh against', [
    'Deux tiers des votes valables, abstentions comprises',
    'Two thirds of the valid votes, abstentions included',
    'Due terzi dei voti validi, astensioni comprese',
  ]),
  'two-thirds-seats': named(
    { base: 'seats', num: 2, den: 3 },
    'D.Lgs. 18 agosto 2000, n. 267 (TUEL) art. 6 c. 4 (due terzi dei consiglieri assegnati)',
    ['Deux tiers de tous les sièges', 'Two thirds of all seats', 'Due terzi di tutti i seggi'],
  ),
  unanimity: named({ base: 'yes-no', num: 1, den: 1 }, 'TFEU art. 238(4) (abstentions do not prevent unanimity)', [
    'Unanimité des suffrages exprimés',
    'Unanimity of the votes cast',
    'Unanimità dei voti espressi',
  ]),
} as const satisfies Readonly<Record<string, NamedMajority>>;

export type MajorityName = keyof typeof MAJORITIES;
