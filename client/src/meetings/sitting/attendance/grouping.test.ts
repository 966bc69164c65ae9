import type { VoteProxy } from '@concert/domain/meetings/shapes.ts';
import { describe, expect, test } from '@jest/globals';
import { anAttendee } from '../test/data.ts';
import { countPresent, groupsOf, representedBy } from './grouping.ts';

const compare = (a: string, b: string) => a.localeCompare(b);

describe('the attendance', () => {
  test('is listed by college, then by quality, each by name', () => {
    const people = [
      anAttendee({ personId: 'z', name: 'Zoé', college: 'Région' }),
      anAttendee({ personId: 'g', name: 'Guest', quality: 'guest', presence: 'out' }),
      anAttendee({ personId: 'b', name: 'Bob', college: 'Région', quality: 'alternate', presence: 'out' }),
      anAttendee({ personId: 'e', name: 'Eve', college: 'État', presence: 'remote' }),
      anAttendee({ personId: 's', name: 'Sam', quality: 'secretary' }),
    ];
    const groups = groupsOf(people, compare);
    expect(groups.map(({ college, quality, people: own, there }) => [college ?? quality, own.length, there])).toEqual([
      ['État', 1, 1],
      ['Région', 2, 1],
      ['secretary', 1, 1],
      ['guest', 1, 0],
    ]);
    expect(groups[1]?.people.map(({ name }) => name)).toEqual(['Bob', 'Zoé']);
    expect(countPresent(people)).toEqual({ in: 2, remote: 1, of: 5 });
  });
});

describe('[M16] a proxy', () => {
  const aProxy = (over: Partial<VoteProxy>): VoteProxy => ({
    id: 'p',
    seatId: 'seat-1',
    fromId: 'ada',
    toId: 'bob',
    state: 'accepted',
    at: '2026-11-23T08:30:00.000Z',
    ...over,
  });

  test('represents once it is accepted, for the item or the meeting', () => {
    expect(representedBy([aProxy({ state: 'given' })], 'ada', 'one')).toBeUndefined();
    expect(representedBy([aProxy({ itemId: 'two' })], 'ada', 'one')).toBeUndefined();
    expect(representedBy([aProxy({}), aProxy({ itemId: 'one', toId: 'eve' })], 'ada', 'one')).toBe('eve');
    expect(representedBy([aProxy({})], 'ada', undefined)).toBe('bob');
    const period = { from: '2026-01-01', until: '2026-12-31' };
    expect(representedBy([aProxy({}), aProxy({ period, toId: 'eve' })], 'ada', 'one')).toBe('bob');
    expect(representedBy([aProxy({ period, rests: true })], 'ada', 'one')).toBeUndefined();
  });
});
