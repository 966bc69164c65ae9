import { fold } from '@concert/domain/search/words.ts';
import type { MentionSource } from '../platform/mentions.ts';
import type { Platform } from '../platform/module.ts';
import { readableFor } from './readable.ts';
import type { DocumentStore } from './store.ts';

/** Read so many times as many as are wanted: a word may stand in the text of a document and not in its title. */
const SPARE = 8;

/** Documents in discussions: those that the reader may read, outside the trash. */
export function documentMentions({ access }: Pick<Platform, 'access'>, store: DocumentStore): MentionSource {
  return {
    find: async (reader, words, limit) => {
      const readable = readableFor(await access.reach(reader));
      const found = await store.list({ ...readable, trashed: false, q: words, limit: limit * SPARE });
      const wanted = fold(words).split(/\s+/).filter(Boolean);
      const inTitle = ({ projection: { title } }: (typeof found)[number]): boolean =>
        wanted.every((word) => fold(title).includes(word));
      return found
        .filter(inTitle)
        .slice(0, limit)
        .map(({ id, projection }) => ({ id, name: projection.title }));
    },
    names: async (reader, ids) => {
      const found = await store.byIds(ids, readableFor(await access.reach(reader)));
      return new Map(found.map(({ id, projection: { title } }) => [id, title]));
    },
  };
}
