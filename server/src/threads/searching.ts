import { plainText } from '@concert/editor/body-text.ts';
import { namedMessage } from '@concert/editor/message.ts';
import type { SearchEntry, SearchHit, SearchSource } from '../platform/search.ts';
import { mentionNames } from './messages.ts';
import type { Parts } from './parts.ts';
import type { ReplyRecord, ThreadRecord } from './records.ts';
import { anchorOf, threadSubjects } from './subjects.ts';

/** The name under which messages are found. */
export const MESSAGES = 'messages';

const NOBODY = new Map<string, string>();

type Facts = Pick<ThreadRecord, 'title' | 'visibility' | 'subject'>;

/** Differs whenever the message does, or what its thread says of all of them. */
const revisionOf = ({ title, visibility, subject }: Facts, rev: number): string =>
  JSON.stringify([rev, visibility, subject.id, title]);

const entryOf = (thread: ThreadRecord, { id, rev, body, authorId, createdAt }: ReplyRecord): SearchEntry[] =>
  body === null
    ? []
    : [
        {
          id,
          revision: revisionOf(thread, rev),
          kind: 'thread',
          group: thread.id,
          place:
            thread.subject.kind === 'document' ? { documentId: thread.subject.id } : { workspaceId: thread.subject.id },
          staff: thread.visibility === 'staff',
          title: thread.title ?? '',
          // Without the names of what it mentions: not everybody who reads it may know them (rule T11).
          text: plainText(namedMessage(body, NOBODY)),
          at: createdAt.getTime(),
          authorIds: [authorId],
        },
      ];

/** Discussions by what was said in them and what they are called. */
export function messageSearch(parts: Parts): SearchSource {
  const { platform, store } = parts;
  const subjects = threadSubjects(parts);
  return {
    revisions: async function* () {
      const threads = new Map<string, Facts>();
      for await (const { id, ...facts } of store.all()) threads.set(id, facts);
      for await (const { id, threadId, rev } of store.allReplies()) {
        const thread = threads.get(threadId);
        if (thread !== undefined) yield { id, revision: revisionOf(thread, rev) };
      }
    },
    entries: async (ids) => {
      const replies = await store.repliesById(ids);
      const threads = new Map(
        (await store.getAll([...new Set(replies.map(({ threadId }) => threadId))])).map((thread) => [
          thread.id,
          thread,
        ]),
      );
      return replies.flatMap((reply) => {
        const thread = threads.get(reply.threadId);
        return thread === undefined ? [] : entryOf(thread, reply);
      });
    },
    hits: async (reader, ids) => {
      const replies = await store.repliesById(ids);
      const [cards, names] = await Promise.all([
        subjects.cards(
          reader,
          replies.map(({ threadId }) => threadId),
        ),
        mentionNames(
          platform,
          reader,
          replies.flatMap(({ mentions }) => mentions),
        ),
      ]);
      return new Map(
        replies.flatMap(({ id, threadId, body, createdAt, authorId }): [string, SearchHit][] => {
          const card = cards.get(threadId);
          if (card === undefined || body === null) return [];
          const { title, path, context } = card;
          const text = plainText(namedMessage(body, names));
          const hit = { title, path: `${path}#${anchorOf(id)}`, text, at: createdAt, authorId };
          return [[id, context === undefined ? hit : { ...hit, context }]];
        }),
      );
    },
  };
}
