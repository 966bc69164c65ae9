import { describe, expect, test } from '@jest/globals';
import { aMeeting } from '../logic/test-meeting.ts';
import { emptyValues, faultsOf, orNull, present, suggestedTitle, termsOf, valuesOf } from './meeting-values.ts';

const values = { ...emptyValues('board'), title: 'Comité', timeZone: 'Europe/Paris' };

describe('The form of a meeting', () => {
  test('suggests a title from the body and the day', () => {
    expect(suggestedTitle('fr', 'Comité', '2027-01-12')).toBe('Comité — 12 janvier');
    expect(suggestedTitle('en', 'Board', null)).toBe('Board');
  });

  test('needs no date, and leaves out what its form does not ask for', () => {
    const { fixed, open } = termsOf({ ...values, roomUrl: 'https://meet.example.test', place: 'Salle 204' });
    expect(fixed).toEqual({ title: 'Comité', mode: 'room', timeZone: 'Europe/Paris', note: '' });
    expect(present(open)).toEqual({ place: 'Salle 204' });
    expect(orNull(open)).toEqual({
      ...{ startAt: null, endAt: null, place: 'Salle 204', roomUrl: null, room: null, workspaceId: null },
    });
  });

  test('has one room: one that is made, or an address', () => {
    const made = { ...values, mode: 'remote', room: 'jitsi', roomUrl: 'not an address' } as const;
    expect(faultsOf(made)).toEqual({});
    expect(present(termsOf(made).open)).toEqual({ room: 'jitsi' });
    expect(orNull(termsOf({ ...made, room: null, roomUrl: 'https://meet.test/x' }).open)).toMatchObject({
      ...{ room: null, roomUrl: 'https://meet.test/x' },
    });
    expect(valuesOf(aMeeting({ room: { provider: 'bbb', made: true } })).room).toBe('bbb');
    const recognised = aMeeting({ room: { provider: 'jitsi', made: false }, roomUrl: 'https://meet.test/x' });
    expect(valuesOf(recognised)).toMatchObject({ room: null, roomUrl: 'https://meet.test/x' });
  });

  test('sends instants of the time zone that was chosen', () => {
    const { open } = termsOf({ ...values, day: '2027-01-12', timeZone: 'America/New_York' });
    expect(open).toMatchObject({ startAt: '2027-01-12T14:30:00.000Z', endAt: '2027-01-12T17:00:00.000Z' });
  });

  test('says what is wrong with it', () => {
    const wrong = { ...values, bodyId: null, title: ' ', day: '2027-01-12', until: '09:00', roomUrl: 'http://a.test' };
    expect(faultsOf(wrong)).toEqual({ bodyId: 'body', title: 'title', until: 'order', roomUrl: 'room' });
    expect(faultsOf(values)).toEqual({});
  });

  test('of a planned meeting says again what was planned', () => {
    const { startAt, endAt } = aMeeting();
    expect(termsOf(valuesOf(aMeeting())).open).toMatchObject({ startAt, endAt });
    const written = aMeeting({ mode: 'written', endAt: '2027-01-19T11:00:00.000Z' });
    expect(valuesOf(written).lastDay).toBe('2027-01-19');
    expect(termsOf(valuesOf(written)).open.endAt).toBe('2027-01-19T11:00:00.000Z');
  });
});
