import type { Actor } from '@concert/contract';
import type { Thread, ThreadDetail } from '@concert/domain/threads/api.ts';
import { mayArrange, mayDeleteThread, mayModerate, mayReply, maySettle } from '@concert/domain/threads/rules.ts';
import { plainText } from '@concert/editor/body-text.ts';
import { namedMessage } from '@concert/editor/message.ts';
import { authorIn, byOf, markIn } from './faces.ts';
import { mentionNames } from './messages.ts';
import type { Parts } from './parts.ts';
import type { ThreadRecord } from './records.ts';
import { type InThread, mayWriteAt, stateOf } from './standing.ts';

const EXCERPT = 240;
const PARTICIPANTS = 5;

/** The beginning of a text on one line, cut at a space. */
export function excerptOf(text: string, length = EXCERPT): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= length) return line;
  const cut = line.lastIndexOf(' ', length);
  return `${line.slice(0, cut > length / 2 ? cut : length)}…`;
}

/** Titles of what threads are about. A workspace is named to those alone who may read it: to them come its threads. */
export async function titlesOf(
  { platform: { lookups } }: Pick<Parts, 'platform'>,
  threads: readonly ThreadRecord[],
): Promise<(thread: ThreadRecord) => string> {
  const ids = (kind: string) => threads.flatMap(({ subject }) => (subject.kind === kind ? [subject.id] : []));
  const [workspaces, documents] = await Promise.all([
    lookups.workspaceNames.of(ids('workspace')),
    lookups.documentPlaces.of(ids('document')),
  ]);
  return ({ subject: { kind, id } }) => (kind === 'workspace' ? workspaces.get(id) : documents.get(id)?.title) ?? '';
}

/** Shows threads as the contract declares them, each to one reader. */
export function threadViews({ platform, store }: Parts) {
  const { auth } = platform;

  const unreadOf = async (actor: Actor, threads: readonly ThreadRecord[]) => {
    const read = await store.readBy(
      actor.personId,
      threads.map(({ id }) => id),
    );
    const counts = await Promise.all(
      threads.map(async ({ id, seq }) => {
        const upTo = read.get(id) ?? 0;
        return [id, seq > upTo ? await store.unread(id, actor.personId, upTo) : 0] as const;
      }),
    );
    return { read, unread: new Map(counts) };
  };

  const threads = async (actor: Actor, records: readonly ThreadRecord[]): Promise<Thread[]> => {
    const ids = records.map(({ id }) => id);
    const [firsts, counts, titleOf, { unread }] = await Promise.all([
      store.firsts(ids),
      store.counts(ids),
      titlesOf({ platform }, records),
      unreadOf(actor, records),
    ]);
    const mentions = [...firsts.values()].flatMap((first) => first.mentions);
    const personIds = records.flatMap(({ openedBy, participantIds, resolved, pinned, locked }) => [
      openedBy,
      ...participantIds.slice(-PARTICIPANTS),
      ...[resolved, pinned, locked].flatMap(byOf),
    ]);
    const [people, names] = await Promise.all([
      auth.people.byIds([...new Set(personIds)]),
      mentionNames(platform, actor, mentions),
    ]);
    return records.map((record) => {
      const body = firsts.get(record.id)?.body ?? null;
      const { resolved, pinned, locked, answerId, anchor, title } = record;
      return {
        id: record.id,
        workspaceId: record.workspaceId,
        subject: { ...record.subject, title: titleOf(record) },
        ...(title === null ? {} : { title }),
        visibility: record.visibility,
        openedBy: authorIn(people, record.openedBy),
        createdAt: record.createdAt.toISOString(),
        excerpt: body === null ? '' : excerptOf(plainText(namedMessage(body, names))),
        replyCount: counts.get(record.id) ?? 0,
        unreadCount: unread.get(record.id) ?? 0,
        participants: record.participantIds
          .slice(-PARTICIPANTS)
          .reverse()
          .map((id) => authorIn(people, id)),
        lastReplyAt: record.lastReplyAt.toISOString(),
        ...(resolved === null ? {} : { resolved: markIn(people, resolved) }),
        ...(pinned === null ? {} : { pinned: markIn(people, pinned) }),
        ...(locked === null ? {} : { locked: markIn(people, locked) }),
        ...(answerId === null ? {} : { answerId }),
        ...(anchor == null ? {} : { anchor }),
      };
    });
  };

  const detail = async (present: InThread): Promise<ThreadDetail> => {
    const { actor, participant, thread } = present;
    const [[shown], read] = await Promise.all([threads(actor, [thread]), store.readBy(actor.personId, [thread.id])]);
    if (shown === undefined) throw new Error('a thread was not shown');
    const state = stateOf(thread);
    const writable = mayWriteAt(present).ok;
    return {
      ...shown,
      readSeq: read.get(thread.id) ?? 0,
      may: {
        reply: writable && mayReply(participant, state).ok,
        settle: writable && maySettle(participant, state).ok,
        arrange: writable && mayArrange(participant, state).ok,
        moderate: writable && mayModerate(participant).ok,
        remove: writable && mayDeleteThread(participant, state).ok,
      },
    };
  };

  return { threads, detail };
}
