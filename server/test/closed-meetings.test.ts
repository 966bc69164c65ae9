import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { drive, from } from './drive.ts';
import { nobodys } from './fixture.ts';
import type { TestPerson } from './harness.ts';
import { type Board, startBoard } from './meetings.ts';
import { routesOf } from './routes.ts';

let board: Board;
let outsider: TestPerson;
let guest: TestPerson;
beforeAll(async () => {
  board = await startBoard({ env: { RATE_LIMITS: 'off' } });
  outsider = await board.app.as('outsider');
  guest = await board.app.as('guest', { platformRole: 'guest' });
});
afterAll(() => board.app.stop());

test('[check 26] [M2] a meeting of a closed body, its polls included, is to others like one that does not exist, by every route', async () => {
  const { app, chair, ada, office, inSession } = board;
  const { id, body, second } = await inSession();
  await office.api.governance.update({ id: body.id, publicity: 'internal' });
  const poll = await chair.api.polls.create({
    ...{ id, itemId: second.id, question: 'Canary?', method: 'motion', secrecy: 'named-live', majority: 'ordinary' },
  });
  await chair.api.polls.open({ id: poll.id });
  const { conflicts } = await ada.api.meetings.declareConflict({ id, itemId: second.id });
  const { speakers } = await ada.api.meetings.askToSpeak({ id, kind: 'order' });
  const real = {
    ...{ ...nobodys, meetings: id, polls: poll.id, itemId: second.id, conflictId: conflicts[0]?.id ?? '' },
    ...{ speakerId: speakers[0]?.id ?? '', personId: ada.id },
  };
  const routes = (await routesOf(app.url)).filter(({ path }) => /^\/(meetings|polls)\/\{id\}/.test(path));
  expect(routes.length).toBeGreaterThan(35);
  const wrong: string[] = [];
  for (const route of routes)
    for (const person of [outsider, guest]) {
      const answer = await drive(person.fetch, route, { ids: from(route, real) });
      const nothing = await drive(person.fetch, route, { ids: from(route, nobodys) });
      if (answer.status !== 404 || answer.text !== nothing.text)
        wrong.push(`${route.name}: ${answer.status} ${answer.text} / ${nothing.status} ${nothing.text}`);
    }
  expect(wrong).toEqual([]);
  expect((await chair.api.meetings.get({ id })).state).toBe('in-session');
});
