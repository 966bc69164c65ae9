import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type TestPerson, until } from '../../../test/harness.ts';
import { type Board, startBoard } from '../../../test/meetings.ts';

let board: Board;
let outsider: TestPerson;
beforeAll(async () => {
  board = await startBoard();
  outsider = await board.app.as('outsider');
});
afterAll(() => board.app.stop());

const refused = (status: number, reason: string) => ({ status, data: expect.objectContaining({ reason }) });

describe('action items', () => {
  test('[AI1] [AI2] [AI4] are given by who acts for the body, done by their owner, and verified', async () => {
    const { office, chair, ada, bob, aBody } = board;
    const { body } = await aBody();
    const guest = await board.app.as('guest', { platformRole: 'guest' });
    const terms = { bodyId: body.id, title: 'Book the rooms', ownerId: ada.id, dueOn: '2099-01-01' };
    await expect(ada.api.actions.create(terms)).rejects.toMatchObject(refused(403, 'not-a-conductor'));
    await expect(chair.api.actions.create({ ...terms, ownerId: guest.id })).rejects.toMatchObject(
      refused(404, 'no-such-person'),
    );
    const { id } = await chair.api.actions.create(terms);
    const sees = async (person: TestPerson) =>
      (await person.api.actions.list({ bodyId: body.id })).items.some((one) => one.id === id);
    expect(await Promise.all([office, chair, ada, bob, outsider].map(sees))).toEqual([true, true, true, true, false]);
    await expect(outsider.api.actions.move({ id, to: 'done' })).rejects.toMatchObject(refused(404, 'not-found'));
    await expect(bob.api.actions.move({ id, to: 'done' })).rejects.toMatchObject(refused(403, 'not-yours'));
    expect((await ada.api.actions.list({ mine: 'true' })).items).toMatchObject([
      { id, state: 'open', overdue: false, me: { edits: false, moves: ['in-progress', 'done'] } },
    ]);
    expect(await ada.api.actions.move({ id, to: 'done' })).toMatchObject({ state: 'done', doneAt: expect.any(String) });
    await expect(ada.api.actions.move({ id, to: 'verified' })).rejects.toMatchObject(refused(403, 'not-yours'));
    // [AI5] Done is not closed: the next meeting sees it.
    expect(await sees(bob)).toBe(true);
    await chair.api.actions.move({ id, to: 'verified' });
    expect(await sees(bob)).toBe(false);
    expect((await bob.api.actions.list({ bodyId: body.id, closed: 'true' })).items.map((one) => one.id)).toEqual([id]);
    await expect(chair.api.actions.update({ id, title: 'Else' })).rejects.toMatchObject(refused(409, 'action-closed'));
    await expect(chair.api.actions.move({ id, to: 'done' })).rejects.toMatchObject(refused(409, 'action-not-so'));
    await chair.api.actions.move({ id, to: 'open' });
    await expect(chair.api.actions.move({ id, to: 'cancelled' })).rejects.toMatchObject(refused(400, 'reason-missing'));
    expect(await chair.api.actions.move({ id, to: 'cancelled', reason: 'moved online' })).toMatchObject({
      cancelledReason: 'moved online',
    });
  });

  test('[AI1] [AI3] are given to somebody else, who need not be of the body, and are listed by their day', async () => {
    const { chair, ada, aBody } = board;
    const { body } = await aBody();
    const make = (title: string, dueOn?: string) =>
      chair.api.actions.create({ bodyId: body.id, title, ownerId: ada.id, ...(dueOn ? { dueOn } : {}) });
    const later = await make('later', '2099-06-01');
    const never = await make('without a day');
    const past = await make('past', '2020-01-01');
    const first = await chair.api.actions.list({ bodyId: body.id, limit: 2 });
    const rest = await chair.api.actions.list({ bodyId: body.id, limit: 2, cursor: first.next });
    const listed = [...first.items, ...rest.items];
    expect(listed.map(({ id }) => id)).toEqual([past.id, later.id, never.id]);
    expect(listed.map(({ overdue }) => overdue)).toEqual([true, false, false]);
    await chair.api.actions.update({ id: past.id, ownerId: outsider.id, dueOn: null, note: 'By Friday' });
    const [mine] = (await outsider.api.actions.list({ mine: 'true', bodyId: body.id })).items;
    expect(mine).toMatchObject({ id: past.id, overdue: false, note: 'By Friday', owner: { name: 'outsider' } });
    expect(mine).not.toHaveProperty('dueOn');
  });

  test('[AI4] say from what they come, as far as their reader may see it', async () => {
    const { chair, ada, bob, cleo, inSession } = board;
    const made = await inSession();
    const { meetings } = chair.api;
    const { conflicts } = await meetings.declareConflict({ id: made.id, itemId: made.second.id, personId: ada.id });
    await meetings.assessConflict({ id: made.id, conflictId: conflicts[0]?.id ?? '', as: 'barred' });
    const terms = { bodyId: made.body.id, meetingId: made.id, itemId: made.second.id };
    await chair.api.actions.create({ ...terms, title: 'of bob', ownerId: bob.id });
    await chair.api.actions.create({ ...terms, title: 'of ada', ownerId: ada.id });
    const seen = async (person: TestPerson) =>
      (await person.api.actions.list({ bodyId: made.body.id })).items.map(({ title, source }) => [title, source?.kind]);
    expect(await seen(cleo)).toEqual([
      ['of bob', 'item'],
      ['of ada', 'item'],
    ]);
    expect(await seen(ada)).toEqual([['of ada', undefined]]);
    const decision = await chair.api.decisions.create({
      ...{ bodyId: made.body.id, title: 'Rooms', text: 'Rooms.', basis: 'consensus' },
    });
    await chair.api.actions.create({ ...terms, title: 'of the draft', ownerId: cleo.id, decisionId: decision.id });
    const of = async (person: TestPerson) =>
      (await person.api.actions.list({ mine: 'true' })).items.find(({ title }) => title === 'of the draft')?.source;
    expect(await of(cleo)).toBeUndefined();
    await chair.api.decisions.adopt({ id: decision.id });
    expect(await of(cleo)).toMatchObject({ kind: 'decision', id: decision.id, title: 'Rooms' });
    const { items } = await cleo.api.actions.list({ decisionId: decision.id });
    expect(items.map(({ title }) => title)).toEqual(['of the draft']);
    await expect(outsider.api.actions.list({ decisionId: decision.id })).rejects.toMatchObject(
      refused(404, 'not-found'),
    );
  });

  test('the owner hears of them, and is given them out', async () => {
    const { chair, aBody } = board;
    const { body } = await aBody();
    const heard: string[] = [];
    (await outsider.live()).on('actions.changed', ({ actionId }) => void heard.push(actionId));
    const { id } = await chair.api.actions.create({ bodyId: body.id, title: 'Heard of', ownerId: outsider.id });
    await until('it is heard', () => heard.includes(id));
    expect(JSON.stringify(await (await outsider.fetch('/api/me/export')).json())).toContain('Heard of');
  });
});
