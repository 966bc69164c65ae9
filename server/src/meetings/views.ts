import type { Actor } from '@concert/contract';
import { conducts } from '@concert/domain/governance/conducting.ts';
import { numbersOf, timesOf } from '@concert/domain/meetings/agenda.ts';
import { barredItems, presenceAt, registerFor } from '@concert/domain/meetings/attendance.ts';
import { seesConflict } from '@concert/domain/meetings/conflicts.ts';
import type { ClockState, DeclaredConflict, Item, MeetingFacts, Speech } from '@concert/domain/meetings/model.ts';
import { takesPart } from '@concert/domain/meetings/people.ts';
import type { AgendaItem, Attendee, Meeting, MeetingLine, QuorumNow } from '@concert/domain/meetings/shapes.ts';
import { inOrderOfSpeaking } from '@concert/domain/meetings/speakers.ts';
import { freezesAt, isBefore, isOver, stateShown } from '@concert/domain/meetings/states.ts';
import { quorumOf } from '@concert/domain/polls/quorum.ts';
import { readerOf } from '../platform/rule-answers.ts';
import { calledIn, type Held, type Parts, rulesOf } from './parts.ts';
import type { MeetingRecord } from './records.ts';
import { roomOf } from './rooms/links.ts';

const text = (instant: Date): string => instant.toISOString();
/** `{ [name]: value }`, or nothing for what is not there. */
const given = <Name extends string, Value>(name: Name, value: Value | undefined): { [Key in Name]?: Value } =>
  value === undefined ? {} : ({ [name]: value } as { [Key in Name]: Value });
const dated = <Name extends string>(name: Name, value: Date | undefined) => given(name, value && text(value));

const clockView = (clock: ClockState) => ('endsAt' in clock ? { endsAt: text(clock.endsAt) } : clock);

/** What list and page show alike. */
const headOf = (meeting: MeetingRecord, facts: MeetingFacts, bodyName: string, now: Date) => ({
  ...{ id: meeting.id, bodyId: meeting.bodyId, bodyName, title: meeting.title, mode: meeting.mode },
  state: stateShown(facts, now),
  ...dated('startAt', meeting.startAt),
  ...dated('endAt', meeting.endAt),
  timeZone: meeting.timeZone,
  ...given('place', meeting.place),
});

/** A line of a list. */
export function lineView(found: Held, personId: string, openVotes: number): MeetingLine {
  const { meeting, body, facts, now } = found;
  const answer = meeting.answers.find((one) => one.personId === personId)?.answer;
  return {
    ...headOf(meeting, facts, body.name, now),
    itemCount: numbersOf(meeting.agenda).size,
    ...given('answer', answer),
    called: calledIn(found).some((one) => one.personId === personId && one.quality !== 'observer'),
    openVotes,
    proxyOffers: isOver(meeting)
      ? 0
      : meeting.proxies.filter(({ toId, state }) => toId === personId && state === 'given').length,
  };
}

/** [M9] [M10] Whether enough are there for the item that is open; before the sitting, whether enough have said they come. */
export function quorumNow({ meeting, facts, seats }: Held): QuorumNow {
  const attendance = isBefore(facts)
    ? meeting.answers.flatMap(({ personId, answer, at }) =>
        answer === 'accepted' ? [{ id: personId, personId, what: 'in' as const, at, by: personId }] : [],
      )
    : facts.attendance;
  const register = registerFor(seats, { ...facts, attendance }, meeting.currentItemId);
  const secondCall = facts.secondCallOf !== undefined;
  const { quorum } = facts.rules;
  const { reached, needed, present, of, unit } = quorumOf(quorum, register, { secondCall });
  return { asked: quorum.base !== 'none' && !secondCall, reached, needed, present, of, unit, secondCall };
}

/** The agenda, without what is kept from the reader. */
function agendaView({ meeting, facts, now }: Held, barred: ReadonlySet<string>, titles: ReadonlyMap<string, string>) {
  const numbers = numbersOf(meeting.agenda);
  const { items: times, expectedEnd } = timesOf(facts, now);
  const view = (item: Item): AgendaItem => {
    const hidden = barred.has(item.id);
    const { plannedAt, expectedAt } = times.get(item.id) ?? {};
    return {
      ...{ id: item.id, kind: item.kind, state: item.state, late: item.late, plannedSec: item.plannedSec },
      ...given('number', numbers.get(item.id)),
      title: hidden ? '' : item.title,
      note: hidden ? '' : item.note,
      ...given('presenterId', hidden ? undefined : item.presenterId),
      proposedBy: item.proposedBy,
      papers: hidden
        ? []
        : item.papers.map(({ documentId, versionId, hash }) => ({
            documentId,
            ...given('title', titles.get(documentId)),
            ...given('versionId', versionId),
            ...given('hash', hash),
          })),
      ...dated('startedAt', item.startedAt),
      ...dated('endedAt', item.endedAt),
      spentMs: item.spentMs,
      ...dated('runningSince', item.runningSince),
      ...given('clock', item.clock && clockView(item.clock)),
      ...dated('plannedAt', plannedAt),
      ...dated('expectedAt', expectedAt),
      queueOpen: item.queueOpen,
      ...given('minutesOf', hidden ? undefined : item.minutesOf),
      barred: hidden,
    };
  };
  return { agenda: meeting.agenda.map(view), ...dated('expectedEnd', expectedEnd) };
}

/** Who is called, and where they are. */
async function attendeesView({ platform }: Parts, found: Held, leads: boolean): Promise<Attendee[]> {
  const { meeting, seats } = found;
  const called = calledIn(found);
  const where = presenceAt(meeting.attendance);
  const people = await platform.auth.people.byIds(called.map(({ personId }) => personId));
  return called.flatMap(({ personId, quality, role }) => {
    const person = people.get(personId);
    if (person === undefined) return [];
    const seat = seats.find(({ holder, alternates }) =>
      [holder, ...alternates].some((one) => one?.personId === personId),
    )?.seat;
    const answer = meeting.answers.find((one) => one.personId === personId);
    return [
      {
        ...{ personId, name: person.name, color: person.color, quality },
        ...given('title', person.title),
        ...given('role', role),
        ...given('seatTitle', seat?.title === '' ? undefined : seat?.title),
        ...given('college', seat?.college),
        ...given('answer', answer?.answer),
        ...dated('answerChangedAt', leads ? answer?.changedAt : undefined),
        presence: where.get(personId) ?? 'out',
      },
    ];
  });
}

const speakersView = ({ meeting, seats }: Held, barred: ReadonlySet<string>) =>
  inOrderOfSpeaking(meeting.speeches)
    .filter(({ itemId }) => !barred.has(itemId))
    .map(({ place: _, askedAt, runningSince, ...speech }: Speech) => ({
      ...speech,
      askedAt: text(askedAt),
      ...dated('runningSince', runningSince),
      ...given('college', seats.find(({ holder }) => holder?.personId === speech.personId)?.seat.college),
    }));

/** Why somebody has a conflict of interest is for them, for who declared it and for those who conduct the meeting. */
const conflictView = (conflict: DeclaredConflict, told: boolean) => {
  const { note, at, ...rest } = conflict;
  return { ...rest, ...given('note', told ? note : undefined), at: text(at) };
};

/** A meeting as one reader may see it. */
export async function meetingView(parts: Parts, found: Held, actor: Actor): Promise<Meeting> {
  const { meeting, body, facts, seats, now } = found;
  const { personId } = actor;
  const leads = conducts(body, readerOf(actor), now);
  const barred = barredItems(meeting.conflicts, personId);
  const papers = meeting.agenda.filter(({ id }) => !barred.has(id)).flatMap((item) => item.papers);
  const [cards, attendees] = await Promise.all([
    papers.length === 0
      ? new Map<string, { title: string }>()
      : parts.platform.subjects.of('document')?.cards(actor, [...new Set(papers.map((one) => one.documentId))]),
    attendeesView(parts, found, leads),
  ]);
  const titles = new Map([...(cards ?? [])].map(([id, { title }]) => [id, title]));
  const called = calledIn(found);
  const own = called.find((one) => one.personId === personId);
  const rules = rulesOf(meeting, body);
  return {
    ...headOf(meeting, facts, body.name, now),
    ...{ rev: meeting.rev, now: text(now), note: meeting.note, rulesVersion: rules.version, rules: rules.rules },
    ...given('roomUrl', meeting.roomUrl),
    ...given('room', roomOf(parts.platform.config.video, meeting)),
    ...given('workspaceId', meeting.workspaceId),
    ...dated('convenedAt', meeting.convenedAt),
    ...dated('frozenAt', freezesAt(facts)),
    ...given('urgency', meeting.urgency),
    ...given('secondCallOf', meeting.secondCallOf),
    ...given('cancelReason', meeting.cancelReason),
    ...dated('openedAt', meeting.openedAt),
    ...dated('endedAt', meeting.endedAt),
    ...given('currentItemId', meeting.currentItemId),
    ...agendaView(found, barred, titles),
    attendees,
    proxies: facts.proxies.map(({ at, ...proxy }) => ({ ...proxy, at: text(at) })),
    conflicts: meeting.conflicts
      .filter((one) => leads || one.personId === personId || !barred.has(one.itemId))
      .filter((one) => seesConflict(one, personId, leads))
      .map((one) => conflictView(one, leads || one.personId === personId || one.declaredBy === personId)),
    speakers: speakersView(found, barred),
    quorum: quorumNow(found),
    dateOptions: meeting.dateOptions.map(({ startAt, endAt, id, answers }) => ({
      ...{ id, startAt: text(startAt), endAt: text(endAt) },
      answers: [...answers],
    })),
    // Who is barred from the open item does not hear of its votes.
    openPollIds: barred.has(meeting.currentItemId ?? '') ? [] : [...meeting.openPollIds],
    me: {
      conducts: leads,
      takesPart: takesPart(called, personId),
      ...given('quality', own?.quality),
      seatIds: seats
        .filter(({ seat, holder }) => seat.voting && holder?.personId === personId)
        .map(({ seat }) => seat.id),
      ...given('answer', meeting.answers.find((one) => one.personId === personId)?.answer),
      presence: presenceAt(meeting.attendance).get(personId) ?? 'out',
    },
  };
}
