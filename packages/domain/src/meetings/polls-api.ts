import { Color, Id, Instant, PersonId } from '@concert/contract';
import { oc } from '@orpc/contract';
import { z } from 'zod';
import {
  BallotLimits,
  Choice,
  MAX_OPTIONS,
  Majority,
  NamedBallot,
  PollMajority,
  PollMethod,
  PollOption,
  Secrecy,
} from '../polls/api.ts';

/** States of a poll: prepared, open, closed and counted, made known, annulled. */
export const POLL_STATES = ['draft', 'open', 'closed', 'published', 'annulled'] as const;
export const PollState = z.enum(POLL_STATES);
export type PollState = z.infer<typeof PollState>;

/** A seat in the register of a poll, as everybody who sees the poll is shown it. */
export const RegisterLine = z.object({
  seatId: Id,
  title: z.string(),
  college: z.string().optional(),
  weight: z.number().int(),
  holderId: PersonId.optional(),
  voterId: PersonId.optional(),
  via: z.enum(['self', 'alternate', 'proxy']).optional(),
  present: z.boolean(),
  recused: z.boolean(),
  /** Whether the seat has voted: of named polls while they run, and of all of them once they are closed. */
  voted: z.boolean().optional(),
});
export type RegisterLine = z.infer<typeof RegisterLine>;

/** Counts of one choice. */
const Count = z.object({ heads: z.number().int(), weight: z.number().int() });

/** One line of the result of an election, or of a motion: what was chosen, and how often. */
export const ResultLine = Count.extend({
  /** `yes`, `no`, `abstain`, `consent`, `stand-aside`, `objection`, `blank`, or the id of an option. */
  key: z.string(),
  elected: z.boolean().optional(),
});

/** A stage of a count by preferences. */
export const CountStage = z.object({
  stage: z.number().int(),
  /** Votes of each option, in hundred-thousandths of a vote. */
  votes: z.array(z.object({ option: Id, votes: z.number().int() })),
  nonTransferable: z.number().int(),
  elected: z.array(Id),
  excluded: z.array(Id),
});

/** What a poll has come to. The sentence is made from the numbers, in the reader's language, by `explainVerdict`. */
export const PollResult = z.object({
  outcome: z.enum(['adopted', 'rejected', 'tie', 'no-quorum', 'no-verdict', 'elected', 'runoff']),
  /** Each condition with what it needed and got. */
  checks: z.array(
    z.object({
      base: z.string(),
      unit: z.string(),
      college: z.string().optional(),
      of: z.number().int(),
      needed: z.number().int(),
      got: z.number().int(),
      met: z.boolean(),
    }),
  ),
  settledBy: z.enum(['majority', 'chair', 'none']).optional(),
  lines: z.array(ResultLine),
  byCollege: z.array(z.object({ college: z.string(), lines: z.array(ResultLine) })),
  cast: Count,
  elected: z.array(Id),
  /** Options between which the count did not decide. */
  tied: z.array(Id),
  /** Who goes into a second round. */
  runoff: z.array(Id),
  quota: z.number().int().optional(),
  stages: z.array(CountStage),
  /** Reasons of objections, without names in a secret poll. */
  objections: z.array(z.string()),
  typedIn: z.boolean(),
});
export type PollResult = z.infer<typeof PollResult>;

/** A poll, as one reader may see it now. */
export const Poll = z.object({
  id: Id,
  meetingId: Id,
  itemId: Id,
  rev: z.number().int(),
  question: z.string(),
  method: PollMethod,
  options: z.array(PollOption),
  limits: BallotLimits,
  secrecy: Secrecy,
  majority: PollMajority,
  state: PollState,
  /** By a show of hands: counts are typed in instead of ballots cast. */
  byHands: z.boolean(),
  openedAt: Instant.optional(),
  closesAt: Instant.optional(),
  closedAt: Instant.optional(),
  annulledReason: z.string().optional(),
  /** The poll that this one repeats. */
  supersedes: Id.optional(),
  /** Order drawn for ties of a count by preferences, made known before the poll opens. */
  lot: z.array(Id),
  register: z.array(RegisterLine),
  quorum: z
    .object({
      asked: z.boolean(),
      reached: z.boolean(),
      needed: z.number().int(),
      present: z.number().int(),
      of: z.number().int(),
    })
    .optional(),
  /** What was typed in of a show of hands that is not closed yet: for who conducts the meeting. */
  hands: z.array(z.object({ key: z.string(), count: z.number().int() })).optional(),
  turnout: z.object({ cast: z.number().int(), of: z.number().int() }),
  /** For which seats the reader votes, and what they have chosen where it is named. */
  mine: z.array(
    z.object({
      seatId: Id,
      title: z.string(),
      via: z.enum(['self', 'alternate', 'proxy']),
      voted: z.boolean(),
      choice: Choice.optional(),
    }),
  ),
  /** Of named polls: at once, or once it is closed. */
  ballots: z.array(NamedBallot).optional(),
  result: PollResult.optional(),
  voters: z.array(z.object({ personId: PersonId, name: z.string(), color: Color })),
});
export type Poll = z.infer<typeof Poll>;

const Question = z.string().trim().min(1).max(1_000);
const Label = z.string().trim().min(1).max(300);
const Options = z.array(z.object({ id: Id.optional(), label: Label }).strict()).max(MAX_OPTIONS);

const Decided = z.enum(['ordinary', 'qualified', 'relative']).or(Majority);

const route = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: `/${string}`, summary: string) =>
  oc.route({ method, path, tags: ['polls'], summary });

const poll = z.object({ id: Id });

export const pollsApi = {
  list: route('GET', '/meetings/{id}/polls', 'Polls of a meeting, the first first')
    .input(z.object({ id: Id }).strict())
    .output(z.object({ items: z.array(Poll) })),
  create: route('POST', '/meetings/{id}/polls', 'Prepare a poll on an item')
    .input(
      z
        .object({
          id: Id,
          itemId: Id,
          question: Question,
          method: PollMethod,
          options: Options.optional(),
          limits: BallotLimits.optional(),
          secrecy: Secrecy,
          /** By which of the body's rules; of a choice between options by the most votes; or one of its own. */
          majority: Decided,
          byHands: z.boolean().optional(),
        })
        .strict(),
    )
    .output(Poll),
  get: route('GET', '/polls/{id}', 'One poll').input(poll.strict()).output(Poll),
  update: route('PATCH', '/polls/{id}', 'Change a poll that is prepared; once open, only its wording')
    .input(
      poll
        .extend({
          question: Question.optional(),
          options: Options.optional(),
          limits: BallotLimits.optional(),
          secrecy: Secrecy.optional(),
          majority: Decided.optional(),
          byHands: z.boolean().optional(),
        })
        .strict(),
    )
    .output(Poll),
  remove: route('DELETE', '/polls/{id}', 'Remove a poll that was never open').input(poll.strict()).output(z.object({})),
  open: route('POST', '/polls/{id}/open', 'Open it: the register is frozen, the quorum tested')
    .input(poll.extend({ seconds: z.number().int().min(10).max(2_592_000).optional() }).strict())
    .output(Poll),
  vote: route('POST', '/polls/{id}/ballots', 'Vote for a seat. The first vote counts; the same again is answered alike')
    .input(poll.extend({ seatId: Id, choice: Choice }).strict())
    .output(
      z.object({
        seatId: Id,
        voted: z.literal(true),
        /** Whether a vote of this seat was there before: that one counts. */
        again: z.boolean(),
        turnout: z.object({ cast: z.number().int(), of: z.number().int() }),
      }),
    ),
  hands: route('POST', '/polls/{id}/hands', 'Type in what was counted by a show of hands')
    .input(
      poll
        .extend({
          counts: z
            .array(z.object({ key: z.string().max(64), count: z.number().int().min(0).max(100_000) }).strict())
            .max(60),
        })
        .strict(),
    )
    .output(Poll),
  close: route('POST', '/polls/{id}/close', 'Close and count; `empty`: although no hand was counted')
    .input(poll.extend({ empty: z.boolean().optional() }).strict())
    .output(Poll),
  settleTie: route('POST', '/polls/{id}/tie', 'The chair settles a tie')
    .input(poll.extend({ vote: z.enum(['yes', 'no']) }).strict())
    .output(Poll),
  publish: route('POST', '/polls/{id}/publish', 'Make the result known').input(poll.strict()).output(Poll),
  annul: route('POST', '/polls/{id}/annul', 'Annul it with a reason; nothing of it is deleted')
    .input(poll.extend({ reason: z.string().trim().min(1).max(1_000), repeat: z.boolean().optional() }).strict())
    .output(Poll),
};
