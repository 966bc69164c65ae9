import ical, { ICalAttendeeStatus, ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { MeetingRecord } from '../records.ts';

/** Somebody as a calendar names them. */
type Named = { readonly name: string; readonly email: string };

/** A meeting in a calendar. */
export type CalendarEntry = {
  readonly meeting: MeetingRecord;
  readonly bodyName: string;
  /** Where its page is. */
  readonly url: string;
  readonly answer?: 'accepted' | 'excused';
};

const PRODUCT = { company: 'Concert', product: 'Concert', language: 'FR' };

/** A name as a parameter may hold it: RFC 5545 (3.2) knows no way to write a quotation mark there. */
const plain = ({ name, email }: Named): Named => ({ name: name.replace(/["\p{Cc}]/gu, ''), email });

/** How long a meeting without an end is taken to last. */
const DEFAULT_MS = 2 * 3_600_000;

const STATUS = { accepted: ICalAttendeeStatus.ACCEPTED, excused: ICalAttendeeStatus.DECLINED } as const;

/** [M27] The same for the whole life of a meeting, whatever happens to it. */
const uidOf = ({ id }: MeetingRecord): string => `meeting-${id}@concert`;

const isCalledOff = ({ state }: MeetingRecord): boolean => state === 'cancelled' || state === 'postponed';

/** Instants are written in UTC, which every calendar shows in the time of its reader. */
function add(
  calendar: ReturnType<typeof ical>,
  { meeting, bodyName, url, answer }: CalendarEntry,
  people: { readonly organizer?: Named; readonly attendee?: Named },
  now: Date,
): void {
  const when = meeting.startAt === undefined ? meeting.putOffFrom : { startAt: meeting.startAt, endAt: meeting.endAt };
  if (when === undefined) return;
  const { startAt: start, endAt } = when;
  const event = calendar.createEvent({
    id: uidOf(meeting),
    sequence: meeting.sequence,
    stamp: now,
    start,
    end: endAt ?? new Date(start.getTime() + DEFAULT_MS),
    summary: meeting.title,
    description: [bodyName, meeting.note, url].filter((line) => line !== '').join('\n\n'),
    url,
    status: isCalledOff(meeting) ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    ...(meeting.place === undefined && meeting.roomUrl === undefined
      ? {}
      : { location: meeting.place ?? meeting.roomUrl ?? '' }),
  });
  if (people.organizer !== undefined) event.organizer(plain(people.organizer));
  if (people.attendee !== undefined)
    event.createAttendee({
      ...plain(people.attendee),
      rsvp: answer === undefined,
      status: answer === undefined ? ICalAttendeeStatus.NEEDSACTION : STATUS[answer],
    });
}

/** [M27] An invitation to one person, or its cancellation: a message of RFC 5546. */
export function invitation(
  entry: CalendarEntry,
  people: { readonly organizer: Named; readonly attendee: Named },
  now: Date,
): { readonly method: 'REQUEST' | 'CANCEL'; readonly content: string } {
  const method = isCalledOff(entry.meeting) ? 'CANCEL' : 'REQUEST';
  const calendar = ical({ prodId: PRODUCT, method: ICalCalendarMethod[method] });
  add(calendar, entry, people, now);
  return { method, content: calendar.toString() };
}

/** [M28] Somebody's meetings, as calendars fetch them. */
export function feed(entries: readonly CalendarEntry[], name: string, now: Date): string {
  const calendar = ical({ prodId: PRODUCT, method: ICalCalendarMethod.PUBLISH, name, ttl: 3_600 });
  for (const entry of entries) add(calendar, entry, {}, now);
  return calendar.toString();
}
