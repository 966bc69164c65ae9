import { Color, Id, Instant, PersonId } from '@concert/contract';
import { z } from 'zod';

/** In what a majority and a quorum are counted: people, or the weights of their seats. */
export const Unit = z.enum(['heads', 'weight']);
export type Unit = z.infer<typeof Unit>;

/**
 * Of what a majority is a part: the yes and no votes; the valid ballots (abstentions included); all ballots cast (blank
 * ones included); those who were there or represented when the poll opened; all filled seats that may vote; all seats,
 * vacant and recused ones too.
 */
export const MAJORITY_BASES = ['yes-no', 'valid', 'cast', 'present', 'entitled', 'seats'] as const;
export const MajorityBase = z.enum(MAJORITY_BASES);
export type MajorityBase = z.infer<typeof MajorityBase>;

/** Who settles a tie: the chair's vote, nobody (the motion is lost), or another vote. */
export const TIES = ['chair', 'rejected', 'revote'] as const;

/** How many votes adopt a motion: more than (`strict`), or at least, `num`/`den` of the base. */
const majority = {
  base: MajorityBase,
  unit: Unit,
  num: z.number().int().min(1).max(100),
  den: z.number().int().min(1).max(100),
  strict: z.boolean(),
  tie: z.enum(TIES),
  /** Whether it must be reached in each college that has a voting seat, as well as in all. */
  perCollege: z.boolean(),
};
const notMoreThanAll = [
  ({ num, den }: { num: number; den: number }) => num <= den,
  { message: 'more than all' },
] as const;
export const Majority = z
  .object(majority)
  .strict()
  .refine(...notMoreThanAll);
export type Majority = z.infer<typeof Majority>;

/** By what a poll is decided. `relative`, of a choice between options: the most votes win, whatever their share [V28]. */
export const PollMajority = z
  .object({ ...majority, relative: z.literal(true).optional() })
  .strict()
  .refine(...notMoreThanAll);
export type PollMajority = z.infer<typeof PollMajority>;

/** [V] How many must be there for a vote: more than (`strict`), or at least, `num`/`den` of the seats, or of those filled. */
export const Quorum = z
  .object({
    base: z.enum(['seats', 'filled', 'none']),
    unit: Unit,
    num: z.number().int().min(1).max(100),
    den: z.number().int().min(1).max(100),
    strict: z.boolean(),
    /** Whether who is represented by a proxy counts as there. */
    countProxies: z.boolean(),
    /** Whether it must be reached in each college that has a voting seat, as well as in all. */
    perCollege: z.boolean(),
  })
  .strict()
  .refine(({ num, den }) => num <= den, { message: 'more than all' });
export type Quorum = z.infer<typeof Quorum>;

/** How one chooses. */
export const POLL_METHODS = ['motion', 'consent', 'choose', 'score', 'dots', 'ranked'] as const;
export const PollMethod = z.enum(POLL_METHODS);
export type PollMethod = z.infer<typeof PollMethod>;

export const MAX_OPTIONS = 50;

/** Something that one may choose. */
export const PollOption = z.object({ id: Id, label: z.string() });
export type PollOption = z.infer<typeof PollOption>;

/**
 * What one seat chooses. `motion`: yes, no, abstain. `consent`: an objection says its reason. `choose`: between `min`
 * and `max` options, or none of them as a blank vote. `score` and `dots`: points by option. `ranked`: options in the
 * order of preference, best first, as many as one likes.
 */
export const Choice = z.discriminatedUnion('method', [
  z.object({ method: z.literal('motion'), vote: z.enum(['yes', 'no', 'abstain']) }).strict(),
  z
    .object({
      method: z.literal('consent'),
      vote: z.enum(['consent', 'stand-aside', 'objection']),
      reason: z.string().trim().min(1).max(2_000).optional(),
    })
    .strict(),
  z.object({ method: z.literal('choose'), options: z.array(Id).max(MAX_OPTIONS) }).strict(),
  z
    .object({
      method: z.enum(['score', 'dots']),
      points: z.array(z.object({ option: Id, points: z.number().int().min(0).max(1_000) }).strict()).max(MAX_OPTIONS),
    })
    .strict(),
  z.object({ method: z.literal('ranked'), order: z.array(Id).max(MAX_OPTIONS) }).strict(),
]);
export type Choice = z.infer<typeof Choice>;

/** Limits of a ballot: how many options, points an option, points in all, and how many are elected. */
export const BallotLimits = z
  .object({
    /** `choose`: fewest and most options; `dots`: `max` points in all. */
    min: z.number().int().min(0).max(1_000).optional(),
    max: z.number().int().min(1).max(1_000).optional(),
    /** `score`: most points of one option. */
    perOption: z.number().int().min(1).max(100).optional(),
    /** How many are elected. */
    seats: z.number().int().min(1).max(MAX_OPTIONS).optional(),
  })
  .strict();
export type BallotLimits = z.infer<typeof BallotLimits>;

/** Who sees how somebody voted: everybody while it runs, everybody when it is closed, nobody ever. */
export const SECRECIES = ['named-live', 'named-after', 'secret'] as const;
export const Secrecy = z.enum(SECRECIES);
export type Secrecy = z.infer<typeof Secrecy>;

/** Who chose what, of a named poll. */
export const NamedBallot = z.object({
  seatId: Id,
  personId: PersonId,
  name: z.string(),
  color: Color,
  via: z.enum(['self', 'alternate', 'proxy']),
  choice: Choice,
  at: Instant,
});
