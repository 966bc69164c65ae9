import { barredItems } from '@concert/domain/meetings/attendance.ts';
import { seesMeeting } from '@concert/domain/meetings/people.ts';
import type { BodyFacts } from '../platform/bodies.ts';
import type { Reader } from '../platform/mentions.ts';
import { readerOf } from '../platform/rule-answers.ts';
import { momentOf, type Parts } from './parts.ts';
import type { MeetingRecord } from './records.ts';

/** What rights on a meeting are decided by. */
export type MeetingRights = Pick<
  MeetingRecord,
  'id' | 'bodyId' | 'state' | 'guestIds' | 'conflicts' | 'startAt' | 'endedAt'
>;

/** A meeting that somebody sees, with its body and the items that are kept from them. */
export type SeenMeeting<Meeting> = {
  readonly meeting: Meeting;
  readonly body: BodyFacts;
  readonly barred: ReadonlySet<string>;
};

/** [M2] [M10] Those of the meetings that a reader sees, by id, each with what is kept from them. */
export async function seenMeetings<Meeting extends MeetingRights>(
  { bodies, ports }: Pick<Parts['platform'], 'bodies' | 'ports'>,
  reader: Reader,
  meetings: readonly Meeting[],
): Promise<ReadonlyMap<string, SeenMeeting<Meeting>>> {
  const named = await bodies.byIds(meetings.map(({ bodyId }) => bodyId));
  const now = ports.now();
  return new Map(
    meetings.flatMap((meeting) => {
      const body = named.get(meeting.bodyId);
      const { id, state, guestIds } = meeting;
      const seen = { state, guestIds, at: momentOf(meeting, now) };
      if (body === undefined || !seesMeeting(body, readerOf(reader), seen, now)) return [];
      return [[id, { meeting, body, barred: barredItems(meeting.conflicts, reader.personId) }] as const];
    }),
  );
}
