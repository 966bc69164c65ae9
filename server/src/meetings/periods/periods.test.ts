import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type TestPerson, until } from '../../../test/harness.ts';
import { type Board, startBoard } from '../../../test/meetings.ts';

let board: Board;
beforeAll(async () => {
  board = await startBoard();
});
afterAll(() => board.app.stop());

const refused = (status: number, reason: string) => ({ status, data: expect.objectContaining({ reason }) });
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
/** Around now, whatever the time zones. */
const SPRING = { fromDay: inDays(-1), untilDay: inDays(90) };

const accepted = async (bodyId: string, giver: TestPerson, holder: TestPerson) => {
  const { id } = await giver.api.proxies.give({ bodyId, toId: holder.id, ...SPRING });
  return holder.api.proxies.settle({ id, as: 'accepted' });
};

describe('proxies for a time', () => {
  test('[M50] [M51] are offered, accepted, seen by the body, and taken back', async () => {
    const { office, chair, ada, bob, cleo, app, aBody } = board;
    const { body, seatOf } = await aBody();
    const { api } = ada;
    const seats = (await api.proxies.seats({})).items.filter(({ bodyId }) => bodyId === body.id);
    expect(seats).toMatchObject([{ seatId: seatOf(ada), title: 'Seat 2' }]);
    expect(seats[0]?.receivers.map(({ id }) => id).sort()).toEqual([chair.id, bob.id, cleo.id].sort());
    const heard: string[] = [];
    (await bob.live()).on('proxies.changed', ({ bodyId }) => heard.push(bodyId));
    const give = (toId: string, over = {}) => api.proxies.give({ bodyId: body.id, toId, ...SPRING, ...over });
    await expect(give(bob.id, { untilDay: inDays(400) })).rejects.toMatchObject(refused(400, 'proxy-too-long'));
    await expect(give(ada.id)).rejects.toMatchObject(refused(400, 'proxy-to-oneself'));
    await expect(give(bob.id, { seatId: seatOf(bob) })).rejects.toMatchObject(refused(403, 'no-seat'));
    const { id } = await give(bob.id);
    await until('the offer was heard', () => heard.includes(body.id), 5_000);
    await expect(give(cleo.id)).rejects.toMatchObject(refused(409, 'already-given'));
    expect((await bob.api.proxies.list({})).items).toMatchObject([{ id, state: 'given', from: { name: 'ada' } }]);
    const outsider = await app.as('outsider');
    for (const person of [cleo, outsider, office])
      await expect(person.api.proxies.settle({ id, as: 'accepted' })).rejects.toMatchObject(
        refused(404, 'no-such-proxy'),
      );
    await expect(ada.api.proxies.settle({ id, as: 'accepted' })).rejects.toMatchObject(refused(403, 'not-yours'));
    expect(await bob.api.proxies.settle({ id, as: 'accepted' })).toMatchObject({ state: 'accepted', over: false });
    // Nobody holds more than the rules allow.
    const second = await cleo.api.proxies.give({ bodyId: body.id, toId: bob.id, ...SPRING });
    await expect(bob.api.proxies.settle({ id: second.id, as: 'accepted' })).rejects.toMatchObject(
      refused(409, 'too-many-proxies'),
    );
    const seen = async (person: TestPerson) => (await person.api.proxies.list({ bodyId: body.id })).items.length;
    expect(await Promise.all([cleo, office, outsider].map(seen))).toEqual([2, 2, 0]);
    const guest = await app.as('guest', { platformRole: 'guest' });
    await expect(seen(guest)).rejects.toMatchObject(refused(404, 'not-found'));
    expect(await ada.api.proxies.settle({ id, as: 'revoked' })).toMatchObject({ state: 'revoked' });
    await expect(bob.api.proxies.settle({ id, as: 'accepted' })).rejects.toMatchObject(refused(404, 'no-such-proxy'));
  });

  test('[M52] [M53] count in the meetings of the body, until their giver comes', async () => {
    const { chair, ada, bob, cleo, inSession } = board;
    const { id, body, seatOf, second } = await inSession([chair, bob, cleo]);
    const { id: periodId } = await accepted(body.id, ada, bob);
    const meeting = await chair.api.meetings.get({ id });
    expect(meeting.proxies).toMatchObject([
      { id: periodId, fromId: ada.id, toId: bob.id, period: {}, seatId: seatOf(ada) },
    ]);
    const motion = { id, itemId: second.id, question: 'Adopt it?', method: 'motion' } as const;
    const open = async () => {
      const poll = await chair.api.polls.create({ ...motion, secrecy: 'named-live', majority: 'ordinary' });
      return chair.api.polls.open({ id: poll.id });
    };
    const lineOf = ({ register }: Awaited<ReturnType<typeof open>>) =>
      register.find(({ seatId }) => seatId === seatOf(ada));
    const first = await open();
    expect(lineOf(first)).toMatchObject({ voterId: bob.id, via: 'proxy' });
    // Once a vote is open nothing of its register changes.
    await ada.api.proxies.settle({ id: periodId, as: 'revoked' });
    expect(lineOf(await chair.api.polls.get({ id: first.id }))).toMatchObject({ voterId: bob.id, via: 'proxy' });
    await bob.api.polls.vote({ id: first.id, seatId: seatOf(ada), choice: { method: 'motion', vote: 'yes' } });
    await chair.api.polls.close({ id: first.id });
    await accepted(body.id, ada, bob);
    const own = await ada.api.meetings.giveProxy({ id, toId: cleo.id });
    const ownId = own.proxies.find(({ period }) => period === undefined)?.id ?? '';
    await cleo.api.meetings.settleProxy({ id, proxyId: ownId, as: 'accepted' });
    const replaced = await open();
    expect(lineOf(replaced)).toMatchObject({ voterId: cleo.id, via: 'proxy' });
    await chair.api.polls.close({ id: replaced.id });
    const arrived = await ada.api.meetings.attend({ id, what: 'in' });
    expect(arrived.proxies.map(({ state, rests }) => [state, rests])).toEqual([
      ['revoked', undefined],
      ['accepted', true],
    ]);
    await ada.api.meetings.attend({ id, what: 'out' });
    const gone = await open();
    expect(lineOf(gone)).not.toHaveProperty('voterId');
    await chair.api.polls.close({ id: gone.id });
    // [M54] The meeting keeps what counted in it.
    await chair.api.meetings.end({ id });
    for (const { id: given } of (await ada.api.proxies.list({})).items.filter(({ state }) => state === 'accepted'))
      await ada.api.proxies.settle({ id: given, as: 'revoked' });
    expect((await chair.api.meetings.get({ id })).proxies).toMatchObject([
      { state: 'revoked' },
      { state: 'accepted', rests: true, period: { from: SPRING.fromDay } },
    ]);
  });

  test('[M51] two offers accepted in one moment leave one', async () => {
    const { ada, bob, cleo, aBody } = board;
    const { body } = await aBody();
    const offers = await Promise.all(
      [ada, cleo].map((giver) => giver.api.proxies.give({ bodyId: body.id, toId: bob.id, ...SPRING })),
    );
    const answers = await Promise.allSettled(offers.map(({ id }) => bob.api.proxies.settle({ id, as: 'accepted' })));
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('[M54] leave with who is erased, and are in what they are given out', async () => {
    const { app, office, ada, aBody } = board;
    const leaving = await app.as('leaving');
    const { body } = await aBody({}, [ada, leaving]);
    const { id } = await accepted(body.id, ada, leaving);
    const exported = (await (await leaving.fetch('/api/me/export')).json()) as object;
    expect(JSON.stringify(exported)).toContain(SPRING.untilDay);
    const admin = await app.as('admin', { platformRole: 'administrator' });
    const headers = { 'content-type': 'application/json' };
    const confirmed = JSON.stringify({ confirm: 'erase' });
    await admin.fetch(`/api/admin/people/${leaving.id}`, { method: 'DELETE', headers, body: confirmed });
    const state = async () => (await office.api.proxies.list({ bodyId: body.id })).items.find((one) => one.id === id);
    await until('it is taken back', async () => (await state())?.state === 'revoked', 10_000);
  });
});
