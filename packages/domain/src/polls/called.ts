import { z } from 'zod';
import { MajorityBase, PollMajority, PollMethod, Unit } from './api.ts';

/** What a poll has come to. */
export const VoteOutcome = z.enum(['adopted', 'rejected', 'tie', 'no-quorum', 'no-verdict', 'elected', 'runoff']);
export type VoteOutcome = z.infer<typeof VoteOutcome>;

/** A vote that is over, with the numbers from which its sentence is made in the reader's language [V37]. */
export const CalledVote = z.object({
  question: z.string(),
  method: PollMethod,
  majority: PollMajority,
  outcome: VoteOutcome,
  settledBy: z.enum(['majority', 'chair', 'none']),
  checks: z.array(
    z.object({
      base: MajorityBase,
      unit: Unit,
      college: z.string().optional(),
      of: z.number().int(),
      needed: z.number().int(),
      got: z.number().int(),
      met: z.boolean(),
    }),
  ),
  votes: z.object({ for: z.number().int(), against: z.number().int(), aside: z.number().int() }),
  /** How many ballots were cast, and for how many seats one might have been. */
  turnout: z.object({ cast: z.number().int(), of: z.number().int() }),
  /** The labels of what or who was elected. */
  elected: z.array(z.string()),
});
export type CalledVote = z.infer<typeof CalledVote>;
