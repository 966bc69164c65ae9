import { createHash } from 'node:crypto';
import type { Item } from '@concert/domain/meetings/model.ts';
import type { SearchEntry, SearchHit, SearchSource } from '../platform/search.ts';
import type { Parts } from './parts.ts';
import type { MeetingRecord } from './records.ts';
import { seenMeetings } from './seen.ts';
import type { MeetingWords } from './store.ts';

/** The name under which meetings are found. */
export const FOUND_MEETINGS = 'meetings';

/** Where an item stands on the page of its meeting. */
export const itemPath = (meetingId: string, itemId: string): string =>
  `/meetings/${meetingId}?view=agenda#item-${itemId}`;

const lines = (...words: readonly (string | undefined)[]): string => words.filter(Boolean).join('\n');
const textOf = ({ place, note }: Pick<MeetingWords, 'place' | 'note'>): string => lines(place, note);
const itemText = ({ title, note }: Pick<Item, 'title' | 'note'>): string => lines(title, note);
const atOf = ({ startAt, createdAt }: Pick<MeetingWords, 'startAt' | 'createdAt'>): Date => startAt ?? createdAt;

/** Differs whenever the words do, and what is found by them: of a sitting much else changes, which nobody looks for. */
const revisionOf = (...words: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(words)).digest('base64url');

/** [Q12] A meeting, and each item of its agenda with the title of the meeting, so that words of both find it. */
function entriesOf(meeting: MeetingWords): readonly SearchEntry[] {
  const { id, title, workspaceId, agenda } = meeting;
  const at = atOf(meeting).getTime();
  const home = workspaceId === undefined ? {} : { home: workspaceId };
  const entry = (entryId: string, text: string): SearchEntry => ({
    ...{ id: entryId, revision: revisionOf(title, text, at, workspaceId), kind: 'meeting', group: id },
    ...{ place: { asked: true }, staff: false, title, text, at, authorIds: [] },
    ...home,
  });
  return [entry(id, textOf(meeting)), ...agenda.map((item) => entry(item.id, itemText(item)))];
}

/** Says that what a meeting is found by has changed, if it has: most that happens in a sitting is not. */
export function tellSearch(
  { search }: Pick<Parts['platform'], 'search'>,
  before: MeetingRecord,
  after: MeetingRecord | undefined,
): void {
  const was = new Map(entriesOf(before).map(({ id, revision }) => [id, revision]));
  const is = new Map((after === undefined ? [] : entriesOf(after)).map(({ id, revision }) => [id, revision]));
  const ids = [...new Set([...was.keys(), ...is.keys()])];
  search.changed(
    FOUND_MEETINGS,
    ids.filter((id) => was.get(id) !== is.get(id)),
  );
}

/** Meetings by their titles, places and messages, and by the items of their agendas. */
export function meetingSearch({ platform, store }: Parts): SearchSource {
  return {
    revisions: async function* () {
      for await (const meeting of store.allWords())
        for (const { id, revision } of entriesOf(meeting)) yield { id, revision };
    },
    entries: async (ids) => {
      const wanted = new Set(ids);
      return (await store.withEntries(ids)).flatMap((meeting) => entriesOf(meeting).filter(({ id }) => wanted.has(id)));
    },
    visible: async (reader, ids) => {
      const seen = await seenMeetings(platform, reader, await store.withEntries(ids));
      const shown = [...seen.values()].flatMap(({ meeting: { id, agenda }, barred }) => [
        id,
        ...agenda.map((item) => item.id).filter((itemId) => !barred.has(itemId)),
      ]);
      return new Set(shown);
    },
    hits: async (reader, ids) => {
      const wanted = new Set(ids);
      const seen = await seenMeetings(platform, reader, await store.withEntries(ids));
      const hits = [...seen.values()].flatMap(({ meeting, body, barred }): [string, SearchHit][] => {
        const { id, title, agenda } = meeting;
        const rest = { title, context: body.name, at: atOf(meeting) };
        const items = agenda.filter((item) => wanted.has(item.id) && !barred.has(item.id));
        return [
          [id, { ...rest, path: `/meetings/${id}`, text: textOf(meeting) }],
          ...items.map((item): [string, SearchHit] => [
            item.id,
            { ...rest, path: itemPath(id, item.id), text: itemText(item) },
          ]),
        ];
      });
      return new Map(hits);
    },
  };
}
