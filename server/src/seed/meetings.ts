import { seating } from '@concert/domain/governance/seats.ts';
import { registerFor } from '@concert/domain/meetings/attendance.ts';
import type { Item } from '@concert/domain/meetings/model.ts';
import { quorumOf } from '@concert/domain/polls/quorum.ts';
import { resultOf } from '../meetings/polls/counting.ts';
import type { NamedBallotRecord, PollRecord } from '../meetings/polls/records.ts';
import { pollStore } from '../meetings/polls/store.ts';
import type { MeetingRecord } from '../meetings/records.ts';
import { meetingStore } from '../meetings/store.ts';
import type { BodyFacts } from '../platform/bodies.ts';
import type { Platform } from '../platform/module.ts';
import { MEETINGS } from './content/meetings.ts';
import type { SeedMeeting } from './content/types.ts';
import { demoId, personIn } from './people.ts';
import { SEATED } from './rights.ts';

type People = ReadonlyMap<string, string>;

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

const TUESDAY = 2;

/** Half past eight in the morning, UTC, of the first Tuesday that is so many days from now or later. */
export function morning(now: Date, day: number): Date {
  const midnight = new Date((Math.floor(now.getTime() / DAY_MS) + day) * DAY_MS);
  const wait = (TUESDAY - midnight.getUTCDay() + 7) % 7;
  return new Date(midnight.getTime() + wait * DAY_MS + 510 * MINUTE_MS);
}

const at = (instant: Date, minutes: number): Date => new Date(instant.getTime() + minutes * MINUTE_MS);

/** The items one after another; those of a meeting that was held have taken the time that was planned. */
function agendaOf({ items, ended = false }: SeedMeeting, startAt: Date, people: People): readonly Item[] {
  let from = 0;
  return items.map(({ id, title, kind, minutes, presenter, minutesOf, papers = [] }): Item => {
    const begun = at(startAt, from);
    from += minutes;
    return {
      ...{ id: demoId(id), title, kind, note: '', plannedSec: minutes * 60, late: false, queueOpen: true },
      ...{ proposedBy: personIn(people, 'secretary'), papers: papers.map((short) => ({ documentId: demoId(short) })) },
      ...(minutesOf === undefined ? {} : { minutesOf: demoId(minutesOf) }),
      ...(presenter === undefined ? {} : { presenterId: personIn(people, presenter) }),
      ...(ended
        ? { state: 'done', startedAt: begun, endedAt: at(startAt, from), spentMs: minutes * MINUTE_MS }
        : { state: 'scheduled', spentMs: 0 }),
    };
  });
}

function meetingOf(source: SeedMeeting, body: BodyFacts, people: People, now: Date): MeetingRecord {
  const startAt = morning(now, source.day);
  const minutes = source.items.reduce((sum, item) => sum + item.minutes, 0);
  const called = source.ended ? at(startAt, -20 * 1_440) : at(now, -1_440);
  const person = (short: string) => personIn(people, short);
  const answer = (what: 'accepted' | 'excused') => (short: string) => ({
    personId: person(short),
    answer: what,
    at: called,
  });
  return {
    ...{ id: demoId(source.id), rev: 0, bodyId: body.id, title: source.title, note: source.note, place: source.place },
    ...{ mode: 'hybrid', timeZone: 'Europe/Paris', startAt, endAt: at(startAt, minutes), sortAt: startAt },
    ...{ workspaceId: demoId('steering'), sequence: 1, convenedAt: called, rulesKept: body.rules },
    ...{ proxies: [], conflicts: [], speeches: [], openPollIds: [], guestIds: [], dateOptions: [] },
    agenda: agendaOf(source, startAt, people),
    answers: [...(source.accepted ?? []).map(answer('accepted')), ...(source.excused ?? []).map(answer('excused'))],
    attendance: source.there.map((short, n) => ({
      ...{ id: demoId(`${source.id}-in-${short}`), personId: person(short), by: person('secretary') },
      ...{ what: n % 4 === 3 ? 'remote' : 'in', at: at(startAt, -5) },
    })),
    ...(source.ended ? { state: 'ended', openedAt: startAt, endedAt: at(startAt, minutes) } : { state: 'convened' }),
    ...{ createdBy: person('secretary'), createdAt: called },
  };
}

/** The polls of a meeting: those that were voted on with their register and result, others prepared. */
function pollsOf(source: SeedMeeting, meeting: MeetingRecord, body: BodyFacts, people: People): readonly PollRecord[] {
  const rules = body.rules.rules;
  const seats = seating(body.seats, body.mandates, meeting.startAt ?? meeting.createdAt);
  return source.items.flatMap(({ id, poll }) => {
    if (poll === undefined) return [];
    const begun = meeting.agenda.find((item) => item.id === demoId(id))?.startedAt ?? meeting.createdAt;
    const prepared: PollRecord = {
      ...{ id: demoId(poll.id), rev: 0, meetingId: meeting.id, bodyId: body.id, itemId: demoId(id) },
      ...{ question: poll.question, method: 'motion', options: [], limits: {}, secrecy: 'named-after', byHands: false },
      ...{ majority: rules.majorities.ordinary, state: 'draft', lot: [], register: [], ballots: {} },
      ...{ createdBy: personIn(people, 'secretary'), createdAt: meeting.createdAt },
    };
    if (poll.votes === undefined) return [prepared];
    const register = registerFor(seats, { ...meeting, rules }, demoId(id)).map((entry) => ({
      ...entry,
      title: seats.find(({ seat }) => seat.id === entry.seatId)?.seat.title ?? '',
    }));
    const ballots = Object.entries(poll.votes).flatMap(([short, vote], n): [string, NamedBallotRecord][] => {
      const seat = register.find(({ voterId }) => voterId === personIn(people, short));
      const choice = { method: 'motion', vote } as const;
      const cast = { personId: personIn(people, short), via: 'self' as const, choice, at: at(begun, 30 + n) };
      return seat === undefined ? [] : [[seat.seatId, cast]];
    });
    const quorum = quorumOf(rules.quorum, register, { secondCall: false });
    const voted = { ...prepared, register, quorum, ballots: Object.fromEntries(ballots), openedAt: at(begun, 29) };
    const result = resultOf(voted, { choices: [], people: 0 });
    return [{ ...voted, state: 'published', closedAt: at(begun, 36), castCount: result.cast.heads, result } as const];
  });
}

/** Meetings of the steering committee: one that was held, one to come. */
export async function seedMeetings({ bodies, db, ports }: Platform, people: People): Promise<void> {
  const body = (await bodies.byIds([demoId(SEATED)])).get(demoId(SEATED));
  if (body === undefined) return;
  const [store, polls] = [meetingStore(db), pollStore(db)];
  for (const source of MEETINGS) {
    const meeting = meetingOf(source, body, people, ports.now());
    for (const poll of pollsOf(source, meeting, body, people))
      if ((await polls.get(poll.id)) === null) await polls.insert(poll);
    if ((await store.get(meeting.id)) === null) await store.insert(meeting);
  }
}
