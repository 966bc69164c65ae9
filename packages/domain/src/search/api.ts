import { Color, Id, Instant, Page, PersonId, WorkspaceId } from '@concert/contract';
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { KIND_NAMES } from '../kinds.ts';

/** What can be found. */
export const FOUND_KINDS = [...KIND_NAMES, 'thread', 'meeting', 'decision', 'action', 'person'] as const;
export const FoundKind = z.enum(FOUND_KINDS);
export type FoundKind = z.infer<typeof FoundKind>;

/** A text in parts: those that were looked for are marked (rule Q9). */
const Segments = z.array(z.object({ text: z.string(), hit: z.boolean() }));

/** One answer, as the searcher may see it. */
export const SearchResult = z.object({
  kind: FoundKind,
  id: Id,
  title: Segments,
  /** Where it is shown, relative to the site; with the place in it that answers best. */
  path: z.string(),
  /** What contains it. */
  context: z.string().optional(),
  passage: Segments,
  /** When it was written or changed last; absent for people. */
  at: Instant.optional(),
  /** Who wrote the message that was found, or who was found. */
  person: z.object({ id: PersonId, name: z.string(), color: Color }).optional(),
});
export type SearchResult = z.infer<typeof SearchResult>;

export const searchApi = {
  find: oc
    .route({
      method: 'GET',
      path: '/search',
      tags: ['search'],
      summary: 'Find documents, discussions, meetings, decisions and people',
    })
    .input(
      Page.extend({
        q: z.string().trim().min(1).max(200),
        kind: FoundKind.optional(),
        workspaceId: WorkspaceId.optional(),
        /** Only what this person has written in. */
        authorId: PersonId.optional(),
        /** Only what was written or changed in this time: from `from` on, before `until`. */
        from: Instant.optional(),
        until: Instant.optional(),
      }).strict(),
    )
    .output(
      z.object({
        items: z.array(SearchResult),
        /** How many there are beside people, on all pages. */
        total: z.number().int(),
        next: z.string().optional(),
        /** Not everything has been read yet since the start: what is missing will be found in a moment. */
        incomplete: z.boolean(),
      }),
    ),
};
