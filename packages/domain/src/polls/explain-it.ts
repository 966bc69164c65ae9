import type { MajorityBase, Unit } from './api.ts';
import type { Amount, Condition, QuorumWords, Sentences } from './explain.ts';
import { ONE_VOTE } from './types.ts';

type Noun = readonly [one: string, many: string];

/** What a base is made of. */
const NOUNS: Readonly<Record<Unit, Readonly<Record<MajorityBase, Noun>>>> = {
  heads: {
    'yes-no': ['voto espresso', 'voti espressi'],
    valid: ['voto valido, astensioni comprese', 'voti validi, astensioni comprese'],
    cast: ['scheda deposta, bianche e nulle comprese', 'schede deposte, bianche e nulle comprese'],
    present: ['seggio presente o rappresentato', 'seggi presenti o rappresentati'],
    entitled: ['seggio coperto che può votare', 'seggi coperti che possono votare'],
    seats: ['seggio, vacanti e ricusati compresi', 'seggi, vacanti e ricusati compresi'],
  },
  weight: {
    'yes-no': ['voto espresso', 'voti espressi'],
    valid: ['voto valido, astensioni comprese', 'voti validi, astensioni comprese'],
    cast: ['voto deposto, bianchi e nulli compresi', 'voti deposti, bianchi e nulli compresi'],
    present: ['voto presente o rappresentato', 'voti presenti o rappresentati'],
    entitled: ['voto dei seggi coperti che possono votare', 'voti dei seggi coperti che possono votare'],
    seats: ['voto di tutti i seggi, vacanti e ricusati compresi', 'voti di tutti i seggi, vacanti e ricusati compresi'],
  },
};

const SHARES: Readonly<Record<string, string>> = {
  '1/2': 'la metà',
  '2/3': 'due terzi',
  '3/4': 'tre quarti',
  '3/5': 'tre quinti',
  '4/5': 'quattro quinti',
};

const counted = (amount: Amount, [one, many]: Noun): string => `${amount.text} ${amount.one ? one : many}`;

function share({ num, den, strict }: Condition['share']): string {
  if (num === den) return strict ? 'più dell’unanimità' : 'unanimità';
  const part = SHARES[`${num}/${den}`] ?? `${num}/${den}`;
  if (strict) return part === 'la metà' ? 'più della metà' : `più di ${part}`;
  return part === 'la metà' ? 'almeno la metà' : part;
}

const inFavour = ({ text, none }: Amount): string => (none ? 'nessuno a favore' : `${text} a favore`);

const wasNeeded = ({ needed, of, got, base, unit, ...condition }: Condition): string =>
  `${needed.one ? 'serviva' : 'servivano'} ${counted(needed, ['voto', 'voti'])} su ${counted(of, NOUNS[unit][base])} (${share(condition.share)}); ${inFavour(got)}`;

const inCollege = (college: string | undefined): string => (college === undefined ? '' : `nel collegio «${college}» `);

const each = ({ text, one }: Amount): string => `${text} a favore e ${text} ${one ? 'contrario' : 'contrari'}`;

const SEATS: Readonly<Record<Unit, Readonly<Record<string, Noun>>>> = {
  heads: { seats: ['seggio', 'seggi'], filled: ['seggio coperto', 'seggi coperti'] },
  weight: {
    seats: ['voto di tutti i seggi', 'voti di tutti i seggi'],
    filled: ['voto dei seggi coperti', 'voti dei seggi coperti'],
  },
};

const PRESENT: Readonly<Record<Unit, Noun>> = {
  heads: ['seggio presente', 'seggi presenti'],
  weight: ['voto presente', 'voti presenti'],
};
const REPRESENTED: Readonly<Record<Unit, Noun>> = {
  heads: ['seggio presente o rappresentato', 'seggi presenti o rappresentati'],
  weight: ['voto presente o rappresentato', 'voti presenti o rappresentati'],
};

function quorum({ base, unit, countProxies, reached, college, needed, of, present }: QuorumWords): string {
  const there = (countProxies ? REPRESENTED : PRESENT)[unit];
  const all = counted(of, SEATS[unit][base] ?? ['', '']);
  const are = present.none
    ? 'non ce n’è nessuno'
    : present.one
      ? `ce n’è ${present.text}`
      : `ce ne sono ${present.text}`;
  return `Numero legale ${reached ? 'raggiunto' : 'non raggiunto'}: ${inCollege(college)}${needed.one ? 'serve' : 'servono'} ${counted(needed, there)} su ${all}; ${are}.`;
}

export const ITALIAN: Sentences = {
  locale: 'it',
  isOne: (thousandths) => thousandths === ONE_VOTE,
  adopted: (condition, everyCollege) =>
    everyCollege
      ? `Approvata: ${wasNeeded(condition)}, e ogni collegio ha dato la sua maggioranza.`
      : `Approvata: ${wasNeeded(condition)}.`,
  rejected: (condition) => `Respinta: ${inCollege(condition.college)}${wasNeeded(condition)}.`,
  nothingCounted: ({ college, base, unit, of }) =>
    `Nessun esito: ${inCollege(college)}si contano ${counted(of, NOUNS[unit][base])}.`,
  tieForChair: (amount) => `Parità di voti: ${each(amount)}; decide il voto della presidenza.`,
  tieForRevote: (amount) => `Parità di voti: ${each(amount)}; occorre votare di nuovo.`,
  tieRejected: (amount) => `Respinta: i voti sono in parità, ${each(amount)}.`,
  chairAdopted: (amount) => `Approvata con il voto prevalente della presidenza: ${each(amount)}.`,
  chairRejected: (amount) => `Respinta con il voto prevalente della presidenza: ${each(amount)}.`,
  consented: (consents, aside) =>
    `Approvata per consenso: ${counted(consents, ['consenso', 'consensi'])}, ${aside.text} in disparte, nessuna obiezione.`,
  objected: (objections, consents, aside) =>
    `Respinta: ${counted(objections, ['obiezione', 'obiezioni'])}, ${counted(consents, ['consenso', 'consensi'])}, ${aside.text} in disparte.`,
  nobodyConsented: 'Nessun esito: nessuno ha dato il consenso o sollevato obiezioni.',
  noQuorum: 'Senza effetto: manca il numero legale.',
  noVerdict: 'Nessun esito.',
  quorum,
  quorumNotAsked: 'Non è richiesto alcun numero legale.',
  quorumSecondCall: 'Non è richiesto alcun numero legale: la riunione è stata convocata di nuovo.',
};
