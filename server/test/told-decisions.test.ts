import { dayOf, daysAfter } from '@concert/domain/decisions/numbers.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type TestPerson, until } from './harness.ts';
import { type Mailbox, startMailbox } from './mailbox.ts';
import { type Board, inHours, startBoard } from './meetings.ts';

let board: Board;
let mailbox: Mailbox;
let guest: TestPerson;
beforeAll(async () => {
  mailbox = await startMailbox();
  board = await startBoard({ env: { RATE_LIMITS: 'off', SMTP_URL: mailbox.url } });
  guest = await board.app.as('expert', { platformRole: 'guest' });
  for (const who of [board.chair, board.ada, board.bob, board.cleo, guest])
    await who.api.notifications.setPreferences({ quiet: null });
});
afterAll(async () => {
  await board.app.stop();
  await mailbox.stop();
});

const inbox = async (who: TestPerson) => (await who.api.notifications.list({ limit: 200 })).items;
/** What somebody was told of these things, the oldest first. */
const told = async (who: TestPerson, ...ids: readonly string[]) =>
  (await inbox(who))
    .filter(({ subject }) => ids.includes(subject.id))
    .flatMap(({ subject, events }) => events.map(({ reason }) => `${reason} ${subject.kind}`))
    .sort();
const hears = (who: TestPerson, what: string, ...ids: readonly string[]) =>
  until(`${who.id} hears ${what}`, async () => (await told(who, ...ids)).some((one) => one.startsWith(what)));

describe('meetings', () => {
  test('[N16] who is called hears of the convocation, of changes and of its end in the inbox, and gets one letter of each, the convocation', async () => {
    const { chair, ada, bob, aMeeting } = board;
    const { id } = await aMeeting({ title: 'The calling' });
    const about = () => mailbox.to(ada.email).filter(({ subject }) => subject.includes('The calling'));
    const letters = (count: number) => until(`${count} letters`, () => about().length >= count);
    await letters(1);
    for (const who of [ada, bob]) await hears(who, 'meeting-called', id);
    await chair.api.meetings.addGuest({ id, personId: guest.id });
    await hears(guest, 'meeting-called', id);
    expect(await told(ada, id)).toEqual(['meeting-called meeting']);
    await chair.api.meetings.update({ id, place: 'Elsewhere' });
    await hears(ada, 'meeting-changed', id);
    await letters(2);
    await chair.api.meetings.cancel({ id, how: 'cancelled', reason: 'Snow' });
    await hears(guest, 'meeting-cancelled', id);
    // Who did it knows of it.
    expect(await told(chair, id)).toEqual([]);
    const [first] = await inbox(ada);
    expect(first).toMatchObject({ subject: { title: 'The calling', path: `/meetings/${id}` }, unread: true });
    await letters(3);
    expect(about().every(({ text }) => text.includes('BEGIN:VCALENDAR'))).toBe(true);
    expect(about()).toHaveLength(3);
  });

  test('[N6] what was told about things that are shown is read, and others cannot read it for them', async () => {
    const { ada, bob, aMeeting } = board;
    const { id, first } = await aMeeting({ title: 'Read where it is' });
    for (const who of [ada, bob]) await hears(who, 'meeting-called', id);
    const subjects = [
      { kind: 'meeting', id },
      { kind: 'meeting-item', id: first.id },
    ];
    await ada.api.notifications.readAbout({ subjects });
    const unread = async (who: TestPerson) => (await inbox(who)).find(({ subject }) => subject.id === id)?.unread;
    expect(await unread(ada)).toBe(false);
    expect(await unread(bob)).toBe(true);
  });

  test('[N16] who proposed an item, gives or holds a proxy, or has a conflict of interest hears what became of it', async () => {
    const { chair, ada, bob, cleo, aMeeting } = board;
    const { id, first, seatOf } = await aMeeting({ startAt: inHours(100), endAt: inHours(102), title: 'My part' });
    const propose = async (title: string) => {
      const { agenda } = await ada.api.meetings.addItem({ id, title });
      return agenda.find((item) => item.title === title)?.id ?? '';
    };
    const [taken, left] = [await propose('Bicycles'), await propose('Horses')];
    await chair.api.meetings.settleItem({ id, itemId: taken, as: 'scheduled' });
    await chair.api.meetings.settleItem({ id, itemId: left, as: 'refused' });
    await hears(ada, 'item-accepted', taken);
    await hears(ada, 'item-refused', left);
    expect(await told(bob, taken, left)).toEqual([]);
    const { proxies } = await ada.api.meetings.giveProxy({ id, toId: bob.id, seatId: seatOf(ada) });
    await hears(bob, 'proxy-offered', id);
    const proxyId = proxies[0]?.id ?? '';
    await bob.api.meetings.settleProxy({ id, proxyId, as: 'accepted' });
    await hears(ada, 'proxy-accepted', id);
    await ada.api.meetings.settleProxy({ id, proxyId, as: 'revoked' });
    await hears(bob, 'proxy-revoked', id);
    expect((await told(cleo, id)).filter((one) => one.startsWith('proxy'))).toEqual([]);
    const { conflicts } = await cleo.api.meetings.declareConflict({ id, itemId: first.id });
    await chair.api.meetings.assessConflict({ id, conflictId: conflicts[0]?.id ?? '', as: 'barred' });
    await hears(cleo, 'conflict-assessed', id);
    await until('a letter of the item', () =>
      mailbox.to(ada.email).some(({ subject }) => subject.includes('Bicycles')),
    );
  });

  test('[N16] [N18] a result is told to who is called, and never to who is barred from the item, also when that comes later', async () => {
    const { chair, ada, bob, cleo, inSession } = board;
    const { id, second, seatOf } = await inSession();
    const { conflicts } = await cleo.api.meetings.declareConflict({ id, itemId: second.id });
    await chair.api.meetings.assessConflict({ id, conflictId: conflicts[0]?.id ?? '', as: 'barred' });
    const poll = await chair.api.polls.create({
      ...{ id, itemId: second.id, question: 'Do we?', method: 'motion', secrecy: 'named-after', majority: 'ordinary' },
    });
    await chair.api.polls.open({ id: poll.id });
    for (const who of [chair, ada, bob])
      await who.api.polls.vote({ id: poll.id, seatId: seatOf(who), choice: { method: 'motion', vote: 'yes' } });
    await chair.api.polls.close({ id: poll.id });
    await chair.api.polls.publish({ id: poll.id });
    await hears(ada, 'result-known', second.id);
    await hears(bob, 'result-known', second.id);
    // Who votes in a sitting is there: of the vote itself nothing is told.
    expect(await told(ada, second.id)).toEqual(['result-known meeting-item']);
    expect(await told(cleo, second.id)).toEqual([]);
    const { conflicts: later } = await ada.api.meetings.declareConflict({ id, itemId: second.id });
    const own = later.find(({ personId }) => personId === ada.id);
    await chair.api.meetings.assessConflict({ id, conflictId: own?.id ?? '', as: 'barred' });
    expect(await told(ada, second.id)).toEqual([]);
    expect(await (await ada.fetch('/api/notifications?limit=200')).text()).not.toContain(second.id);
  });

  test('[N16] who votes in writing hears that the vote is open', async () => {
    const { chair, ada, aBody } = board;
    const { body } = await aBody();
    const { id } = await chair.api.meetings.create({
      ...{ bodyId: body.id, title: 'By letter', mode: 'written', timeZone: 'Europe/Paris' },
      ...{ startAt: inHours(0.5), endAt: inHours(30) },
    });
    const { agenda } = await chair.api.meetings.addItem({ id, title: 'In writing', kind: 'decision' });
    const itemId = agenda[0]?.id ?? '';
    await chair.api.meetings.convene({ id, urgency: 'now' });
    const poll = await chair.api.polls.create({
      ...{ id, itemId, question: 'Yes?', method: 'motion', secrecy: 'named-after', majority: 'ordinary' },
    });
    await chair.api.polls.open({ id: poll.id });
    await hears(ada, 'vote-opened', itemId);
    await until('a letter', () => mailbox.to(ada.email).some(({ subject }) => subject.includes('In writing')));
  });

  test('[N5] who may not see the meeting any more is shown nothing of it', async () => {
    const { chair, office, aMeeting } = board;
    const { id, body } = await aMeeting({ title: 'No longer mine' });
    await office.api.governance.update({ id: body.id, publicity: 'internal' });
    await chair.api.meetings.addGuest({ id, personId: guest.id });
    await hears(guest, 'meeting-called', id);
    await chair.api.meetings.removeGuest({ id, personId: guest.id });
    expect(await told(guest, id)).toEqual([]);
    expect(await (await guest.fetch('/api/notifications?limit=200')).text()).not.toContain('No longer mine');
  });
});

describe('decisions and action items', () => {
  test('[N17] the people of the body hear that a decision was adopted and annulled; who is barred from its item does not', async () => {
    const { chair, ada, bob, aMeeting } = board;
    const { id, first, body } = await aMeeting();
    const { conflicts } = await bob.api.meetings.declareConflict({ id, itemId: first.id });
    await chair.api.meetings.assessConflict({ id, conflictId: conflicts[0]?.id ?? '', as: 'barred' });
    const decision = await chair.api.decisions.create({
      ...{ bodyId: body.id, title: 'Lamps', text: 'Lit.', basis: 'consensus', meetingId: id, itemId: first.id },
    });
    await chair.api.decisions.adopt({ id: decision.id });
    await hears(ada, 'decision-adopted', decision.id);
    await chair.api.decisions.annul({ id: decision.id, reason: 'Dark' });
    await hears(ada, 'decision-annulled', decision.id);
    expect(await told(bob, decision.id)).toEqual([]);
    expect(await told(chair, decision.id)).toEqual([]);
  });

  test('[N17] who is given something to do hears of it, and who gave it that it is done; given on, it is told of no more', async () => {
    const { chair, ada, bob, aBody } = board;
    const { body } = await aBody();
    const dueOn = daysAfter(dayOf(new Date()), 20);
    const { id } = await chair.api.actions.create({ bodyId: body.id, title: 'Sweep', ownerId: ada.id, dueOn });
    await hears(ada, 'action-given', id);
    const [given] = (await inbox(ada)).filter(({ subject }) => subject.id === id);
    expect(given).toMatchObject({ subject: { path: `/actions#action-${id}`, context: body.name } });
    expect(given?.events).toMatchObject([{ day: dueOn, by: { id: chair.id } }]);
    await until('a letter', () => mailbox.to(ada.email).some(({ subject }) => subject.includes('Sweep')));
    await chair.api.actions.update({ id, ownerId: bob.id });
    await hears(bob, 'action-given', id);
    expect(await told(ada, id)).toEqual([]);
    await bob.api.actions.move({ id, to: 'done' });
    await hears(chair, 'action-done', id);
    expect(await told(bob, id)).toEqual(['action-given action']);
  });
});

test('[AC7] what happens in a meeting with a workspace stands in its activity, for who may see it', async () => {
  const { app, chair, ada, office, aBody } = board;
  const { body } = await aBody();
  await office.api.governance.update({ id: body.id, publicity: 'internal' });
  const { id: workspaceId } = await chair.api.workspaces.create({ name: 'Where we meet' });
  const outside = await app.as('outside');
  for (const { email } of [ada, outside])
    await chair.api.workspaces.addMember({ id: workspaceId, email, role: 'viewer' });
  const { id } = await chair.api.meetings.create({
    ...{ bodyId: body.id, title: 'Active', mode: 'hybrid', timeZone: 'Europe/Paris', workspaceId },
    ...{ startAt: inHours(1), endAt: inHours(3) },
  });
  const { agenda } = await chair.api.meetings.addItem({ id, title: 'An item', kind: 'decision' });
  const itemId = agenda[0]?.id ?? '';
  await chair.api.meetings.convene({ id, urgency: 'now' });
  await chair.api.meetings.open({ id });
  const decision = await chair.api.decisions.create({
    ...{ bodyId: body.id, title: 'So be it', text: 'Be.', basis: 'consensus', meetingId: id, itemId },
  });
  const { hash = '' } = await chair.api.decisions.adopt({ id: decision.id });
  const action = await chair.api.actions.create({
    ...{ bodyId: body.id, title: 'Do', ownerId: chair.id, meetingId: id, itemId },
  });
  await chair.api.actions.move({ id: action.id, to: 'cancelled', reason: 'no' });
  await chair.api.meetings.end({ id });
  const deeds = async (who: TestPerson) =>
    (await who.api.activity.list({ workspaceId, limit: 100 })).items
      .map(({ deed, subject }) => `${deed} ${subject.title}`)
      .filter((one) => !one.startsWith('member'));
  const adopted = `decision-adopted ${(await chair.api.decisions.get({ id: decision.id })).number} · So be it`;
  await until('all is noted', async () => (await deeds(ada)).length === 5);
  expect(new Set(await deeds(ada))).toEqual(
    new Set(['meeting-convened Active', 'meeting-opened Active', adopted, 'action-closed Do', 'meeting-ended Active']),
  );
  expect(await deeds(outside)).toEqual([]);
  await chair.api.decisions.sign({ id: decision.id, hash });
  await chair.api.decisions.publish({ id: decision.id });
  await until('what is published is open to all', async () => (await deeds(outside)).length === 2);
});
