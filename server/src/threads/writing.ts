import { type Actor, Problem } from '@concert/contract';
import { mayModerate, mayReply, type Visibility } from '@concert/domain/threads/rules.ts';
import type { Subject } from '../platform/access/access.ts';
import { isDuplicate } from '../platform/mongo/errors.ts';
import type { PassageRange } from '../platform/passages.ts';
import { messageFrom, requireMentionable } from './messages.ts';
import type { Parts } from './parts.ts';
import type { ReplyRecord, ThreadRecord } from './records.ts';
import { forbid, type InThread, type Present, requireWritable, stateOf, visibilitiesFor } from './standing.ts';
import { createTelling } from './telling.ts';

/** What somebody sends: a text, and files that they have uploaded. */
type Sent = { readonly body: unknown; readonly attachments?: readonly string[] | undefined };

type Opening = Sent & {
  readonly subject: Subject;
  readonly title?: string | undefined;
  readonly visibility: Visibility;
  readonly key?: string | undefined;
  /** The passage of a document that it is to be about. */
  readonly range?: PassageRange | undefined;
};

const keyFor = (actor: Actor, key: string | undefined): string | undefined =>
  key === undefined ? undefined : `${actor.personId}:${key}`;

const gone = (): Problem => new Problem('NOT_FOUND', 'not-found');
const usedKey = (): Problem => new Problem('CONFLICT', 'key-used');

/** What is common to the first reply of a thread and to all others. */
function createDrafts({ platform: { ports }, store, attachments }: Parts) {
  /** [T14] What a request says that was carried out before, if it was. */
  const before = async (keyOf: string | undefined): Promise<ReplyRecord | null> =>
    keyOf === undefined ? null : store.withKey(keyOf);

  const blankReply = async (
    actor: Actor,
    { body, attachments: fileIds = [] }: Sent,
  ): Promise<Omit<ReplyRecord, 'threadId' | 'seq'>> => {
    const { json, mentions } = messageFrom(body);
    return {
      id: ports.newId(),
      authorId: actor.personId,
      body: json,
      mentions,
      attachments: await attachments.ownedBy(actor.personId, [...new Set(fileIds)]),
      reactions: {},
      createdAt: ports.now(),
      editedAt: null,
      edits: [],
      deleted: null,
      rev: 0,
    };
  };

  return { before, blankReply };
}

/** Opening threads. */
export function createOpening(parts: Parts) {
  const { platform, store } = parts;
  const { limits, outbox, ports } = platform;
  const { tell, wake } = createTelling(parts);
  const { before, blankReply } = createDrafts(parts);

  /**
   * [T15] The mark is laid before the thread is there: a mark alone says nothing to anybody. Its id is none that leads to
   * the thread (T17).
   */
  const anchored = async ({ subject, range }: Opening) => {
    if (range === undefined || subject.kind !== 'document') return null;
    const id = ports.newRandomId();
    return { id, ...(await platform.passages.mark(subject.id, id, range)) };
  };

  /**
   * The first reply is written before its thread: a thread without a beginning would show nothing, a reply without its
   * thread is nowhere to be seen, and is found again by its key.
   */
  const open = async ({ actor, participant, standing }: Present, opening: Opening): Promise<ThreadRecord> => {
    requireWritable({ standing });
    if (!visibilitiesFor(participant).includes(opening.visibility)) throw new Problem('FORBIDDEN', 'not-staff');
    const first = await blankReply(actor, opening);
    await requireMentionable(platform, { actor, participant, subject: opening.subject }, first.mentions);
    await limits.require('repliesOfPerson', actor.personId, 'too-many-replies');
    const keyOf = keyFor(actor, opening.key);
    const written = async (): Promise<ReplyRecord> => {
      const known = await before(keyOf);
      if (known !== null) return known;
      const reply = { ...first, threadId: ports.newId(), seq: 1 };
      try {
        await store.addReply(reply, keyOf, []);
        return reply;
      } catch (error) {
        const other = isDuplicate(error) ? await before(keyOf) : null;
        if (other === null) throw error;
        return other;
      }
    };
    const earlier = await before(keyOf);
    const stood = earlier === null ? null : await store.get(earlier.threadId);
    const anchor = stood === null ? await anchored(opening) : (stood.anchor ?? null);
    const { threadId: id, createdAt, seq } = await written();
    if (seq !== 1) throw usedKey();
    const { workspaceId } = standing;
    const thread: ThreadRecord = {
      id,
      workspaceId,
      subject: opening.subject,
      visibility: opening.visibility,
      title: opening.title ?? null,
      openedBy: actor.personId,
      createdAt,
      seq: 1,
      lastReplyAt: createdAt,
      participantIds: [actor.personId],
      resolved: null,
      pinned: null,
      locked: null,
      answerId: null,
      anchor,
      removed: null,
    };
    await store.add(thread, outbox.event('threads.opened', { threadId: id }, actor.personId));
    const stored = await store.get(id);
    if (stored === null) throw gone();
    if (stored.subject.id !== opening.subject.id) throw usedKey();
    wake();
    tell(stored);
    return stored;
  };

  return open;
}

/** Replying. */
export function createReplying(parts: Parts) {
  const { platform, store } = parts;
  const { limits, outbox } = platform;
  const { tell, wake } = createTelling(parts);
  const { before, blankReply } = createDrafts(parts);

  const reply = async (present: InThread, { key, ...sent }: Sent & { key?: string | undefined }) => {
    const { actor, participant, thread } = present;
    requireWritable(present);
    const state = stateOf(thread);
    forbid(mayReply(participant, state));
    const written = await blankReply(actor, sent);
    await requireMentionable(platform, { ...present, ...thread }, written.mentions);
    await limits.require('repliesOfPerson', actor.personId, 'too-many-replies');
    const keyOf = keyFor(actor, key);
    const same = (known: ReplyRecord): ReplyRecord => {
      if (known.threadId !== thread.id) throw usedKey();
      return known;
    };
    const known = await before(keyOf);
    if (known !== null) return same(known);
    const evenIfLocked = mayModerate(participant).ok;
    const seq = await store.nextSeq(thread, { authorId: actor.personId, at: written.createdAt, evenIfLocked });
    // Deleted, moved or locked since it was looked at.
    if (seq === null) throw new Problem('CONFLICT', 'changed-meanwhile');
    const record: ReplyRecord = { ...written, threadId: thread.id, seq };
    const data = { threadId: thread.id, replyId: record.id };
    try {
      await store.addReply(record, keyOf, [outbox.event('threads.replied', data, actor.personId)]);
    } catch (error) {
      const other = isDuplicate(error) ? await before(keyOf) : null;
      if (other === null) throw error;
      return same(other);
    }
    wake();
    tell(thread);
    return record;
  };

  return reply;
}
