import type { Locale } from '@concert/contract';
import type { Unit } from './api.ts';
import { ENGLISH } from './explain-en.ts';
import { FRENCH } from './explain-fr.ts';
import { ITALIAN } from './explain-it.ts';
import type { QuorumPart, QuorumResult } from './quorum.ts';
import { ONE_VOTE } from './types.ts';
import type { Check, VerdictResult } from './verdict.ts';

/** A number as it is written, and whether what is counted by it is in the singular. */
export type Amount = { readonly text: string; readonly one: boolean; readonly none: boolean };

/** One condition in words: amounts of what was needed, of what there was, and of what was got. */
export type Condition = Pick<Check, 'base' | 'unit' | 'college'> & {
  readonly needed: Amount;
  readonly of: Amount;
  readonly got: Amount;
  readonly share: { readonly num: number; readonly den: number; readonly strict: boolean };
};

export type QuorumWords = Pick<QuorumResult, 'base' | 'unit' | 'countProxies'> & {
  readonly reached: boolean;
  readonly college?: string;
  readonly needed: Amount;
  readonly of: Amount;
  readonly present: Amount;
};

/** [V37] Whole sentences of one language: nothing is put together of pieces that agree in another language only. */
export type Sentences = {
  readonly locale: Locale;
  /** Below how many thousandths, or at which, something is in the singular. */
  readonly isOne: (thousandths: number) => boolean;
  readonly adopted: (condition: Condition, everyCollege: boolean) => string;
  readonly rejected: (condition: Condition) => string;
  readonly nothingCounted: (condition: Condition) => string;
  readonly tieForChair: (each: Amount) => string;
  readonly tieForRevote: (each: Amount) => string;
  readonly tieRejected: (each: Amount) => string;
  readonly chairAdopted: (each: Amount) => string;
  readonly chairRejected: (each: Amount) => string;
  readonly consented: (consents: Amount, aside: Amount) => string;
  readonly objected: (objections: Amount, consents: Amount, aside: Amount) => string;
  readonly nobodyConsented: string;
  readonly noQuorum: string;
  readonly noVerdict: string;
  readonly quorum: (words: QuorumWords) => string;
  readonly quorumNotAsked: string;
  readonly quorumSecondCall: string;
};

const SENTENCES: Readonly<Record<Locale, Sentences>> = { fr: FRENCH, en: ENGLISH, it: ITALIAN };

/** [V37] A number of heads, or of votes in thousandths: with decimals only where there are any, as the language writes them. */
export function amountOf(value: number, unit: Unit, { locale, isOne }: Pick<Sentences, 'locale' | 'isOne'>): Amount {
  const thousandths = unit === 'heads' ? value * ONE_VOTE : value;
  const decimals = `${thousandths % ONE_VOTE}`.padStart(3, '0').replace(/0+$/, '');
  const whole = new Intl.NumberFormat(locale).format(Math.trunc(thousandths / ONE_VOTE));
  const text = decimals === '' ? whole : `${whole}${locale === 'en' ? '.' : ','}${decimals}`;
  return { text, one: isOne(thousandths), none: thousandths === 0 };
}

/** What `explainVerdict` must know: a verdict has it, and so has the stored result of a poll with its rule. */
export type Explainable = Pick<VerdictResult, 'method' | 'outcome' | 'settledBy' | 'majority' | 'checks' | 'votes'>;

/** The check that tells why: the first that decided. */
function decisive({ outcome, checks }: Explainable): Check | undefined {
  if (outcome === 'rejected') return checks.find(({ of, met }) => of > 0 && !met) ?? checks[0];
  if (outcome === 'no-verdict') return checks.find(({ of }) => of <= 0) ?? checks[0];
  return checks[0];
}

function conditionOf({ base, unit, college, ...check }: Check, result: Explainable, sentences: Sentences): Condition {
  const amount = (value: number): Amount => amountOf(value, unit, sentences);
  return {
    base,
    unit,
    ...(college === undefined ? {} : { college }),
    needed: amount(check.needed),
    of: amount(check.of),
    got: amount(check.got),
    share: result.majority,
  };
}

function explainConsent({ outcome, votes }: Explainable, sentences: Sentences): string {
  const amount = (value: number): Amount => amountOf(value, 'heads', sentences);
  if (outcome === 'adopted') return sentences.consented(amount(votes.for), amount(votes.aside));
  if (outcome === 'rejected') return sentences.objected(amount(votes.against), amount(votes.for), amount(votes.aside));
  return sentences.nobodyConsented;
}

/** [V37] What a vote has come to and why, in one sentence. */
export function explainVerdict(result: Explainable, locale: Locale): string {
  const sentences = SENTENCES[locale];
  const { method, outcome, settledBy, majority, votes } = result;
  if (outcome === 'no-quorum') return sentences.noQuorum;
  if (method === 'consent') return explainConsent(result, sentences);
  const each = amountOf(votes.for, majority.unit, sentences);
  if (settledBy === 'chair')
    return outcome === 'adopted' ? sentences.chairAdopted(each) : sentences.chairRejected(each);
  if (outcome === 'tie') return majority.tie === 'revote' ? sentences.tieForRevote(each) : sentences.tieForChair(each);
  // Rejected, and not by the majority: by a tie that nobody settles.
  if (outcome === 'rejected' && settledBy === 'none') return sentences.tieRejected(each);
  const check = decisive(result);
  if (check === undefined) return sentences.noVerdict;
  const condition = conditionOf(check, result, sentences);
  if (outcome === 'adopted') return sentences.adopted(condition, result.checks.length > 1);
  return outcome === 'rejected' ? sentences.rejected(condition) : sentences.nothingCounted(condition);
}

/** [V37] Whether there is a quorum and why, in one sentence. */
export function explainQuorum(result: QuorumResult, locale: Locale): string {
  const sentences = SENTENCES[locale];
  if (result.base === 'none') return sentences.quorumNotAsked;
  if (result.secondCall) return sentences.quorumSecondCall;
  const { base, unit, countProxies, reached } = result;
  const missing = result.byCollege.find((part) => !part.reached);
  const enough = result.present >= result.needed;
  const part: QuorumPart & { readonly college?: string } =
    !reached && enough && missing !== undefined ? missing : result;
  const amount = (value: number): Amount => amountOf(value, unit, sentences);
  return sentences.quorum({
    base,
    unit,
    countProxies,
    reached,
    ...(part.college === undefined ? {} : { college: part.college }),
    needed: amount(part.needed),
    of: amount(part.of),
    present: amount(part.present),
  });
}
