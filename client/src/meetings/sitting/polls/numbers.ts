import { ONE_BALLOT } from '@concert/domain/polls/ranked.ts';
import { ONE_VOTE } from '@concert/domain/polls/types.ts';

/** Weights are stored in thousandths of a vote. */
export const asVotes = (weight: number): number => weight / ONE_VOTE;

/** Votes of a count by preferences are stored in hundred-thousandths. */
export const asBallots = (votes: number): number => votes / ONE_BALLOT;
