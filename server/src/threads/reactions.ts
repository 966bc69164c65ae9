import { type Deed, idOfOngoing } from '@concert/domain/activity/rules.ts';
import type { DeedDone } from '../platform/activity.ts';
import type { DomainEvent } from '../platform/events.ts';
import type { Notice } from '../platform/notices.ts';
import { stepsOf } from '../platform/subjects.ts';
import { audienceOf } from './messages.ts';
import type { Parts } from './parts.ts';
import type { ReplyRecord, ThreadRecord } from './records.ts';
import { MESSAGES } from './searching.ts';
import { anchorOf } from './subjects.ts';

const idIn = ({ data }: DomainEvent, key: string): string => {
  const id = data[key];
  return typeof id === 'string' ? id : '';
};

const peopleIn = ({ mentions }: Pick<ReplyRecord, 'mentions'>): string[] =>
  mentions.flatMap(({ kind, id }) => (kind === 'person' ? [id] : []));

/** One reply tells a person once, whether it was just written or changed since (notification rule N4). */
const eventOfReply = (replyId: string): string => `reply:${replyId}`;

/** Letting go of what has been deleted. Harmless to repeat. */
function createEnding({ platform, store, attachments }: Parts) {
  const { activity, log, notices, passages } = platform;

  /** [T18] Files go with the last reply that carries them; what a crash leaves is tidied away (`tidying.ts`). */
  const letGo = async (fileIds: readonly string[]): Promise<void> => {
    const carried = await store.carried(fileIds);
    await attachments.remove(fileIds.filter((id) => !carried.has(id)));
  };

  /** Lets go of a discussion that was marked as removed, of itself last. */
  const remove = async (id: string): Promise<void> => {
    const removed = await store.anchorOf(id);
    const fileIds = await store.filesIn(id);
    // A mark that stays says nothing to anybody; a discussion that stays would.
    if (removed !== null)
      await passages.unmark(removed.documentId, removed.id).catch((error: unknown) => {
        log.warn({ err: error, documentId: removed.documentId }, 'the mark of a deleted discussion is still there');
      });
    await notices.forget({ kind: 'thread', id });
    await activity.forget({ kind: 'thread', id });
    await store.purge(id);
    await letGo(fileIds);
  };

  return { letGo, remove };
}

/** What follows a committed change of a discussion. Harmless to repeat. */
export function threadReactions(parts: Parts) {
  const { platform, store } = parts;
  const ending = createEnding(parts);
  const { activity, lookups, notices, search } = platform;

  /** What all notices about a thread have in common; null when it has gone. */
  const about = (thread: ThreadRecord): Pick<Notice, 'path' | 'audience'> => ({
    path: [{ kind: 'thread', id: thread.id }, ...stepsOf(thread.subject, thread.workspaceId)],
    audience: async (personIds) => {
      const audience = await audienceOf(platform, thread.subject, thread.visibility);
      return new Set(personIds.filter((id) => audience.has(id)));
    },
  });

  const noted = async (deed: Deed, thread: ThreadRecord, done: Pick<DeedDone, 'id' | 'by' | 'at'>): Promise<void> =>
    activity.note({ ...done, deed, path: about(thread).path, staff: thread.visibility === 'staff' });

  const told = async (event: DomainEvent, thread: ThreadRecord, reply: ReplyRecord): Promise<void> => {
    if (reply.deleted !== null) return;
    const { authorId: by, createdAt: at } = reply;
    if (reply.seq === 1) await noted('thread-opened', thread, { id: thread.id, by, at });
    else await noted('thread-replied', thread, { id: idOfOngoing('thread-replied', thread.id, by, at), by, at });
    await notices.tell({
      ...about(thread),
      eventId: eventOfReply(reply.id),
      what: reply.seq === 1 ? 'opened' : 'replied',
      by: reply.authorId,
      at: event.at,
      anchor: anchorOf(reply.id),
      mentioned: peopleIn(reply),
      // Who has written in it since it was opened knows of it.
      participants: reply.seq === 1 ? [] : thread.participantIds,
    });
  };

  const opened = async (event: DomainEvent): Promise<void> => {
    const thread = await store.get(idIn(event, 'threadId'));
    const first = thread === null ? undefined : (await store.firsts([thread.id])).get(thread.id);
    if (thread !== null && first !== undefined) await told(event, thread, first);
  };

  const replied = async (event: DomainEvent): Promise<void> => {
    const [thread, reply] = await Promise.all([
      store.get(idIn(event, 'threadId')),
      store.reply(idIn(event, 'replyId')),
    ]);
    if (thread !== null && reply !== null) await told(event, thread, reply);
  };

  const settled = (what: 'resolved' | 'reopened' | 'answered') => async (event: DomainEvent) => {
    const thread = await store.get(idIn(event, 'threadId'));
    if (thread === null || event.actorId === undefined) return;
    await noted(`thread-${what}`, thread, { id: event.id, by: event.actorId, at: event.at });
    await notices.tell({
      ...about(thread),
      eventId: event.id,
      what,
      by: event.actorId,
      at: event.at,
      ...(what === 'answered' && thread.answerId !== null ? { anchor: anchorOf(thread.answerId) } : {}),
      mentioned: [],
      participants: thread.participantIds,
    });
  };

  /** Threads go where their document is now, however many moves there were and in whatever order they are told. */
  const follow = async (event: DomainEvent): Promise<void> => {
    const documentId = idIn(event, 'documentId');
    const place = (await lookups.documentPlaces.of([documentId])).get(documentId);
    if (place !== undefined) await store.follow(documentId, place.workspaceId);
  };

  /** All messages of a thread are found by what it is called and where it is. */
  const found = async (event: DomainEvent): Promise<void> =>
    search.changed(MESSAGES, await store.replyIds(idIn(event, 'threadId')));
  const foundReply = (event: DomainEvent): void => search.changed(MESSAGES, [idIn(event, 'replyId')]);
  const foundAfter = (react: (event: DomainEvent) => Promise<void>) => async (event: DomainEvent) => {
    foundReply(event);
    await react(event);
  };

  return {
    'documents.moved': follow,
    'threads.opened': async (event: DomainEvent) => {
      await found(event);
      await opened(event);
    },
    'threads.changed': found,
    'threads.moved': found,
    'threads.replied': foundAfter(replied),
    'threads.reply-edited': foundAfter(replied),
    'threads.reply-deleted': foundAfter(async (event) => {
      await notices.takeBack(eventOfReply(idIn(event, 'replyId')));
      const { fileIds } = event.data;
      if (Array.isArray(fileIds)) await ending.letGo(fileIds.map(String));
    }),
    'threads.resolved': settled('resolved'),
    'threads.reopened': settled('reopened'),
    'threads.answered': settled('answered'),
    'threads.removed': async (event: DomainEvent) => {
      await found(event);
      await ending.remove(idIn(event, 'threadId'));
    },
  };
}
