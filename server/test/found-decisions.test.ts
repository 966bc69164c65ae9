import type { SearchResult } from '@concert/domain/search/api.ts';
import { messageOf } from '@concert/editor/message.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type TestPerson, until } from './harness.ts';
import { type Board, inHours, startBoard } from './meetings.ts';

let board: Board;
let stranger: TestPerson;
let guest: TestPerson;
beforeAll(async () => {
  board = await startBoard({ env: { RATE_LIMITS: 'off' } });
  stranger = await board.app.as('stranger');
  guest = await board.app.as('supplier', { platformRole: 'guest' });
});
afterAll(() => board.app.stop());

type Over = Omit<Parameters<TestPerson['api']['search']['find']>[0], 'q'>;
const find = (who: TestPerson, q: string, over: Over = {}) => who.api.search.find({ q, ...over });
const found = (who: TestPerson, q: string): Promise<SearchResult> =>
  until(`${q} is found`, async () => (await find(who, q)).items[0]);
const plain = (segments: SearchResult['title']): string => segments.map(({ text }) => text).join('');
/** What everybody concerned is answered is the same as to somebody who asks for what is nowhere. */
const findsNothing = async (who: TestPerson, q: string): Promise<void> =>
  expect(await find(who, q)).toEqual({ items: [], total: 0, incomplete: false });

/** A meeting of a closed body, with an item that says something of its own. */
async function closedMeeting(over: { title?: string; note?: string; item?: string } = {}) {
  const { chair, office, aBody } = board;
  const { body, seatOf } = await aBody();
  await office.api.governance.update({ id: body.id, publicity: 'internal' });
  const { title = 'January', note = '', item = 'The budget' } = over;
  const { id } = await chair.api.meetings.create({
    ...{ bodyId: body.id, title, note, mode: 'hybrid', timeZone: 'Europe/Paris', place: 'Salle Xylophone' },
    ...{ startAt: inHours(1), endAt: inHours(3) },
  });
  const { agenda } = await chair.api.meetings.addItem({ id, title: item, note: 'With figures', plannedSec: 600 });
  return { body, seatOf, id, itemId: agenda[0]?.id ?? '' };
}

describe('meetings', () => {
  test('[Q12] are found once, by their title, place and message and by their items, which the result leads to', async () => {
    const { chair } = board;
    const { id, itemId, body } = await closedMeeting({
      ...{ title: 'The quagga sitting', note: 'Bring your quagga', item: 'A quagga for the region' },
    });
    const result = await found(chair, 'quagga');
    expect((await find(chair, 'quagga')).total).toBe(1);
    expect(result).toMatchObject({ kind: 'meeting', context: body.name });
    expect(plain(result.title)).toBe('The quagga sitting');
    const item = await found(chair, 'quagga region');
    expect(item).toMatchObject({ id: itemId, path: `/meetings/${id}?view=agenda#item-${itemId}` });
    expect(plain(item.passage)).toContain('A quagga for the region');
    await chair.api.meetings.update({ id, title: 'The okapi sitting' });
    await chair.api.meetings.removeItem({ id, itemId });
    expect((await found(chair, 'okapi')).path).toBe(`/meetings/${id}`);
    await until('the item is gone', async () => (await find(chair, 'quagga region')).total === 0);
    await chair.api.meetings.remove({ id });
    await until('it is gone', async () => (await find(chair, 'okapi')).total === 0);
  });

  test('[Q11] of a closed body by its people alone; drafts by them too, and by no guest before it is convened', async () => {
    const { app, chair, ada, office } = board;
    const { id, body } = await closedMeeting({ title: 'The zorilla' });
    await chair.api.meetings.addGuest({ id, personId: guest.id });
    for (const who of [chair, ada, office]) expect((await found(who, 'zorilla')).id).toBe(id);
    for (const who of [stranger, guest]) await findsNothing(who, 'zorilla');
    await chair.api.meetings.convene({ id, urgency: 'soon' });
    expect((await found(guest, 'zorilla')).id).toBe(id);
    await findsNothing(stranger, 'zorilla');
    await office.api.governance.update({ id: body.id, publicity: 'members' });
    expect((await found(stranger, 'zorilla')).id).toBe(id);
    await findsNothing(await app.as('other-guest', { platformRole: 'guest' }), 'zorilla');
    await office.api.governance.update({ id: body.id, publicity: 'internal' });
    await findsNothing(stranger, 'zorilla');
  });

  test('[Q12] who is barred from an item does not find the meeting by it, and is told of it neither by title nor by passage', async () => {
    const { chair, ada, bob } = board;
    const { id, itemId } = await closedMeeting({ title: 'The sitting of wombats', item: 'Contract with Numbatco' });
    await found(ada, 'numbatco');
    const { conflicts } = await ada.api.meetings.declareConflict({ id, itemId });
    const conflictId = conflicts[0]?.id ?? '';
    await chair.api.meetings.assessConflict({ id, conflictId, as: 'barred' });
    await findsNothing(ada, 'numbatco');
    await findsNothing(ada, 'wombats numbatco');
    await findsNothing(ada, 'figures wombats');
    const { items, total } = await find(ada, 'wombats');
    expect(total).toBe(1);
    expect(items[0]).toMatchObject({ id, path: `/meetings/${id}` });
    expect(JSON.stringify(items)).not.toMatch(/numbat/i);
    expect((await find(bob, 'numbatco')).total).toBe(1);
    await chair.api.meetings.assessConflict({ id, conflictId, as: 'no-action' });
    expect((await find(ada, 'numbatco')).total).toBe(1);
  });

  test('[Q11] pages and counts are of what may be seen', async () => {
    const { chair } = board;
    for (const n of [1, 2, 3, 4, 5]) await closedMeeting({ title: `Tapir ${n}` });
    const { api } = stranger;
    const { id: workspaceId } = await api.workspaces.create({ name: 'Tapirs' });
    for (const n of [1, 2, 3])
      await api.documents.create({ workspaceId, kind: 'note', locale: 'fr', title: `Tapir ${n} of mine` });
    await until('all are found', async () => (await find(chair, 'tapir')).total === 5);
    await until('mine are found', async () => (await find(stranger, 'tapir')).total === 3);
    const first = await find(stranger, 'tapir', { limit: 2 });
    expect(first).toMatchObject({ total: 3, items: [{ kind: 'note' }, { kind: 'note' }] });
    const second = await find(stranger, 'tapir', { limit: 2, ...(first.next ? { cursor: first.next } : {}) });
    expect(second.items).toHaveLength(1);
    expect(second.next).toBeUndefined();
    expect((await find(chair, 'tapir', { kind: 'meeting', limit: 2 })).total).toBe(5);
    expect((await find(stranger, 'tapir', { kind: 'meeting' })).total).toBe(0);
    expect(
      (await find(chair, 'tapir', { workspaceId: (await chair.api.workspaces.create({ name: 'X' })).id })).total,
    ).toBe(0);
  });

  test('[Q11] a limited token finds none', async () => {
    const { app, chair } = board;
    await closedMeeting({ title: 'The binturong' });
    await found(chair, 'binturong');
    const { id: workspaceId } = await chair.api.workspaces.create({ name: 'For the token' });
    const limits = [{ subject: { kind: 'workspace' as const, id: workspaceId }, role: 'viewer' as const }];
    const { token } = await chair.api.accounts.createToken({ name: 'narrow', limits });
    const answer = await fetch(`${app.url}/api/search?q=binturong`, { headers: { authorization: `Bearer ${token}` } });
    expect(await answer.json()).toMatchObject({ items: [], total: 0 });
  });
});

describe('decisions and action items', () => {
  test('[Q11] decisions are found by their number, title, text and effects, drafts by who acts for the body alone', async () => {
    const { chair, ada, aBody } = board;
    const { body } = await aBody();
    const { id } = await chair.api.decisions.create({
      ...{ bodyId: body.id, title: 'On the aardwolf', text: 'The kinkajou is bought.', basis: 'consensus' },
      ...{ grounds: '', effects: ['A coati follows'] },
    });
    expect((await found(chair, 'aardwolf')).path).toBe(`/decisions/${id}`);
    for (const who of [ada, stranger, guest]) await findsNothing(who, 'aardwolf');
    const { number = '', hash = '' } = await chair.api.decisions.adopt({ id });
    expect((await found(ada, 'kinkajou')).id).toBe(id);
    expect((await found(ada, 'coati')).context).toBe(body.name);
    expect(plain((await found(ada, `aardwolf ${number}`)).title)).toBe(`${number} · On the aardwolf`);
    for (const who of [stranger, guest]) for (const q of ['aardwolf', 'kinkajou', 'coati']) await findsNothing(who, q);
    await chair.api.decisions.sign({ id, hash });
    await chair.api.decisions.publish({ id });
    expect((await found(stranger, 'kinkajou')).id).toBe(id);
    await findsNothing(guest, 'kinkajou');
  });

  test('[Q12] who is barred from the item finds neither the decision nor the action item that comes from it', async () => {
    const { chair, ada, bob } = board;
    const { id, itemId, body } = await closedMeeting({ title: 'Sitting of the margay' });
    const { conflicts } = await ada.api.meetings.declareConflict({ id, itemId });
    await chair.api.meetings.assessConflict({ id, conflictId: conflicts[0]?.id ?? '', as: 'barred' });
    const decision = await chair.api.decisions.create({
      ...{ bodyId: body.id, title: 'The pangolin contract', text: 'It is given.', basis: 'consensus' },
      ...{ meetingId: id, itemId },
    });
    await chair.api.decisions.adopt({ id: decision.id });
    const given = { bodyId: body.id, title: 'Write to the pangolin', ownerId: bob.id, decisionId: decision.id };
    const action = await chair.api.actions.create(given);
    await until('both are found', async () => (await find(bob, 'pangolin')).total === 2);
    await findsNothing(ada, 'pangolin');
    expect((await find(bob, 'pangolin', { kind: 'action' })).items).toMatchObject([
      { id: action.id, path: `/actions#action-${action.id}` },
    ]);
    await chair.api.actions.update({ id: action.id, ownerId: ada.id });
    expect((await find(ada, 'pangolin')).items).toMatchObject([{ kind: 'action', id: action.id }]);
  });

  test('[Q11] action items are found by their people, wherever they stand in the lists', async () => {
    const { chair, ada, bob, aBody } = board;
    const { body } = await aBody();
    const { id } = await chair.api.actions.create({
      ...{ bodyId: body.id, title: 'Count the caracals', note: 'Serval too', ownerId: ada.id },
    });
    expect((await found(ada, 'serval')).path).toBe(`/actions#action-${id}`);
    expect((await found(bob, 'caracal')).path).toBe(`/actions?scope=all&body=${body.id}#action-${id}`);
    for (const who of [stranger, guest]) await findsNothing(who, 'caracal');
    await chair.api.actions.move({ id, to: 'cancelled', reason: 'No caracals' });
    expect((await found(ada, 'caracal')).path).toBe(`/actions?scope=closed&body=${body.id}#action-${id}`);
    await ada.api.actions.list({});
  });
});

describe('in discussions', () => {
  const mention = (kind: string, id: string) => ({
    ...{ type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'mention', attrs: { kind, id } }] }] },
  });

  test('[T11] meetings and decisions are offered, taken and named to who may see them', async () => {
    const { chair, ada } = board;
    const { id, body } = await closedMeeting({ title: 'Réunion du fennec' });
    await chair.api.meetings.convene({ id, urgency: 'soon' });
    const drafted = { bodyId: body.id, title: 'Le fennec est élu', text: 'Oui.', basis: 'consensus' as const };
    const { id: decisionId } = await chair.api.decisions.create(drafted);
    const { number = '' } = await chair.api.decisions.adopt({ id: decisionId });
    const { id: workspaceId } = await ada.api.workspaces.create({ name: 'Desert' });
    await ada.api.workspaces.addMember({ id: workspaceId, email: stranger.email, role: 'commenter' });
    const offered = async (who: TestPerson, q: string, kind?: 'meeting' | 'decision') =>
      (await who.api.threads.workspaces.mentionable({ id: workspaceId, q, ...(kind ? { kind } : {}) })).items;
    const name = `${number} · Le fennec est élu`;
    expect(await offered(ada, 'fennec')).toEqual([
      { kind: 'meeting', id, name: 'Réunion du fennec', detail: body.name },
      { kind: 'decision', id: decisionId, name, detail: body.name },
    ]);
    expect(await offered(ada, 'reunion', 'meeting')).toMatchObject([{ id }]);
    expect(await offered(ada, `${number} elu`, 'decision')).toMatchObject([{ id: decisionId }]);
    for (const kind of ['meeting', 'decision'] as const) expect(await offered(stranger, 'fennec', kind)).toEqual([]);
    const thread = await ada.api.threads.workspaces.open({ id: workspaceId, body: messageOf('Voyez :') });
    const told = await ada.api.threads.reply({ id: thread.id, body: mention('meeting', id) });
    await ada.api.threads.reply({ id: thread.id, body: mention('decision', decisionId) });
    expect(told.mentions).toEqual([{ kind: 'meeting', id, name: 'Réunion du fennec' }]);
    const read = await (await stranger.fetch(`/api/threads/${thread.id}/replies`)).text();
    expect(read).toContain(decisionId);
    expect(read).not.toContain('fennec');
    for (const [kind, what] of [
      ['meeting', id],
      ['decision', decisionId],
    ] as const)
      await expect(stranger.api.threads.reply({ id: thread.id, body: mention(kind, what) })).rejects.toMatchObject({
        data: { reason: 'unknown-mention' },
      });
  });
});
