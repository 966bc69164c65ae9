import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DEFAULT_RULES } from '../governance/rule-set.ts';
import type { Item, MeetingFacts, StoredState } from './model.ts';
import { ITEM_STATES } from './shapes.ts';
import {
  afterTheEnd,
  clearDays,
  freezesAt,
  isBefore,
  isFrozen,
  isOver,
  isTimeZone,
  isVotedIn,
  MEETING_EVENTS,
  mayConvene,
  mayRise,
  mayTurnTo,
  stateShown,
  TRANSITIONS,
} from './states.ts';

const STATES = ['draft', 'convened', 'in-session', 'suspended', 'ended', 'postponed', 'cancelled'] as const;
const HOUR_MS = 3_600_000;
const on = (text: string): Date => new Date(text);
const rules = (over: Partial<typeof DEFAULT_RULES> = {}) => ({ ...DEFAULT_RULES, ...over });
const item = (over: Partial<Item> = {}): Item => ({
  ...{ id: 'budget', title: '', note: '', kind: 'decision', state: 'scheduled', late: false, plannedSec: 600 },
  ...{ proposedBy: 'ada', papers: [], spentMs: 0, queueOpen: true },
  ...over,
});
const meeting = (over: Partial<MeetingFacts> = {}): MeetingFacts => ({
  ...{ state: 'draft', mode: 'room', startAt: on('2026-11-23T09:00:00Z'), endAt: on('2026-11-23T12:00:00Z') },
  ...{ rules: rules(), agenda: [item()], attendance: [], proxies: [], conflicts: [], speeches: [], openPollIds: [] },
  ...over,
});
const refused = (reason: string) => ({ ok: false, reason });

describe('the states of a meeting', () => {
  test('[M18] a consultation in writing ends without a sitting, and not while a vote is under way', () => {
    const written = meeting({ mode: 'written', state: 'convened' });
    expect(mayRise(written, 'end')).toEqual({ ok: true });
    expect(mayRise(written, 'suspend')).toEqual(refused('meeting-not-in-session'));
    expect(mayRise(meeting({ state: 'convened' }), 'end')).toEqual(refused('meeting-not-in-session'));
    expect(mayRise({ ...written, openPollIds: ['one'] }, 'end')).toEqual(refused('open-poll'));
  });

  test('[M3] each is left in these ways and no others', () => {
    const ways = MEETING_EVENTS.flatMap((event) =>
      STATES.flatMap((state) => {
        const to = TRANSITIONS[event][state];
        return to === undefined ? [] : [`${state} ${event} ${to}`];
      }),
    );
    expect(ways).toEqual([
      'draft convene convened',
      'postponed convene convened',
      'convened cancel cancelled',
      'postponed cancel cancelled',
      'convened open in-session',
      'suspended open in-session',
      'in-session suspend suspended',
      'in-session end ended',
      'suspended end ended',
    ]);
  });

  test('[M3] nothing goes back: once convened it is no draft, once begun not to come, once over nothing else', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...STATES),
        fc.array(fc.constantFrom(...MEETING_EVENTS), { maxLength: 20 }),
        (first, events) => {
          let state: StoredState = first;
          for (const event of events) {
            const next: StoredState = TRANSITIONS[event][state] ?? state;
            if (state !== 'draft') expect(next).not.toBe('draft');
            if (!isBefore({ state })) expect(isBefore({ state: next })).toBe(false);
            if (isOver({ state })) expect(next).toBe(state);
            state = next;
          }
        },
      ),
    );
    expect(STATES.map((state) => [isBefore({ state }), isOver({ state })].join())).toEqual([
      'true,false',
      'true,false',
      'false,false',
      'false,false',
      'false,true',
      'true,false',
      'false,true',
    ]);
  });
});

describe('when the agenda is fixed', () => {
  const startAt = on('2026-11-23T09:00:00Z');
  const of = (state: StoredState, freezeHours = 24) => ({ state, startAt, rules: rules({ freezeHours }) });
  const before = on('2026-11-22T08:59:59.999Z');
  const then = on('2026-11-22T09:00:00Z');

  test('[M6] is so many hours before the beginning, to the instant', () => {
    expect(freezesAt(of('convened'))).toEqual(then);
    expect(stateShown(of('convened'), before)).toBe('convened');
    expect(stateShown(of('convened'), then)).toBe('frozen');
    expect(stateShown(of('convened', 0), on('2026-11-23T08:59:59Z'))).toBe('convened');
    expect(stateShown(of('convened', 0), startAt)).toBe('frozen');
  });

  test('[M6] are hours that pass, also where clocks are put back in between', () => {
    // In Paris the 25th has 25 hours: 24 hours before nine o'clock it is ten the day before.
    const paris = { ...of('convened'), startAt: on('2026-10-25T09:00:00+01:00') };
    expect(freezesAt(paris)).toEqual(on('2026-10-24T10:00:00+02:00'));
  });

  test('[M6] without a date it never is, and other states are shown as they are', () => {
    expect(freezesAt({ startAt: undefined, rules: rules() })).toBeUndefined();
    expect(stateShown({ ...of('convened'), startAt: undefined }, then)).toBe('convened');
    for (const state of STATES.filter((one) => one !== 'convened')) expect(stateShown(of(state), then)).toBe(state);
  });

  test('[M6] what comes later is late, and so is what comes during the sitting; nothing is in a draft', () => {
    expect(isFrozen(of('convened'), before)).toBe(false);
    expect(isFrozen(of('convened'), then)).toBe(true);
    for (const state of ['in-session', 'suspended'] as const) expect(isFrozen(of(state), before)).toBe(true);
    for (const state of ['draft', 'postponed', 'ended', 'cancelled'] as const)
      expect(isFrozen(of(state), then)).toBe(false);
  });
});

describe('clear days', () => {
  test.each([
    ['the same day', '2026-11-23T08:00:00+01:00', '2026-11-23T20:00:00+01:00', 'Europe/Paris', 0],
    ['the next day', '2026-11-22T00:00:00+01:00', '2026-11-23T23:59:59+01:00', 'Europe/Paris', 0],
    ['the day after', '2026-11-21T23:59:59+01:00', '2026-11-23T00:00:00+01:00', 'Europe/Paris', 1],
    ['twelve', '2026-11-10T18:00:00+01:00', '2026-11-23T09:00:00+01:00', 'Europe/Paris', 12],
    ['clocks put back in between', '2026-10-23T23:59:00+02:00', '2026-10-26T00:01:00+01:00', 'Europe/Paris', 2],
    ['on the evening clocks are put back', '2026-10-24T23:30:00+02:00', '2026-10-26T00:15:00+01:00', 'Europe/Paris', 1],
    ['late on the day with 25 hours', '2026-10-25T23:30:00+01:00', '2026-10-27T00:15:00+01:00', 'Europe/Paris', 1],
    ['on the day with 25 hours', '2026-10-24T23:30:00+02:00', '2026-10-25T23:30:00+01:00', 'Europe/Paris', 0],
    ['clocks put forward in between', '2026-03-28T23:59:00+01:00', '2026-03-30T00:00:00+02:00', 'Europe/Paris', 1],
    ['already tomorrow there', '2026-06-01T22:30:00Z', '2026-06-04T10:00:00Z', 'Europe/Paris', 1],
    ['still today here', '2026-06-01T22:30:00Z', '2026-06-04T10:00:00Z', 'UTC', 2],
    ['still yesterday there', '2026-06-02T02:30:00Z', '2026-06-04T10:00:00Z', 'America/New_York', 2],
    ['on the other side of the world', '2026-06-01T12:00:00Z', '2026-06-04T11:59:00Z', 'Pacific/Auckland', 1],
    ['with half an hour', '2026-06-01T18:30:00Z', '2026-06-03T18:29:00Z', 'Asia/Kolkata', 0],
    ['over the end of a leap year', '2028-02-28T12:00:00+01:00', '2029-01-01T12:00:00+01:00', 'Europe/Paris', 307],
    ['the wrong way round', '2026-11-23T09:00:00Z', '2026-11-10T09:00:00Z', 'Europe/Paris', 0],
  ])('[M4] %s: from %s to %s in %s are %i', (_title, from, until, timeZone, days) => {
    expect(clearDays(on(from), on(until), timeZone)).toBe(days);
  });

  test('[M4] are the days that somebody there would cross off between the two', () => {
    const zones = ['Europe/Paris', 'UTC', 'America/New_York', 'Pacific/Auckland', 'Asia/Kolkata', 'Pacific/Kiritimati'];
    const year = { min: Date.UTC(2026, 0, 1) / HOUR_MS, max: Date.UTC(2027, 0, 1) / HOUR_MS };
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer(year),
        fc.nat({ max: 24 * 15 }),
        fc.nat({ max: 59 }),
        (timeZone, from, hours, minute) => {
          const days = new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'full' });
          const instant = (hour: number): Date => new Date((from + hour) * HOUR_MS + minute * 60_000);
          const crossed = new Set(Array.from({ length: hours + 1 }, (_, hour) => days.format(instant(hour))));
          expect(clearDays(instant(0), instant(hours), timeZone)).toBe(Math.max(0, crossed.size - 2));
        },
      ),
    );
  });

  test('a time zone has a name that is known here', () => {
    expect(['Europe/Paris', 'UTC', 'America/New_York'].every(isTimeZone)).toBe(true);
    expect(['Europe/Nowhere', 'noon', ''].some(isTimeZone)).toBe(false);
  });
});

describe('a convocation', () => {
  const timeZone = 'Europe/Paris';
  const inTime = on('2026-11-10T23:59:59+01:00');
  const tooLate = on('2026-11-11T00:00:00+01:00');
  const convenes = (over: Partial<MeetingFacts> = {}, now = inTime, urgency?: string) =>
    mayConvene({ ...meeting(over), timeZone }, now, urgency);

  test('[M4] needs a date to come, an end after the beginning and an item', () => {
    expect(convenes().ok).toBe(true);
    expect(convenes({ startAt: undefined })).toEqual(refused('no-date'));
    for (const now of ['2026-11-23T09:00:00Z', '2026-11-24T00:00:00Z'])
      expect(convenes({}, on(now), 'urgent')).toEqual(refused('in-the-past'));
    for (const endAt of ['2026-11-23T09:00:00Z', '2026-11-23T08:00:00Z'])
      expect(convenes({ endAt: on(endAt) })).toEqual(refused('ends-before-it-begins'));
    expect(convenes({ agenda: [] })).toEqual(refused('no-agenda'));
    for (const state of ITEM_STATES) expect(convenes({ agenda: [item({ state })] }).ok).toBe(state === 'scheduled');
  });

  test('[M3] [M4] is of a draft, or of one that was put off', () => {
    for (const state of STATES) {
      const verdict = convenes({ state });
      if (state === 'draft' || state === 'postponed') expect(verdict.ok).toBe(true);
      else expect(verdict).toEqual(refused('meeting-not-draft'));
    }
  });

  test('[M4] leaves as many clear days as the rules ask for, in the zone of the meeting', () => {
    expect(convenes({}, tooLate)).toEqual(refused('notice-too-short'));
    expect(convenes({ rules: rules({ noticeDays: 11 }) }, tooLate).ok).toBe(true);
    // Half an hour later it is the next day in Paris, and still the same one in New York.
    const there = { ...meeting(), timeZone: 'America/New_York' };
    expect(mayConvene(there, tooLate, undefined).ok).toBe(true);
    expect(convenes({ rules: rules({ noticeDays: 0 }) }, on('2026-11-23T08:59:59Z')).ok).toBe(true);
  });

  test('[M4] a reason for urgency shortens the notice, and nothing else', () => {
    expect(convenes({}, tooLate, 'The roof has come down').ok).toBe(true);
    expect(convenes({}, on('2026-11-23T08:00:00Z'), 'The roof has come down').ok).toBe(true);
    expect(convenes({ agenda: [] }, inTime, 'The roof has come down')).toEqual(refused('no-agenda'));
    expect(convenes({ state: 'ended' }, inTime, 'The roof has come down')).toEqual(refused('meeting-not-draft'));
  });
});

describe('the sitting', () => {
  const inSession = (over: Partial<MeetingFacts> = {}) => meeting({ state: 'in-session', ...over });

  test('[M17] turns to an item of its agenda that was neither refused nor withdrawn, or to none', () => {
    expect(mayTurnTo(inSession(), 'budget').ok).toBe(true);
    expect(mayTurnTo(inSession(), undefined).ok).toBe(true);
    expect(mayTurnTo(inSession(), 'unknown')).toEqual(refused('no-such-item'));
    for (const state of ['refused', 'withdrawn'] as const)
      expect(mayTurnTo(inSession({ agenda: [item({ state })] }), 'budget')).toEqual(refused('item-dealt-with'));
    for (const state of ['paused', 'deferred', 'done'] as const)
      expect(mayTurnTo(inSession({ agenda: [item({ state })] }), 'budget').ok).toBe(true);
    for (const state of STATES.filter((one) => one !== 'in-session'))
      expect(mayTurnTo(meeting({ state }), 'budget')).toEqual(refused('meeting-not-in-session'));
  });

  test('[M57] turns to nothing that is only proposed, late or not, whatever the rules', () => {
    for (const lateItems of ['no', 'chair', 'two-thirds'] as const)
      for (const late of [true, false]) {
        const rules = { ...DEFAULT_RULES, lateItems };
        const proposed = item({ state: 'proposed', late });
        expect(mayTurnTo(inSession({ agenda: [proposed], rules }), 'budget')).toEqual(refused('item-not-accepted'));
        expect(isVotedIn(proposed, rules)).toBe(late && lateItems === 'two-thirds');
        expect(isVotedIn(item({ late }), rules)).toBe(false);
      }
  });

  test('[M18] is not turned, suspended or ended while a vote is under way', () => {
    const voting = inSession({ openPollIds: ['poll'] });
    expect(mayTurnTo(voting, 'budget')).toEqual(refused('open-poll'));
    expect(mayTurnTo(voting, undefined)).toEqual(refused('open-poll'));
    expect(mayRise(voting, 'suspend')).toEqual(refused('open-poll'));
    expect(mayRise(voting, 'end')).toEqual(refused('open-poll'));
    expect(mayRise(meeting({ state: 'suspended', openPollIds: ['poll'] }), 'end')).toEqual(refused('open-poll'));
  });

  test('[M3] is suspended while it is held, and ended also while it is suspended', () => {
    const may = (event: 'suspend' | 'end') => STATES.filter((state) => mayRise(meeting({ state }), event).ok);
    expect(may('suspend')).toEqual(['in-session']);
    expect(may('end')).toEqual(['in-session', 'suspended']);
    expect(mayRise(meeting(), 'end')).toEqual(refused('meeting-not-in-session'));
  });

  test('[M18] what has not been dealt with at the end is put off, all else is as it was', () => {
    for (const state of ITEM_STATES) {
      const wanted = state === 'scheduled' || state === 'paused' ? 'deferred' : state;
      expect(afterTheEnd(item({ state }))).toEqual(item({ state: wanted }));
    }
  });
});
