import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Presence } from './model.ts';
import {
  allGone,
  connectionsAfter,
  inRoom,
  MAX_CONNECTIONS,
  presenceByRoom,
  ROOM_OPENS_MS,
  type RoomConnection,
  type RoomNews,
  roomIsOpen,
  roomPart,
} from './rooms.ts';
import { QUALITIES } from './shapes.ts';

const START = new Date('2026-11-23T09:00:00.000Z');
const END = new Date('2026-11-23T11:00:00.000Z');
const before = (ms: number): Date => new Date(START.getTime() - ms);
const meeting = { mode: 'hybrid', state: 'convened', startAt: START, endAt: END } as const;
const OPEN = { ok: true };
const shut = (reason: string) => ({ ok: false, reason });

describe('the room of a meeting', () => {
  test('[M41] is open from half an hour before the beginning until the planned end, once it is convened', () => {
    for (const state of ['convened', 'frozen'] as const) {
      const at = (now: Date) => roomIsOpen({ ...meeting, state }, now);
      expect(at(before(ROOM_OPENS_MS + 1))).toEqual(shut('room-not-open'));
      expect([before(ROOM_OPENS_MS), START, new Date(END.getTime() - 1)].map(at)).toEqual([OPEN, OPEN, OPEN]);
      expect(at(END)).toEqual(shut('room-not-open'));
    }
    const { endAt: _, ...endless } = meeting;
    expect(roomIsOpen(endless, before(-23 * 3_600_000))).toEqual(OPEN);
    expect(roomIsOpen(endless, before(-24 * 3_600_000))).toEqual(shut('room-not-open'));
  });

  test('[M41] is open while it is held, however long that takes, and in no other state', () => {
    for (const state of ['in-session', 'suspended'] as const)
      expect(roomIsOpen({ ...meeting, state }, before(-1e9))).toEqual(OPEN);
    for (const state of ['draft', 'postponed', 'cancelled', 'ended'] as const)
      expect(roomIsOpen({ ...meeting, state }, START)).toEqual(shut('room-not-open'));
    expect(roomIsOpen({ mode: 'remote', state: 'convened' }, START)).toEqual(shut('room-not-open'));
  });

  test('[M40] is none where people vote in writing', () => {
    for (const state of ['convened', 'in-session'] as const)
      expect(roomIsOpen({ ...meeting, state, mode: 'written' }, START)).toEqual(shut('no-such-room'));
  });

  test('[M41] is moderated by who conducts, spoken in by who takes part, and heard by observers; nobody else enters', () => {
    expect(QUALITIES.map((quality) => roomPart(quality, false))).toEqual([
      ...['speaks', 'speaks', 'speaks', 'listens', 'speaks'],
    ]);
    expect(QUALITIES.map((quality) => roomPart(quality, true))).toEqual(QUALITIES.map(() => 'moderates'));
    expect([true, false].map((conducts) => roomPart(undefined, conducts))).toEqual([undefined, undefined]);
  });
});

const joined = (connection: string, personId = 'ada'): RoomNews => ({ connection, personId, what: 'joined' });
const left = (connection: string, personId = 'ada'): RoomNews => ({ connection, personId, what: 'left' });

/** Where somebody is after these news, as the log would tell it; with what went into the log. */
function told(news: readonly RoomNews[], first: Presence = 'out') {
  let known: readonly RoomConnection[] = [];
  let presence = first;
  const log: Presence[] = [];
  for (const one of news) {
    const after = connectionsAfter(known, one);
    const next = presenceByRoom(known, after, one.personId, presence);
    if (next !== undefined) {
      presence = next;
      log.push(next);
    }
    known = after;
  }
  return { presence, log, known };
}

describe('what a room tells', () => {
  test('[M42] is that who joins is there at a distance, and who leaves is gone', () => {
    expect(told([joined('one')]).log).toEqual(['remote']);
    expect(told([joined('one'), left('one'), joined('two')]).log).toEqual(['remote', 'out', 'remote']);
  });

  test('[M42] that somebody leaves is true with their last device', () => {
    expect(told([joined('one'), joined('two'), left('one')]).log).toEqual(['remote']);
    expect(told([joined('one'), joined('two'), left('one'), left('two')]).log).toEqual(['remote', 'out']);
    expect(told([joined('one'), joined('one', 'bob'), left('one', 'bob')]).log).toEqual(['remote', 'out']);
  });

  test('[M42] never takes anybody out of the room, nor to a distance', () => {
    expect(told([joined('one'), left('one')], 'in')).toMatchObject({ presence: 'in', log: [] });
  });

  test('[M42] leaves alone who is at a distance without it', () => {
    expect(told([left('one')], 'remote').log).toEqual([]);
    expect(told([joined('one')], 'remote').log).toEqual([]);
    // Who has opened the room meanwhile leaves with it.
    expect(told([joined('one'), left('one')], 'remote').log).toEqual(['out']);
  });

  test('[M42] brings back who was noted as gone, when they join anew', () => {
    const { known } = told([joined('one')]);
    const after = connectionsAfter(known, joined('two'));
    expect(presenceByRoom(known, after, 'ada', 'out')).toBe('remote');
    expect(presenceByRoom(known, connectionsAfter(known, joined('one')), 'ada', 'out')).toBeUndefined();
  });

  test('[M43] twice, or after the end, changes nothing', () => {
    const { known } = told([joined('one'), left('two')]);
    for (const again of [joined('one'), left('two'), joined('two')]) expect(connectionsAfter(known, again)).toBe(known);
    expect(told([left('one'), joined('one')]).log).toEqual([]);
  });

  test('[M43] the end of a room is the end of all that are in it', () => {
    const { known } = told([joined('one'), joined('two', 'bob')]);
    expect(inRoom(known)).toEqual(['ada', 'bob']);
    const empty = allGone(known);
    expect(inRoom(empty)).toEqual([]);
    expect(presenceByRoom(known, empty, 'bob', 'remote')).toBe('out');
    expect(allGone(empty)).toBe(empty);
  });

  test('[M43] in any order and however often ends with the same people in the room', () => {
    const anyNews = fc.array(
      fc.record({
        connection: fc.constantFrom('one', 'two', 'three'),
        personId: fc.constantFrom('ada', 'bob'),
        what: fc.constantFrom('joined' as const, 'left' as const),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(anyNews, fc.func(fc.nat()), (news, order) => {
        const mixed = [...news, ...news.slice(0, 3)].sort((a, b) => order(a) - order(b));
        expect([...inRoom(told(mixed).known)].sort()).toEqual([...inRoom(told(news).known)].sort());
      }),
    );
  });

  test('[M43] is remembered of so many devices of one person, those that have gone the shortest', () => {
    const many = Array.from({ length: MAX_CONNECTIONS + 20 }, (_, n) => [joined(`c${n}`), left(`c${n}`)]).flat();
    const { known } = told([joined('first'), joined('other', 'bob'), ...many]);
    expect(known.filter(({ personId }) => personId === 'ada')).toHaveLength(MAX_CONNECTIONS);
    expect(inRoom(known)).toEqual(['ada', 'bob']);
  });
});
