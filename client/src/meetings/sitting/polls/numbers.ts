import { ONE_BALLOT } from '@concert/domain/polls/ranked.ts';
import { ONE_VOTE } from '@concert/domain/polls/types.ts';

/** Weights are stored in thousandths of a vote. */
export const asVotes = (weight: number): number => weight / ONE_VOTE;

type Written = (value: number, options: Intl.NumberFormatOptions) => string;

/** Votes of a count by preferences are stored in hundred-thousandths: two decimals are shown at most, `whole` has all. */
export function ballotsText(votes: number, number: Written): { readonly shown: string; readonly whole: string } {
  const value = votes / ONE_BALLOT;
  return { shown: number(value, { maximumFractionDigits: 2 }), whole: number(value, { maximumFractionDigits: 5 }) };
}
