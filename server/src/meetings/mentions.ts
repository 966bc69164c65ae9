import { isNamedBy, type MentionSource } from '../platform/mentions.ts';
import type { Parts } from './parts.ts';
import { listedFor } from './routes/planning.ts';
import { seenMeetings } from './seen.ts';

/** So many of the next meetings, and of the last, are looked through. */
const LOOKED_THROUGH = 200;

/** [M2] Meetings in discussions: those that the reader sees, the next first, then the last. */
export function meetingMentions({ platform, store }: Pick<Parts, 'platform' | 'store'>): MentionSource {
  return {
    find: async (reader, words, limit) => {
      const listed = await listedFor({ platform }, reader, undefined);
      const list = (past: boolean) => store.list(listed, { past, limit: LOOKED_THROUGH });
      const found = [...(await list(false)), ...(await list(true))].filter(({ title }) => isNamedBy(title, words));
      const seen = await seenMeetings(platform, reader, found);
      return found
        .filter(({ id }) => seen.has(id))
        .slice(0, limit)
        .map(({ id, title, bodyId }) => ({ id, name: title, detail: seen.get(id)?.body.name ?? bodyId }));
    },
    names: async (reader, ids) => {
      const seen = await seenMeetings(platform, reader, await store.getAll(ids));
      return new Map([...seen].map(([id, { meeting }]) => [id, meeting.title]));
    },
  };
}
