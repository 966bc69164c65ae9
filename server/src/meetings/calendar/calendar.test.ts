import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import ICAL from 'ical.js';
import { until } from '../../../test/harness.ts';
import { type Mailbox, startMailbox } from '../../../test/mailbox.ts';
import { type Board, inHours, startBoard } from '../../../test/meetings.ts';

let mailbox: Mailbox;
let board: Board;
beforeAll(async () => {
  mailbox = await startMailbox();
  board = await startBoard({ env: { SMTP_URL: mailbox.url, MAIL_FROM: 'Concert <meetings@region.example>' } });
});
afterAll(async () => {
  await board.app.stop();
  await mailbox.stop();
});

/** The calendar in a letter, read by a library that others wrote. */
function calendarIn(text: string) {
  return read(text.slice(text.indexOf('BEGIN:VCALENDAR'), text.indexOf('END:VCALENDAR') + 'END:VCALENDAR'.length));
}

function read(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  return {
    method: calendar.getFirstPropertyValue('method'),
    events: calendar.getAllSubcomponents('vevent').map((component) => {
      const event = new ICAL.Event(component);
      return {
        ...{ uid: event.uid, sequence: event.sequence, summary: event.summary },
        start: event.startDate.toJSDate().toISOString(),
        status: component.getFirstPropertyValue('status'),
        attendees: event.attendees.map((attendee) => String(attendee.getFirstValue()).toLowerCase()),
        organizer: event.organizer,
      };
    }),
  };
}

describe('invitations', () => {
  test('[M27] a convocation, its delay and its new date reach everybody once, for the same entry of their calendar', async () => {
    const { aMeeting, chair, ada, bob } = board;
    const { id, meeting } = await aMeeting({ title: 'Réunion d’été; à 9 h, salle 2' });
    const letter = await mailbox.letterTo(ada.email, 'salle 2');
    expect(letter.subject).toContain('Réunion d’été; à 9 h, salle 2');
    const [first] = calendarIn(letter.text).events;
    expect(calendarIn(letter.text).method).toBe('REQUEST');
    expect(first).toMatchObject({
      ...{ uid: `meeting-${id}@concert`, sequence: 1, summary: 'Réunion d’été; à 9 h, salle 2' },
      ...{ start: `${meeting.startAt?.slice(0, 19)}.000Z`, status: 'CONFIRMED' },
      ...{ attendees: [`mailto:${ada.email}`], organizer: 'mailto:meetings@region.example' },
    });
    await chair.api.meetings.cancel({ id, how: 'postponed', reason: 'Neige sur le col' });
    const off = await mailbox.letterTo(bob.email, 'Neige sur le col');
    expect(calendarIn(off.text)).toMatchObject({
      method: 'CANCEL',
      events: [{ uid: first?.uid, sequence: 2, status: 'CANCELLED' }],
    });
    await chair.api.meetings.update({ id, startAt: inHours(72), endAt: inHours(74) });
    await chair.api.meetings.convene({ id, urgency: 'still' });
    await until('everybody has three letters', () =>
      [chair, ada, bob, board.cleo].every((person) => mailbox.to(person.email).length === 3),
    );
    const again = mailbox.to(ada.email).at(-1);
    const [latest] = calendarIn(again?.text ?? '').events;
    expect(latest?.uid).toBe(first?.uid);
    expect(Number(latest?.sequence)).toBeGreaterThan(2);
  });

  test('[M27] a letter that failed is sent again to who did not get it, and to nobody else', async () => {
    const { aMeeting, chair, ada, bob, cleo } = board;
    const people = [chair, ada, bob, cleo];
    const before = people.map((person) => mailbox.to(person.email).length);
    mailbox.verdicts.push(
      () => 'take',
      () => Object.assign(new Error('later'), { responseCode: 451 }),
    );
    await aMeeting({ title: 'Twice tried' });
    await until('everybody has it', () =>
      people.every((person) => mailbox.to(person.email).some(({ subject }) => subject.includes('Twice tried'))),
    );
    expect(people.map((person, n) => mailbox.to(person.email).length - (before[n] ?? 0))).toEqual([1, 1, 1, 1]);
  });
});

describe('a calendar of meetings', () => {
  test('[M28] is read without a session by its address alone, holds one’s own, and ends when it is opened anew', async () => {
    const { aMeeting, chair, ada, app } = board;
    const outsider = await app.as('outsider');
    expect(await ada.api.meetings.calendar({})).toEqual({});
    const { path } = await ada.api.meetings.openCalendar({});
    expect(await ada.api.meetings.calendar({})).toEqual({ path });
    const { id } = await aMeeting({ title: 'In my calendar' });
    const entries = async (address: string) => {
      const response = await fetch(app.url + address);
      return response.ok ? read(await response.text()).events.map(({ uid, status }) => [uid, status]) : response.status;
    };
    expect(await entries(path)).toContainEqual([`meeting-${id}@concert`, 'CONFIRMED']);
    await chair.api.meetings.cancel({ id, how: 'cancelled', reason: 'no more' });
    expect(await entries(path)).toContainEqual([`meeting-${id}@concert`, 'CANCELLED']);
    expect(await entries((await outsider.api.meetings.openCalendar({})).path)).toEqual([]);
    const { path: renewed } = await ada.api.meetings.openCalendar({});
    expect([await entries(path), await entries(`${renewed}x`), await entries('/api/calendar/x.y')]).toEqual([
      404, 404, 404,
    ]);
    await ada.api.meetings.closeCalendar({});
    expect(await entries(renewed)).toBe(404);
  });
});
