import type { Majority, MajorityBase, PollMethod, Unit } from './api.ts';
import { neededFor, reaches } from './fraction.ts';
import type { QuorumResult } from './quorum.ts';
import { type Bases, bases, grainOfRegister } from './register.ts';
import { type Tally, votesOn } from './tally.ts';
import type { Register } from './types.ts';

export type Outcome = 'adopted' | 'rejected' | 'tie' | 'no-quorum' | 'no-verdict';

/** One condition: so much of the base was needed, so much was got. */
export type Check = {
  readonly base: MajorityBase;
  readonly unit: Unit;
  /** Absent: of all. */
  readonly college?: string;
  readonly of: number;
  readonly needed: number;
  readonly got: number;
  readonly met: boolean;
};

export type VerdictResult = {
  readonly method: PollMethod;
  readonly outcome: Outcome;
  readonly checks: readonly Check[];
  /** Who settled it: the majority that was asked for, the chair, or nobody. */
  readonly settledBy: 'majority' | 'chair' | 'none';
  /** The rule that was applied. */
  readonly majority: Majority;
  /** In the unit of the rule; in heads where one consents. */
  readonly votes: { readonly for: number; readonly against: number; readonly aside: number };
  /** As many for as against, which alone stood between adopting and rejecting. */
  readonly tied: boolean;
};

export type VerdictInput = {
  readonly method: PollMethod;
  readonly majority: Majority;
  readonly register: Register;
  readonly tally: Tally;
  /** Absent: none is asked. */
  readonly quorum?: Pick<QuorumResult, 'reached'>;
  readonly castingVote?: 'yes' | 'no';
  readonly secret?: boolean;
};

/** [V18] [V19] One condition, in all or in a college. */
function checkOf(majority: Majority, base: Bases, got: number, grain: number, college?: string): Check {
  const of = base[majority.base];
  return {
    base: majority.base,
    unit: majority.unit,
    ...(college === undefined ? {} : { college }),
    of,
    needed: neededFor(majority, of, grain),
    got,
    met: reaches(majority, got, of),
  };
}

/** [V18] [V21] All that a motion must reach. */
function checksOf({ majority, register, tally }: VerdictInput): readonly Check[] {
  const { unit } = majority;
  const all = bases(register, tally, unit);
  const grain = grainOfRegister(register, unit);
  const overall = checkOf(majority, all, votesOn(tally.lines, unit).for, grain);
  if (!majority.perCollege) return [overall];
  return [
    overall,
    ...all.byCollege.map((base) => {
      const part = tally.byCollege.find(({ college }) => college === base.college);
      return checkOf(majority, base, votesOn(part?.lines ?? [], unit).for, grain, base.college);
    }),
  ];
}

/**
 * [V22] A tie: more than half is asked for, exactly half of the base is for, the other half against, and nothing else is
 * missing.
 */
const isTie = (majority: Majority, votes: VerdictResult['votes'], [overall, ...colleges]: readonly Check[]): boolean =>
  overall !== undefined &&
  majority.strict &&
  majority.num * 2 === majority.den &&
  votes.for > 0 &&
  votes.for === votes.against &&
  votes.for + votes.against === overall.of &&
  colleges.every(({ met }) => met);

type Settled = Pick<VerdictResult, 'outcome' | 'settledBy'>;

/** [V22] [V23] What becomes of a tie. */
function settleTie({ majority, castingVote, secret }: VerdictInput): Settled {
  if (majority.tie === 'revote') return { outcome: 'tie', settledBy: 'none' };
  if (majority.tie === 'rejected' || secret === true) return { outcome: 'rejected', settledBy: 'none' };
  if (castingVote === undefined) return { outcome: 'tie', settledBy: 'none' };
  return { outcome: castingVote === 'yes' ? 'adopted' : 'rejected', settledBy: 'chair' };
}

/** [V20] [V21] What becomes of a motion that is not tied. */
function settle(checks: readonly Check[]): Settled {
  if (checks.some(({ of, met }) => of > 0 && !met)) return { outcome: 'rejected', settledBy: 'majority' };
  if (checks.some(({ of }) => of <= 0)) return { outcome: 'no-verdict', settledBy: 'none' };
  return { outcome: 'adopted', settledBy: 'majority' };
}

/** [V24] Consent is the absence of objections, not the number of consents. */
function settleConsent(votes: VerdictResult['votes']): Settled {
  if (votes.against > 0) return { outcome: 'rejected', settledBy: 'majority' };
  return votes.for > 0 ? { outcome: 'adopted', settledBy: 'majority' } : { outcome: 'no-verdict', settledBy: 'none' };
}

/** What a poll on a motion or a proposal has come to. Who is elected is told by `elect` and `countRanked` [V26]. */
export function verdict(input: VerdictInput): VerdictResult {
  const { method, majority, tally, quorum } = input;
  const checks = method === 'motion' ? checksOf(input) : [];
  const votes = votesOn(tally.method === method ? tally.lines : [], method === 'consent' ? 'heads' : majority.unit);
  const tied = method === 'motion' && isTie(majority, votes, checks);
  const result = (settled: Settled): VerdictResult => ({ method, ...settled, checks, majority, votes, tied });
  // [V25]
  if (quorum?.reached === false) return result({ outcome: 'no-quorum', settledBy: 'none' });
  if (method === 'consent') return result(settleConsent(votes));
  if (method !== 'motion') return result({ outcome: 'no-verdict', settledBy: 'none' });
  return result(tied ? settleTie(input) : settle(checks));
}
