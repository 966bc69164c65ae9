import type { Poll } from '@concert/domain/meetings/polls-api.ts';
import { ORPCError } from '@orpc/client';
import { delay, seeded } from './meeting-numbers.ts';
import { type Member, type Stage, setStage } from './meeting-stage.ts';

export type BallotOptions = {
  readonly voters: number;
  readonly rounds: number;
  readonly seed: number;
  readonly report?: (line: string) => void;
};

const SECRECIES = ['named-live', 'secret'] as const;
const VOTES = ['yes', 'no', 'abstain'] as const;
type Vote = (typeof VOTES)[number];

/** One voter of a round: what they choose, and what they were told. */
type Ballot = { readonly member: Member; readonly vote: Vote; answeredAt?: number; again?: boolean; refusal?: string };

export type BallotRound = {
  readonly secrecy: (typeof SECRECIES)[number];
  readonly killedAfterMs: number;
  /** Voters who had their answer when the server was killed. */
  readonly answeredBefore: number;
  /** Voters whose ballot was in the box when they sent it again. */
  readonly answeredAgain: number;
  readonly restartMs: number;
  /** From the first ballot to the last answer. */
  readonly allMs: number;
  /** What is not as it must be; empty in a good round. */
  readonly faults: readonly string[];
};

/** Between two tries of a voter whose server answers nothing: nobody hammers. */
const PAUSE_MS = 25;
/** How long a ballot of all takes, for each voter, until a round has shown it: an instant of the kill is drawn from it. */
const GUESS_MS = 8;

/** Votes, again and again after whatever is no answer, as a page does whose server has gone. */
async function voteUntilAnswered(stage: Stage, pollId: string, ballot: Ballot): Promise<void> {
  const choice = { method: 'motion', vote: ballot.vote } as const;
  for (;;) {
    const { polls } = await stage.api(ballot.member);
    try {
      const { again } = await polls.vote({ id: pollId, seatId: ballot.member.seatId, choice });
      ballot.answeredAt = performance.now();
      ballot.again = again;
      return;
    } catch (error) {
      if (error instanceof ORPCError && error.status < 500) {
        ballot.refusal = `${error.status} ${JSON.stringify(error.data)}`;
        return;
      }
      await delay(PAUSE_MS);
    }
  }
}

const differs = (what: string, is: unknown, mustBe: unknown): string[] =>
  is === mustBe ? [] : [`${what}: ${is} instead of ${mustBe}`];

/** [M21] [M22] What a closed poll says that its voters did not. */
function faultsOf(poll: Poll, ballots: readonly Ballot[]): string[] {
  const all = ballots.length;
  const lineOf = (vote: Vote): number => poll.result?.lines.find(({ key }) => key === vote)?.heads ?? 0;
  const faults = [
    ...ballots.flatMap(({ member, refusal }) => (refusal === undefined ? [] : [`${member.name} refused: ${refusal}`])),
    ...differs('ballots counted', poll.result?.cast.heads, all),
    ...differs('voters in the register', poll.register.filter(({ voted }) => voted).length, all),
    ...differs('turnout', `${poll.turnout.cast} of ${poll.turnout.of}`, `${all} of ${all}`),
    ...VOTES.flatMap((vote) => differs(vote, lineOf(vote), ballots.filter((one) => one.vote === vote).length)),
  ];
  if (poll.secrecy === 'secret') return [...faults, ...differs('ballots shown', poll.ballots, undefined)];
  const { ballots: named = [] } = poll;
  const bySeat = new Map(named.map((one) => [one.seatId, one]));
  const kept = ({ member, vote }: Ballot): string[] => {
    const { choice, personId } = bySeat.get(member.seatId) ?? {};
    return differs(`ballot of ${member.name}`, choice?.method === 'motion' && choice.vote, vote).concat(
      differs(`voter of ${member.name}`, personId, member.id),
    );
  };
  return [...faults, ...differs('named ballots', named.length, all), ...ballots.flatMap(kept)];
}

/** One poll: everybody votes at once, the server is killed meanwhile, and the chair closes it once all are answered. */
async function runRound(
  stage: Stage,
  random: () => number,
  secrecy: BallotRound['secrecy'],
  killAfterMs: number,
): Promise<{ round: BallotRound; poll: Poll }> {
  const before = await stage.api(stage.chair);
  const asked = { itemId: stage.itemIds[0] ?? '', question: `Adopt it (${secrecy})?`, method: 'motion' } as const;
  const { id: pollId } = await before.polls.create({ id: stage.meetingId, ...asked, secrecy, majority: 'ordinary' });
  await before.polls.open({ id: pollId });
  const ballots: Ballot[] = stage.members.map((member) => ({
    member,
    vote: VOTES[Math.floor(random() * VOTES.length)] ?? 'yes',
  }));
  const begun = performance.now();
  const voting = ballots.map((ballot) => voteUntilAnswered(stage, pollId, ballot));
  await delay(killAfterMs);
  const killedAt = performance.now();
  const restartMs = await stage.killAndRestart(random() < 0.5);
  await Promise.all(voting);
  const allMs = performance.now() - begun;
  const poll = await (await stage.api(stage.chair)).polls.close({ id: pollId });
  const round: BallotRound = {
    ...{ secrecy, restartMs, allMs, faults: faultsOf(poll, ballots) },
    killedAfterMs: killedAt - begun,
    answeredBefore: ballots.filter(({ answeredAt = Number.POSITIVE_INFINITY }) => answeredAt <= killedAt).length,
    answeredAgain: ballots.filter(({ again }) => again).length,
  };
  return { round, poll };
}

const countsOf = ({ id, result, ballots }: Poll): string => JSON.stringify([id, result, ballots]);

/** What the polls of all rounds say after the last restart that they did not say when they were closed. */
async function faultsAfterwards(stage: Stage, closed: readonly Poll[]): Promise<string[]> {
  const { items } = await (await stage.api(stage.chair)).polls.list({ id: stage.meetingId });
  const now = new Map(items.map((poll) => [poll.id, countsOf(poll)]));
  return closed.flatMap((poll) => differs(`poll ${poll.id} later`, now.get(poll.id), countsOf(poll)));
}

/**
 * [check 60] Ballots of everybody at once under `kill -9` at a random instant, named and secret in turn: afterwards there
 * are as many ballots as voters, each as its voter was told, in every round.
 */
export async function runBallots({ voters, rounds, seed, report }: BallotOptions): Promise<readonly BallotRound[]> {
  const random = seeded(seed);
  const stage = await setStage({ people: voters, items: 2 });
  const done: BallotRound[] = [];
  const closed: Poll[] = [];
  try {
    let fullMs = voters * GUESS_MS;
    for (let n = 0; n < rounds; n += 1) {
      const secrecy = SECRECIES[n % SECRECIES.length] ?? 'secret';
      const { round, poll } = await runRound(stage, random, secrecy, random() * fullMs);
      // Drawn from a longer time when the kill came before anything was answered, from a shorter one when it came too late.
      if (round.answeredBefore === 0) fullMs *= 1.25;
      if (round.answeredBefore === voters) fullMs = Math.max(voters, 0.8 * round.killedAfterMs);
      closed.push(poll);
      const last = n === rounds - 1;
      const faults = last ? [...round.faults, ...(await faultsAfterwards(stage, closed))] : round.faults;
      done.push({ ...round, faults });
      report?.(
        `round ${n + 1}, ${secrecy}: killed after ${round.killedAfterMs.toFixed(0)} ms with ${round.answeredBefore} of ${voters} answered, ` +
          `${round.answeredAgain} more in the box, back in ${round.restartMs.toFixed(0)} ms, all answered after ${round.allMs.toFixed(0)} ms; ` +
          `${faults.length === 0 ? 'as it must be' : faults.slice(0, 5).join('; ')}`,
      );
    }
    return done;
  } finally {
    await stage.stop();
  }
}
