import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  afterQuiet,
  DEFAULT_PREFERENCES,
  type MAIL_MODES,
  MAILED,
  mailDue,
  mailedAs,
  type Preferences,
} from './preferences.ts';
import { HAPPENINGS } from './rules.ts';

const paris = (over: Partial<Preferences> = {}): Preferences => ({ ...DEFAULT_PREFERENCES, ...over });
const at = (text: string): Date => new Date(text);

describe('when somebody is sent what they were told', () => {
  test('[N8] at once, with the next digest of the day or of the week, or not at all', () => {
    const all = (mode: (typeof MAIL_MODES)[number]): Preferences =>
      paris({ mail: Object.fromEntries(MAILED.map((kind) => [kind, mode])) as Preferences['mail'] });
    // A Monday afternoon in Paris.
    const moment = at('2026-11-23T14:00:00.000Z');
    expect(mailDue('replied', all('at-once'), moment)).toEqual({ at: moment, digest: false });
    expect(mailDue('replied', all('daily'), moment)).toEqual({ at: at('2026-11-24T07:00:00.000Z'), digest: true });
    expect(mailDue('replied', all('weekly'), moment)).toEqual({ at: at('2026-11-30T07:00:00.000Z'), digest: true });
    expect(mailDue('replied', all('off'), moment)).toBeNull();
  });

  test('[N16] of a meeting that is called, changed, put off or cancelled no second letter goes, whatever was chosen', () => {
    const mail = Object.fromEntries(MAILED.map((kind) => [kind, 'at-once'])) as Preferences['mail'];
    const silent = HAPPENINGS.filter((what) => mailDue(what, paris({ mail }), at('2026-11-23T14:00:00Z')) === null);
    expect(silent).toEqual(['meeting-called', 'meeting-changed', 'meeting-postponed', 'meeting-cancelled']);
    for (const what of silent) expect(mailedAs(what)).toBeNull();
  });

  test('[N17] what is due, and what one is given to do, is told at once, results and decisions with the digest', () => {
    const digest = (what: (typeof HAPPENINGS)[number]) => mailDue(what, paris(), at('2026-11-23T14:00:00Z'))?.digest;
    for (const what of ['action-soon', 'action-late', 'decision-review', 'action-given', 'vote-opened'] as const)
      expect(digest(what)).toBe(false);
    for (const what of ['result-known', 'decision-adopted', 'decision-annulled'] as const)
      expect(digest(what)).toBe(true);
  });

  test('[N8] of a weekly digest on any day, Sunday among them', () => {
    const weekly = (digestDay: number) =>
      mailDue(
        'opened',
        paris({ digestDay, mail: { ...DEFAULT_PREFERENCES.mail, opened: 'weekly' } }),
        at('2026-11-23T14:00:00Z'),
      )?.at.toISOString();
    expect(weekly(2)).toBe('2026-11-24T07:00:00.000Z');
    expect(weekly(7)).toBe('2026-11-29T07:00:00.000Z');
  });

  test('[N8] the hour is that of the person’s zone, before and after a change of clock', () => {
    const due = (text: string, timeZone: string) => mailDue('replied', paris({ timeZone }), at(text))?.at.toISOString();
    expect(due('2026-10-24T12:00:00.000Z', 'Europe/Paris')).toBe('2026-10-25T07:00:00.000Z');
    expect(due('2026-10-23T12:00:00.000Z', 'Europe/Paris')).toBe('2026-10-24T06:00:00.000Z');
    expect(due('2026-11-23T14:00:00.000Z', 'America/Cayenne')).toBe('2026-11-24T11:00:00.000Z');
  });

  test('[N9] a digest of an hour that is quiet goes when the quiet ends', () => {
    const late = paris({ digestHour: 22 });
    expect(mailDue('replied', late, at('2026-11-23T14:00:00.000Z'))?.at).toEqual(at('2026-11-24T06:00:00.000Z'));
  });

  test('[N9] nothing goes out in the quiet hours, which may lie over midnight', () => {
    const quiet = paris();
    expect(afterQuiet(at('2026-11-23T20:30:00.000Z'), quiet)).toEqual(at('2026-11-24T06:00:00.000Z'));
    expect(afterQuiet(at('2026-11-24T03:00:00.000Z'), quiet)).toEqual(at('2026-11-24T06:00:00.000Z'));
    expect(afterQuiet(at('2026-11-24T06:00:00.000Z'), quiet)).toEqual(at('2026-11-24T06:00:00.000Z'));
    expect(afterQuiet(at('2026-11-24T12:00:00.000Z'), quiet)).toEqual(at('2026-11-24T12:00:00.000Z'));
    const noon = paris({ quiet: { from: '12:00', to: '14:00' } });
    expect(afterQuiet(at('2026-11-24T12:00:00.000Z'), noon)).toEqual(at('2026-11-24T13:00:00.000Z'));
    expect(afterQuiet(at('2026-11-24T12:00:00.000Z'), paris({ quiet: null }))).toEqual(at('2026-11-24T12:00:00.000Z'));
  });

  test('[N9] what waits is never sent early, at most a day late, and never in the quiet hours', () => {
    const time = fc.integer({ min: 0, max: 1439 }).map((minutes) => {
      const two = (value: number): string => String(value).padStart(2, '0');
      return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
    });
    const zone = fc.constantFrom('Europe/Paris', 'Europe/Rome', 'Indian/Reunion', 'America/Cayenne', 'UTC');
    const moment = fc.date({ min: at('2026-01-01T00:00:00Z'), max: at('2030-01-01T00:00:00Z'), noInvalidDate: true });
    fc.assert(
      fc.property(time, time, zone, moment, (from, to, timeZone, when) => {
        const preferences = { quiet: { from, to }, timeZone };
        const sent = afterQuiet(when, preferences);
        expect(sent.getTime()).toBeGreaterThanOrEqual(when.getTime());
        expect(sent.getTime() - when.getTime()).toBeLessThanOrEqual(25 * 3_600_000);
        expect(afterQuiet(sent, preferences)).toEqual(sent);
      }),
      { numRuns: 200 },
    );
  });
});
