import type { BodyJson } from '@concert/editor/body-json.ts';
import { messageOf } from '@concert/editor/message.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startApp, type TestApp, type TestPerson, until } from '../../test/harness.ts';
import { type Cast, castOf } from '../../test/people.ts';

let app: TestApp;
let cast: Cast;
let guest: TestPerson;

beforeAll(async () => {
  app = await startApp({ env: { RATE_LIMITS: 'off' } });
  cast = await castOf(app);
  guest = await app.as('supplier', { platformRole: 'guest' });
  const { owner, workspaceId: id } = cast;
  await owner.api.workspaces.addMember({ id, email: guest.email, role: 'commenter' });
});
afterAll(() => app.stop());

const mentioning = (who: TestPerson): BodyJson => ({
  type: 'doc',
  content: [
    {
      type: 'paragraph',
      content: [
        { type: 'mention', attrs: { kind: 'person', id: who.id } },
        { type: 'text', text: ' look' },
      ],
    },
  ],
});

const open = (who: TestPerson, over: Record<string, unknown> = {}) =>
  who.api.threads.workspaces.open({ id: cast.workspaceId, body: messageOf('begin'), ...over });

const toldOf = async (who: TestPerson, threadId: string, state: 'all' | 'unread' | 'snoozed' = 'all') =>
  (await who.api.notifications.list({ state, limit: 200 })).items.find(({ subject }) => subject.id === threadId);

const reasonsOf = async (who: TestPerson, threadId: string): Promise<string[]> =>
  (await toldOf(who, threadId))?.events.map(({ reason }) => reason) ?? [];

/** Waits until a person was told of so many things in a thread; answers why. */
const told = (who: TestPerson, threadId: string, count: number) =>
  until(`${count} notices`, async () => {
    const reasons = await reasonsOf(who, threadId);
    return reasons.length >= count ? reasons : null;
  });

/** Something of which this person is told, after everything that was said before. */
const barrier = async (who: TestPerson, by: TestPerson): Promise<void> => {
  const thread = await open(by, { body: mentioning(who) });
  await told(who, thread.id, 1);
};

describe('who is told', () => {
  test('[N1] [N3] who takes part hears of replies, who wrote one does not', async () => {
    const { viewer, editor, commenter } = cast;
    const { id } = await open(viewer, { title: 'Taking part' });
    await editor.api.threads.reply({ id, body: messageOf('a reply') });
    expect(await told(viewer, id, 1)).toEqual(['replied']);
    const notice = await toldOf(viewer, id);
    expect(notice).toMatchObject({ unread: true, subject: { title: 'Taking part', path: `/threads/${id}` } });
    expect(notice?.events[0]?.by?.id).toBe(editor.id);
    expect(notice?.events[0]?.anchor).toMatch(/^message-/);
    await barrier(editor, viewer);
    expect(await reasonsOf(editor, id)).toEqual([]);
    expect(await reasonsOf(commenter, id)).toEqual([]);
  });

  test('[N1] [N4] a mention reaches the other browser at once, is the reason, and stands there once', async () => {
    const { viewer, commenter } = cast;
    let heard = 0;
    (await commenter.live()).on('notifications.changed', () => {
      heard += 1;
    });
    const { id } = await open(viewer, { body: mentioning(commenter) });
    expect(await told(commenter, id, 1)).toEqual(['mentioned']);
    await until('the bell to ring', () => heard > 0);
    const { unread } = await commenter.api.notifications.count({});
    expect(unread).toBeGreaterThan(0);
  });

  test('[N4] however often an event is delivered, and with however many others at once, it tells once', async () => {
    const { viewer, owner } = cast;
    const { id } = await open(viewer);
    const tell = (n: number) =>
      app.app.platform.notices.tell({
        eventId: `event ${id} ${n}`,
        what: 'replied',
        by: owner.id,
        at: new Date(),
        path: [{ kind: 'thread', id }],
        mentioned: [],
        participants: [viewer.id],
        audience: async (ids) => new Set(ids),
      });
    await Promise.all(Array.from({ length: 60 }, (_, n) => tell(n % 20)));
    const events = (await toldOf(viewer, id))?.events.map((event) => event.id) ?? [];
    expect(events.sort()).toEqual(Array.from({ length: 20 }, (_, n) => `event ${id} ${n}`).sort());
  });

  test('a mention that is added later tells who was not told before', async () => {
    const { viewer, commenter, editor } = cast;
    const { id } = await open(viewer);
    const reply = await editor.api.threads.reply({ id, body: messageOf('no name yet') });
    await told(viewer, id, 1);
    await editor.api.threads.editReply({ id: reply.id, body: mentioning(commenter) });
    expect(await told(commenter, id, 1)).toEqual(['mentioned']);
    expect(await reasonsOf(viewer, id)).toEqual(['replied']);
  });

  test('[N1] who takes part hears that a discussion was resolved, reopened and answered', async () => {
    const { viewer, commenter, editor } = cast;
    const { id } = await open(viewer);
    const answer = await commenter.api.threads.reply({ id, body: messageOf('because') });
    await editor.api.threads.update({ id, answerId: answer.id });
    await editor.api.threads.update({ id, state: 'resolved' });
    await editor.api.threads.update({ id, state: 'open' });
    expect(await told(commenter, id, 3)).toEqual(['answered', 'resolved', 'reopened']);
  });
});

describe('how much somebody wants to hear', () => {
  test('[N2] the nearest setting counts: everything in a workspace, but not of one discussion', async () => {
    const { viewer, owner, workspaceId } = cast;
    const { watches } = viewer.api.notifications;
    expect(await watches.workspaces.get({ id: workspaceId })).toEqual({ level: 'participating', own: null });
    await watches.workspaces.set({ id: workspaceId, level: 'everything' });
    const heard = await open(owner);
    expect(await told(viewer, heard.id, 1)).toEqual(['opened']);
    expect(await watches.threads.get({ id: heard.id })).toEqual({ level: 'everything', own: null });
    await watches.threads.set({ id: heard.id, level: 'muted' });
    await owner.api.threads.reply({ id: heard.id, body: mentioning(viewer) });
    await barrier(viewer, owner);
    expect(await reasonsOf(viewer, heard.id)).toEqual(['opened']);
    expect(await watches.threads.set({ id: heard.id, level: null })).toEqual({ level: 'everything', own: null });
    await watches.workspaces.set({ id: workspaceId, level: null });
  });

  test('[N2] mentions alone', async () => {
    const { viewer, owner } = cast;
    const { id } = await open(viewer);
    await viewer.api.notifications.watches.threads.set({ id, level: 'mentions' });
    await owner.api.threads.reply({ id, body: messageOf('unheard') });
    await owner.api.threads.reply({ id, body: mentioning(viewer) });
    expect(await told(viewer, id, 1)).toEqual(['mentioned']);
  });
});

describe('what may not be seen', () => {
  test('[N5] a guest who follows everything hears nothing of a discussion for staff', async () => {
    const { editor, owner, workspaceId } = cast;
    await guest.api.notifications.watches.workspaces.set({ id: workspaceId, level: 'everything' });
    const hidden = await open(editor, { visibility: 'staff' });
    await editor.api.threads.reply({ id: hidden.id, body: mentioning(guest) });
    const shown = await open(owner);
    expect(await told(guest, shown.id, 1)).toEqual(['opened']);
    const text = await (await guest.fetch('/api/notifications?limit=200')).text();
    expect(text).not.toContain(hidden.id);
    expect((await guest.fetch(`/api/threads/${hidden.id}/watch`)).status).toBe(404);
    await guest.api.notifications.watches.workspaces.set({ id: workspaceId, level: null });
  });

  test('[N5] what could be seen once and cannot any more is neither shown nor counted', async () => {
    const { owner, editor, workspaceId } = cast;
    const leaving = await app.as('leaving');
    await owner.api.workspaces.addMember({ id: workspaceId, email: leaving.email, role: 'viewer' });
    const { id } = await open(editor, { title: 'A canary of access', body: mentioning(leaving) });
    await told(leaving, id, 1);
    expect((await leaving.api.notifications.count({})).unread).toBe(1);
    await owner.api.workspaces.removeMember({ id: workspaceId, personId: leaving.id });
    expect((await leaving.api.notifications.count({})).unread).toBe(0);
    expect(await (await leaving.fetch('/api/notifications')).text()).not.toContain('canary');
  });

  test('what was deleted is taken back', async () => {
    const { viewer, editor } = cast;
    const { id } = await open(viewer);
    const reply = await editor.api.threads.reply({ id, body: messageOf('soon gone') });
    await told(viewer, id, 1);
    await editor.api.threads.removeReply({ id: reply.id });
    await until('the notice gone', async () => (await reasonsOf(viewer, id)).length === 0);
    await editor.api.threads.reply({ id, body: messageOf('again') });
    await told(viewer, id, 1);
    await editor.api.threads.remove({ id });
    await until('nothing left of it', async () => {
      const stored = await app.app.platform.db.collection('notifications').countDocuments({ 'subject.id': id });
      return stored === 0;
    });
  });
});

describe('the inbox', () => {
  test('[N6] what is read in the discussion is read, and is unread again when something happens', async () => {
    const { viewer, editor } = cast;
    const { id } = await open(viewer);
    await editor.api.threads.reply({ id, body: messageOf('one') });
    await told(viewer, id, 1);
    await viewer.api.threads.read({ id, seq: 2 });
    expect((await toldOf(viewer, id))?.unread).toBe(false);
    await editor.api.threads.reply({ id, body: messageOf('two') });
    await told(viewer, id, 2);
    expect((await toldOf(viewer, id))?.unread).toBe(true);
  });

  test('[N7] what is put off is away until then, or until something new', async () => {
    const { viewer, editor } = cast;
    const { id } = await open(viewer);
    await editor.api.threads.reply({ id, body: messageOf('one') });
    await told(viewer, id, 1);
    const notice = await toldOf(viewer, id);
    const { unread: before } = await viewer.api.notifications.count({});
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    await viewer.api.notifications.update({ id: notice?.id ?? '', snoozedUntil: tomorrow });
    expect(await toldOf(viewer, id)).toBeUndefined();
    expect((await viewer.api.notifications.count({})).unread).toBe(before - 1);
    expect((await toldOf(viewer, id, 'snoozed'))?.snoozedUntil).toBe(tomorrow);
    await editor.api.threads.reply({ id, body: messageOf('two') });
    await told(viewer, id, 2);
    const past = viewer.api.notifications.update({ id: notice?.id ?? '', snoozedUntil: '2020-01-01T00:00:00.000Z' });
    await expect(past).rejects.toMatchObject({ data: { reason: 'ends-in-the-past' } });
  });

  test('unread ones first, in pages, and all read at once', async () => {
    const { viewer, editor } = cast;
    const reader = await app.as('reader');
    await cast.owner.api.workspaces.addMember({ id: cast.workspaceId, email: reader.email, role: 'viewer' });
    const threads: { id: string }[] = [];
    for (let at = 0; at < 5; at += 1) threads.push(await open(editor, { body: mentioning(reader) }));
    for (const { id } of threads) await told(reader, id, 1);
    const newest = await toldOf(reader, threads[4]?.id ?? '');
    await reader.api.notifications.update({ id: newest?.id ?? '', read: true });
    const first = await reader.api.notifications.list({ limit: 3 });
    const second = await reader.api.notifications.list({ limit: 3, cursor: first.next ?? '' });
    const order = [...first.items, ...second.items].map(({ subject }) => subject.id);
    expect(order).toEqual([3, 2, 1, 0, 4].map((at) => threads[at]?.id));
    expect(second.next).toBeUndefined();
    // Somebody else's is nobody's.
    const foreign = await viewer.fetch(`/api/notifications/${newest?.id}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: '{"read":true}',
    });
    expect(foreign.status).toBe(404);
    await reader.api.notifications.readAll({ until: new Date().toISOString() });
    expect((await reader.api.notifications.count({})).unread).toBe(0);
  });
});
