import type { Document } from 'mongodb';
import type { PersonalData } from '../platform/personal-data.ts';
import { calendarFeeds } from './calendar/feeds.ts';
import type { Parts } from './parts.ts';
import { POLLS } from './polls/store.ts';
import { MEETINGS } from './store.ts';

/**
 * Who was where, spoke and voted openly is the body's record and stays, under an id that says no name. Of secret polls
 * nobody can say what a person chose.
 */
export function meetingData({ platform: { db } }: Parts): PersonalData {
  const meetings = db.collection<Document & { _id: string }>(MEETINGS);
  const polls = db.collection<Document & { _id: string }>(POLLS);
  const mine = <Entry extends { personId?: string }>(list: readonly Entry[] | undefined, personId: string): Entry[] =>
    (list ?? []).filter((one) => one.personId === personId);
  return {
    indexes: {
      [MEETINGS]: [{ key: { 'attendance.personId': 1 } }, { key: { 'answers.personId': 1 } }],
      [POLLS]: [{ key: { 'register.voterId': 1 } }],
    },
    export: async (personId) => ({
      meetings: (
        await meetings
          .find({ $or: [{ 'attendance.personId': { $eq: personId } }, { 'answers.personId': { $eq: personId } }] })
          .toArray()
      ).map(({ _id, title, attendance, answers, speeches, conflicts }) => ({
        ...{ id: _id, title, attendance: mine(attendance, personId), answers: mine(answers, personId) },
        ...{ speeches: mine(speeches, personId), conflicts: mine(conflicts, personId) },
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
      await meetings.updateMany({ guestIds: { $eq: personId }, state: { $in: ['draft', 'convened', 'postponed'] } }, {
        $pull: { guestIds: personId },
        $inc: { rev: 1 },
      } as object);
    },
  };
}
