import type { MajorityBase, Unit } from './api.ts';
import type { Amount, Condition, QuorumWords, Sentences } from './explain.ts';
import { ONE_VOTE } from './types.ts';

type Noun = readonly [one: string, many: string];

/** What a base is made of. « Voix » says singular and plural alike. */
const NOUNS: Readonly<Record<Unit, Readonly<Record<MajorityBase, Noun>>>> = {
  heads: {
    'yes-no': ['suffrage exprimé', 'suffrages exprimés'],
    valid: ['vote valable, abstentions comprises', 'votes valables, abstentions comprises'],
    cast: ['bulletin déposé, blancs et nuls compris', 'bulletins déposés, blancs et nuls compris'],
    present: ['siège présent ou représenté', 'sièges présents ou représentés'],
    entitled: ['siège pourvu qui peut voter', 'sièges pourvus qui peuvent voter'],
    seats: ['siège, vacants et empêchés compris', 'sièges, vacants et empêchés compris'],
  },
  weight: {
    'yes-no': ['voix exprimée', 'voix exprimées'],
    valid: ['voix valable, abstentions comprises', 'voix valables, abstentions comprises'],
    cast: ['voix déposée, blancs et nuls compris', 'voix déposées, blancs et nuls compris'],
    present: ['voix présente ou représentée', 'voix présentes ou représentées'],
    entitled: ['voix des sièges pourvus qui peuvent voter', 'voix des sièges pourvus qui peuvent voter'],
    seats: [
      'voix de tous les sièges, vacants et empêchés compris',
      'voix de tous les sièges, vacants et empêchés compris',
    ],
  },
};

const SHARES: Readonly<Record<string, string>> = {
  '1/2': 'la moitié',
  '2/3': 'deux tiers',
  '3/4': 'trois quarts',
  '3/5': 'trois cinquièmes',
  '4/5': 'quatre cinquièmes',
};

const counted = (amount: Amount, [one, many]: Noun): string => `${amount.text}\u00a0${amount.one ? one : many}`;

function share({ num, den, strict }: Condition['share']): string {
  if (num === den) return strict ? 'plus que l’unanimité' : 'unanimité';
  const part = SHARES[`${num}/${den}`] ?? `${num}/${den}`;
  if (strict) return part === 'la moitié' ? 'plus de la moitié' : `plus de ${part}`;
  return part === 'la moitié' ? 'la moitié au moins' : part;
}

const inFavour = ({ text, none }: Amount): string => (none ? 'aucune pour' : `${text} pour`);

const wasNeeded = ({ needed, of, got, base, unit, ...condition }: Condition): string =>
  `il fallait ${needed.text}\u00a0voix sur ${counted(of, NOUNS[unit][base])} (${share(condition.share)})\u00a0; ${inFavour(got)}`;

const inCollege = (college: string | undefined): string =>
  college === undefined ? '' : `dans le collège «\u00a0${college}\u00a0», `;

const each = ({ text }: Amount): string => `${text} pour et ${text} contre`;

const SEATS: Readonly<Record<Unit, Readonly<Record<string, Noun>>>> = {
  heads: { seats: ['siège', 'sièges'], filled: ['siège pourvu', 'sièges pourvus'] },
  weight: {
    seats: ['voix de tous les sièges', 'voix de tous les sièges'],
    filled: ['voix des sièges pourvus', 'voix des sièges pourvus'],
  },
};

const PRESENT: Readonly<Record<Unit, Noun>> = {
  heads: ['siège présent', 'sièges présents'],
  weight: ['voix présente', 'voix présentes'],
};
const REPRESENTED: Readonly<Record<Unit, Noun>> = {
  heads: ['siège présent ou représenté', 'sièges présents ou représentés'],
  weight: ['voix présente ou représentée', 'voix présentes ou représentées'],
};

function quorum({ base, unit, countProxies, reached, college, needed, of, present }: QuorumWords): string {
  const there = (countProxies ? REPRESENTED : PRESENT)[unit];
  const all = counted(of, SEATS[unit][base] ?? ['', '']);
  const are = present.none ? 'il n’y en a pas' : `il y en a ${present.text}`;
  return `Quorum ${reached ? 'atteint' : 'non atteint'}\u00a0: ${inCollege(college)}il faut ${counted(needed, there)} sur ${all}\u00a0; ${are}.`;
}

export const FRENCH: Sentences = {
  locale: 'fr',
  isOne: (thousandths) => thousandths < 2 * ONE_VOTE,
  adopted: (condition, everyCollege) =>
    everyCollege
      ? `Adoptée\u00a0: ${wasNeeded(condition)}, et chaque collège a donné sa majorité.`
      : `Adoptée\u00a0: ${wasNeeded(condition)}.`,
  rejected: (condition) => `Rejetée\u00a0: ${inCollege(condition.college)}${wasNeeded(condition)}.`,
  nothingCounted: ({ college, base, unit, of }) =>
    `Sans résultat\u00a0: ${inCollege(college)}on compte ${counted(of, NOUNS[unit][base])}.`,
  tieForChair: (amount) => `Partage égal des voix\u00a0: ${each(amount)}\u00a0; la présidence doit trancher.`,
  tieForRevote: (amount) => `Partage égal des voix\u00a0: ${each(amount)}\u00a0; il faut voter à nouveau.`,
  tieRejected: (amount) => `Rejetée\u00a0: les voix sont également partagées, ${each(amount)}.`,
  chairAdopted: (amount) => `Adoptée par la voix prépondérante de la présidence\u00a0: ${each(amount)}.`,
  chairRejected: (amount) => `Rejetée par la voix prépondérante de la présidence\u00a0: ${each(amount)}.`,
  consented: (consents, aside) =>
    `Adoptée par consentement\u00a0: ${counted(consents, ['consentement', 'consentements'])}, ${aside.text} en retrait, aucune objection.`,
  objected: (objections, consents, aside) =>
    `Rejetée\u00a0: ${counted(objections, ['objection', 'objections'])}, ${counted(consents, ['consentement', 'consentements'])}, ${aside.text} en retrait.`,
  nobodyConsented: 'Sans résultat\u00a0: personne n’a consenti ni objecté.',
  noQuorum: 'Sans effet\u00a0: le quorum n’est pas atteint.',
  noVerdict: 'Sans résultat.',
  quorum,
  quorumNotAsked: 'Aucun quorum n’est demandé.',
  quorumSecondCall: 'Aucun quorum n’est demandé\u00a0: la réunion a été convoquée à nouveau.',
};
