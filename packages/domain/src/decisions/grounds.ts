import { no, type Verdict, yes } from '@concert/contract';
import type { VoteOutcome } from '../polls/called.ts';
import type { Basis } from './api.ts';

/** A poll, as far as a decision can rest on it. */
type VotedOn = { readonly bodyId: string; readonly published: boolean; readonly outcome?: VoteOutcome };

export type GroundsRefusal = 'no-such-poll' | 'poll-not-published' | 'poll-decides-nothing' | 'grounds-missing';

const DECIDES: ReadonlySet<VoteOutcome> = new Set(['adopted', 'rejected', 'elected']);

/** [R3] On a poll rests what it has decided: one of this body, made known, with a result. */
export function restsOnPoll(poll: VotedOn | null, bodyId: string): Verdict<GroundsRefusal> {
  if (poll === null || poll.bodyId !== bodyId) return no('no-such-poll');
  if (!poll.published) return no('poll-not-published');
  return poll.outcome !== undefined && DECIDES.has(poll.outcome) ? yes : no('poll-decides-nothing');
}

/** [R3] Where nobody has voted in a meeting it is said how it was decided: in what procedure, by whose delegation. */
export const saysHow = (basis: Basis, grounds: string): Verdict<GroundsRefusal> =>
  (basis === 'written' || basis === 'delegated') && grounds.trim() === '' ? no('grounds-missing') : yes;

/** [R6] What a decision came to: of a poll, what the vote said; else what was decided. */
export const resultOf = (outcome: VoteOutcome | undefined): 'adopted' | 'rejected' =>
  outcome === 'rejected' ? 'rejected' : 'adopted';
