import { Problem } from '@concert/contract';
import { MAX_EDITS, mayDeleteReply, mayDeleteThread, mayEditReply } from '@concert/domain/threads/rules.ts';
import { messageFrom, requireMentionable } from './messages.ts';
import type { Parts } from './parts.ts';
import type { ReplyRecord, ThreadRecord } from './records.ts';
import { forbid, type InThread, requireWritable, stateOf } from './standing.ts';
import type { ThreadChange } from './store.ts';
import { createTelling } from './telling.ts';

const gone = (): Problem => new Problem('NOT_FOUND', 'not-found');

/** Changing and taking back what was written. */
export function createChanging(parts: Parts) {
  const { platform, store } = parts;
  const { outbox, ports } = platform;
  const { tell, wake } = createTelling(parts);

  const edit = async (present: InThread & { reply: ReplyRecord }, body: unknown): Promise<ReplyRecord> => {
    const { actor, participant, thread, reply: known } = present;
    requireWritable(present);
    const { authorId, deleted } = known;
    forbid(mayEditReply(participant, stateOf(thread), { authorId, deleted: deleted !== null }));
    const { json, mentions } = messageFrom(body);
    await requireMentionable(platform, { ...present, ...thread }, mentions);
    if (known.body === null) throw gone();
    const now = ports.now();
    const at = known.editedAt ?? known.createdAt;
    const edits = [...known.edits, { body: known.body, at }].slice(-MAX_EDITS);
    const data = { threadId: thread.id, replyId: known.id };
    const event = outbox.event('threads.reply-edited', data, actor.personId);
    const after = await store.rewrite(known, { body: json, mentions, editedAt: now, edits }, [event]);
    if (after === null) throw new Problem('CONFLICT', 'changed-meanwhile');
    wake();
    tell(thread);
    return after;
  };

  const removeReply = async (present: InThread & { reply: ReplyRecord }): Promise<ReplyRecord> => {
    const { actor, participant, thread, reply: known } = present;
    requireWritable(present);
    forbid(mayDeleteReply(participant, { authorId: known.authorId, deleted: known.deleted !== null }));
    const deleted = { by: actor.personId, at: ports.now() };
    const data = { threadId: thread.id, replyId: known.id };
    const fileIds = (known.attachments ?? []).map((file) => file.id);
    const event = outbox.event('threads.reply-deleted', { ...data, fileIds }, actor.personId);
    const change = { attachments: [], body: null, mentions: [], reactions: {}, edits: [], deleted };
    const after = await store.rewrite(known, change, [event]);
    if (after === null) throw new Problem('CONFLICT', 'changed-meanwhile');
    await store.noAnswer(thread.id, known.id);
    wake();
    tell(thread);
    return after;
  };

  const change = async (present: InThread, what: ThreadChange, type: string): Promise<ThreadRecord> => {
    const { actor, thread } = present;
    const event = outbox.event(type, { threadId: thread.id }, actor.personId);
    const after = await store.change(thread, what, [event]);
    if (after === null) throw new Problem('CONFLICT', 'changed-meanwhile');
    wake();
    tell(after);
    // Where it was, it has to disappear.
    if (after.workspaceId !== thread.workspaceId || after.subject.id !== thread.subject.id) tell(thread);
    return after;
  };

  const remove = async (present: InThread): Promise<void> => {
    requireWritable(present);
    forbid(mayDeleteThread(present.participant, stateOf(present.thread)));
    await change(present, { removed: { by: present.actor.personId, at: ports.now() } }, 'threads.removed');
  };

  return { edit, removeReply, change, remove };
}
