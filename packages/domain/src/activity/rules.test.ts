import { describe, expect, test } from '@jest/globals';
import { byDay, idOfOngoing } from './rules.ts';

describe('activity', () => {
  test('[AC2] what goes on within an hour is one entry; another hour, person, place or deed is another', () => {
    const at = new Date('2026-11-23T09:05:00Z');
    const id = idOfOngoing('document-edited', 'd1', 'anna', at);
    expect(idOfOngoing('document-edited', 'd1', 'anna', new Date('2026-11-23T09:59:59Z'))).toBe(id);
    const others = [
      idOfOngoing('document-edited', 'd1', 'anna', new Date('2026-11-23T10:00:00Z')),
      idOfOngoing('document-edited', 'd1', 'bruno', at),
      idOfOngoing('document-edited', 'd2', 'anna', at),
      idOfOngoing('thread-replied', 'd1', 'anna', at),
    ];
    expect(new Set([id, ...others]).size).toBe(5);
  });

  test('entries stand under their days, in their order', () => {
    const entry = (day: number, hour: number) => ({ at: new Date(2026, 10, day, hour).toISOString() });
    const entries = [entry(23, 23), entry(23, 0), entry(22, 23)];
    const days = byDay(entries);
    expect(days.map(([, of]) => of)).toEqual([entries.slice(0, 2), entries.slice(2)]);
    expect(days.map(([day]) => new Date(day).getDate())).toEqual([23, 22]);
    expect(byDay([])).toEqual([]);
  });
});
