import { isNamedBy, type MentionSource } from '../platform/mentions.ts';
import type { Parts } from './parts.ts';
import { listedFor } from './routes/register.ts';
import { nameOf, seenDecisions } from './searching.ts';

/** So many of the last decisions are looked through. */
const LOOKED_THROUGH = 400;

/** [R2] Decisions in discussions: those that the reader sees, the last first. */
export function decisionMentions({ platform, store }: Parts): MentionSource {
  return {
    find: async (reader, words, limit) => {
      const listed = await listedFor({ platform }, reader);
      const found = (await store.list(listed, {}, { limit: LOOKED_THROUGH })).filter((one) =>
        isNamedBy(nameOf(one), words),
      );
      const seen = await seenDecisions(platform, reader, found);
      return seen
        .slice(0, limit)
        .map(({ decision, body }) => ({ id: decision.id, name: nameOf(decision), detail: body.name }));
    },
    names: async (reader, ids) =>
      new Map(
        (await seenDecisions(platform, reader, await store.getAll(ids))).map(({ decision }) => [
          decision.id,
          nameOf(decision),
        ]),
      ),
  };
}
