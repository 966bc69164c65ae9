import type { Document } from 'mongodb';
import type { PersonalData } from '../platform/personal-data.ts';
import { calendarFeeds } from './calendar/feeds.ts';
import type { Parts } from './parts.ts';
import { POLLS } from './polls/store.ts';
import type { MeetingRecord } from './records.ts';
import { MEETINGS, type MeetingChange } from './store.ts';

/** Where a meeting names who said something of themself. */
const OWN = [
  'attendance.personId',
  'answers.personId',
  'conflicts.personId',
  'conflicts.declaredBy',
  'speeches.personId',
] as const;

/** What somebody wrote about themself, taken out of a meeting. */
function withoutWords({ conflicts, speeches, dateOptions }: MeetingRecord, personId: string): MeetingChange {
  const silent = <Entry extends { readonly note?: string }>({ note: _, ...entry }: Entry): Entry => entry as Entry;
  return {
    // What others said of them goes too, and what they said of others.
    conflicts: conflicts.map((one) => (one.personId === personId || one.declaredBy === personId ? silent(one) : one)),
    speeches: speeches.map((one) => (one.personId === personId ? silent(one) : one)),
    dateOptions: dateOptions.map((option) => ({
      ...option,
      answers: option.answers.filter((one) => one.personId !== personId),
    })),
  };
}

/**
 * Who was where, spoke and voted openly is the body's record and stays, under an id that says no name. Of secret polls
 * nobody can say what a person chose.
 */
export function meetingData({ platform: { db, ports }, periods, store }: Parts): PersonalData {
  const meetings = db.collection<Document & { _id: string }>(MEETINGS);
  const polls = db.collection<Document & { _id: string }>(POLLS);
  const mine = <Entry extends { personId?: string }>(list: readonly Entry[] | undefined, personId: string): Entry[] =>
    (list ?? []).filter((one) => one.personId === personId);
  return {
    indexes: {
      [MEETINGS]: OWN.map((path) => ({ key: { [path]: 1 } })),
      [POLLS]: [{ key: { 'register.voterId': 1 } }],
    },
    export: async (personId) => ({
      meetings: (await meetings.find({ $or: OWN.map((path) => ({ [path]: { $eq: personId } })) }).toArray()).map(
        ({ _id, title, attendance, answers, speeches, conflicts }) => ({
          ...{ id: _id, title, attendance: mine(attendance, personId), answers: mine(answers, personId) },
          ...{ speeches: mine(speeches, personId), conflicts: mine(conflicts, personId) },
        }),
      ),
      proxies: (await periods.ofPerson(personId)).map(({ bodyId, seatId, fromId, toId, from, until, state }) => ({
        ...{ bodyId, seatId, fromId, toId, from, until, state },
      })),
      votes: (await polls.find({ 'register.voterId': { $eq: personId } }).toArray()).map(
        ({ _id, question, secrecy, ballots = {} }) => ({
          ...{ id: _id, question, secrecy },
          ballots: Object.entries(ballots as Record<string, { personId: string }>)
            .filter(([, ballot]) => ballot.personId === personId)
            .map(([seatId, ballot]) => ({ seatId, ...ballot })),
        }),
      ),
    }),
    erase: async ({ personId }) => {
      await calendarFeeds(db).remove(personId);
      // Nobody votes for who is gone, nor do they for anybody.
      const now = ports.now();
      for (const bodyId of new Set((await periods.ofPerson(personId)).map((one) => one.bodyId)))
        await periods.change(bodyId, now, (proxies) =>
          proxies.map((one) =>
            one.state !== 'refused' && (one.fromId === personId || one.toId === personId)
              ? { ...one, state: 'revoked', at: now }
              : one,
          ),
        );
      // Words of their own go; that they spoke, or stood aside, is the body's record.
      const about = await meetings
        .find({ $or: OWN.map((path) => ({ [path]: { $eq: personId } })) }, { projection: { _id: 1 } })
        .toArray();
      for (const { _id } of about) await store.change(_id, (meeting) => withoutWords(meeting, personId));
      await meetings.updateMany({ guestIds: { $eq: personId }, state: { $in: ['draft', 'convened', 'postponed'] } }, {
        $pull: { guestIds: personId },
        $inc: { rev: 1 },
      } as object);
    },
  };
}
