import { type Actor, Problem } from '@concert/contract';
import { peopleIn, SECRET_AMONG } from '@concert/domain/polls/register.ts';
import { held, meetingParts, type Parts } from '../parts.ts';
import { BALLOT_BOXES, type Box, gathered } from './ballots.ts';
import { resultOf } from './counting.ts';
import { type Frozen, freeze } from './freezing.ts';
import type { PollRecord } from './records.ts';
import { POLLS } from './store.ts';
import { pollTelling } from './telling.ts';

/** The longest that a timer of Node waits. */
const MAX_TIMER_MS = 2_147_000_000;

/** How often it is looked whether a poll is due that another instance has opened. */
const SWEEP_MS = 60_000;

/** States of a poll that a meeting may be waiting for. */
const WAITED_FOR: ReadonlySet<string> = new Set(['draft', 'open']);

/** The seats that have voted, in the order of the register, which says nothing of when. */
const votedIn = ({ register }: PollRecord, { voters }: Box): readonly string[] =>
  register.map(({ seatId }) => seatId).filter((id) => voters.includes(id));

/** Closing and counting: begun again by whoever finds it half done. */
function pollClosing(parts: Parts, tellPoll: (poll: PollRecord) => void) {
  const { platform, store, polls, ballots, telling } = parts;
  const { audit, compaction, log, ports } = platform;
  const { bodyOf } = meetingParts(parts);

  /** [M20] The meeting does not wait for this poll any more. */
  const release = async ({ id, meetingId }: PollRecord): Promise<void> => {
    const saved = await store.change(meetingId, ({ openPollIds }) => ({
      openPollIds: openPollIds.filter((one) => one !== id),
    }));
    telling.tell({ meeting: saved, body: await bodyOf(saved), now: ports.now() });
  };
  /** [M22] Leaves of a secret poll nothing but its counts, on the disk as well. */
  const forget = async (
    { id: pollId, register, votedSeats = [] }: PollRecord,
    { state, choices }: Box,
  ): Promise<void> => {
    if (state === 'counted') return;
    // So few are known by what they have chosen together: nothing of it is kept.
    const people = peopleIn(register.filter(({ seatId }) => votedSeats.includes(seatId)));
    await ballots.keepCounts(pollId, people < SECRET_AMONG ? [] : gathered(choices));
    startWiping();
  };
  let wiping: Promise<void> = Promise.resolve();
  const startWiping = (): void => {
    wiping = wiping.then(wipe);
  };
  /**
   * [M22] Takes off the disk what boxes held before they were counted. Nobody waits for it: the whole database is rewritten
   * for it. What fails, or is cut off, is done again at the next start.
   */
  const wipe = async (): Promise<void> => {
    try {
      const ids = await ballots.traced();
      if (ids.length > 0 && (await compaction.compact(BALLOT_BOXES)) === 'done') await ballots.traceless(ids);
    } catch (error) {
      log.error(
        { err: error },
        'what a secret poll left on the disk could not be taken off it; the next start tries again',
      );
    }
  };
  /** Harmless to repeat. @throws Problem CONFLICT `poll-not-open` */
  const close = async (pollId: string, actorId: string | null): Promise<PollRecord> => {
    const before = await polls.get(pollId);
    if (before === null) throw new Problem('NOT_FOUND', 'not-found');
    if (before.state !== 'open' && before.state !== 'closed') throw new Problem('CONFLICT', 'poll-not-open');
    // The box first: from here on nobody votes.
    const box = before.secrecy === 'secret' && !before.byHands ? await ballots.close(pollId) : undefined;
    await polls.change(pollId, ['open'], { state: 'closed', closedAt: ports.now() });
    const poll = (await polls.get(pollId)) ?? before;
    if (poll.result === undefined) {
      const votedSeats = box === undefined ? [] : votedIn(poll, box);
      const people = peopleIn(poll.register.filter(({ seatId }) => votedSeats.includes(seatId)));
      const result = resultOf(poll, { choices: box?.choices ?? [], people });
      const voted = box === undefined ? {} : { votedSeats };
      await polls.change(pollId, ['closed'], { result, castCount: result.cast.heads, ...voted });
    }
    await release(poll);
    const counted = (await polls.get(pollId)) ?? poll;
    // The box last, and only when what it held has been counted.
    if (box !== undefined && counted.result !== undefined) await forget(counted, box);
    tellPoll(counted);
    await audit.record({
      ...{ id: `poll-closed:${pollId}`, event: 'meetings.poll-closed', actorId },
      subject: { kind: 'poll', id: pollId },
      data: { ballots: counted.castCount ?? 0 },
    });
    return counted;
  };
  return { close, forget, release, startWiping, wiped: () => wiping };
}

/** Opening, closing and counting: each can be begun again where a server ended in the middle. */
export function pollLifecycle(parts: Parts) {
  const { platform, periods, store, polls, ballots, telling } = parts;
  const { audit, log, outbox, ports } = platform;
  const { bodyOf, mustConduct } = meetingParts(parts);
  const { tellPoll, stop: stopTelling } = pollTelling(parts);
  const { close, forget, release, startWiping, wiped } = pollClosing(parts, tellPoll);
  const timers = new Map<string, NodeJS.Timeout>();

  const open = async (actor: Actor, poll: PollRecord, seconds: number | undefined): Promise<PollRecord> => {
    if (poll.state !== 'draft') throw new Problem('CONFLICT', 'poll-not-draft');
    let frozen: Frozen | undefined;
    // [M20] The meeting first: it cannot end any more, and who comes or leaves from here on changes nothing.
    const saved = await store.change(poll.meetingId, async (meeting) => {
      const given = await periods.of(meeting.bodyId);
      const found = held(meeting, await bodyOf(meeting), given, ports.now());
      mustConduct(actor, found);
      frozen = freeze(found, poll);
      return { openPollIds: [...meeting.openPollIds.filter((id) => id !== poll.id), poll.id] };
    });
    if (frozen === undefined) throw new Problem('SERVICE_UNAVAILABLE', 'too-busy');
    if (poll.secrecy === 'secret' && !poll.byHands) await ballots.put(poll.id);
    const now = ports.now();
    const closesAt = seconds === undefined ? {} : { closesAt: new Date(now.getTime() + seconds * 1_000) };
    // Unchanged since it was judged: what it asks and how secret it is were tested with its register.
    const { meetingId, id: pollId } = poll;
    const events = [outbox.event('meetings.vote-opened', { meetingId, pollId }, actor.personId)];
    const opened = await polls.changeUnchanged(poll, { state: 'open', openedAt: now, ...closesAt, ...frozen, events });
    if (opened === null) {
      if ((await polls.get(poll.id))?.state !== 'open') await release(poll);
      throw new Problem('CONFLICT', 'poll-not-draft');
    }
    telling.tell({ meeting: saved, body: await bodyOf(saved), now });
    outbox.wake(POLLS);
    tellPoll(opened);
    awaitEnd(opened);
    await audit.record({
      ...{ event: 'meetings.poll-opened', actorId: actor.personId, credentialId: actor.credentialId },
      subject: { kind: 'poll', id: poll.id },
      data: {
        secrecy: poll.secrecy,
        electorate: opened.register.filter(({ voterId }) => voterId !== undefined).length,
      },
    });
    return opened;
  };

  /** Closes a poll when its time has come. */
  const awaitEnd = ({ id, closesAt }: PollRecord): void => {
    if (closesAt === undefined) return;
    const wait = Math.min(MAX_TIMER_MS, Math.max(0, closesAt.getTime() - ports.now().getTime()));
    const timer = setTimeout(() => {
      timers.delete(id);
      closeDue().catch((error: unknown) => log.error({ err: error, pollId: id }, 'a poll could not be closed'));
    }, wait);
    timer.unref();
    timers.set(id, timer);
  };
  /** Closes what is due, whichever instance has opened it. */
  const closeDue = async (): Promise<void> => {
    for (const { id } of await polls.due(ports.now()))
      await close(id, null).catch((error: unknown) => {
        // Somebody else has closed it in the same moment.
        if (!(error instanceof Problem)) throw error;
      });
  };
  const sweep = setInterval(() => {
    closeDue().catch((error: unknown) => log.error({ err: error }, 'polls whose time has come could not be closed'));
  }, SWEEP_MS);
  sweep.unref();

  /** What a server left behind that ended in the middle: polls half closed, boxes not reduced to their counts. */
  const takeUp = async (): Promise<void> => {
    for (const poll of await polls.unfinished()) {
      const boxed = poll.secrecy === 'secret' && !poll.byHands;
      // A box that takes nothing any more: the server ended while it closed the poll.
      const half = poll.state === 'closed' || (boxed && (await ballots.isShut(poll.id)));
      if (!half) awaitEnd(poll);
      else
        await close(poll.id, null).catch((error: unknown) => {
          log.error({ err: error, pollId: poll.id }, 'a poll that was being closed could not be counted');
        });
    }
    for (const id of await ballots.uncounted()) {
      const poll = await polls.get(id);
      if (poll?.result !== undefined) await forget(poll, await ballots.close(id));
    }
    startWiping();
    // A meeting must not wait for a poll that was closed since. One that is still prepared may be opening elsewhere.
    for (const { id, openPollIds } of await store.withOpenPolls())
      for (const pollId of openPollIds)
        if (!WAITED_FOR.has((await polls.get(pollId))?.state ?? 'gone'))
          await store.change(id, (now) => ({ openPollIds: now.openPollIds.filter((one) => one !== pollId) }));
  };

  const stop = async (): Promise<void> => {
    stopTelling();
    clearInterval(sweep);
    for (const timer of timers.values()) clearTimeout(timer);
    await wiped();
  };
  return { open, close, release, tellPoll, takeUp, stop };
}
export type PollLifecycle = ReturnType<typeof pollLifecycle>;
