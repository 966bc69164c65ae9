import { maySeeBodies } from '@concert/domain/governance/mandates.ts';
import { isNamedBy, type MentionSource, type Reader } from '../platform/mentions.ts';
import type { BodyStore } from './store.ts';

/** [G1] [A20] Bodies in discussions: guests see none, and a limited token is limited to other things. */
const mayRead = ({ platformRole, limits }: Reader): boolean => limits === undefined && maySeeBodies(platformRole);

export function bodyMentions(store: BodyStore): MentionSource {
  return {
    find: async (reader, words, limit) => {
      if (!mayRead(reader)) return [];
      return (await store.inState(['active']))
        .filter(({ name }) => isNamedBy(name, words))
        .slice(0, limit)
        .map(({ id, name }) => ({ id, name }));
    },
    names: async (reader, ids) =>
      mayRead(reader) ? new Map((await store.getAll(ids)).map(({ id, name }) => [id, name])) : new Map(),
  };
}
