import { CLOSE } from '@concert/contract';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { closesOf, storedText, synced, textOf } from '../../test/editing.ts';
import { startApp, type TestApp, type TestPerson, until } from '../../test/harness.ts';
import { type Cast, castOf } from '../../test/people.ts';

let app: TestApp;
let cast: Cast;
beforeAll(async () => {
  app = await startApp();
  cast = await castOf(app);
});
afterAll(() => app.stop());

const TRIES = 5;
/** The product's promise, for the median of a few tries. */
const PROMISE_MS = 1_000;

const median = (times: readonly number[]): number => [...times].sort((a, b) => a - b)[times.length >> 1] ?? Number.NaN;

function measured(what: string, times: readonly number[]): void {
  process.stdout.write(`${what}: median ${median(times).toFixed(0)} ms, worst ${Math.max(...times).toFixed(0)} ms\n`);
  expect(median(times)).toBeLessThan(PROMISE_MS);
}

let people = 0;
/** Somebody new in the workspace, with a document to write in. */
async function member(role: 'editor' | 'viewer'): Promise<{ person: TestPerson; id: string }> {
  people += 1;
  const { workspaceId, owner, editor } = cast;
  const person = await app.as(`changing${people}`);
  await owner.api.workspaces.addMember({ id: workspaceId, email: person.email, role });
  const made = await editor.api.documents.create({ workspaceId, kind: 'note', title: 'Rights', locale: 'en' });
  return { person, id: made.id };
}

const changeRole = (person: TestPerson, role: 'editor' | 'viewer') =>
  cast.owner.api.workspaces.changeMember({ id: cast.workspaceId, personId: person.id, role });

const remove = (person: TestPerson) =>
  cast.owner.api.workspaces.removeMember({ id: cast.workspaceId, personId: person.id });

/** Types a number every few milliseconds; `last` is the newest. */
function typing(doc: Parameters<typeof textOf>[0]) {
  let last = 0;
  const timer = setInterval(() => {
    last += 1;
    doc.getText('test').insert(doc.getText('test').length, `${last} `);
  }, 10);
  return { last: () => last, stop: () => clearInterval(timer) };
}

/**
 * One who types all the time loses the right to. Answers the time from the answer of that request to the first edit
 * that was refused, after asserting that nothing typed after the answer was taken.
 */
async function loseWhileTyping(lose: (person: TestPerson) => Promise<unknown>, code: number): Promise<number> {
  const { person, id } = await member('editor');
  const open = await synced(person, id);
  const codes = closesOf(open);
  const writer = typing(open.doc);
  await until('what is typed is stored', async () => (await storedText(app, id)).length > 20);
  await lose(person);
  const answered = performance.now();
  const typed = writer.last();
  await until('the socket is closed', () => codes.length > 0);
  const took = performance.now() - answered;
  await until('more was typed after it', () => writer.last() > typed + 3);
  writer.stop();
  expect(codes[0]).toBe(code);
  const stored = (await storedText(app, id)).trim().split(' ').map(Number);
  expect(Math.max(...stored)).toBeLessThanOrEqual(typed);
  // What was taken was taken in order, without a hole.
  expect(stored).toEqual(stored.map((_, at) => at + 1));
  open.close();
  return took;
}

async function repeated(work: () => Promise<number>): Promise<number[]> {
  const times: number[] = [];
  for (let at = 0; at < TRIES; at += 1) times.push(await work());
  return times;
}

describe('a change of rights reaches sockets that are open', () => {
  test('[check 7] down: nothing typed after the answer is taken', async () => {
    const down = (person: TestPerson) => changeRole(person, 'viewer');
    measured('editor to viewer', await repeated(() => loseWhileTyping(down, CLOSE.accessChanged)));
  }, 120_000);

  test('[check 7] out: nothing typed after the answer is taken, and the socket ends', async () => {
    measured('removed', await repeated(() => loseWhileTyping(remove, CLOSE.noDocument)));
  }, 120_000);

  test('[check 7] up: what is typed after the answer is taken on the same socket', async () => {
    const up = async () => {
      const { person, id } = await member('viewer');
      const [open, other] = [await synced(person, id), await synced(cast.owner, id)];
      const codes = closesOf(open);
      const socket = open.provider.ws;
      await changeRole(person, 'editor');
      const answered = performance.now();
      open.doc.getText('test').insert(0, 'allowed');
      await until('it arrives', () => textOf(other.doc) === 'allowed');
      const took = performance.now() - answered;
      expect(codes).toEqual([]);
      expect(open.provider.ws).toBe(socket);
      open.close();
      other.close();
      return took;
    };
    measured('viewer to editor', await repeated(up));
  }, 120_000);

  test('[check 7] down and up again on one socket that says nothing in between', async () => {
    const { person, id } = await member('editor');
    const [open, other] = [await synced(person, id), await synced(cast.owner, id)];
    const socket = open.provider.ws;
    open.doc.getText('test').insert(0, 'one ');
    await until('it has arrived', () => textOf(other.doc) === 'one ');
    await changeRole(person, 'viewer');
    other.doc.getText('test').insert(4, 'two ');
    await until('a viewer goes on reading', () => textOf(open.doc) === 'one two ');
    await changeRole(person, 'editor');
    open.doc.getText('test').insert(8, 'three');
    await until('writing works again', () => textOf(other.doc) === 'one two three');
    expect(open.provider.ws).toBe(socket);
    open.close();
    other.close();
  });

  test('[check 45] a session that ran out ends on open sockets too, though nobody says so', async () => {
    const [sleeper, awake] = [await member('editor'), await member('editor')];
    const [first, second] = [await synced(sleeper.person, sleeper.id), await synced(awake.person, awake.id)];
    const [expired, stays] = [closesOf(first), closesOf(second)];
    const past = new Date(Date.now() - 1);
    await app.app.platform.db
      .collection('sessions')
      .updateMany({ userId: sleeper.person.id }, { $set: { expiresAt: past } });
    await until('the sleeper is put out', () => expired.length > 0);
    expect([expired[0], stays]).toEqual([CLOSE.noSession, []]);
    first.close();
    second.close();
  }, 120_000);
});
