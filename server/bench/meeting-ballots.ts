import type { Poll } from '@concert/domain/meetings/polls-api.ts';
import { ORPCError } from '@orpc/client';
import { delay, seeded, spread } from './meeting-numbers.ts';
import { type Member, type Stage, setStage } from './meeting-stage.ts';

export type BallotOptions = {
  readonly voters: number;
  readonly rounds: number;
  /** Ballots before them during which nothing is killed: how long one takes by itself. */
  readonly calm?: number;
  readonly seed: number;
  readonly report?: (line: string) => void;
  readonly profileDir?: string | undefined;
};

const SECRECIES = ['named-live', 'secret'] as const;
const VOTES = ['yes', 'no', 'abstain'] as const;
type Vote = (typeof VOTES)[number];

/** One voter of a round: what they choose, and what they were told. */
type Ballot = {
  readonly member: Member;
  readonly vote: Vote;
  done: Promise<void>;
  answeredAt?: number;
  again?: boolean;
  refusal?: string;
};

/** What is learned of a kill. */
type Kill = {
  readonly afterMs: number;
  /** Voters who had their answer when the server was killed. */
  readonly answered: number;
  /** Voters without one whose ballot was in the box when they sent it again. */
  readonly inTheBox: number;
  readonly restartMs: number;
};

export type BallotRound = {
  readonly secrecy: (typeof SECRECIES)[number];
  /** Absent: nothing was killed. */
  readonly kill?: Kill;
  /** From the first ballot to the answer of each. */
  readonly answeredMs: readonly number[];
  /** What is not as it must be; empty in a good round. */
  readonly faults: readonly string[];
};

/** Between two tries of a voter whose server answers nothing: nobody hammers. */
const PAUSE_MS = 25;
/** The server is killed up to so much later than the answer after which it is to be killed. */
const AFTER_MS = 20;

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

/** Resolves when so many have their answer: that comes in bursts, so that an instant of the clock would rarely cut one. */
async function answeredBy(ballots: readonly Ballot[], count: number): Promise<void> {
  while (ballots.filter(({ answeredAt }) => answeredAt !== undefined).length < count) await delay(1);
}

/** [check 60] Kills the server when a random number of voters have their answer, and starts it again. */
async function killAmid(stage: Stage, random: () => number, ballots: readonly Ballot[], begun: number): Promise<Kill> {
  const [count, afterMs, together] = [Math.floor(random() * ballots.length), random() * AFTER_MS, random() < 0.5];
  await answeredBy(ballots, count);
  await delay(afterMs);
  const killedAt = performance.now();
  const answered = ballots.filter(({ answeredAt }) => answeredAt !== undefined);
  const restartMs = await stage.killAndRestart(together);
  await Promise.all(ballots.map(({ done }) => done));
  const inTheBox = ballots.filter((one) => one.again === true && !answered.includes(one)).length;
  return { afterMs: killedAt - begun, answered: answered.length, inTheBox, restartMs };
}

/** One poll: everybody votes at once, and the chair closes it when all have their answer. */
async function runRound(
  stage: Stage,
  random: () => number,
  { secrecy, killing }: { secrecy: BallotRound['secrecy']; killing: boolean },
): Promise<{ round: BallotRound; poll: Poll }> {
  const { polls } = await stage.api(stage.chair);
  const asked = { itemId: stage.itemIds[0] ?? '', question: `Adopt it (${secrecy})?`, method: 'motion' } as const;
  const { id: pollId } = await polls.create({ id: stage.meetingId, ...asked, secrecy, majority: 'ordinary' });
  await polls.open({ id: pollId });
  const begun = performance.now();
  const ballots = stage.members.map((member): Ballot => {
    const ballot: Ballot = {
      member,
      vote: VOTES[Math.floor(random() * VOTES.length)] ?? 'yes',
      done: Promise.resolve(),
    };
    ballot.done = voteUntilAnswered(stage, pollId, ballot);
    return ballot;
  });
  const kill = killing ? await killAmid(stage, random, ballots, begun) : undefined;
  await Promise.all(ballots.map(({ done }) => done));
  const poll = await (await stage.api(stage.chair)).polls.close({ id: pollId });
  const answeredMs = ballots.map(({ answeredAt }) => (answeredAt ?? Number.NaN) - begun);
  const faults = faultsOf(poll, ballots);
  return { round: { secrecy, answeredMs, faults, ...(kill === undefined ? {} : { kill }) }, poll };
}

const countsOf = ({ id, result, ballots }: Poll): string => JSON.stringify([id, result, ballots]);

/** What the polls of all rounds say after the last restart that they did not say when they were closed. */
async function faultsAfterwards(stage: Stage, closed: readonly Poll[]): Promise<string[]> {
  const { items } = await (await stage.api(stage.chair)).polls.list({ id: stage.meetingId });
  const now = new Map(items.map((poll) => [poll.id, countsOf(poll)]));
  return closed.flatMap((poll) => differs(`poll ${poll.id} later`, now.get(poll.id), countsOf(poll)));
}

const told = (voters: number, { secrecy, kill, answeredMs, faults }: BallotRound): string =>
  [
    secrecy,
    ...(kill === undefined
      ? ['nothing killed']
      : [
          `killed after ${kill.afterMs.toFixed(0)} ms with ${kill.answered} of ${voters} answered and ${kill.inTheBox} more in the box`,
          `back in ${kill.restartMs.toFixed(0)} ms`,
        ]),
    `answered after ${spread(answeredMs)} ms (p50 / p95 / max)`,
    faults.length === 0 ? 'as it must be' : `FAULTS: ${faults.slice(0, 5).join('; ')}`,
  ].join(', ');

/**
 * [check 60] Ballots of everybody at once under `kill -9` at a random instant, named and secret in turn: afterwards there
 * are as many ballots as voters, each as its voter was told, in every round.
 */
export async function runBallots(options: BallotOptions): Promise<readonly BallotRound[]> {
  const { voters, rounds, calm = 0, seed, report } = options;
  const random = seeded(seed);
  const stage = await setStage({ people: voters, items: 2, profileDir: options.profileDir });
  const done: BallotRound[] = [];
  const closed: Poll[] = [];
  try {
    for (let n = 0; n < calm + rounds; n += 1) {
      const secrecy = SECRECIES[n % SECRECIES.length] ?? 'secret';
      const { round, poll } = await runRound(stage, random, { secrecy, killing: n >= calm });
      closed.push(poll);
      const last = n === calm + rounds - 1;
      const faults = last ? [...round.faults, ...(await faultsAfterwards(stage, closed))] : round.faults;
      done.push({ ...round, faults });
      report?.(`${n + 1}: ${told(voters, { ...round, faults })}`);
    }
    return done;
  } finally {
    await stage.stop();
  }
}
