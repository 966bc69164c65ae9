import type { Reply } from '@concert/domain/threads/api.ts';
import { messageOf } from '@concert/editor/message.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startApp, type TestApp, type TestPerson, until } from '../../test/harness.ts';
import { type Cast, castOf } from '../../test/people.ts';

let app: TestApp;
let cast: Cast;
let guest: TestPerson;
let colleague: TestPerson;

beforeAll(async () => {
  app = await startApp({ env: { RATE_LIMITS: 'off' } });
  cast = await castOf(app);
  guest = await app.as('supplier', { platformRole: 'guest' });
  colleague = await app.as('colleague');
  const { owner, workspaceId: id } = cast;
  await owner.api.workspaces.addMember({ id, email: guest.email, role: 'commenter' });
});
afterAll(() => app.stop());

const body = (text: string) => messageOf(text);
const textOf = (reply: Pick<Reply, 'body'>): string => JSON.stringify(reply.body ?? null);

const open = (who: TestPerson, text: string, over: Record<string, unknown> = {}) =>
  who.api.threads.workspaces.open({ id: cast.workspaceId, body: body(text), ...over });

const newDocument = async (title: string): Promise<string> => {
  const { owner, workspaceId } = cast;
  return (await owner.api.documents.create({ workspaceId, kind: 'note', title, locale: 'en' })).id;
};

const refusal = async (promise: Promise<unknown>): Promise<string> => {
  try {
    await promise;
  } catch (error) {
    const { status, data } = error as { status?: number; data?: { reason?: string } };
    return `${status} ${data?.reason}`;
  }
  return 'done';
};

describe('a thread', () => {
  test('[T1] a viewer opens one, another replies, and lists show it with its numbers', async () => {
    const { viewer, editor, workspaceId } = cast;
    const thread = await open(viewer, 'Who knows the lift in ward 3?', { title: 'The lift' });
    expect(thread).toMatchObject({ title: 'The lift', replyCount: 1, unreadCount: 0, visibility: 'everyone' });
    expect(thread.subject).toMatchObject({ kind: 'workspace', id: workspaceId });
    await editor.api.threads.reply({ id: thread.id, body: body('I do.') });
    const { items } = await viewer.api.threads.workspaces.list({ id: workspaceId });
    const shown = items.find(({ id }) => id === thread.id);
    expect(shown).toMatchObject({ replyCount: 2, unreadCount: 1, excerpt: 'Who knows the lift in ward 3?' });
    expect(shown?.participants.map(({ id }) => id)).toEqual([editor.id, viewer.id]);
    const { readSeq } = await viewer.api.threads.read({ id: thread.id, seq: 99 });
    expect(readSeq).toBe(2);
    expect((await viewer.api.threads.get({ id: thread.id })).unreadCount).toBe(0);
    await viewer.api.threads.read({ id: thread.id, seq: 1 });
    expect((await viewer.api.threads.get({ id: thread.id })).unreadCount).toBe(0);
  });

  test('[T1] what can only be read can only be read here too', async () => {
    const { owner, viewer } = cast;
    const id = await newDocument('To the trash');
    const thread = await viewer.api.threads.documents.open({ id, body: body('hello') });
    await owner.api.documents.trash({ id });
    expect((await viewer.api.threads.get({ id: thread.id })).may).toMatchObject({ reply: false, remove: false });
    expect(await refusal(viewer.api.threads.reply({ id: thread.id, body: body('more') }))).toBe('403 document-trashed');
    const listed = await viewer.api.threads.workspaces.list({ id: cast.workspaceId, limit: 200 });
    expect(listed.items.map((item) => item.id)).not.toContain(thread.id);
    expect((await viewer.api.threads.documents.list({ id })).items).toHaveLength(1);
    await owner.api.documents.restore({ id });
    await viewer.api.threads.reply({ id: thread.id, body: body('more') });
  });

  test('[T6] [T7] [T8] settling, pinning, locking and answering', async () => {
    const { viewer, commenter, editor, owner, workspaceId } = cast;
    const { id } = await open(viewer, 'A question');
    const { id: answerId } = await commenter.api.threads.reply({ id, body: body('An answer') });
    expect(await refusal(commenter.api.threads.update({ id, answerId }))).toBe('403 not-an-editor');
    expect((await viewer.api.threads.update({ id, answerId })).answerId).toBe(answerId);
    expect((await commenter.api.threads.update({ id, state: 'resolved' })).resolved?.by.id).toBe(commenter.id);
    expect((await viewer.api.threads.update({ id, state: 'open' })).resolved).toBeUndefined();
    expect(await refusal(commenter.api.threads.update({ id, pinned: true }))).toBe('403 not-an-editor');
    await editor.api.threads.update({ id, pinned: true, locked: true });
    expect((await owner.api.threads.workspaces.list({ id: workspaceId })).items[0]?.id).toBe(id);
    expect(await refusal(viewer.api.threads.reply({ id, body: body('more') }))).toBe('403 thread-locked');
    expect(await refusal(viewer.api.threads.react({ id: answerId, reaction: 'thanks' }))).toBe('403 thread-locked');
    await editor.api.threads.reply({ id, body: body('The last word') });
    await commenter.api.threads.removeReply({ id: answerId });
    expect((await viewer.api.threads.get({ id })).answerId).toBeUndefined();
    const { items } = await viewer.api.threads.list({ state: 'open', mine: 'true', limit: 200 });
    expect(items.map((item) => item.id)).toContain(id);
    await editor.api.threads.update({ id, pinned: false });
  });

  test('[T12] who opened one deletes it while nobody else has replied; then everything of it has gone', async () => {
    const { viewer, commenter, editor } = cast;
    const { id } = await open(viewer, 'Alone');
    const first = (await viewer.api.threads.replies({ id })).items[0];
    await viewer.api.threads.remove({ id });
    expect(await refusal(viewer.api.threads.get({ id }))).toBe('404 not-found');
    await until('the replies gone', async () => {
      const { db } = app.app.platform;
      return (await db.collection<{ _id: string }>('replies').countDocuments({ _id: first?.id ?? '' })) === 0;
    });
    const other = await open(viewer, 'Not alone');
    await commenter.api.threads.reply({ id: other.id, body: body('here') });
    expect(await refusal(viewer.api.threads.remove({ id: other.id }))).toBe('403 others-have-replied');
    await editor.api.threads.remove({ id: other.id });
    expect(await refusal(commenter.api.threads.replies({ id: other.id }))).toBe('404 not-found');
  });

  test('[T13] moves to a document, and to another workspace where the mover is an editor too', async () => {
    const { editor, owner, viewer, outsider, foreignWorkspaceId, workspaceId } = cast;
    const documentId = await newDocument('Where it belongs');
    const { id } = await open(viewer, 'Moving');
    expect(await refusal(viewer.api.threads.move({ id, workspaceId, documentId }))).toBe('403 not-an-editor');
    expect((await editor.api.threads.move({ id, workspaceId, documentId })).subject).toMatchObject({
      kind: 'document',
      title: 'Where it belongs',
    });
    expect(await refusal(editor.api.threads.move({ id, workspaceId: foreignWorkspaceId }))).toBe('404 not-found');
    const own = await owner.api.workspaces.create({ name: 'Elsewhere' });
    expect(await refusal(owner.api.threads.move({ id, workspaceId: own.id, documentId }))).toBe('404 not-found');
    await owner.api.threads.move({ id, workspaceId: own.id });
    expect(await refusal(viewer.api.threads.get({ id }))).toBe('404 not-found');
    expect(await refusal(outsider.api.threads.get({ id }))).toBe('404 not-found');
    expect((await owner.api.threads.workspaces.list({ id: own.id })).items).toHaveLength(1);
  });

  test('follows its document into another workspace', async () => {
    const { owner, viewer, workspaceId } = cast;
    const documentId = await newDocument('Travelling');
    const { id } = await viewer.api.threads.documents.open({ id: documentId, body: body('on board') });
    const there = await owner.api.workspaces.create({ name: 'There' });
    await owner.api.documents.update({ id: documentId, workspaceId: there.id });
    expect(await refusal(viewer.api.threads.get({ id }))).toBe('404 not-found');
    const listed = async (where: string) =>
      (await owner.api.threads.workspaces.list({ id: where, limit: 200 })).items.map((item) => item.id);
    expect(await listed(workspaceId)).not.toContain(id);
    await until('the thread to follow', async () => (await listed(there.id)).includes(id));
  });
});

describe('replies', () => {
  test('[T4] are changed by who wrote them, and what they said stays to be read', async () => {
    const { viewer, owner } = cast;
    const { id } = await open(viewer, 'first');
    const reply = await viewer.api.threads.reply({ id, body: body('second') });
    expect(await refusal(owner.api.threads.editReply({ id: reply.id, body: body('third') }))).toBe(
      '403 not-the-author',
    );
    const edited = await viewer.api.threads.editReply({ id: reply.id, body: body('third') });
    expect(textOf(edited)).toContain('third');
    expect(edited.editedAt).toBeDefined();
    const { items } = await owner.api.threads.history({ id: reply.id });
    expect(items.map(textOf)).toEqual([expect.stringContaining('second')]);
    for (let at = 0; at < 55; at += 1) await viewer.api.threads.editReply({ id: reply.id, body: body(`state ${at}`) });
    const kept = (await owner.api.threads.history({ id: reply.id })).items;
    expect(kept).toHaveLength(50);
    expect(textOf(kept[0] ?? {})).toContain('state 53');
  });

  test('[T5] leave their place when they are deleted, and nothing of what they said', async () => {
    const { viewer, editor, commenter } = cast;
    const { id } = await open(viewer, 'a beginning');
    const reply = await commenter.api.threads.reply({ id, body: body('a canary of deletion') });
    await commenter.api.threads.editReply({ id: reply.id, body: body('another canary of deletion') });
    await viewer.api.threads.react({ id: reply.id, reaction: 'seen' });
    expect(await refusal(viewer.api.threads.removeReply({ id: reply.id }))).toBe('403 not-the-author');
    await editor.api.threads.removeReply({ id: reply.id });
    const { items } = await viewer.api.threads.replies({ id });
    expect(items[1]).toMatchObject({ id: reply.id, seq: 2, reactions: [], deleted: { by: { id: editor.id } } });
    expect(items[1]?.body).toBeUndefined();
    expect((await viewer.api.threads.history({ id: reply.id })).items).toEqual([]);
    expect((await viewer.api.threads.get({ id })).replyCount).toBe(1);
    const stored = await app.app.platform.db.collection('replies').find().toArray();
    expect(JSON.stringify(stored)).not.toContain('canary of deletion');
    expect(await refusal(commenter.api.threads.editReply({ id: reply.id, body: body('back') }))).toBe(
      '403 reply-deleted',
    );
    expect(await refusal(viewer.api.threads.react({ id: reply.id, reaction: 'seen' }))).toBe('403 reply-deleted');
  });

  test('are reacted to once by each, however often they try', async () => {
    const { viewer, editor } = cast;
    const { id } = await open(viewer, 'Shall we?');
    const first = (await viewer.api.threads.replies({ id })).items[0];
    if (first === undefined) throw new Error('there is no first reply');
    await Promise.all(Array.from({ length: 10 }, () => editor.api.threads.react({ id: first.id, reaction: 'agree' })));
    const after = await viewer.api.threads.react({ id: first.id, reaction: 'agree' });
    expect(after.reactions).toEqual([
      {
        reaction: 'agree',
        people: [
          { id: editor.id, name: expect.any(String) },
          { id: viewer.id, name: expect.any(String) },
        ],
      },
    ]);
    const without = await editor.api.threads.unreact({ id: first.id, reaction: 'agree' });
    expect(without.reactions[0]?.people.map((person) => person.id)).toEqual([viewer.id]);
  });

  test('[T14] what is sent again under one key is one reply, also at the same moment', async () => {
    const { viewer, editor } = cast;
    const opened = await Promise.all(Array.from({ length: 5 }, () => open(viewer, 'once', { key: 'opening-1' })));
    expect(new Set(opened.map(({ id }) => id)).size).toBe(1);
    const id = opened[0]?.id ?? '';
    const sent = await Promise.all(
      Array.from({ length: 5 }, () => editor.api.threads.reply({ id, body: body('twice'), key: 'replying-1' })),
    );
    expect(new Set(sent.map((reply) => reply.id)).size).toBe(1);
    expect((await viewer.api.threads.get({ id })).replyCount).toBe(2);
    // Another's key is another key; one's own for something else is refused.
    await viewer.api.threads.reply({ id, body: body('mine'), key: 'replying-1' });
    expect(await refusal(open(editor, 'else', { key: 'replying-1' }))).toBe('409 key-used');
    const other = await open(editor, 'other');
    expect(await refusal(editor.api.threads.reply({ id: other.id, body: body('x'), key: 'replying-1' }))).toBe(
      '409 key-used',
    );
  });

  test('[T10] that are no message are refused, and nothing is left behind', async () => {
    const { viewer } = cast;
    const { id } = await open(viewer, 'in order');
    const link = (href: string) => ({
      type: 'doc',
      content: [
        { type: 'paragraph', content: [{ type: 'text', text: 'x', marks: [{ type: 'link', attrs: { href } }] }] },
      ],
    });
    const cases: [unknown, string][] = [
      [{}, '400 not-a-message'],
      [{ type: 'doc' }, '400 not-a-message'],
      [body(''), '400 message-empty'],
      [body('x'.repeat(20_001)), '400 message-too-long'],
      [link('javascript:alert(1)'), '400 link-not-allowed'],
    ];
    for (const [sent, expected] of cases)
      expect(await refusal(viewer.api.threads.reply({ id, body: sent as Record<string, unknown> }))).toBe(expected);
    expect((await viewer.api.threads.get({ id })).replyCount).toBe(1);
  });

  test('[T9] come in pages, in their order', async () => {
    const { viewer } = cast;
    const { id } = await open(viewer, '1');
    for (let at = 2; at <= 7; at += 1) await viewer.api.threads.reply({ id, body: body(String(at)) });
    const first = await viewer.api.threads.replies({ id, limit: 3 });
    const second = await viewer.api.threads.replies({ id, limit: 3, cursor: first.next ?? '' });
    const third = await viewer.api.threads.replies({ id, limit: 3, cursor: second.next ?? '' });
    const seqs = [first, second, third].flatMap(({ items }) => items.map(({ seq }) => seq));
    expect(seqs).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(third.next).toBeUndefined();
    expect((await viewer.api.threads.replies({ id, after: 5 })).items.map(({ seq }) => seq)).toEqual([6, 7]);
    expect(await refusal(viewer.api.threads.replies({ id, cursor: 'nonsense' }))).toBe('400 bad-cursor');
  });
});

describe('for whom a thread is', () => {
  test('[T2] [T3] [check 29] of a thread for staff a guest and a sharer get nothing, in no byte of any answer or event', async () => {
    const { owner, editor, viewer, workspaceId } = cast;
    const CANARY = 'canary-of-the-staff';
    const documentId = await newDocument('Shared with others');
    await owner.api.sharing.documents.grant({
      id: documentId,
      principal: { type: 'person', id: colleague.id },
      role: 'editor',
    });
    const received: string[] = [];
    const frames: string[] = [];
    const outsiders = [guest, colleague];
    for (const who of outsiders) {
      const socket = await who.live();
      socket.onAny((name, event) => frames.push(JSON.stringify([name, event])));
    }
    const heard: string[] = [];
    (await viewer.live()).on('thread.changed', ({ threadId }) => heard.push(threadId));

    const ofWorkspace = await open(editor, CANARY, { title: CANARY, visibility: 'staff' });
    const ofDocument = await editor.api.threads.documents.open({
      id: documentId,
      title: CANARY,
      body: body(CANARY),
      visibility: 'staff',
    });
    const ids = [ofWorkspace.id, ofDocument.id];
    for (const id of ids) {
      const reply = await editor.api.threads.reply({ id, body: body(CANARY) });
      await editor.api.threads.typing({ id });
      await editor.api.threads.react({ id: reply.id, reaction: 'agree' });
      await editor.api.threads.update({ id, pinned: true });
      for (const who of outsiders)
        for (const [method, path] of [
          ['GET', `/api/threads/${id}`],
          ['GET', `/api/threads/${id}/replies`],
          ['GET', `/api/replies/${reply.id}/history`],
          ['PUT', `/api/replies/${reply.id}/reactions/agree`],
          ['POST', `/api/threads/${id}/typing`],
          ['DELETE', `/api/threads/${id}`],
        ] as const) {
          const answer = await who.fetch(path, { method });
          expect([path, answer.status]).toEqual([path, 404]);
          received.push(await answer.text());
        }
    }
    // What staff may hear, they have heard by now; a thread for everyone marks the end of what the others hear.
    const end = await open(editor, 'the end');
    const endOfDocument = await editor.api.threads.documents.open({ id: documentId, body: body('the end') });
    await until('the last events', () => frames.join().includes(end.id) && frames.join().includes(endOfDocument.id));
    await until('the viewer to have heard', () => ids.every((id) => heard.includes(id)));
    for (const who of outsiders)
      for (const path of [
        `/api/workspaces/${workspaceId}/threads?limit=200`,
        `/api/documents/${documentId}/threads`,
        '/api/threads?limit=200',
        `/api/documents/${documentId}/threads?state=open&mine=true`,
      ])
        received.push(await (await who.fetch(path)).text());
    for (const text of [...received, ...frames]) {
      expect(text).not.toContain(CANARY);
      for (const id of ids) expect(text).not.toContain(id);
    }
    expect(await refusal(open(guest, 'x', { visibility: 'staff' }))).toBe('403 not-staff');
    const seen = (await viewer.api.threads.workspaces.list({ id: workspaceId, limit: 200 })).items;
    expect(ids.every((id) => seen.some((thread) => thread.id === id))).toBe(true);
  });

  test('[T2] a limited token is nobody’s staff', async () => {
    const { editor, workspaceId } = cast;
    const { id } = await open(editor, 'for staff', { visibility: 'staff' });
    const limits = [{ subject: { kind: 'workspace' as const, id: workspaceId }, role: 'editor' as const }];
    const { token } = await editor.api.accounts.createToken({ name: 'limited', limits });
    const ask = (path: string) => fetch(`${app.url}/api${path}`, { headers: { authorization: `Bearer ${token}` } });
    expect((await ask(`/threads/${id}`)).status).toBe(404);
    expect(await (await ask('/threads?limit=200')).text()).not.toContain(id);
    expect((await ask(`/workspaces/${workspaceId}/threads`)).status).toBe(200);
  });

  test('who is kept from a document by a conflict of interest is kept from its discussion', async () => {
    const { owner, editor, commenter, workspaceId } = cast;
    const documentId = await newDocument('Conflicted');
    const { id } = await editor.api.threads.documents.open({ id: documentId, body: body('kept') });
    expect((await commenter.api.threads.get({ id })).id).toBe(id);
    await owner.api.sharing.documents.deny({ id: documentId, principal: { type: 'person', id: commenter.id } });
    expect(await refusal(commenter.api.threads.get({ id }))).toBe('404 not-found');
    const lists = [
      await commenter.api.threads.list({ limit: 200 }),
      await commenter.api.threads.workspaces.list({ id: workspaceId, limit: 200 }),
    ];
    for (const { items } of lists) expect(items.map((item) => item.id)).not.toContain(id);
  });
});

describe('mentions', () => {
  const mention = (kind: string, id: string) => ({
    type: 'doc',
    content: [
      {
        type: 'paragraph',
        content: [
          { type: 'text', text: 'see ' },
          { type: 'mention', attrs: { kind, id } },
        ],
      },
    ],
  });

  test('[T11] nobody mentions what they cannot see, and nobody reads a name they may not know', async () => {
    const { owner, editor, viewer, outsider, workspaceId } = cast;
    const { id } = await open(viewer, 'mentions');
    const hidden = await outsider.api.documents.create({
      workspaceId: cast.foreignWorkspaceId,
      kind: 'note',
      title: 'A secret title',
      locale: 'en',
    });
    const send = (who: TestPerson, kind: string, what: string) =>
      who.api.threads.reply({ id, body: mention(kind, what) });
    expect(await refusal(send(viewer, 'document', hidden.id))).toBe('400 unknown-mention');
    expect(await refusal(send(viewer, 'document', 'nothing'))).toBe('400 unknown-mention');
    expect(await refusal(send(viewer, 'person', outsider.id))).toBe('400 unknown-mention');
    expect(await refusal(send(viewer, 'person', 'nobody'))).toBe('400 unknown-mention');
    expect(await refusal(send(guest, 'body', 'nothing'))).toBe('400 unknown-mention');
    const documentId = await newDocument('A title to some');
    await owner.api.sharing.documents.deny({ id: documentId, principal: { type: 'person', id: viewer.id } });
    const { mentions } = await send(editor, 'document', documentId);
    expect(mentions).toEqual([{ kind: 'document', id: documentId, name: 'A title to some' }]);
    const read = await viewer.fetch(`/api/threads/${id}/replies`);
    expect(await read.text()).not.toContain('A title to some');
    const named = await send(editor, 'person', viewer.id);
    expect(textOf(named)).toContain('"name"');
    expect(named.mentions[0]?.unreachable).toBeUndefined();
    expect((await owner.api.threads.workspaces.list({ id: workspaceId })).items.length).toBeGreaterThan(0);
  });

  test('somebody without access can be mentioned by who works with them, and is said to be out of reach', async () => {
    const { owner } = cast;
    const elsewhere = await owner.api.workspaces.create({ name: 'Side' });
    const side = await app.as('sidekick');
    await owner.api.workspaces.addMember({ id: elsewhere.id, email: side.email, role: 'viewer' });
    const { id } = await open(owner, 'inviting');
    const { mentions } = await owner.api.threads.reply({ id, body: mention('person', side.id) });
    expect(mentions).toEqual([{ kind: 'person', id: side.id, name: expect.any(String), unreachable: true }]);
    const { items } = await owner.api.threads.workspaces.mentionable({ id: cast.workspaceId, q: 'sideki' });
    expect(items).toEqual([expect.objectContaining({ id: side.id, unreachable: true })]);
  });

  test('[T11] who has a right on a document alone is told of nobody else who sees it, and of no reach', async () => {
    const { owner, editor } = cast;
    const documentId = await newDocument('Shared with one');
    const alone = await app.as('alone');
    const principal = { type: 'person', id: alone.id } as const;
    await owner.api.sharing.documents.grant({ id: documentId, principal, role: 'editor' });
    const asked = await alone.api.threads.documents.mentionable({ id: documentId, q: '' });
    expect(asked.items.filter(({ kind }) => kind === 'person')).toEqual([]);
    const { id } = await alone.api.threads.documents.open({ id: documentId, body: body('hello?') });
    expect(await refusal(alone.api.threads.reply({ id, body: mention('person', editor.id) }))).toBe(
      '400 unknown-mention',
    );
    await editor.api.threads.reply({ id, body: mention('person', alone.id) });
    // Who has answered may be called by name.
    const { mentions } = await alone.api.threads.reply({ id, body: mention('person', editor.id) });
    expect(mentions).toEqual([{ kind: 'person', id: editor.id, name: expect.any(String) }]);
  });

  test('suggestions hold what the writer may see, by the beginning of words', async () => {
    const { viewer, editor, workspaceId } = cast;
    const documentId = await newDocument('Étude de marché');
    const administrator = await app.as('founder', { platformRole: 'administrator' });
    const committee = await administrator.api.governance.create({ name: 'Comité des marchés', kind: 'committee' });
    const ask = async (who: TestPerson, q: string) =>
      (await who.api.threads.workspaces.mentionable({ id: workspaceId, q })).items.map((item) => item.id);
    expect(await ask(viewer, 'march')).toEqual(expect.arrayContaining([documentId, committee.id]));
    expect(await ask(viewer, 'etude mar')).toEqual([documentId]);
    expect(await ask(guest, 'march')).toEqual([documentId]);
    expect(await ask(viewer, 'editor')).toContain(editor.id);
    expect(await ask(viewer, 'outsider')).toEqual([]);
    const staffOnly = await editor.api.threads.workspaces.mentionable({
      id: workspaceId,
      q: 'supplier',
      visibility: 'staff',
    });
    expect(staffOnly.items).toEqual([expect.objectContaining({ id: guest.id, unreachable: true })]);
  });
});

describe('live', () => {
  test('everybody who may read hears of replies, reactions and typing, with ids alone', async () => {
    const { viewer, editor, outsider } = cast;
    const { id } = await open(viewer, 'live');
    const events: [string, unknown][] = [];
    const foreign: string[] = [];
    (await viewer.live()).onAny((name, event) => events.push([name, event]));
    (await outsider.live()).onAny((name) => foreign.push(name));
    await editor.api.threads.typing({ id });
    await editor.api.threads.reply({ id, body: body('now') });
    await until('both events', () => events.length >= 2);
    const { workspaceId } = cast;
    expect(events).toContainEqual(['thread.typing', { workspaceId, threadId: id, personId: editor.id }]);
    expect(events).toContainEqual(['thread.changed', { workspaceId, threadId: id }]);
    await viewer.api.threads.read({ id, seq: 2 });
    await until('the own mark', () => events.some(([name]) => name === 'thread.read'));
    expect(foreign.filter((name) => name.startsWith('thread'))).toEqual([]);
  });
});
