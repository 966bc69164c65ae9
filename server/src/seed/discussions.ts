import type { BodyJson, NodeJson } from '@concert/editor/body-json.ts';
import { blocks } from '@concert/editor/markup.ts';
import { mentionsIn } from '@concert/editor/message.ts';
import type { Platform } from '../platform/module.ts';
import { isDuplicate } from '../platform/mongo/errors.ts';
import type { ReplyRecord, ThreadRecord } from '../threads/records.ts';
import { threadStore } from '../threads/store.ts';
import { DISCUSSIONS } from './content/discussions.ts';
import { DOCUMENTS } from './content/documents.ts';
import type { SeedReply, SeedThread } from './content/types.ts';
import { demoId, personIn } from './people.ts';

type People = ReadonlyMap<string, string>;

const MENTION = /@\{(?:(body|document):)?([a-z0-9-]+)\}/;

/** A piece of text with its mentions as nodes of their own. */
function withMentions(node: NodeJson, people: People): NodeJson[] {
  if (node.content !== undefined)
    return [{ ...node, content: node.content.flatMap((child) => withMentions(child, people)) }];
  const found = node.text === undefined ? null : MENTION.exec(node.text);
  if (found === null || node.text === undefined) return [node];
  const [written, kind = 'person', short = ''] = found;
  const id = kind === 'person' ? personIn(people, short) : demoId(short);
  const text = (part: string): NodeJson[] => (part === '' ? [] : [{ ...node, text: part }]);
  const [before, after] = [node.text.slice(0, found.index), node.text.slice(found.index + written.length)];
  return [
    ...text(before),
    { type: 'mention', attrs: { kind, id } },
    ...text(after).flatMap((rest) => withMentions(rest, people)),
  ];
}

function replyOf(thread: SeedThread, { by, at, body, reactions = {} }: SeedReply, seq: number, people: People) {
  const json: BodyJson = { type: 'doc', content: blocks(body).flatMap((block) => withMentions(block, people)) };
  const record: ReplyRecord = {
    id: demoId(`reply-${thread.id}-${seq}`),
    threadId: demoId(`thread-${thread.id}`),
    seq,
    authorId: personIn(people, by),
    body: json,
    mentions: [...new Map(mentionsIn(json).map((one) => [`${one.kind}:${one.id}`, one])).values()],
    reactions: Object.fromEntries(
      Object.entries(reactions).map(([reaction, who]) => [reaction, who.map((short) => personIn(people, short))]),
    ),
    createdAt: new Date(at),
    editedAt: null,
    edits: [],
    deleted: null,
    rev: 0,
  };
  return record;
}

const workspaceOf = ({ on: { kind, id } }: SeedThread): string =>
  demoId(kind === 'workspace' ? id : (DOCUMENTS.find((document) => document.id === id)?.workspace ?? ''));

function threadOf(source: SeedThread, replies: readonly ReplyRecord[], people: People): ThreadRecord {
  const [first] = replies;
  const last = replies.at(-1);
  if (first === undefined || last === undefined) throw new Error(`the discussion ${source.id} has no beginning`);
  const answer = source.answer === undefined ? undefined : replies[source.answer - 1];
  return {
    id: first.threadId,
    workspaceId: workspaceOf(source),
    subject: { kind: source.on.kind, id: demoId(source.on.id) },
    visibility: source.staff ? 'staff' : 'everyone',
    title: source.title ?? null,
    openedBy: first.authorId,
    createdAt: first.createdAt,
    seq: last.seq,
    lastReplyAt: last.createdAt,
    participantIds: [...new Set(replies.map(({ authorId }) => authorId))],
    resolved: source.resolvedBy === undefined ? null : { by: personIn(people, source.resolvedBy), at: last.createdAt },
    pinned: source.pinned ? { by: first.authorId, at: first.createdAt } : null,
    locked: null,
    answerId: answer?.id ?? null,
    removed: null,
  };
}

/** The discussions of the demonstration; what is there already stays as it is. */
export async function seedDiscussions({ db, outbox }: Platform, people: People): Promise<void> {
  const store = threadStore(db);
  for (const source of DISCUSSIONS) {
    const replies = source.replies.map((reply, at) => replyOf(source, reply, at + 1, people));
    for (const reply of replies)
      await store.addReply(reply, undefined, []).catch((error: unknown) => {
        if (!isDuplicate(error)) throw error;
      });
    const thread = threadOf(source, replies, people);
    await store.add(thread, outbox.event('threads.opened', { threadId: thread.id }, thread.openedBy));
  }
}
