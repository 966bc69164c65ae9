import { maySeeBodies } from '@concert/domain/governance/mandates.ts';
import type { MentionSource, Reader } from '../platform/mentions.ts';
import { literally } from '../platform/mongo/pattern.ts';
import type { BodyStore } from './store.ts';

const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** [G1] [A20] Bodies in discussions: guests see none, and a limited token is limited to other things. */
const mayRead = ({ platformRole, limits }: Reader): boolean => limits === undefined && maySeeBodies(platformRole);

export function bodyMentions(store: BodyStore): MentionSource {
  return {
    find: async (reader, words, limit) => {
      if (!mayRead(reader)) return [];
      const patterns = fold(words)
        .split(/\s+/)
        .filter(Boolean)
        .map((word) => new RegExp(`(^|[^\\p{L}\\p{N}])${literally(word)}`, 'u'));
      return (await store.inState(['active']))
        .filter(({ name }) => patterns.every((pattern) => pattern.test(fold(name))))
        .slice(0, limit)
        .map(({ id, name }) => ({ id, name }));
    },
    names: async (reader, ids) =>
      mayRead(reader) ? new Map((await store.getAll(ids)).map(({ id, name }) => [id, name])) : new Map(),
  };
}
