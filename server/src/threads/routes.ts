import { type Actor, Problem } from '@concert/contract';
import { atLeast } from '@concert/domain/access/roles.ts';
import { threadsApi } from '@concert/domain/threads/api.ts';
import { mayArrange, mayModerate, mayReply, maySettle } from '@concert/domain/threads/rules.ts';
import { implement } from '@orpc/server';
import { z } from 'zod';
import type { Subject } from '../platform/access/access.ts';
import { disposition } from '../platform/files/names.ts';
import { readCursor, writeCursor } from '../platform/http/cursor.ts';
import type { Context } from '../platform/http/route.ts';
import { requireActorWithinLimits, tokenLimited } from '../platform/http/route.ts';
import type { PassageRange } from '../platform/passages.ts';
import { requireSmall } from './attachments.ts';
import { createChanging } from './changing.ts';
import { createMentionable } from './mentionable.ts';
import type { Parts } from './parts.ts';
import type { Mark, ThreadRecord } from './records.ts';
import { replyViews } from './reply-views.ts';
import { doors, forbid, readableFor, requireWritable, stateOf, visibilitiesFor } from './standing.ts';
import { placeOf, type ThreadChange, type ThreadFilter, type ThreadPlace } from './store.ts';
import { createTelling } from './telling.ts';
import { threadViews } from './views.ts';
import { createOpening, createReplying } from './writing.ts';

const Place = z.tuple([
  z.number().int().min(0).max(8.64e15),
  z.number().int().min(0).max(8.64e15),
  z.string().min(1).max(64),
]);
const ReplyPlace = z.tuple([z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)]);

const placeFrom = (cursor: string | undefined): ThreadPlace | undefined => {
  if (cursor === undefined) return undefined;
  const [pinnedAt, at, id] = readCursor(cursor, Place);
  return { pinnedAt, at, id };
};

const workspaceOf = (id: string) => ({ kind: 'workspace', id }) as const;
const documentOf = (id: string) => ({ kind: 'document', id }) as const;
const notFound = (): Problem => new Problem('NOT_FOUND', 'not-found');

type Builder = ReturnType<typeof builder>;
const builder = () => implement(threadsApi).$context<Context>().use(requireActorWithinLimits);

/** The routes of discussions. */
export function threadRoutes(parts: Parts) {
  const os = builder();
  return os.router({
    ...listRoutes(parts, os),
    ...ownRoutes(parts, os),
    ...replyRoutes(parts, os),
  });
}

type ListInput = {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly state?: 'open' | 'resolved' | undefined;
  readonly mine?: boolean | undefined;
};

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(Buffer.from(base64, 'base64'));
const rangeOf = ({ start, end }: { start: string; end: string }): PassageRange => ({
  start: bytesOf(start),
  end: bytesOf(end),
});

/** Lists, and opening threads. */
function listRoutes(parts: Parts, os: Builder) {
  const { platform, store } = parts;
  const { access, lookups } = platform;
  const door = doors(parts);
  const views = threadViews(parts);
  const openThread = createOpening(parts);
  const mentionable = createMentionable(platform);

  /**
   * A page of threads that are where they say: one about a document that is in the trash, or on its way to another
   * workspace, is left out. What is left out is made up for, so that a page is full while there is more.
   */
  const page = async (actor: Actor, input: ListInput, readable: Omit<ThreadFilter, 'limit' | 'after'>) => {
    const { limit } = input;
    const kept: ThreadRecord[] = [];
    let after = placeFrom(input.cursor);
    for (let more = true; more && kept.length <= limit; ) {
      const found = await store.list({ ...readable, after, limit });
      more = found.length > limit;
      const batch = found.slice(0, limit);
      const places = await lookups.documentPlaces.of(
        batch.flatMap(({ subject }) => (subject.kind === 'document' ? [subject.id] : [])),
      );
      kept.push(
        ...batch.filter(({ subject, workspaceId }) => {
          if (subject.kind === 'workspace') return true;
          const place = places.get(subject.id);
          const shown = readable.subjectId !== undefined || place?.trashed === false;
          return shown && place?.workspaceId === workspaceId;
        }),
      );
      const last = batch.at(-1);
      if (last === undefined) break;
      after = placeOf(last, readable.pinnedFirst);
    }
    const shown = kept.slice(0, limit);
    const last = shown.at(-1);
    const items = await views.threads(actor, shown);
    if (kept.length <= limit || last === undefined) return { items };
    const { pinnedAt, at, id } = placeOf(last, readable.pinnedFirst);
    return { items, next: writeCursor([pinnedAt, at, id]) };
  };

  const optionsOf = ({ state, mine }: ListInput, actor: Actor) => ({
    state,
    participantId: mine === true ? actor.personId : undefined,
  });

  const inWorkspace = {
    list: os.workspaces.list.handler(async ({ input, context: { actor } }) => {
      const { participant } = await door.at(actor, workspaceOf(input.id));
      const { denied } = await access.reach(actor);
      return page(actor, input, {
        ...optionsOf(input, actor),
        workspaces: [{ ids: [input.id], visibilities: visibilitiesFor(participant) }],
        without: [...denied],
        pinnedFirst: true,
      });
    }),
    open: os.workspaces.open.handler(async ({ input: { id, ...opening }, context: { actor } }) => {
      const subject: Subject = workspaceOf(id);
      const thread = await openThread(await door.at(actor, subject), { subject, ...opening });
      return views.detail(await door.thread(actor, thread.id));
    }),
    mentionable: os.workspaces.mentionable.handler(async ({ input: { id, ...wanted }, context: { actor } }) => {
      return { items: await mentionable(await door.at(actor, workspaceOf(id)), workspaceOf(id), wanted) };
    }),
  };

  const aboutDocument = {
    list: os.documents.list.handler(async ({ input, context: { actor } }) => {
      const { participant, standing } = await door.at(actor, documentOf(input.id));
      const visibilities = visibilitiesFor(participant);
      return page(actor, input, {
        ...optionsOf(input, actor),
        workspaces: [{ ids: [standing.workspaceId], visibilities }],
        subjectId: input.id,
        pinnedFirst: true,
      });
    }),
    open: os.documents.open.handler(async ({ input: { id, anchor, ...opening }, context: { actor } }) => {
      const subject: Subject = documentOf(id);
      const thread = await openThread(await door.at(actor, subject), {
        subject,
        ...opening,
        ...(anchor === undefined ? {} : { range: rangeOf(anchor) }),
      });
      return views.detail(await door.thread(actor, thread.id));
    }),
    mentionable: os.documents.mentionable.handler(async ({ input: { id, ...wanted }, context: { actor } }) => {
      return { items: await mentionable(await door.at(actor, documentOf(id)), documentOf(id), wanted) };
    }),
  };

  return {
    workspaces: inWorkspace,
    documents: aboutDocument,
    list: os.list.handler(async ({ input, context: { actor } }) =>
      page(actor, input, {
        ...optionsOf(input, actor),
        ...readableFor(actor, await access.reach(actor)),
        pinnedFirst: false,
      }),
    ),
  };
}

/** One thread. */
function ownRoutes(parts: Parts, os: Builder) {
  const { platform, store } = parts;
  const { limits, live, notices, passages, ports } = platform;
  const door = doors(parts);
  const views = threadViews(parts);
  const changing = createChanging(parts);
  const telling = createTelling(parts);

  return {
    get: os.get.handler(async ({ input, context: { actor } }) => views.detail(await door.thread(actor, input.id))),
    update: os.update.handler(async ({ input: { id, ...wanted }, context: { actor } }) => {
      const present = await door.thread(actor, id);
      const { participant, thread } = present;
      const { title, state, pinned, locked, answerId } = wanted;
      // Every right is asked for before anything is done, so that a refusal changes nothing.
      if (answerId != null && (await answerIn(thread, answerId)) === null) throw notFound();
      requireWritable(present);
      if (title !== undefined || answerId !== undefined) forbid(mayArrange(participant, stateOf(thread)));
      if (state !== undefined) forbid(maySettle(participant, stateOf(thread)));
      if (pinned !== undefined || locked !== undefined) forbid(mayModerate(participant));
      const mark: Mark = { by: actor.personId, at: ports.now() };
      const marked = (on: boolean, before: Mark | null): Mark | null => (on ? (before ?? mark) : null);
      const change: ThreadChange = {
        ...(title === undefined ? {} : { title }),
        ...(state === undefined ? {} : { resolved: marked(state === 'resolved', thread.resolved) }),
        ...(pinned === undefined ? {} : { pinned: marked(pinned, thread.pinned) }),
        ...(locked === undefined ? {} : { locked: marked(locked, thread.locked) }),
        ...(answerId === undefined ? {} : { answerId }),
      };
      if (Object.keys(change).length === 0) return views.detail(present);
      await changing.change(present, change, eventOf(wanted));
      return views.detail(await door.thread(actor, id));
    }),
    move: os.move.handler(async ({ input: { id, workspaceId, documentId }, context: { actor } }) => {
      const present = await door.thread(actor, id);
      const target = await door.at(actor, workspaceOf(workspaceId));
      const subject: Subject = documentId === undefined ? workspaceOf(workspaceId) : documentOf(documentId);
      const there = documentId === undefined ? target : await door.at(actor, subject);
      if (there.standing.workspaceId !== workspaceId) throw notFound();
      requireWritable(present);
      requireWritable(there);
      forbid(mayModerate(present.participant));
      if (!atLeast(there.participant.role, 'editor')) throw new Problem('FORBIDDEN', 'not-an-editor');
      if (!visibilitiesFor(there.participant).includes(present.thread.visibility))
        throw new Problem('FORBIDDEN', 'not-staff');
      const { thread } = present;
      const stays = subject.id === thread.subject.id;
      await changing.change(present, { subject, workspaceId, ...(stays ? {} : { anchor: null }) }, 'threads.moved');
      // The passage stays behind; a mark that is left there by a crash says nothing.
      if (thread.anchor && !stays) await passages.unmark(thread.subject.id, thread.anchor.id);
      return views.detail(await door.thread(actor, id));
    }),
    remove: os.remove.handler(async ({ input, context: { actor } }) => {
      await changing.remove(await door.thread(actor, input.id));
      return {};
    }),
    read: os.read.handler(async ({ input: { id, seq }, context: { actor } }) => {
      const { thread } = await door.thread(actor, id);
      const upTo = { seq: Math.min(seq, thread.seq), at: ports.now() };
      const readSeq = await store.noteRead(actor.personId, id, upTo);
      if (readSeq >= thread.seq) await notices.read(actor.personId, { kind: 'thread', id });
      live.toPerson(actor.personId, 'thread.read', { threadId: id });
      return { readSeq };
    }),
    typing: os.typing.handler(async ({ input, context: { actor } }) => {
      const present = await door.thread(actor, input.id);
      requireWritable(present);
      forbid(mayReply(present.participant, stateOf(present.thread)));
      await limits.require('signsOfPerson', actor.personId, 'too-many-signs');
      telling.typing(present.thread, actor.personId);
      return {};
    }),
  };

  async function answerIn(thread: ThreadRecord, replyId: string) {
    const reply = await store.reply(replyId);
    return reply !== null && reply.threadId === thread.id && reply.deleted === null ? reply : null;
  }
}

/** What a change of a thread is called where it is told. */
function eventOf({ state, answerId }: { state?: string | undefined; answerId?: string | null | undefined }): string {
  if (state !== undefined) return state === 'resolved' ? 'threads.resolved' : 'threads.reopened';
  return answerId == null ? 'threads.changed' : 'threads.answered';
}

/** Replies. */
function replyRoutes(parts: Parts, os: Builder) {
  const { platform, store } = parts;
  const { limits } = platform;
  const door = doors(parts);
  const views = replyViews(parts);
  const replying = createReplying(parts);
  const changing = createChanging(parts);
  const { tell } = createTelling(parts);
  type Reacting = { readonly id: string; readonly reaction: Parameters<typeof store.setReaction>[1]['reaction'] };
  const setReaction = async (actor: Actor, { id, reaction }: Reacting, on: boolean) => {
    const present = await door.reply(actor, id);
    requireWritable(present);
    forbid(mayReply(present.participant, stateOf(present.thread)));
    await limits.require('signsOfPerson', actor.personId, 'too-many-signs');
    const after = await store.setReaction(id, { reaction, personId: actor.personId, on });
    if (after === null) throw new Problem('FORBIDDEN', 'reply-deleted');
    tell(present.thread);
    return views.reply(present, after);
  };
  return {
    replies: os.replies.handler(async ({ input: { id, limit, cursor, after }, context: { actor } }) => {
      const present = await door.thread(actor, id);
      const [from] = cursor === undefined ? [after ?? 0] : readCursor(cursor, ReplyPlace);
      const found = await store.replies(id, from, limit);
      const items = await views.replies(present, found.slice(0, limit));
      const last = items.at(-1);
      return found.length > limit && last !== undefined ? { items, next: writeCursor([last.seq]) } : { items };
    }),
    reply: os.reply.handler(async ({ input: { id, ...sent }, context: { actor } }) => {
      const present = await door.thread(actor, id);
      return views.reply(present, await replying(present, sent));
    }),
    attach: os.attach.handler(async ({ input: { file }, context: { actor } }) => {
      // A limited token reaches what it is limited to; what is uploaded belongs to nothing yet.
      if (actor.limits !== undefined) throw tokenLimited();
      requireSmall(file);
      await limits.require('attachmentsOfPerson', actor.personId, 'too-many-files');
      return parts.attachments.put(file, actor.personId);
    }),
    attachment: os.attachment.handler(async ({ input: { id, fileId }, context: { actor } }) => {
      const { reply } = await door.reply(actor, id);
      const known = reply.attachments?.find((file) => file.id === fileId);
      const bytes = known === undefined ? null : await parts.attachments.read(fileId);
      if (known === undefined || bytes === null) throw notFound();
      return {
        headers: {
          'cache-control': 'private, no-store',
          'x-content-type-options': 'nosniff',
          'content-security-policy': "sandbox; default-src 'none'",
          'cross-origin-resource-policy': 'same-origin',
          // Whatever it says it is: nothing that somebody uploads is ever a page of this site.
          'content-disposition': disposition('attachment', known.name),
        },
        body: new Blob([bytes], { type: 'application/octet-stream' }),
      };
    }),
    editReply: os.editReply.handler(async ({ input: { id, body }, context: { actor } }) => {
      const present = await door.reply(actor, id);
      return views.reply(present, await changing.edit(present, body));
    }),
    removeReply: os.removeReply.handler(async ({ input: { id }, context: { actor } }) => {
      const present = await door.reply(actor, id);
      return views.reply(present, await changing.removeReply(present));
    }),
    history: os.history.handler(async ({ input: { id }, context: { actor } }) => {
      const { reply, ...present } = await door.reply(actor, id);
      const states = await views.history(present, reply);
      return { items: states };
    }),
    react: os.react.handler(({ input, context: { actor } }) => setReaction(actor, input, true)),
    unreact: os.unreact.handler(({ input, context: { actor } }) => setReaction(actor, input, false)),
  };
}
