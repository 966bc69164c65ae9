import { Color, DocumentId, FileId, Id, Instant, listOf, Page, PersonId, WorkspaceId } from '@concert/contract';
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { Reaction } from './reactions.ts';
import { ATTACHMENTS, VISIBILITIES } from './rules.ts';

export const ThreadId = Id;
export const ReplyId = Id;
export const Visibility = z.enum(VISIBILITIES);

export const ThreadTitle = z.string().trim().min(1).max(200);

/** What a mention can mean. */
export const MENTION_KINDS = ['person', 'body', 'document', 'meeting', 'decision'] as const;
export const MentionKind = z.enum(MENTION_KINDS);
export type MentionKind = z.infer<typeof MentionKind>;

/** What a mention means, for this reader: without a name where they may not see it (rule T11). */
export const Mentioned = z.object({
  kind: MentionKind,
  id: Id,
  name: z.string().optional(),
  /** Of a person: that they cannot see the thread, and so were not told of the mention. */
  unreachable: z.boolean().optional(),
});
export type Mentioned = z.infer<typeof Mentioned>;

const Author = z.object({ id: PersonId, name: z.string(), color: Color });
/** Who did something to a thread, and when. */
const Mark = z.object({ by: z.object({ id: PersonId, name: z.string() }), at: Instant });

/** What a reply says: ProseMirror JSON in the schema of messages (`packages/editor/src/message.ts`). */
export const MessageBody = z.record(z.string(), z.unknown());

/** A file that is sent with a reply (rule T18). */
export const Attachment = z.object({
  id: FileId,
  name: z.string(),
  /** As the browser that sent it called it: never believed when it is served. */
  type: z.string(),
  /** Bytes. */
  size: z.number().int(),
});
export type Attachment = z.infer<typeof Attachment>;

const Attached = z.array(FileId).max(ATTACHMENTS.count).default([]);

/** A reply as it is shown. A deleted one keeps its place, and nothing else. */
export const Reply = z.object({
  id: ReplyId,
  threadId: ThreadId,
  /** Its place in the thread (rule T9). */
  seq: z.number().int(),
  author: Author,
  /** Absent once it is deleted. */
  body: MessageBody.optional(),
  mentions: z.array(Mentioned),
  attachments: z.array(Attachment),
  /** Everybody who reacted, in the order in which they did. */
  reactions: z.array(z.object({ reaction: Reaction, people: z.array(z.object({ id: PersonId, name: z.string() })) })),
  createdAt: Instant,
  /** When it was changed last, if it was. */
  editedAt: Instant.optional(),
  deleted: Mark.optional(),
});
export type Reply = z.infer<typeof Reply>;

/** What a reply said at a time. */
export const ReplyState = z.object({ body: MessageBody, at: Instant });

/** What a thread is about, as somebody who may see it is shown it. */
export const ThreadSubject = z.object({
  kind: z.enum(['workspace', 'document']),
  id: Id,
  title: z.string(),
});

/** The words of a passage with what stands around them, by which it is found again (rule T16). */
export const Quote = z.object({ quote: z.string(), before: z.string(), after: z.string() });
export type Quote = z.infer<typeof Quote>;

/** A position in the text of a document: a relative position of Yjs, encoded, as base64. */
const Position = z.string().regex(/^[A-Za-z0-9+/]{2,600}={0,2}$/);

/** A thread as lists show it. */
export const Thread = z.object({
  id: ThreadId,
  workspaceId: WorkspaceId,
  subject: ThreadSubject,
  title: z.string().optional(),
  visibility: Visibility,
  openedBy: Author,
  createdAt: Instant,
  /** The beginning of the first reply, as plain text. */
  excerpt: z.string(),
  /** Replies that are not deleted, the first one included. */
  replyCount: z.number().int(),
  /** Of these, what others wrote since the reader was here last. */
  unreadCount: z.number().int(),
  /** Up to five of those who wrote, the last one first. */
  participants: z.array(Author),
  lastReplyAt: Instant,
  resolved: Mark.optional(),
  pinned: Mark.optional(),
  locked: Mark.optional(),
  answerId: ReplyId.optional(),
  /** The passage that it is about, by the id of its mark in the text (rules T15 to T17). */
  anchor: Quote.extend({ id: Id }).optional(),
});
export type Thread = z.infer<typeof Thread>;

/** A thread as its page needs it: with what the reader may do (rules T1 to T13). */
export const ThreadDetail = Thread.extend({
  /** Up to which reply the reader has read. */
  readSeq: z.number().int(),
  may: z.object({
    reply: z.boolean(),
    settle: z.boolean(),
    arrange: z.boolean(),
    moderate: z.boolean(),
    remove: z.boolean(),
  }),
});
export type ThreadDetail = z.infer<typeof ThreadDetail>;

/** A key of the client's choice: what is sent again under it is not done again (rule T14). */
const Key = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/);

const route = (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: `/${string}`, summary: string) =>
  oc.route({ method, path, tags: ['threads'], summary });

const State = z.enum(['open', 'resolved']);
const ListOptions = Page.extend({ state: State.optional(), mine: z.stringbool().optional() });

/** Threads about one kind of subject. */
const discussionOf = <SubjectId extends z.ZodType<string>, More extends z.ZodRawShape>(
  subject: 'workspaces' | 'documents',
  id: SubjectId,
  more: More,
) => ({
  list: route(
    'GET',
    `/${subject}/{id}/threads`,
    subject === 'workspaces' ? 'Threads in a workspace, also about its documents' : 'Threads about a document',
  )
    .input(ListOptions.extend({ id }).strict())
    .output(listOf(Thread)),
  open: route('POST', `/${subject}/{id}/threads`, 'Open a thread with its first reply')
    .input(
      z
        .object({
          id,
          title: ThreadTitle.optional(),
          body: MessageBody,
          visibility: Visibility.default('everyone'),
          key: Key.optional(),
          attachments: Attached,
          ...more,
        })
        .strict(),
    )
    .output(ThreadDetail),
  mentionable: route('GET', `/${subject}/{id}/mentionable`, 'What somebody may mention here, by the beginning of words')
    .input(
      z
        .object({
          id,
          q: z.string().trim().max(100).default(''),
          kind: MentionKind.optional(),
          visibility: Visibility.default('everyone'),
          limit: z.coerce.number().int().min(1).max(50).default(12),
        })
        .strict(),
    )
    .output(
      z.object({
        items: z.array(
          z.object({
            kind: MentionKind,
            id: Id,
            name: z.string(),
            color: Color.optional(),
            /** Of a person: what they are, or where. */
            detail: z.string().optional(),
            /** Of a person: that they cannot see this, and would have to be invited. */
            unreachable: z.boolean().optional(),
          }),
        ),
      }),
    ),
});

const threadPath = z.object({ id: ThreadId });
const replyPath = z.object({ id: ReplyId });

export const threadsApi = {
  workspaces: discussionOf('workspaces', WorkspaceId, {}),
  documents: discussionOf('documents', DocumentId, {
    /** The passage that it is to be about: from here to there. */
    anchor: z.object({ start: Position, end: Position }).strict().optional(),
  }),
  list: route('GET', '/threads', 'Threads everywhere that I may read, the last reply first')
    .input(ListOptions.extend({ unread: z.stringbool().optional() }).strict())
    .output(listOf(Thread)),
  get: route('GET', '/threads/{id}', 'A thread, and what I may do in it')
    .input(threadPath.strict())
    .output(ThreadDetail),
  update: route('PATCH', '/threads/{id}', 'Resolve, reopen, pin, lock, name, mark the answer')
    .input(
      threadPath
        .extend({
          title: ThreadTitle.nullable().optional(),
          state: State.optional(),
          pinned: z.boolean().optional(),
          locked: z.boolean().optional(),
          answerId: ReplyId.nullable().optional(),
        })
        .strict(),
    )
    .output(ThreadDetail),
  move: route('POST', '/threads/{id}/move', 'Move to a workspace, or to a document in it')
    .input(threadPath.extend({ workspaceId: WorkspaceId, documentId: DocumentId.optional() }).strict())
    .output(ThreadDetail),
  remove: route('DELETE', '/threads/{id}', 'Delete a thread with its replies')
    .input(threadPath.strict())
    .output(z.object({})),
  replies: route('GET', '/threads/{id}/replies', 'Replies in their order; `after`: those behind this place')
    .input(Page.extend({ id: ThreadId, after: z.coerce.number().int().min(0).optional() }).strict())
    .output(listOf(Reply)),
  reply: route('POST', '/threads/{id}/replies', 'Reply')
    .input(threadPath.extend({ body: MessageBody, key: Key.optional(), attachments: Attached }).strict())
    .output(Reply),
  read: route('PUT', '/threads/{id}/read', 'Note that I have read up to this place')
    .input(threadPath.extend({ seq: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER) }).strict())
    .output(z.object({ readSeq: z.number().int() })),
  typing: route('POST', '/threads/{id}/typing', 'Tell others that I am writing a reply')
    .input(threadPath.strict())
    .output(z.object({})),
  attach: route('POST', '/attachments', 'Upload a file to be sent with a reply (multipart field `file`)')
    .input(z.object({ file: z.file() }).strict())
    .output(Attachment),
  attachment: oc
    .route({
      method: 'GET',
      path: '/replies/{id}/attachments/{fileId}',
      tags: ['threads'],
      summary: 'A file of a reply, for those who may read it',
      outputStructure: 'detailed',
    })
    .input(replyPath.extend({ fileId: FileId }).strict())
    .output(z.object({ headers: z.record(z.string(), z.string()), body: z.instanceof(Blob) })),
  editReply: route('PATCH', '/replies/{id}', 'Change what I wrote')
    .input(replyPath.extend({ body: MessageBody }).strict())
    .output(Reply),
  removeReply: route('DELETE', '/replies/{id}', 'Delete a reply; its place stays')
    .input(replyPath.strict())
    .output(Reply),
  history: route('GET', '/replies/{id}/history', 'What a reply said before, the newest first')
    .input(replyPath.strict())
    .output(z.object({ items: z.array(ReplyState) })),
  react: route('PUT', '/replies/{id}/reactions/{reaction}', 'React to a reply')
    .input(replyPath.extend({ reaction: Reaction }).strict())
    .output(Reply),
  unreact: route('DELETE', '/replies/{id}/reactions/{reaction}', 'Take a reaction back')
    .input(replyPath.extend({ reaction: Reaction }).strict())
    .output(Reply),
};
