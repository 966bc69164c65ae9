import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { messageOf } from '@concert/editor/message.ts';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { clientOf, PASSWORD, until } from './harness.ts';
import { type Mailbox, type Received, startMailbox } from './mailbox.ts';
import { type Running, runServer } from './process.ts';

const EMAIL = 'second@test.example';
const base = process.env.TEST_MONGODB_URL ?? '';
const name = `t_${randomBytes(8).toString('hex')}`;
let mailbox: Mailbox;
let last: Running | undefined;

beforeAll(async () => {
  mailbox = await startMailbox();
});
afterAll(async () => {
  last?.child.kill('SIGKILL');
  if (last !== undefined) rmSync(last.dataDir, { recursive: true, force: true });
  await mailbox.stop();
  const client = await MongoClient.connect(base);
  await client.db(name).dropDatabase();
  await client.close();
});

/** Starts a server on what the one before it left. */
function start(smtp: boolean): Running {
  const env = {
    MONGODB_URL: new URL(name, `${base.replace(/\/$/, '')}/`).href,
    ...(smtp ? { SMTP_URL: mailbox.url } : {}),
  };
  last = runServer({ env, ...(last === undefined ? {} : { dataDir: last.dataDir }) });
  return last;
}

async function signUp(url: string): Promise<string> {
  const answer = await fetch(`${url}/api/auth/sign-up/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email: EMAIL, password: PASSWORD, name: 'Second' }),
  });
  return answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
}

const lettersWith = (word: string): readonly Received[] => mailbox.received.filter(({ plain }) => plain.includes(word));
const idsOf = (letters: readonly Received[]): string[] => [...new Set(letters.map(({ messageId }) => messageId))];

test('[N4] [N11] kill -9 between what was written and its letter loses none, and doubles one only once it was taken', async () => {
  const before = start(false);
  const { url, cookie } = await before.administrator();
  const second = await signUp(url);
  const admin = (origin: string) => clientOf(origin, { cookie });
  const first = admin(url);
  const { id: workspaceId } = await first.workspaces.create({ name: 'Killed' });
  await first.workspaces.addMember({ id: workspaceId, email: EMAIL, role: 'editor' });
  const reader = clientOf(url, { cookie: second });
  await reader.notifications.setPreferences({ quiet: null, mail: { replied: 'at-once' } });
  const thread = await reader.threads.workspaces.open({ id: workspaceId, body: messageOf('begin') });
  await before.stop();

  const reply = (origin: string, words: string) =>
    admin(origin).threads.reply({ id: thread.id, body: messageOf(words) });

  // The mail server has the letter, and its sender never hears so.
  const taken = start(true);
  mailbox.verdicts.push(() => {
    taken.child.kill('SIGKILL');
    return 'take';
  });
  await reply(await taken.ready(), 'word-of-the-first');
  await taken.exited;
  await until('the first letter', () => lettersWith('word-of-the-first').length === 1);

  // The reply is written, and nothing else may have happened.
  const written = start(true);
  await reply(await written.ready(), 'word-of-the-second');
  written.child.kill('SIGKILL');
  await written.exited;

  // The mail server has the bytes, and has not taken the letter.
  const refused = start(true);
  await refused.ready();
  await until('the letter of the one before', () => lettersWith('word-of-the-second').length > 0);
  await until('the first letter again', () => lettersWith('word-of-the-first').length === 2);
  mailbox.verdicts.push(() => {
    refused.child.kill('SIGKILL');
    return new Error('not now');
  });
  await reply(await refused.ready(), 'word-of-the-third');
  await refused.exited;

  const after = start(true);
  const origin = await after.ready();
  await until('the third letter', () => lettersWith('word-of-the-third').length > 0);
  const inbox = await clientOf(origin, { cookie: second }).notifications.list({});
  const events = inbox.items.flatMap((item) => item.events);
  expect(events).toHaveLength(3);
  await after.stop();

  const found = ['first', 'second', 'third'].map((which) => lettersWith(`word-of-the-${which}`));
  expect(found.map((letters) => idsOf(letters).length)).toEqual([1, 1, 1]);
  expect(found[0]).toHaveLength(2);
  expect(found[2]).toHaveLength(1);
}, 120_000);
