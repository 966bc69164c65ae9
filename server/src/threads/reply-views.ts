import { MENTION_KINDS, type Reply } from '@concert/domain/threads/api.ts';
import { REACTIONS } from '@concert/domain/threads/reactions.ts';
import { type MessageMention, mentionsIn, namedMessage } from '@concert/editor/message.ts';
import { authorIn, byOf, markIn } from './faces.ts';
import { audienceOf, keyOfMention, mentionNames } from './messages.ts';
import type { Parts } from './parts.ts';
import type { ReplyRecord } from './records.ts';
import type { InThread } from './standing.ts';

/** Shows replies as the contract declares them, each to one reader. */
export function replyViews({ platform }: Parts) {
  const { auth } = platform;

  const replies = async (
    { actor, participant, thread }: InThread,
    records: readonly ReplyRecord[],
  ): Promise<Reply[]> => {
    const mentions = records.flatMap((record) => record.mentions);
    // Who can see it and who cannot is told to the author of a mention, who may let somebody in (access rule A18).
    const own = (record: ReplyRecord): boolean => record.authorId === actor.personId;
    const tellsReach =
      participant.workspaceRole !== null &&
      records.some((record) => own(record) && record.mentions.some(({ kind }) => kind === 'person'));
    const ids = records.flatMap(({ authorId, deleted, reactions }) => [
      authorId,
      ...byOf(deleted),
      ...Object.values(reactions).flat(),
    ]);
    const [people, names, audience] = await Promise.all([
      auth.people.byIds([...new Set(ids)]),
      mentionNames(platform, actor, mentions),
      tellsReach ? audienceOf(platform, thread.subject, thread.visibility) : new Set<string>(),
    ]);
    const mentioned = (mention: MessageMention, told: boolean): Reply['mentions'] => {
      const { id } = mention;
      const kind = MENTION_KINDS.find((known) => known === mention.kind);
      if (kind === undefined) return [];
      const name = names.get(keyOfMention(mention));
      const unreachable = told && kind === 'person' && !audience.has(id);
      return [{ kind, id, ...(name === undefined ? {} : { name }), ...(unreachable ? { unreachable } : {}) }];
    };
    return records.map((record) => ({
      id: record.id,
      threadId: record.threadId,
      seq: record.seq,
      author: authorIn(people, record.authorId),
      ...(record.body === null ? {} : { body: namedMessage(record.body, names) }),
      mentions: record.mentions.flatMap((mention) => mentioned(mention, tellsReach && own(record))),
      attachments: [...(record.attachments ?? [])],
      reactions: REACTIONS.flatMap((reaction) => {
        const who = record.reactions[reaction] ?? [];
        if (who.length === 0) return [];
        return [{ reaction, people: who.map((id) => ({ id, name: people.get(id)?.name ?? '' })) }];
      }),
      createdAt: record.createdAt.toISOString(),
      ...(record.editedAt === null ? {} : { editedAt: record.editedAt.toISOString() }),
      ...(record.deleted === null ? {} : { deleted: markIn(people, record.deleted) }),
    }));
  };

  const reply = async (present: InThread, record: ReplyRecord): Promise<Reply> => {
    const [shown] = await replies(present, [record]);
    if (shown === undefined) throw new Error('a reply was not shown');
    return shown;
  };

  /** [T4] What a reply said before, the newest first. */
  const history = async ({ actor }: InThread, { edits }: ReplyRecord) => {
    const bodies = edits.flatMap(({ body }) => mentionsIn(body));
    const names = await mentionNames(platform, actor, bodies);
    return [...edits].reverse().map(({ body, at }) => ({ body: namedMessage(body, names), at: at.toISOString() }));
  };

  return { replies, reply, history };
}
