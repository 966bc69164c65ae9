import { LIMITS } from '@concert/domain/accounts/rules.ts';
import { ATTACHMENTS } from '@concert/domain/threads/rules.ts';
import { messageOf } from '@concert/editor/message.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startApp, type TestApp, type TestPerson, until } from '../../test/harness.ts';
import { type Cast, castOf } from '../../test/people.ts';
import { attachmentStore } from './attachments.ts';
import { threadStore } from './store.ts';
import { tidy } from './tidying.ts';

let app: TestApp;
let cast: Cast;
let guest: TestPerson;
beforeAll(async () => {
  app = await startApp({ env: { RATE_LIMITS: 'off' } });
  cast = await castOf(app);
  guest = await app.as('supplier', { platformRole: 'guest' });
  await cast.owner.api.workspaces.addMember({ id: cast.workspaceId, email: guest.email, role: 'viewer' });
});
afterAll(() => app.stop());

const upload = (who: TestPerson, words: string, name = 'offer.pdf', type = 'application/pdf') =>
  who.api.threads.attach({ file: new File([words], name, { type }) });

const open = (who: TestPerson, over: Record<string, unknown> = {}) =>
  who.api.threads.workspaces.open({ id: cast.workspaceId, body: messageOf('see the file'), ...over });

const firstOf = async (who: TestPerson, threadId: string) => {
  const [first] = (await who.api.threads.replies({ id: threadId })).items;
  if (first === undefined) throw new Error('a thread without a beginning');
  return first;
};

const read = (who: TestPerson, replyId: string, fileId: string): Promise<Response> =>
  who.fetch(`/api/replies/${replyId}/attachments/${fileId}`);

const reasonOf = async (promise: Promise<unknown>): Promise<string> => {
  try {
    await promise;
  } catch (error) {
    const { status, data } = error as { status?: number; data?: { reason?: string } };
    return `${status} ${data?.reason}`;
  }
  return 'done';
};

const stored = () => app.app.platform.db.collection('attachments.files').countDocuments({});

describe('attachments', () => {
  test('[T18] a file is sent with a message and downloaded by whoever may read it', async () => {
    const { viewer, editor, outsider } = cast;
    const file = await upload(viewer, 'the offer');
    expect(file).toMatchObject({ name: 'offer.pdf', type: 'application/pdf', size: 9 });
    const thread = await open(viewer, { attachments: [file.id] });
    const reply = await firstOf(editor, thread.id);
    expect(reply.attachments).toEqual([file]);
    for (const who of [viewer, editor, guest]) {
      const answer = await read(who, reply.id, file.id);
      expect(await answer.text()).toBe('the offer');
    }
    const foreign = await read(outsider, reply.id, file.id);
    const unknown = await read(outsider, reply.id, 'A'.repeat(32));
    expect([foreign.status, await foreign.text()]).toEqual([404, await unknown.text()]);
    expect((await read(viewer, reply.id, 'A'.repeat(32))).status).toBe(404);
    expect((await fetch(`${app.url}/api/replies/${reply.id}/attachments/${file.id}`)).status).toBe(401);
  });

  test('[T18] [check 57] whatever it claims to be, it is served as a file and never as a page', async () => {
    const { viewer } = cast;
    const html = '<script>alert(1)</script>';
    const file = await upload(viewer, html, '../../evil\u202e\r\n"x".html', 'text/html');
    expect(file.name).not.toMatch(/[/\\"\r\n\u202e]|\.\./);
    const reply = await firstOf(viewer, (await open(viewer, { attachments: [file.id] })).id);
    const { headers } = await read(viewer, reply.id, file.id);
    expect(headers.get('content-type')).toBe('application/octet-stream');
    expect(headers.get('content-disposition')).toMatch(/^attachment; /);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain('sandbox');
  });

  test('[T2] [T18] a file of a discussion for staff is nothing to a guest, also with its id', async () => {
    const { owner } = cast;
    const file = await upload(owner, 'canary');
    const thread = await open(owner, { visibility: 'staff', attachments: [file.id] });
    const reply = await firstOf(owner, thread.id);
    expect((await read(guest, reply.id, file.id)).status).toBe(404);
    const own = await open(guest);
    const mine = await firstOf(guest, own.id);
    // Neither through a message of one's own, nor by sending it again.
    expect((await read(guest, mine.id, file.id)).status).toBe(404);
    expect(await reasonOf(guest.api.threads.reply({ id: own.id, body: messageOf('x'), attachments: [file.id] }))).toBe(
      '400 unknown-attachment',
    );
  });

  test('[T18] too many, too big, and what was never uploaded is refused', async () => {
    const { viewer } = cast;
    const ids = Array.from({ length: ATTACHMENTS.count + 1 }, (_, at) => `a${at}`);
    expect(await reasonOf(open(viewer, { attachments: ids }))).toBe('400 invalid-input');
    expect(await reasonOf(open(viewer, { attachments: ['nothing'] }))).toBe('400 unknown-attachment');
    expect(await reasonOf(open(viewer, { attachments: [{ $ne: '' }] }))).toBe('400 invalid-input');
    const before = await stored();
    const big = new File([new Uint8Array(ATTACHMENTS.bytes + 1)], 'big.bin');
    expect((await reasonOf(viewer.api.threads.attach({ file: big }))).split(' ')[0]).toBe('413');
    expect(await stored()).toBe(before);
    expect((await viewer.fetch('/api/attachments', { method: 'POST', body: new FormData() })).status).toBe(400);
  });

  test('[T5] [T12] [T18] they go when their message goes, or its whole discussion', async () => {
    const { viewer, owner } = cast;
    const before = await stored();
    const [one, other] = [await upload(viewer, 'one'), await upload(viewer, 'other')];
    const thread = await open(viewer, { attachments: [one.id] });
    const reply = await viewer.api.threads.reply({ id: thread.id, body: messageOf('x'), attachments: [other.id] });
    expect(await stored()).toBe(before + 2);
    const after = await viewer.api.threads.removeReply({ id: reply.id });
    expect(after.attachments).toEqual([]);
    await until('the one is gone', async () => (await stored()) === before + 1);
    expect((await read(viewer, reply.id, other.id)).status).toBe(404);
    const shared = await viewer.api.threads.reply({ id: thread.id, body: messageOf('again'), attachments: [one.id] });
    await viewer.api.threads.removeReply({ id: shared.id });
    const first = await firstOf(viewer, thread.id);
    await until('what follows is done', async () => (await app.app.platform.outbox.waiting()).waiting === 0);
    expect((await read(viewer, first.id, one.id)).status).toBe(200);
    await owner.api.threads.remove({ id: thread.id });
    await until('all are gone', async () => (await stored()) === before);
  });

  test('[T18] what nobody sends is let go of after a day, what was sent stays', async () => {
    const { viewer } = cast;
    const { platform } = app.app;
    const parts = { platform, store: threadStore(platform.db), attachments: attachmentStore(platform.db) };
    await tidy(parts);
    const before = await stored();
    const [sent, left] = [await upload(viewer, 'sent'), await upload(viewer, 'left')];
    const reply = await firstOf(viewer, (await open(viewer, { attachments: [sent.id] })).id);
    expect(await tidy(parts)).toBe(0);
    const tomorrow = new Date(Date.now() + (ATTACHMENTS.waitHours + 1) * 3_600_000);
    expect(await tidy({ ...parts, platform: { ...platform, ports: { ...platform.ports, now: () => tomorrow } } })).toBe(
      1,
    );
    expect(await stored()).toBe(before + 1);
    expect(await (await read(viewer, reply.id, sent.id)).text()).toBe('sent');
    expect(await reasonOf(open(viewer, { attachments: [left.id] }))).toBe('400 unknown-attachment');
  });

  test('what was uploaded is in the export of one’s data', async () => {
    const { editor } = cast;
    const file = await upload(editor, 'mine', 'mine.txt', 'text/plain');
    const held = (await (await editor.fetch('/api/me/export')).json()) as { threads?: { attachments?: unknown[] } };
    expect(JSON.stringify(held)).toContain(file.id);
  });
});

test('[check 51] who uploads without end is braked, and nobody else', async () => {
  const limited = await startApp();
  try {
    const [eager, calm] = await Promise.all([limited.as('eager'), limited.as('calm')]);
    const { points } = LIMITS.attachmentsOfPerson;
    const answers = await Promise.all(Array.from({ length: points + 5 }, () => reasonOf(upload(eager, 'x'))));
    expect(answers.filter((answer) => answer === 'done')).toHaveLength(points);
    expect(answers.filter((answer) => answer === '429 too-many-files')).toHaveLength(5);
    await upload(calm, 'x');
  } finally {
    await limited.stop();
  }
});
