import { messageOf } from '@concert/editor/message.ts';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import WebSocket from 'ws';
import * as Y from 'yjs';
import { drive, from } from './drive.ts';
import { type Ids, idsIn } from './fixture.ts';
import { startApp, type TestApp, type TestPerson, until } from './harness.ts';
import { type Mailbox, startMailbox } from './mailbox.ts';
import { type Cast, castOf } from './people.ts';
import { routesOf } from './routes.ts';

/** What nobody outside the staff may ever receive, and what everybody receives beside it. */
const CANARY = 'qaxolotl';
const PLAIN = 'zephyrion';

let app: TestApp;
let mailbox: Mailbox;
let cast: Cast;
let guest: TestPerson;
beforeAll(async () => {
  mailbox = await startMailbox();
  app = await startApp({ env: { RATE_LIMITS: 'off', SMTP_URL: mailbox.url } });
  cast = await castOf(app);
  guest = await app.as('supplier', { platformRole: 'guest' });
  await cast.owner.api.workspaces.addMember({ id: cast.workspaceId, email: guest.email, role: 'editor' });
  const all = { mentioned: 'at-once', answered: 'at-once', replied: 'at-once', opened: 'at-once', settled: 'at-once' };
  await guest.fetch('/api/notifications/preferences', {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ mail: all, quiet: null }),
  });
  await guest.api.notifications.watches.workspaces.set({ id: cast.workspaceId, level: 'everything' });
}, 60_000);
afterAll(async () => {
  await app.stop();
  await mailbox.stop();
});

/** Everything that a socket of the text is sent. */
async function framesOf(person: TestPerson, documentId: string): Promise<Buffer[]> {
  const frames: Buffer[] = [];
  const socket = new WebSocket(`${app.url.replace('http', 'ws')}/sync/${documentId}`, {
    headers: { cookie: person.cookie, origin: app.url },
  });
  socket.on('message', (data: Buffer) => frames.push(data));
  await until('the socket is open', () => socket.readyState === WebSocket.OPEN);
  // The first message of a stock client: the state vector of an empty text.
  socket.send(Uint8Array.of(0, 0, 1, 0));
  return frames;
}

/** A document with a sentence, and the passage of one of its words. */
async function written(word: string) {
  const { editor, workspaceId } = cast;
  const { id } = await editor.api.documents.create({ workspaceId, kind: 'note', title: 'In sight', locale: 'en' });
  const { doc, provider } = editor.open(id);
  await until('the text is open', () => provider.synced);
  const [paragraph, text] = [new Y.XmlElement('paragraph'), new Y.XmlText(`A sentence with ${word} in it.`)];
  paragraph.insert(0, [text]);
  doc.getXmlFragment('body').insert(0, [paragraph]);
  await until('it is kept', async () => {
    const { items } = await editor.api.documents.recent({ q: word });
    return items.some((item) => item.id === id);
  });
  const position = (index: number) =>
    Buffer.from(Y.encodeRelativePosition(Y.createRelativePositionFromTypeIndex(text, index))).toString('base64');
  return { id, anchor: { start: position(16), end: position(16 + word.length) } };
}

const mentioning = (who: TestPerson, words: string) => ({
  type: 'doc',
  content: [
    {
      type: 'paragraph',
      content: [
        { type: 'mention', attrs: { kind: 'person', id: who.id } },
        { type: 'text', text: ` ${words}` },
      ],
    },
  ],
});

/** Everything that can be done in a discussion, by staff. Answers the ids of what was made. */
async function discuss(word: string, visibility: 'staff' | 'everyone', about: Awaited<ReturnType<typeof written>>) {
  const { owner, editor, workspaceId } = cast;
  const opening = { title: word, visibility, body: mentioning(guest, word) };
  const around = await owner.api.threads.workspaces.open({ id: workspaceId, ...opening });
  const passage = await owner.api.threads.documents.open({ ...about, ...opening });
  const reply = await editor.api.threads.reply({ id: around.id, body: mentioning(guest, `${word} again`) });
  await editor.api.threads.editReply({ id: reply.id, body: messageOf(`${word} changed`) });
  await owner.api.threads.react({ id: reply.id, reaction: 'agree' });
  await owner.api.threads.typing({ id: around.id });
  await owner.api.threads.update({ id: around.id, pinned: true, answerId: reply.id });
  await owner.api.threads.update({ id: around.id, state: 'resolved' });
  return [around.id, passage.id, reply.id];
}

test('[check 29] nothing of a discussion for staff is in any byte that a guest receives: answers, events, frames, letters, search', async () => {
  const { owner, viewer, workspaceId } = cast;
  const about = await written(PLAIN);
  const frames = await framesOf(guest, about.id);
  const live = await guest.live();
  const heard: string[] = [];
  live.onAny((name: string, ...args: unknown[]) => heard.push(JSON.stringify([name, ...args])));

  const secrets = [CANARY, ...(await discuss(CANARY, 'staff', about))];
  const open = await discuss(PLAIN, 'everyone', about);

  // What everybody may know has come by every way; what was secret was said before it.
  await until('an event', () => heard.some((event) => event.includes(open[0] ?? '')));
  await until('a frame', () => frames.length > 2);
  await until('a letter', () => mailbox.to(guest.email).some(({ plain }) => plain.includes(PLAIN)));
  await until('a result', async () => (await guest.api.search.find({ q: PLAIN })).total > 0);
  await until('the staff find theirs', async () => (await viewer.api.search.find({ q: CANARY })).total > 0);
  await until('it is noted', async () => {
    const { items } = await viewer.api.activity.list({ limit: 200 });
    return items.filter(({ subject }) => subject.title === CANARY).length >= 4;
  });

  const answers: string[] = [];
  const world = await idsIn({ app, owner, workspaceId, memberId: cast.editor.id });
  const mine: Ids = { ...world, workspaces: workspaceId, documents: about.id };
  for (const route of (await routesOf(app.url)).filter(({ method }) => method === 'GET'))
    for (const threadId of [undefined, secrets[1], secrets[2]]) {
      const [threads, replies] = [
        threadId ?? open[0] ?? '',
        threadId === undefined ? (open[2] ?? '') : (secrets[3] ?? ''),
      ];
      const ids = from(route, { ...mine, threads, replies });
      const { text } = await drive((path, init) => guest.fetch(path, init), route, { ids }, true);
      answers.push(text);
    }
  for (const path of [
    `/api/search?q=${CANARY}`,
    '/api/threads?limit=200',
    `/api/workspaces/${workspaceId}/threads?limit=200`,
    `/api/documents/${about.id}/threads?limit=200`,
    `/api/workspaces/${workspaceId}/mentionable?q=${CANARY}`,
    '/api/activity?limit=200',
    '/api/notifications?limit=200',
    '/api/me/export',
  ])
    answers.push(await (await guest.fetch(path)).text());

  const letters = mailbox.to(guest.email).map(({ raw, text }) => raw + text);
  const received = {
    answers: answers.join('\n'),
    events: heard.join('\n'),
    frames: Buffer.concat(frames).toString('latin1'),
    letters: letters.join('\n'),
  };
  for (const [way, bytes] of Object.entries(received)) {
    expect([way, bytes.length > 100]).toEqual([way, true]);
    for (const secret of secrets) expect([way, secret, bytes.includes(secret)]).toEqual([way, secret, false]);
  }
  expect(received.answers).toContain(PLAIN);
  process.stdout.write(
    `canary: ${answers.length} answers, ${heard.length} events, ${frames.length} frames, ${letters.length} letters\n`,
  );
}, 120_000);
