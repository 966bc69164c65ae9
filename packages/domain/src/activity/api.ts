import { Color, DocumentId, Id, Instant, listOf, Page, PersonId, WorkspaceId } from '@concert/contract';
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { DEEDS } from './rules.ts';

/** Something that somebody did, as its reader may see it. */
export const ActivityEntry = z.object({
  id: z.string(),
  deed: z.enum(DEEDS),
  at: Instant,
  by: z.object({ id: PersonId, name: z.string(), color: Color }),
  subject: z.object({
    kind: z.string(),
    id: Id,
    title: z.string(),
    /** Where it is shown, relative to the site. */
    path: z.string(),
    /** What contains it. */
    context: z.string().optional(),
  }),
  /** Whom it was done to: who came, got another role, or left. */
  person: z.object({ id: PersonId, name: z.string() }).optional(),
});
export type ActivityEntry = z.infer<typeof ActivityEntry>;

export const activityApi = {
  list: oc
    .route({ method: 'GET', path: '/activity', tags: ['activity'], summary: 'What happened, the newest first' })
    .input(
      Page.extend({
        workspaceId: WorkspaceId.optional(),
        documentId: DocumentId.optional(),
        /** Only what happened after this. */
        since: Instant.optional(),
        /** Only what others did. */
        others: z.enum(['true']).optional(),
      }).strict(),
    )
    .output(listOf(ActivityEntry)),
};
