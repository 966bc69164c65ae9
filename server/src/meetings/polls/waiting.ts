import type { Actor } from '@concert/contract';
import { isRunning } from '@concert/domain/governance/mandates.ts';
import { barredItems } from '@concert/domain/meetings/attendance.ts';
import { seatsOf } from '@concert/domain/polls/register.ts';
import type { Held, Parts } from '../parts.ts';
import type { PollRecord } from './records.ts';

/** [M55] How many votes of each meeting wait for somebody: open, and not cast for every seat for which they vote. */
export async function openVotesOf(
  { polls, ballots, platform: { ports } }: Parts,
  { personId }: Actor,
  meetings: readonly Held[],
): Promise<ReadonlyMap<string, number>> {
  const now = ports.now();
  const waits = async (poll: PollRecord): Promise<boolean> => {
    const open = poll.state === 'open' && !(poll.closesAt !== undefined && poll.closesAt <= now);
    const seats = open && !poll.byHands ? seatsOf(poll.register, personId) : [];
    if (seats.length === 0) return false;
    const voted = poll.secrecy === 'secret' ? await ballots.voters(poll.id) : Object.keys(poll.ballots);
    return seats.some(({ seatId }) => !voted.includes(seatId));
  };
  // Who is barred from an item does not hear of its votes, and who has left the body casts none.
  const voting = meetings.filter(
    ({ meeting, body }) =>
      meeting.openPollIds.length > 0 && body.mandates.some((one) => one.personId === personId && isRunning(one, now)),
  );
  const found = await polls.getAll(voting.flatMap(({ meeting }) => meeting.openPollIds));
  const counts = await Promise.all(
    voting.map(async ({ meeting }): Promise<[string, number]> => {
      const barred = barredItems(meeting.conflicts, personId);
      const own = found.filter(({ meetingId, itemId }) => meetingId === meeting.id && !barred.has(itemId));
      return [meeting.id, (await Promise.all(own.map(waits))).filter(Boolean).length];
    }),
  );
  return new Map(counts);
}
