import type { Locale } from '@concert/contract';
import { barredItems } from '@concert/domain/meetings/attendance.ts';
import { calledTo } from '@concert/domain/meetings/people.ts';
import type { Db, Filter, IndexDescription } from 'mongodb';
import type { PersonRecord } from '../../platform/auth/people.ts';
import type { BodyFacts } from '../../platform/bodies.ts';
import { compose, oneLine } from '../../platform/mail/compose.ts';
import { isDuplicate } from '../../platform/mongo/errors.ts';
import { momentOf, type Parts } from '../parts.ts';
import type { MeetingRecord } from '../records.ts';
import { invitation } from './ics.ts';

const LETTERS = 'meeting_letters';

/** Letters are remembered longer than their meeting is to come. */
const KEPT_SECONDS = 400 * 86_400;

export const letterIndexes: Readonly<Record<string, readonly IndexDescription[]>> = {
  [LETTERS]: [{ key: { sentAt: 1 }, expireAfterSeconds: KEPT_SECONDS }],
};

/** Longer than a letter takes: after it whoever comes next sends it. */
const LEASE_MS = 60_000;
/** Letters sent at a time, so that one slow recipient does not hold up the rest. */
const LANES = 4;

type LetterDoc = { _id: string; until: Date; sentAt?: Date };

/** Which letters have gone: one of each change of a meeting to each person, sent by one instance. */
function letterStore(db: Db) {
  const collection = db.collection<LetterDoc>(LETTERS);
  return {
    /** Whether the letter is the caller's to send now: it has not gone, and nobody else is sending it. */
    claim: async (id: string, now: Date): Promise<boolean> => {
      const mine = { _id: { $eq: id }, sentAt: { $exists: false }, until: { $lte: now } } as Filter<LetterDoc>;
      try {
        await collection.updateOne(mine, { $set: { until: new Date(now.getTime() + LEASE_MS) } }, { upsert: true });
        return true;
      } catch (error) {
        if (isDuplicate(error)) return false;
        throw error;
      }
    },
    sent: async (id: string, sentAt: Date): Promise<void> => {
      await collection.updateOne({ _id: { $eq: id } }, { $set: { sentAt } });
    },
    /** It did not go: whoever tries again need not wait. */
    release: async (id: string, now: Date): Promise<void> => {
      await collection.updateOne({ _id: { $eq: id } }, { $set: { until: now } });
    },
  };
}

type Kind = 'convened' | 'postponed' | 'cancelled';

const SUBJECT: Readonly<Record<Locale, Readonly<Record<Kind, (title: string, body: string) => string>>>> = {
  fr: {
    convened: (title, body) => `${body} : convocation — ${title}`,
    postponed: (title, body) => `${body} : réunion reportée — ${title}`,
    cancelled: (title, body) => `${body} : réunion annulée — ${title}`,
  },
  en: {
    convened: (title, body) => `${body}: you are called to “${title}”`,
    postponed: (title, body) => `${body}: “${title}” is put off`,
    cancelled: (title, body) => `${body}: “${title}” is cancelled`,
  },
  it: {
    convened: (title, body) => `${body}: convocazione — ${title}`,
    postponed: (title, body) => `${body}: riunione rinviata — ${title}`,
    cancelled: (title, body) => `${body}: riunione annullata — ${title}`,
  },
};

const WORDS = {
  fr: {
    when: (text: string) => `Quand : ${text}`,
    where: (text: string) => `Où : ${text}`,
    urgency: (text: string) => `Convocation en urgence : ${text}`,
    reason: (text: string) => `Motif : ${text}`,
    open: 'Ouvrir la réunion',
    why: (body: string) => `Vous recevez cette lettre parce que vous êtes convoqué·e par ${body}.`,
  },
  en: {
    when: (text: string) => `When: ${text}`,
    where: (text: string) => `Where: ${text}`,
    urgency: (text: string) => `Called as a matter of urgency: ${text}`,
    reason: (text: string) => `Reason: ${text}`,
    open: 'Open the meeting',
    why: (body: string) => `You receive this letter because ${body} has called you.`,
  },
  it: {
    when: (text: string) => `Quando: ${text}`,
    where: (text: string) => `Dove: ${text}`,
    urgency: (text: string) => `Convocazione d’urgenza: ${text}`,
    reason: (text: string) => `Motivo: ${text}`,
    open: 'Aprire la riunione',
    why: (body: string) => `Riceve questa lettera perché è convocato/a da ${body}.`,
  },
} as const;

const DATES: Readonly<Record<Locale, string>> = { fr: 'fr-FR', en: 'en-GB', it: 'it-IT' };

/** When it is, in the time of the meeting, which is named. */
const whenOf = (startAt: Date, timeZone: string, locale: Locale): string =>
  `${new Intl.DateTimeFormat(DATES[locale], { dateStyle: 'full', timeStyle: 'short', timeZone }).format(startAt)} (${timeZone})`;

/** What a letter about a meeting says. */
function written(kind: Kind, meeting: MeetingRecord, body: BodyFacts, person: PersonRecord, link: string) {
  const { locale } = person;
  const words = WORDS[locale];
  const where = meeting.place ?? meeting.roomUrl;
  const startAt = meeting.startAt ?? meeting.putOffFrom?.startAt;
  // [M10] Who is barred from an item is told its number alone.
  const barred = barredItems(meeting.conflicts, person.id);
  const items = meeting.agenda
    .filter(({ state }) => state === 'scheduled')
    .map(({ id, title }, n) => `${n + 1}. ${barred.has(id) ? '—' : title}`)
    .join('\n');
  const paragraphs = [
    ...(startAt === undefined ? [] : [words.when(whenOf(startAt, meeting.timeZone, locale))]),
    ...(where === undefined ? [] : [words.where(where)]),
    ...(meeting.urgency === undefined || kind !== 'convened' ? [] : [words.urgency(meeting.urgency)]),
    ...(meeting.cancelReason === undefined || kind === 'convened' ? [] : [words.reason(meeting.cancelReason)]),
    ...(meeting.note === '' || kind !== 'convened' ? [] : [meeting.note]),
    ...(items === '' || kind !== 'convened' ? [] : [items]),
  ];
  return compose({
    locale,
    subject: oneLine(SUBJECT[locale][kind](meeting.title, body.name)),
    paragraphs,
    action: { label: words.open, link, before: 'footer' },
    footer: [{ text: words.why(body.name) }],
  });
}

/** Whether a mail server has said that it will never take a letter (RFC 5321 4.2.1). */
const isForGood = (error: unknown): boolean => {
  const code: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'responseCode') : undefined;
  return typeof code === 'number' && code >= 500;
};

const kindOf = ({ state }: MeetingRecord): Kind | undefined =>
  state === 'postponed' || state === 'cancelled' ? state : state === 'draft' ? undefined : 'convened';

/** The address alone of `Concert <concert@example.org>`. */
const addressOf = (from: string): string => /<([^>]+)>/.exec(from)?.[1] ?? from;

/**
 * [M27] Writes to everybody who is called how things stand with a meeting now. Harmless to repeat: who has had this letter
 * does not get it again. Whoever a mail server will never take is left out; for others it throws, to be tried again.
 */
export async function writeToCalled({ platform, store }: Parts, meetingId: string): Promise<void> {
  const { auth, bodies, config, db, log, mail, ports, site } = platform;
  const meeting = await store.get(meetingId);
  const kind = meeting === null ? undefined : kindOf(meeting);
  if (meeting === null || kind === undefined) return;
  const body = (await bodies.byIds([meeting.bodyId])).get(meeting.bodyId);
  if (body === undefined) return;
  const letters = letterStore(db);
  const called = calledTo(body, meeting.guestIds, momentOf(meeting, ports.now()));
  const people = await auth.people.byIds(called.map(({ personId }) => personId));
  const url = `${site.url()}/meetings/${meeting.id}`;
  const organizer = { name: body.name, email: addressOf(config.mailFrom) };
  const failures: unknown[] = [];
  const write = async (person: PersonRecord): Promise<void> => {
    const id = `${meeting.id}:${meeting.sequence}:${person.id}`;
    if (person.suspended || !(await letters.claim(id, ports.now()))) return;
    const attendee = { name: person.name, email: person.email };
    const calendar = invitation({ meeting, bodyName: body.name, url }, { organizer, attendee }, ports.now());
    const letter = written(kind, meeting, body, person, url);
    try {
      await mail.send({ to: person.email, ...letter, calendar, messageId: id.replaceAll(':', '.') });
      await letters.sent(id, ports.now());
    } catch (error) {
      if (isForGood(error)) {
        log.warn({ err: error, personId: person.id }, 'a convocation could not be delivered');
        return letters.sent(id, ports.now());
      }
      failures.push(error);
      await letters.release(id, ports.now());
    }
  };
  const waiting = [...people.values()];
  const lane = async (): Promise<void> => {
    for (let person = waiting.shift(); person !== undefined; person = waiting.shift()) await write(person);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  if (failures.length > 0) throw failures[0];
}
