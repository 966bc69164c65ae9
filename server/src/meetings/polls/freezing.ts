import { Problem } from '@concert/contract';
import { registerFor } from '@concert/domain/meetings/attendance.ts';
import { isVotedIn } from '@concert/domain/meetings/states.ts';
import { mayShowHands } from '@concert/domain/polls/hands.ts';
import { type QuorumResult, quorumOf } from '@concert/domain/polls/quorum.ts';
import { mayBeSecret } from '@concert/domain/polls/register.ts';
import { enforce, type Held } from '../parts.ts';
import type { PollRecord, RegisterRecord } from './records.ts';

/** What a poll opens with. */
export type Frozen = { readonly register: readonly RegisterRecord[]; readonly quorum: QuorumResult };

/** [M20] The register of a poll as things stand now, with the quorum. @throws Problem CONFLICT `no-quorum` and others */
export function freeze(found: Held, poll: PollRecord): Frozen {
  const { meeting, facts, seats } = found;
  const written = meeting.mode === 'written';
  if (written ? meeting.state !== 'convened' : meeting.state !== 'in-session')
    throw new Problem('CONFLICT', 'meeting-not-in-session');
  const item = meeting.agenda.find(({ id }) => id === poll.itemId);
  if (item === undefined) throw new Problem('NOT_FOUND', 'no-such-item');
  // [M57] Whether a late item is taken is voted on before anybody turns to it.
  const about = item.id === meeting.currentItemId || isVotedIn(item, facts.rules);
  if (!written && !about) throw new Problem('CONFLICT', 'item-not-open');
  const titles = new Map(seats.map(({ seat }) => [seat.id, seat.title]));
  const everybody = seats.flatMap(({ holder }) =>
    holder === undefined
      ? []
      : [{ id: holder.id, personId: holder.personId, what: 'remote' as const, at: found.now, by: holder.personId }],
  );
  // In writing everybody is there: they have the papers and the time.
  const attendance = written ? everybody : facts.attendance;
  const register: RegisterRecord[] = registerFor(seats, { ...facts, attendance }, poll.itemId).map((entry) => ({
    ...entry,
    title: titles.get(entry.seatId) ?? '',
  }));
  const quorum = quorumOf(facts.rules.quorum, register, { secondCall: facts.secondCallOf !== undefined });
  if (!quorum.reached) throw new Problem('CONFLICT', 'no-quorum');
  if (poll.byHands) enforce(mayShowHands(poll, poll.majority, register));
  else if (poll.secrecy === 'secret') enforce(mayBeSecret(register));
  return { register, quorum };
}
