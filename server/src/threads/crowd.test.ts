import { messageOf } from '@concert/editor/message.ts';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startApp, type TestApp, type TestPerson } from '../../test/harness.ts';

let one: TestApp;
let other: TestApp;

beforeAll(async () => {
  one = await startApp({ env: { RATE_LIMITS: 'off' } });
  other = await startApp({ env: { RATE_LIMITS: 'off' }, beside: one });
});
afterAll(async () => {
  await other.stop();
  await one.stop();
});

test('[T9] fifty replies and fifty reactions of ten people on two instances: exact numbers, one order for all', async () => {
  const people = await Promise.all(Array.from({ length: 10 }, (_, at) => one.as(`person${at}`)));
  const [owner, ...rest] = people;
  if (owner === undefined) throw new Error('there is no owner');
  const { id: workspaceId } = await owner.api.workspaces.create({ name: 'Crowd' });
  for (const { email } of rest) await owner.api.workspaces.addMember({ id: workspaceId, email, role: 'viewer' });
  const { id } = await owner.api.threads.workspaces.open({ id: workspaceId, body: messageOf('begin') });
  const first = (await owner.api.threads.replies({ id })).items[0];
  if (first === undefined) throw new Error('there is no first reply');
  /** Every other person is on the other instance. */
  const placed = people.map((person, at): TestPerson => (at % 2 === 0 ? person : other.visit(person)));
  const REACTIONS = ['agree', 'disagree', 'thanks', 'idea', 'seen'] as const;
  await Promise.all(
    placed.flatMap((person, who) =>
      REACTIONS.flatMap((reaction, at) => [
        person.api.threads.reply({ id, body: messageOf(`${who}.${at}`) }),
        person.api.threads.react({ id: first.id, reaction }),
      ]),
    ),
  );
  const seen = await Promise.all(
    placed.map(async (person) => {
      const { items } = await person.api.threads.replies({ id, limit: 200 });
      const thread = await person.api.threads.get({ id });
      return {
        order: items.map((reply) => reply.id),
        seqs: items.map(({ seq }) => seq),
        count: thread.replyCount,
        first: items[0],
      };
    }),
  );
  const [mine] = seen;
  if (mine === undefined) throw new Error('nobody has looked');
  for (const { order, count } of seen) {
    expect(order).toEqual(mine.order);
    expect(count).toBe(51);
  }
  expect(new Set(mine.order).size).toBe(51);
  expect(mine.seqs).toEqual(Array.from({ length: 51 }, (_, at) => at + 1));
  for (const { people: who } of mine.first?.reactions ?? []) expect(who).toHaveLength(10);
  expect(mine.first?.reactions.map(({ reaction }) => reaction).sort()).toEqual([...REACTIONS].sort());
  // What each wrote, each has read; what the nine others wrote, they have not.
  for (const person of placed)
    expect((await person.api.threads.get({ id })).unreadCount).toBe(person === placed[0] ? 45 : 46);
}, 60_000);
