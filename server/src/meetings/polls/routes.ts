import { type Actor, Problem } from '@concert/contract';
import { chairs } from '@concert/domain/governance/conducting.ts';
import { isRunning } from '@concert/domain/governance/mandates.ts';
import { barredItems, recusedFrom } from '@concert/domain/meetings/attendance.ts';
import { pollsApi } from '@concert/domain/meetings/polls-api.ts';
import { isOver } from '@concert/domain/meetings/states.ts';
import { type Choice, MAX_OPTIONS, type Majority, type PollMajority } from '@concert/domain/polls/api.ts';
import { checkChoice } from '@concert/domain/polls/ballot.ts';
import { checkHands, countsNothing } from '@concert/domain/polls/hands.ts';
import { electorate, seatsOf } from '@concert/domain/polls/register.ts';
import type { RegisterEntry } from '@concert/domain/polls/types.ts';
import { implement } from '@orpc/server';
import type { Context } from '../../platform/http/route.ts';
import { requireActor } from '../../platform/http/route.ts';
import { type Held, meetingParts, type Parts } from '../parts.ts';
import { resultOf } from './counting.ts';
import type { PollLifecycle } from './lifecycle.ts';
import { drawn } from './lot.ts';
import type { PollRecord } from './records.ts';
import { POLLS } from './store.ts';
import { pollView } from './views.ts';

/** More than a long day of amendments. */
const MAX_POLLS = 500;

type Given = { readonly id?: string | undefined; readonly label: string };

const WITHOUT_OPTIONS: ReadonlySet<string> = new Set(['motion', 'consent']);

/** [M19] Options where one chooses between some, none where one says yes or no; their ids are ours, or kept. */
function optionsOf(
  method: PollRecord['method'],
  given: readonly Given[],
  newId: () => string,
): readonly { id: string; label: string }[] {
  if (WITHOUT_OPTIONS.has(method)) return [];
  if (given.length < 2 || given.length > MAX_OPTIONS) throw new Problem('BAD_REQUEST', 'no-options');
  const options = given.map(({ id, label }) => ({ id: id ?? newId(), label }));
  if (new Set(options.map(({ id }) => id)).size !== options.length) throw new Problem('BAD_REQUEST', 'option-twice');
  return options;
}

type Wanted = 'ordinary' | 'qualified' | 'relative' | Majority;

/** [V28] [V30] By what a poll is decided: the most votes decide between options alone. */
function majorityOf({ facts }: Held, method: PollRecord['method'], wanted: Wanted): PollMajority {
  const { majorities } = facts.rules;
  if (wanted === 'relative') {
    if (WITHOUT_OPTIONS.has(method)) throw new Problem('BAD_REQUEST', 'relative-between-options');
    return { ...majorities.ordinary, tie: 'revote', relative: true };
  }
  const majority = typeof wanted === 'string' ? majorities[wanted] : wanted;
  // [M24] Without a casting vote in the body's rules nobody has one.
  return majority.tie === 'chair' && !facts.rules.castingVote ? { ...majority, tie: 'rejected' } : majority;
}

const sameChoice = (one: Choice, other: Choice): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Looking up polls: who sees the meeting and is not kept from the item sees the poll. */
function lookingUpPolls(parts: Parts) {
  const { polls } = parts;
  const { conducting, mustConduct, visible } = meetingParts(parts);
  const found = async (actor: Actor, id: string): Promise<{ poll: PollRecord; of: Held }> => {
    const poll = await polls.get(id);
    if (poll === null) throw new Problem('NOT_FOUND', 'not-found');
    const of = await visible(actor, poll.meetingId);
    const hidden = poll.state === 'draft' && !conducting(actor, of);
    if (hidden || barredItems(of.meeting.conflicts, actor.personId).has(poll.itemId))
      throw new Problem('NOT_FOUND', 'not-found');
    return { poll, of };
  };
  const conducted = async (actor: Actor, id: string): Promise<{ poll: PollRecord; of: Held }> => {
    const both = await found(actor, id);
    mustConduct(actor, both.of);
    return both;
  };
  const shown = (actor: Actor, poll: PollRecord, of: Held) =>
    pollView(parts, poll, { actor, conducts: conducting(actor, of) });
  return { found, conducted, shown };
}

const must = (poll: PollRecord | null, reason: string): PollRecord => {
  if (poll === null) throw new Problem('CONFLICT', reason);
  return poll;
};

/** Preparing polls. */
function preparingRoutes(parts: Parts, { release, tellPoll }: PollLifecycle) {
  const { platform, polls, ballots } = parts;
  const { ports } = platform;
  const os = implement(pollsApi).$context<Context>().use(requireActor);
  const { conducting, mustConduct, visible } = meetingParts(parts);
  const { found, conducted, shown } = lookingUpPolls(parts);
  return {
    list: os.list.handler(async ({ input: { id }, context: { actor } }) => {
      const of = await visible(actor, id);
      const barred = barredItems(of.meeting.conflicts, actor.personId);
      const all = (await polls.ofMeeting(id)).filter(
        ({ state, itemId }) => !barred.has(itemId) && (state !== 'draft' || conducting(actor, of)),
      );
      return { items: await Promise.all(all.map((poll) => shown(actor, poll, of))) };
    }),
    get: os.get.handler(async ({ input: { id }, context: { actor } }) => {
      const { poll, of } = await found(actor, id);
      return shown(actor, poll, of);
    }),
    create: os.create.handler(async ({ input, context: { actor } }) => {
      const { id: meetingId, itemId, question, method, options = [], limits = {}, secrecy, byHands = false } = input;
      const of = await visible(actor, meetingId);
      mustConduct(actor, of);
      if (isOver(of.facts)) throw new Problem('CONFLICT', 'meeting-over');
      if (!of.meeting.agenda.some(({ id }) => id === itemId)) throw new Problem('NOT_FOUND', 'no-such-item');
      if ((await polls.ofMeeting(meetingId)).length >= MAX_POLLS) throw new Problem('CONFLICT', 'too-many-polls');
      const chosen = optionsOf(method, options, ports.newId);
      const poll: PollRecord = {
        ...{
          id: ports.newId(),
          rev: 0,
          meetingId,
          bodyId: of.meeting.bodyId,
          itemId,
          question,
          method,
          secrecy,
          byHands,
        },
        ...{ options: chosen, limits, majority: majorityOf(of, method, input.majority), state: 'draft' },
        ...{ lot: drawn(chosen.map(({ id }) => id)), register: [], ballots: {} },
        ...{ createdBy: actor.personId, createdAt: ports.now() },
      };
      await polls.insert(poll);
      tellPoll(poll);
      return shown(actor, poll, of);
    }),
    update: os.update.handler(async ({ input: { id, ...change }, context: { actor } }) => {
      const { poll, of } = await conducted(actor, id);
      const { options, majority, ...rest } = change;
      const wording = Object.keys(change).every((name) => name === 'question');
      const fields = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
      const chosen = options === undefined ? undefined : optionsOf(poll.method, options, ports.newId);
      // [M25] What has been voted on is not put otherwise any more.
      const voted = (await ballots.voters(id)).length > 0 || Object.keys(poll.ballots).length > 0;
      const changed = await polls.change(id, wording && !voted ? ['draft', 'open'] : ['draft'], {
        ...fields,
        ...(chosen === undefined ? {} : { options: chosen, lot: drawn(chosen.map((one) => one.id)) }),
        ...(majority === undefined ? {} : { majority: majorityOf(of, poll.method, majority) }),
      });
      const after = must(changed, 'poll-not-draft');
      if (after.state === 'open')
        await platform.audit.record({
          ...{ event: 'meetings.poll-worded', actorId: actor.personId, credentialId: actor.credentialId },
          subject: { kind: 'poll', id },
        });
      tellPoll(after);
      return shown(actor, after, of);
    }),
    remove: os.remove.handler(async ({ input: { id }, context: { actor } }) => {
      const { poll } = await conducted(actor, id);
      if (!(await polls.removeDraft(id))) throw new Problem('CONFLICT', 'poll-not-draft');
      await release(poll);
      tellPoll(poll);
      return {};
    }),
  };
}

/** [M21] Voting. */
function votingRoutes(parts: Parts, { tellPoll }: PollLifecycle) {
  const { platform, polls, ballots } = parts;
  const { ports } = platform;
  const os = implement(pollsApi).$context<Context>().use(requireActor);
  const { found } = lookingUpPolls(parts);
  /** [M21] The seat in the register for which this person votes, and is still in the body to do so. */
  const ownSeat = (actor: Actor, poll: PollRecord, { body, now }: Held, seatId: string) => {
    const seat = seatsOf(poll.register, actor.personId).find((one) => one.seatId === seatId);
    const sits = body.mandates.some((one) => one.personId === actor.personId && isRunning(one, now));
    if (seat === undefined || !sits) throw new Problem('FORBIDDEN', 'not-your-seat');
    return seat;
  };
  const mustBeOpen = ({ state, closesAt }: PollRecord): void => {
    if (state !== 'open' || (closesAt !== undefined && closesAt <= ports.now()))
      throw new Problem('CONFLICT', 'poll-not-open');
  };
  /** What is answered to a vote that is there. The same again is answered alike, since its answer may have been lost. */
  const answered = ({ register }: PollRecord, seatId: string, cast: number, again: boolean) => ({
    ...{ seatId, voted: true as const, again },
    turnout: { cast, of: electorate(register).length },
  });
  const known = (poll: PollRecord, seatId: string, actor: Actor, choice: Choice) => {
    const ballot = poll.ballots[seatId];
    if (ballot === undefined) return undefined;
    if (ballot.personId !== actor.personId || !sameChoice(ballot.choice, choice))
      throw new Problem('CONFLICT', 'already-voted');
    return answered(poll, seatId, Object.keys(poll.ballots).length, true);
  };
  const inSecret = async (poll: PollRecord, seatId: string, choice: Choice) => {
    if (poll.state !== 'open' && poll.votedSeats?.includes(seatId))
      return answered(poll, seatId, poll.castCount ?? 0, true);
    mustBeOpen(poll);
    const first = await ballots.cast(poll.id, seatId, choice);
    const voters = await ballots.voters(poll.id);
    if (!voters.includes(seatId)) throw new Problem('CONFLICT', 'poll-not-open');
    return answered(poll, seatId, voters.length, !first);
  };
  const byName = async (poll: PollRecord, seat: RegisterEntry, actor: Actor, choice: Choice) => {
    mustBeOpen(poll);
    const at = ports.now();
    const ballot = { personId: actor.personId, via: seat.via ?? 'self', choice, at };
    const after = await polls.cast(poll.id, seat.seatId, ballot, at);
    if (after !== null) return answered(after, seat.seatId, Object.keys(after.ballots).length, false);
    const before = known((await polls.get(poll.id)) ?? poll, seat.seatId, actor, choice);
    if (before === undefined) throw new Problem('CONFLICT', 'poll-not-open');
    return before;
  };
  return {
    vote: os.vote.handler(async ({ input: { id, seatId, choice }, context: { actor } }) => {
      const { poll, of } = await found(actor, id);
      const seat = ownSeat(actor, poll, of, seatId);
      if (poll.byHands) throw new Problem('CONFLICT', 'by-hands');
      const before = known(poll, seatId, actor, choice);
      if (before !== undefined) return before;
      const check = checkChoice(poll, choice);
      if (!check.ok) throw new Problem('BAD_REQUEST', check.reason);
      const vote = await (poll.secrecy === 'secret'
        ? inSecret(poll, seatId, choice)
        : byName(poll, seat, actor, choice));
      tellPoll(poll);
      return vote;
    }),
  };
}

/** Opening, closing, making known. */
function conductingRoutes(parts: Parts, lifecycle: PollLifecycle) {
  const { platform, polls } = parts;
  const { audit, outbox, ports } = platform;
  const os = implement(pollsApi).$context<Context>().use(requireActor);
  const { conducted, found, shown } = lookingUpPolls(parts);
  const { tellPoll } = lifecycle;
  return {
    open: os.open.handler(async ({ input: { id, seconds }, context: { actor } }) => {
      const { poll, of } = await conducted(actor, id);
      return shown(actor, await lifecycle.open(actor, poll, seconds), of);
    }),
    hands: os.hands.handler(async ({ input: { id, counts }, context: { actor } }) => {
      const { poll, of } = await conducted(actor, id);
      if (!poll.byHands) throw new Problem('CONFLICT', 'not-by-hands');
      const check = checkHands(poll, poll.register, counts);
      if (!check.ok) throw new Problem('BAD_REQUEST', check.reason);
      const after = must(await polls.change(id, ['open'], { hands: counts }), 'poll-not-open');
      tellPoll(after);
      return shown(actor, after, of);
    }),
    close: os.close.handler(async ({ input: { id, empty = false }, context: { actor } }) => {
      const { poll, of } = await conducted(actor, id);
      // [M26] Nobody closes it at nought for want of typing.
      if (poll.state === 'open' && poll.byHands && !empty && countsNothing(poll.hands))
        throw new Problem('CONFLICT', 'nothing-counted');
      return shown(actor, await lifecycle.close(id, actor.personId), of);
    }),
    settleTie: os.settleTie.handler(async ({ input: { id, vote }, context: { actor } }) => {
      const { poll, of } = await found(actor, id);
      if (!chairs(of.body, actor.personId, of.now)) throw new Problem('FORBIDDEN', 'not-the-chair');
      // [M10] Who is kept out of the vote does not settle it either.
      const recused = poll.register.some(({ holderId, recused: out }) => out && holderId === actor.personId);
      if (recused || recusedFrom(of.meeting.conflicts, poll.itemId).has(actor.personId))
        throw new Problem('FORBIDDEN', 'own-conflict');
      const settles = poll.state === 'closed' && poll.result?.outcome === 'tie' && poll.majority.tie === 'chair';
      if (!settles || poll.method !== 'motion' || poll.secrecy === 'secret')
        throw new Problem('CONFLICT', 'tie-not-open');
      const result = resultOf({ ...poll, castingVote: vote }, { choices: [], people: 0 });
      const after = must(await polls.settle(id, { castingVote: vote, result }), 'poll-not-closed');
      await audit.record({
        ...{ event: 'meetings.tie-settled', actorId: actor.personId, credentialId: actor.credentialId },
        subject: { kind: 'poll', id },
        data: { vote },
      });
      tellPoll(after);
      return shown(actor, after, of);
    }),
    publish: os.publish.handler(async ({ input: { id }, context: { actor } }) => {
      const { of } = await conducted(actor, id);
      const known = outbox.event('meetings.result-known', { meetingId: of.meeting.id, pollId: id }, actor.personId);
      const change = { state: 'published', events: [known] } as const;
      const after = must(await polls.changeCounted(id, ['closed'], change), 'poll-not-closed');
      outbox.wake(POLLS);
      tellPoll(after);
      return shown(actor, after, of);
    }),
    annul: os.annul.handler(async ({ input: { id, reason, repeat = false }, context: { actor } }) => {
      const { poll, of } = await conducted(actor, id);
      if (poll.state === 'draft' || poll.state === 'annulled') throw new Problem('CONFLICT', 'poll-not-open');
      // Nothing is deleted: what was cast is counted first, and the annulment stands beside it.
      if (poll.state === 'open') await lifecycle.close(id, actor.personId);
      const after = must(
        await polls.changeCounted(id, ['closed', 'published'], { state: 'annulled', annulledReason: reason }),
        'poll-not-closed',
      );
      await audit.record({
        ...{ event: 'meetings.poll-annulled', actorId: actor.personId, credentialId: actor.credentialId },
        subject: { kind: 'poll', id },
      });
      tellPoll(after);
      if (!repeat) return shown(actor, after, of);
      const { question, method, options, limits, secrecy, majority, byHands, meetingId, bodyId, itemId } = poll;
      const next: PollRecord = {
        ...{
          id: ports.newId(),
          rev: 0,
          meetingId,
          bodyId,
          itemId,
          question,
          method,
          options,
          limits,
          secrecy,
          majority,
        },
        ...{ byHands, state: 'draft', lot: drawn(options.map((one) => one.id)), register: [], ballots: {} },
        ...{ supersedes: id, createdBy: actor.personId, createdAt: ports.now() },
      };
      await polls.insert(next);
      tellPoll(next);
      return shown(actor, next, of);
    }),
  };
}

export const pollRoutes = (parts: Parts, lifecycle: PollLifecycle) => ({
  ...preparingRoutes(parts, lifecycle),
  ...votingRoutes(parts, lifecycle),
  ...conductingRoutes(parts, lifecycle),
});
