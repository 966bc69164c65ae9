import { type Actor, Problem } from '@concert/contract';
import { conducts } from '@concert/domain/governance/conducting.ts';
import type { RulesRecord } from '@concert/domain/governance/rule-set.ts';
import { type Seating, seating } from '@concert/domain/governance/seats.ts';
import { mayGrow } from '@concert/domain/meetings/bounds.ts';
import type { MeetingFacts } from '@concert/domain/meetings/model.ts';
import { calledTo, seesMeeting } from '@concert/domain/meetings/people.ts';
import { type PeriodProxy, proxiesIn } from '@concert/domain/meetings/period-proxies.ts';
import type { Meeting } from '@concert/domain/meetings/shapes.ts';
import { isBefore, isOver } from '@concert/domain/meetings/states.ts';
import type { BodyFacts } from '../platform/bodies.ts';
import type { Platform } from '../platform/module.ts';
import { readerOf, refusing } from '../platform/rule-answers.ts';
import type { PeriodStore } from './periods/store.ts';
import type { BallotStore } from './polls/ballots.ts';
import type { PollStore } from './polls/store.ts';
import type { MeetingRecord } from './records.ts';
import { tellSearch } from './searching.ts';
import { MEETINGS, type MeetingChange, type MeetingStore } from './store.ts';
import type { MeetingTelling } from './telling.ts';
import { meetingView } from './views.ts';

export type Parts = {
  readonly platform: Platform;
  readonly store: MeetingStore;
  readonly polls: PollStore;
  readonly ballots: BallotStore;
  readonly periods: PeriodStore;
  readonly telling: MeetingTelling;
  /** Something has happened that the minutes of a meeting hold. */
  readonly feed: (meetingId: string) => void;
};

const notFound = (): Problem => new Problem('NOT_FOUND', 'not-found');

/** Turns the refusal of a rule into what is answered. */
export const enforce = refusing({
  badRequests: [
    'no-date',
    'ends-before-it-begins',
    'in-the-past',
    'no-agenda',
    'proxy-to-oneself',
    'proxy-to-nobody-who-votes',
    'proxy-too-long',
    'notice-needs-reason',
    'proxy-beyond-mandate',
  ],
  forbidden: ['not-a-conductor', 'not-taking-part', 'not-yours', 'no-seat', 'own-conflict'],
});

/** The instant by whose mandates a meeting goes: its own while it is to come, now while it is held, its end afterwards. */
export function momentOf(meeting: Pick<MeetingRecord, 'state' | 'startAt' | 'endedAt'>, now: Date): Date {
  if (meeting.endedAt !== undefined) return meeting.endedAt;
  return isBefore(meeting) && meeting.startAt !== undefined && meeting.startAt > now ? meeting.startAt : now;
}

/** A meeting with its body, as the rules see both. */
export type Held = {
  readonly meeting: MeetingRecord;
  readonly body: BodyFacts;
  readonly facts: MeetingFacts;
  readonly seats: readonly Seating[];
  readonly now: Date;
};

/** [M5] The rules a meeting goes by: those it was convened under; those of the body until it is, and again once it is put off. */
export const rulesOf = ({ state, rulesKept }: MeetingRecord, body: BodyFacts): RulesRecord =>
  state === 'draft' || state === 'postponed' ? body.rules : (rulesKept ?? body.rules);

/** @param periods what was given in the body for a time, which counts as if given for the meeting [M52] */
export function held(meeting: MeetingRecord, body: BodyFacts, periods: readonly PeriodProxy[], now: Date): Held {
  const seats = seating(body.seats, body.mandates, momentOf(meeting, now));
  const proxies = proxiesIn(meeting, seats, periods, now);
  const facts: MeetingFacts = { ...meeting, rules: rulesOf(meeting, body).rules, proxies };
  return { meeting, body, facts, seats, now };
}

export const calledIn = ({ meeting, body, now }: Pick<Held, 'meeting' | 'body' | 'now'>) =>
  calledTo(body, meeting.guestIds, momentOf(meeting, now));

/** Looking up meetings, and changing them. */
export function meetingParts(parts: Parts) {
  const { platform, periods, store, telling } = parts;
  const { bodies, outbox, ports } = platform;

  const bodyOf = async ({ bodyId }: Pick<MeetingRecord, 'bodyId'>): Promise<BodyFacts> => {
    const body = (await bodies.byIds([bodyId])).get(bodyId);
    if (body === undefined) throw notFound();
    return body;
  };
  const mayNotSee = (actor: Actor, { meeting, body, now }: Held): boolean => {
    const { state, guestIds } = meeting;
    return !seesMeeting(body, readerOf(actor), { state, guestIds, at: momentOf(meeting, now) }, now);
  };
  const sees = (actor: Actor, found: Held): boolean => !mayNotSee(actor, found);
  /** A meeting that the actor sees; unknown and foreign ones look alike. */
  const visible = async (actor: Actor, id: string): Promise<Held> => {
    const meeting = await store.get(id);
    if (meeting === null) throw notFound();
    const [body, given] = await Promise.all([bodyOf(meeting), periods.of(meeting.bodyId)]);
    const found = held(meeting, body, given, ports.now());
    if (mayNotSee(actor, found)) throw notFound();
    return found;
  };
  const conducting = (actor: Actor, { body, now }: Held): boolean => conducts(body, readerOf(actor), now);
  const mustConduct = (actor: Actor, found: Held): void => {
    if (!conducting(actor, found)) throw new Problem('FORBIDDEN', 'not-a-conductor');
  };
  const isCalled = (found: Held, personId: string): boolean => calledIn(found).some((one) => one.personId === personId);
  /** Whom an actor acts for: themself, or as who conducts anybody who is called. */
  const actingFor = (actor: Actor, found: Held, personId: string | undefined): string => {
    if (personId === undefined || personId === actor.personId) {
      if (!isCalled(found, actor.personId)) throw new Problem('FORBIDDEN', 'not-taking-part');
      return actor.personId;
    }
    mustConduct(actor, found);
    if (!isCalled(found, personId)) throw new Problem('NOT_FOUND', 'no-such-person');
    return personId;
  };
  const shown = (actor: Actor, found: Held): Promise<Meeting> => meetingView(parts, found, actor);
  /** Judges and changes a meeting that the actor sees, tells it, and answers it. */
  const alter = async (
    actor: Actor,
    id: string,
    decide: (found: Held) => MeetingChange | Promise<MeetingChange>,
  ): Promise<Meeting> => {
    const { body } = await visible(actor, id);
    const given = await periods.of(body.id);
    const now = ports.now();
    let before: MeetingRecord | undefined;
    const saved = await store.change(id, async (meeting) => {
      before = meeting;
      const found = held(meeting, body, given, now);
      if (mayNotSee(actor, found)) throw notFound();
      const change = await decide(found);
      // [M61] What opens, suspends or ends it is never refused.
      if (change.state === undefined)
        enforce(mayGrow(meeting, { ...meeting, ...change } as MeetingRecord, conducting(actor, found)));
      return change;
    });
    if (before !== undefined) tellSearch(platform, before, saved);
    const after = held(saved, body, given, now);
    outbox.wake(MEETINGS);
    telling.tell(after);
    return shown(actor, after);
  };
  /** The same for who conducts the meeting. */
  const conduct = (
    actor: Actor,
    id: string,
    decide: (found: Held) => MeetingChange | Promise<MeetingChange>,
  ): Promise<Meeting> =>
    alter(actor, id, (found) => {
      mustConduct(actor, found);
      return decide(found);
    });
  return { alter, conduct, sees, visible, bodyOf, conducting, mustConduct, actingFor, isCalled, shown };
}

/** @throws Problem CONFLICT for a meeting that has been held or cancelled */
export const mustNotBeOver = ({ facts }: Held): void => {
  if (isOver(facts)) throw new Problem('CONFLICT', 'meeting-over');
};
