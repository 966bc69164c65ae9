import { DocumentId, Id, Instant, Locale, PersonId, WorkspaceId } from '@concert/contract';
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { MinutesRecord } from './minutes-record.ts';

/** [M70] States of minutes: being written, laid before the body, approved by it. */
export const MINUTES_STATES = ['draft', 'submitted', 'approved'] as const;
export const MinutesState = z.enum(MINUTES_STATES);
export type MinutesState = z.infer<typeof MinutesState>;

/** SHA-256, 64 hexadecimal digits. */
const Hash = z.string().regex(/^[0-9a-f]{64}$/);

const Someone = z.object({ personId: PersonId, name: z.string() });

/** The minutes of a meeting as one reader may see them. */
export const Minutes = z.object({
  meetingId: Id,
  bodyId: Id,
  title: z.string(),
  /** Absent until somebody has begun them. */
  state: MinutesState.optional(),
  /** Absent until they are begun, and for who may not read them. */
  documentId: DocumentId.optional(),
  record: MinutesRecord,
  /** Grows with every approval that was taken back [M74]. */
  edition: z.number().int(),
  submitted: z.object({ at: Instant, by: Someone, hash: Hash, recordHash: Hash }).optional(),
  approved: z
    .object({
      at: Instant,
      by: Someone,
      /** In which meeting, on which item, by which vote. */
      meeting: z.object({ id: Id, title: z.string(), itemId: Id, startAt: Instant.optional() }),
      pollId: Id.optional(),
    })
    .optional(),
  /** Each time they were opened again. */
  reopened: z.array(
    z.object({ at: Instant, by: Someone, from: z.enum(['submitted', 'approved']), reason: z.string().optional() }),
  ),
  me: z.object({
    conducts: z.boolean(),
    begins: z.boolean(),
    submits: z.boolean(),
    reopens: z.boolean(),
  }),
});
export type Minutes = z.infer<typeof Minutes>;

/** Minutes that wait for a later meeting of their body to approve them. */
export const WaitingMinutes = z.object({
  meetingId: Id,
  title: z.string(),
  startAt: Instant.optional(),
  documentId: DocumentId,
});
export type WaitingMinutes = z.infer<typeof WaitingMinutes>;

const route = (method: 'GET' | 'POST', path: `/${string}`, summary: string) =>
  oc.route({ method, path, tags: ['minutes'], summary });

const meeting = z.object({ id: Id });

export const minutesApi = {
  get: route('GET', '/meetings/{id}/minutes', 'The minutes of a meeting, and all that their blocks say')
    .input(meeting.strict())
    .output(Minutes),
  ofDocument: route('GET', '/minutes/{documentId}', 'The minutes that a document holds')
    .input(z.object({ documentId: DocumentId }).strict())
    .output(Minutes),
  begin: route('POST', '/meetings/{id}/minutes', 'Begin them, as a document of a workspace')
    .input(meeting.extend({ workspaceId: WorkspaceId.optional(), locale: Locale.optional() }).strict())
    .output(Minutes),
  submit: route('POST', '/meetings/{id}/minutes/submit', 'Lay them before the body: text and record are kept')
    .input(meeting.strict())
    .output(Minutes),
  approve: route('POST', '/meetings/{id}/minutes/approve', 'Approve them in a later meeting of the body')
    .input(meeting.extend({ meetingId: Id, itemId: Id }).strict())
    .output(Minutes),
  reopen: route('POST', '/meetings/{id}/minutes/reopen', 'Open them again; approved ones only while no later ones are')
    .input(meeting.extend({ reason: z.string().trim().min(1).max(1_000).optional() }).strict())
    .output(Minutes),
  kept: route(
    'GET',
    '/meetings/{id}/minutes/kept',
    'What was submitted: canonical JSON of text and record, and their SHA-256',
  )
    .input(meeting.strict())
    .output(z.object({ content: z.string(), hash: Hash, record: z.string(), recordHash: Hash })),
  waiting: route('GET', '/bodies/{bodyId}/minutes/waiting', 'Minutes of a body that wait for approval')
    .input(z.object({ bodyId: Id }).strict())
    .output(z.object({ items: z.array(WaitingMinutes) })),
};
