import type { Actor } from '@concert/contract';
import type { Poll } from '@concert/domain/meetings/polls-api.ts';
import { electorate, seatsOf } from '@concert/domain/polls/register.ts';
import type { Parts } from '../parts.ts';
import type { PollRecord } from './records.ts';

const CLOSED: ReadonlySet<string> = new Set(['closed', 'published', 'annulled']);

/** Who may see how a poll stands: results before they are made known are for who conducts the meeting [M23]. */
type Reader = { readonly actor: Actor; readonly conducts: boolean };

/** The register as it is shown: that a seat has voted is told of named polls, and of secret ones once they are closed. */
function registerView(poll: PollRecord) {
  const closed = CLOSED.has(poll.state);
  const known = poll.secrecy !== 'secret' || closed;
  const voted = new Set(poll.secrecy === 'secret' ? poll.votedSeats : Object.keys(poll.ballots));
  return poll.register.map((entry) => ({
    ...entry,
    ...(known && !poll.byHands ? { voted: voted.has(entry.seatId) } : {}),
  }));
}

/** [M23] Whether the names may be told: at once, or when the result is made known. */
const showsBallots = ({ secrecy, state }: PollRecord): boolean =>
  secrecy === 'named-live'
    ? state !== 'draft'
    : secrecy === 'named-after' && (state === 'published' || state === 'annulled');

/** A poll as one reader may see it now. */
export async function pollView(
  { platform, ballots: boxes }: Parts,
  poll: PollRecord,
  { actor, conducts }: Reader,
): Promise<Poll> {
  const secret = poll.secrecy === 'secret';
  const inBox = secret && poll.state === 'open' ? await boxes.voters(poll.id) : (poll.votedSeats ?? []);
  const voted = new Set(secret ? inBox : Object.keys(poll.ballots));
  const cast = poll.byHands ? (poll.result?.cast.heads ?? 0) : (poll.castCount ?? voted.size);
  const ids = new Set(
    poll.register.flatMap(({ holderId, voterId }) => [holderId, voterId]).filter((id) => id !== undefined),
  );
  for (const { personId } of Object.values(poll.ballots)) ids.add(personId);
  const people = await platform.auth.people.byIds([...ids]);
  const nameOf = (id: string) => ({ name: people.get(id)?.name ?? '', color: people.get(id)?.color ?? '#868e96' });
  const { quorum, openedAt, closesAt, closedAt, result } = poll;
  const told = poll.state === 'published' || poll.state === 'annulled' || (conducts && poll.state === 'closed');
  return {
    ...{ id: poll.id, meetingId: poll.meetingId, itemId: poll.itemId, rev: poll.rev, question: poll.question },
    ...{ method: poll.method, options: [...poll.options], limits: poll.limits, secrecy: poll.secrecy },
    ...{ majority: poll.majority, state: poll.state, byHands: poll.byHands, lot: [...poll.lot] },
    ...(openedAt === undefined ? {} : { openedAt: openedAt.toISOString() }),
    ...(closesAt === undefined ? {} : { closesAt: closesAt.toISOString() }),
    ...(closedAt === undefined ? {} : { closedAt: closedAt.toISOString() }),
    ...(poll.annulledReason === undefined ? {} : { annulledReason: poll.annulledReason }),
    ...(poll.supersedes === undefined ? {} : { supersedes: poll.supersedes }),
    register: registerView(poll),
    ...(quorum === undefined
      ? {}
      : {
          quorum: {
            asked: quorum.base !== 'none' && !quorum.secondCall,
            ...{ reached: quorum.reached, needed: quorum.needed, present: quorum.present, of: quorum.of },
          },
        }),
    // [M23] [M26] What was typed in so far is no result.
    ...(conducts && poll.state === 'open' && poll.hands !== undefined ? { hands: [...poll.hands] } : {}),
    turnout: { cast, of: electorate(poll.register).length },
    mine: seatsOf(poll.register, actor.personId).map(({ seatId, via }) => {
      const own = poll.ballots[seatId];
      return {
        ...{ seatId, via: via ?? 'self', voted: voted.has(seatId) },
        title: poll.register.find((one) => one.seatId === seatId)?.title ?? '',
        ...(own === undefined || own.personId !== actor.personId ? {} : { choice: own.choice }),
      };
    }),
    ...(showsBallots(poll)
      ? {
          ballots: poll.register.flatMap(({ seatId }) => {
            const ballot = poll.ballots[seatId];
            if (ballot === undefined) return [];
            const { personId, via, choice, at } = ballot;
            return [{ seatId, personId, ...nameOf(personId), via, choice, at: at.toISOString() }];
          }),
        }
      : {}),
    ...(told && result !== undefined ? { result } : {}),
    voters: [...ids].map((personId) => ({ personId, ...nameOf(personId) })),
  };
}
