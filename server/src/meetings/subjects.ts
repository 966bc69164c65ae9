import type { Card, Step, SubjectSource } from '../platform/subjects.ts';
import type { Parts } from './parts.ts';
import { itemPath } from './searching.ts';
import { seenMeetings } from './seen.ts';

/** Meetings as other slices speak of them. */
export const MEETING = 'meeting';
/** Items of agendas: who is barred from one is kept from all that is about it (rule M10). */
export const ITEM = 'meeting-item';

export const meetingStep = (id: string): Step => ({ kind: MEETING, id });
export const itemStep = (id: string): Step => ({ kind: ITEM, id });

/** [M2] A meeting is known to who sees it. */
export function meetingSubjects({ platform, store }: Pick<Parts, 'platform' | 'store'>): SubjectSource {
  return {
    cards: async (reader, ids) => {
      const seen = await seenMeetings(platform, reader, await store.getAll([...new Set(ids)]));
      return new Map(
        [...seen].map(([id, { meeting, body }]): [string, Card] => [
          id,
          { id, title: meeting.title, path: `/meetings/${id}`, context: body.name },
        ]),
      );
    },
    path: async (reader, id) => {
      const seen = await seenMeetings(platform, reader, await store.getAll([id]));
      return seen.has(id) ? [meetingStep(id)] : null;
    },
  };
}

/** [M10] An item is known to who sees its meeting and is not barred from it. */
export function itemSubjects({ platform, store }: Pick<Parts, 'platform' | 'store'>): SubjectSource {
  const known = async (reader: Parameters<SubjectSource['cards']>[0], ids: readonly string[]) => {
    const wanted = new Set(ids);
    const seen = await seenMeetings(platform, reader, await store.withEntries([...wanted]));
    return [...seen.values()].flatMap(({ meeting, barred }) =>
      meeting.agenda
        .filter(({ id }) => wanted.has(id) && !barred.has(id))
        .map(({ id, title }) => ({ id, title, meeting })),
    );
  };
  return {
    cards: async (reader, ids) =>
      new Map(
        (await known(reader, ids)).map(({ id, title, meeting }): [string, Card] => [
          id,
          { id, title, path: itemPath(meeting.id, id), context: meeting.title },
        ]),
      ),
    path: async (reader, id) => {
      const [item] = await known(reader, [id]);
      return item === undefined ? null : [itemStep(id), meetingStep(item.meeting.id)];
    },
  };
}
