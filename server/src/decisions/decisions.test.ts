import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startApp, type TestPerson, until } from '../../test/harness.ts';
import { type Board, startBoard } from '../../test/meetings.ts';

let board: Board;
let outsider: TestPerson;
let guest: TestPerson;

beforeAll(async () => {
  board = await startBoard();
  outsider = await board.app.as('outsider');
  guest = await board.app.as('guest', { platformRole: 'guest' });
});
afterAll(() => board.app.stop());

const refused = (status: number, reason: string) => ({ status, data: expect.objectContaining({ reason }) });
const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
const year = new Date().getFullYear();

const consensus = (bodyId: string, over: Record<string, unknown> = {}) => ({
  ...{ bodyId, title: 'Calendar', text: 'The board meets on Tuesdays.', basis: 'consensus' as const },
  ...over,
});

/** A note of a workspace, with its text. */
async function aNote(words: string) {
  const { chair } = board;
  const { id: workspaceId } = await chair.api.workspaces.create({ name: 'Papers' });
  const { id } = await chair.api.documents.create({ workspaceId, kind: 'note', title: words });
  return { id, workspaceId };
}

/** Changes the title of a note, and with it what it says. */
async function rewrite(id: string, title: string): Promise<void> {
  await board.chair.api.documents.update({ id, title });
  await until('it is projected', async () => (await board.chair.api.documents.get({ id })).title === title);
}

/** A poll on the open item of a meeting in session, on which these have voted, published. */
async function aPoll(
  made: Awaited<ReturnType<Board['inSession']>>,
  votes: readonly (readonly [TestPerson, 'yes' | 'no' | 'abstain'])[],
) {
  const { polls } = board.chair.api;
  const { id } = await polls.create({
    ...{ id: made.id, itemId: made.second.id, question: 'Is the budget adopted?', method: 'motion' },
    ...{ secrecy: 'named-after', majority: 'ordinary' },
  });
  await polls.open({ id });
  for (const [person, vote] of votes)
    await person.api.polls.vote({ id, seatId: made.seatOf(person), choice: { method: 'motion', vote } });
  await polls.close({ id });
  return id;
}

/** Adopted by consensus, and signed by the chair. */
async function signed(bodyId: string, over: Record<string, unknown> = {}) {
  const { decisions } = board.chair.api;
  const drafted = await decisions.create(consensus(bodyId, over));
  const { id, hash = '' } = await decisions.adopt({ id: drafted.id });
  return decisions.sign({ id, hash });
}

describe('the register', () => {
  test('[R1] [R2] drafts are for who acts for the body, what is adopted for its people, what is published for members', async () => {
    const { office, chair, ada, aBody } = board;
    const { body } = await aBody();
    await expect(ada.api.decisions.create(consensus(body.id))).rejects.toMatchObject(refused(403, 'not-a-conductor'));
    await expect(guest.api.decisions.create(consensus(body.id))).rejects.toMatchObject(refused(404, 'no-such-body'));
    const { id } = await chair.api.decisions.create(consensus(body.id));
    const seen = async () => {
      const people = [office, chair, ada, outsider, guest];
      const lists = await Promise.all(people.map((one) => one.api.decisions.list({ limit: 200 })));
      const pages = await Promise.all(people.map((one) => one.fetch(`/api/decisions/${id}`)));
      const listed = lists.map(({ items }) => items.some((line) => line.id === id));
      expect(pages.map(({ status }) => status === 200)).toEqual(listed);
      expect(pages.filter(({ status }) => status !== 200).every(({ status }) => status === 404)).toBe(true);
      return listed;
    };
    expect(await seen()).toEqual([true, true, false, false, false]);
    const { hash = '' } = await chair.api.decisions.adopt({ id });
    expect(await seen()).toEqual([true, true, true, false, false]);
    await expect(ada.api.decisions.publish({ id })).rejects.toMatchObject(refused(403, 'not-a-conductor'));
    await expect(chair.api.decisions.publish({ id })).rejects.toMatchObject(refused(409, 'not-signed'));
    await chair.api.decisions.sign({ id, hash });
    await chair.api.decisions.publish({ id });
    expect(await seen()).toEqual([true, true, true, true, false]);
    await expect(chair.api.decisions.publish({ id })).rejects.toMatchObject(refused(409, 'already-published'));
    const unknown = await (await guest.fetch('/api/decisions/01890000-0000-7000-8000-000000000000')).text();
    expect(await (await guest.fetch(`/api/decisions/${id}`)).text()).toBe(unknown);
  });

  test('[R2] who had a mandate when it was decided keeps seeing it', async () => {
    const { office, chair, ada, bob, aBody } = board;
    const { body } = await aBody();
    const mandateOf = async (person: TestPerson) =>
      (await office.api.governance.mandates({ id: body.id })).items.find(({ personId }) => personId === person.id);
    await office.api.governance.endMandate({ id: body.id, mandateId: (await mandateOf(bob))?.id ?? '' });
    const { id } = await signed(body.id);
    await office.api.governance.endMandate({ id: body.id, mandateId: (await mandateOf(ada))?.id ?? '' });
    const sees = async (person: TestPerson) => [
      (await person.fetch(`/api/decisions/${id}`)).status,
      (await person.api.decisions.list({ bodyId: body.id })).items.length,
    ];
    expect(await Promise.all([chair, ada, bob].map(sees))).toEqual([
      [200, 1],
      [200, 1],
      [404, 0],
    ]);
  });

  test('[R2] who is barred from the item sees nothing of the decision before it is published', async () => {
    const { chair, ada, bob, cleo, inSession } = board;
    const made = await inSession();
    const { meetings, polls, decisions } = chair.api;
    const { conflicts } = await meetings.declareConflict({ id: made.id, itemId: made.second.id, personId: ada.id });
    await meetings.assessConflict({ id: made.id, conflictId: conflicts[0]?.id ?? '', as: 'barred' });
    const pollId = await aPoll(made, [
      [chair, 'yes'],
      [bob, 'yes'],
      [cleo, 'yes'],
    ]);
    await polls.publish({ id: pollId });
    const drafted = await decisions.create({
      ...consensus(made.body.id, { basis: 'poll', pollId }),
    });
    const { id, hash = '' } = await decisions.adopt({ id: drafted.id });
    const sees = async (person: TestPerson) => [
      (await person.fetch(`/api/decisions/${id}`)).status,
      (await person.api.decisions.list({ bodyId: made.body.id })).items.length,
    ];
    expect(await Promise.all([ada, bob].map(sees))).toEqual([
      [404, 0],
      [200, 1],
    ]);
    await decisions.sign({ id, hash });
    await decisions.publish({ id });
    expect(await sees(ada)).toEqual([200, 1]);
  });

  test('[R4] numbers have no holes, and none is given twice, whoever adopts at once and wherever', async () => {
    const { app, chair, aBody } = board;
    const { body } = await aBody();
    const beside = await startApp({ beside: app });
    try {
      const visitor = beside.visit(chair);
      const drafts = await Promise.all(
        Array.from({ length: 16 }, (_, n) => chair.api.decisions.create(consensus(body.id, { title: `No ${n}` }))),
      );
      await chair.api.decisions.remove({ id: drafts[3]?.id ?? '' });
      const kept = drafts.filter((_, n) => n !== 3);
      const adopted = await Promise.all(
        kept.map(({ id }, n) => (n % 2 === 0 ? chair : visitor).api.decisions.adopt({ id })),
      );
      const numbers = adopted.map(({ number = '' }) => number);
      expect(numbers.toSorted()).toEqual(kept.map((_, n) => `${year}-${String(n + 1).padStart(2, '0')}`));
      const again = await Promise.all(
        Array.from({ length: 4 }, () => chair.fetch(`/api/decisions/${kept[0]?.id}/adopt`, { method: 'POST' })),
      );
      expect(again.map(({ status }) => status)).toEqual([409, 409, 409, 409]);
      const old = await chair.api.decisions.create(consensus(body.id, { decidedOn: `${year - 1}-12-31` }));
      expect((await chair.api.decisions.adopt({ id: old.id })).number).toBe(`${year - 1}-01`);
      const { items, years, next } = await chair.api.decisions.list({ bodyId: body.id, limit: 10 });
      expect([items.length, years, next === undefined]).toEqual([10, [year, year - 1], false]);
      const rest = await chair.api.decisions.list({ bodyId: body.id, limit: 10, cursor: next });
      expect(new Set([...items, ...rest.items].map(({ id }) => id)).size).toBe(16);
      const before = await chair.api.decisions.list({ bodyId: body.id, year: year - 1 });
      expect(before.items.map(({ id }) => id)).toEqual([old.id]);
    } finally {
      await beside.stop();
    }
  });

  test('[R3] rests on a poll of this body that was made known and has decided, and on one poll rests one decision', async () => {
    const { chair, ada, bob, cleo, aBody, inSession } = board;
    const made = await inSession();
    const { decisions, polls } = chair.api;
    const pollId = await aPoll(made, [
      [chair, 'yes'],
      [ada, 'yes'],
      [bob, 'no'],
      [cleo, 'abstain'],
    ]);
    const draft = { ...consensus(made.body.id), basis: 'poll' as const, pollId };
    await expect(decisions.create(draft)).rejects.toMatchObject(refused(409, 'poll-not-published'));
    await polls.publish({ id: pollId });
    const { body: other } = await aBody();
    await expect(decisions.create({ ...draft, bodyId: other.id })).rejects.toMatchObject(refused(404, 'no-such-poll'));
    const first = await decisions.create(draft);
    const second = await decisions.create(draft);
    expect(await decisions.adopt({ id: first.id })).toMatchObject({
      result: 'adopted',
      meeting: { id: made.id, itemId: made.second.id, itemTitle: 'The budget' },
      vote: {
        question: 'Is the budget adopted?',
        outcome: 'adopted',
        votes: { for: 2_000, against: 1_000, aside: 1_000 },
      },
    });
    await expect(decisions.adopt({ id: second.id })).rejects.toMatchObject(refused(409, 'poll-already-recorded'));
    await decisions.annul({ id: first.id, reason: 'typed in wrong' });
    expect((await decisions.adopt({ id: second.id })).number).toBe(`${year}-02`);
    await polls.annul({ id: pollId, reason: 'a vote was cast twice' });
    expect(await decisions.get({ id: second.id })).toMatchObject({ voteAnnulled: true, state: 'adopted' });
    await expect(decisions.create(consensus(made.body.id, { basis: 'delegated' }))).rejects.toMatchObject(
      refused(400, 'grounds-missing'),
    );
    const tomorrow = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
    await expect(decisions.create(consensus(made.body.id, { decidedOn: tomorrow }))).rejects.toMatchObject(
      refused(400, 'in-the-future'),
    );
  });

  test('[R6] a rejection is a decision, apart from what was recommended', async () => {
    const { chair, ada, bob, inSession } = board;
    const made = await inSession();
    const pollId = await aPoll(made, [
      [chair, 'yes'],
      [ada, 'no'],
      [bob, 'no'],
    ]);
    await chair.api.polls.publish({ id: pollId });
    const { id } = await chair.api.decisions.create({
      ...consensus(made.body.id, { basis: 'poll', pollId, recommendation: 'Adopt it.' }),
    });
    expect(await chair.api.decisions.adopt({ id })).toMatchObject({ result: 'rejected', recommendation: 'Adopt it.' });
  });
});

describe('what was adopted', () => {
  test('[R5] the text voted on opens byte for byte after it was changed, and after its document went', async () => {
    const { chair, ada, cleo, aBody } = board;
    const note = await aNote('As it was voted on');
    const { body } = await aBody();
    const { decisions, documents, meetings, polls } = chair.api;
    const { id: meetingId } = await meetings.create({
      ...{ bodyId: body.id, title: 'June', mode: 'room', timeZone: 'Europe/Paris' },
      startAt: new Date(Date.now() + 3600_000).toISOString(),
    });
    const { agenda } = await meetings.addItem({ id: meetingId, title: 'The plan', kind: 'decision' });
    const itemId = agenda[0]?.id ?? '';
    await meetings.addPaper({ id: meetingId, itemId, documentId: note.id });
    const convened = await meetings.convene({ id: meetingId, urgency: 'soon' });
    const { versionId = '', hash = '' } = convened.agenda[0]?.papers[0] ?? {};
    await rewrite(note.id, 'Changed before the vote');
    await meetings.open({ id: meetingId });
    await meetings.turnTo({ id: meetingId, itemId });
    for (const person of [chair, ada, cleo, board.bob]) await person.api.meetings.attend({ id: meetingId, what: 'in' });
    const { id: pollId } = await polls.create({
      ...{ id: meetingId, itemId, question: 'The plan?', method: 'consent' },
      ...{ secrecy: 'named-after', majority: 'ordinary' },
    });
    await polls.open({ id: pollId });
    const { items: seats } = await chair.api.governance.seats({ id: body.id });
    const seatId = seats.find(({ holder }) => holder?.personId === chair.id)?.id ?? '';
    await polls.vote({ id: pollId, seatId, choice: { method: 'consent', vote: 'consent' } });
    await polls.close({ id: pollId });
    await polls.publish({ id: pollId });
    const { id } = await decisions.create({ ...consensus(body.id, { basis: 'poll', pollId }) });
    await expect(decisions.paper({ id, documentId: note.id })).rejects.toMatchObject(refused(404, 'not-found'));
    const adopted = await decisions.adopt({ id });
    expect(adopted.papers).toMatchObject([
      {
        documentId: note.id,
        versionId,
        hash,
        title: 'As it was voted on',
        kind: 'note',
        changedSince: true,
        late: false,
        open: true,
      },
    ]);
    const before = await decisions.paper({ id, documentId: note.id });
    expect(sha256(before.content)).toBe(hash);
    expect(JSON.parse(before.content)).toMatchObject({ fields: { title: 'As it was voted on' } });
    await rewrite(note.id, 'As it was voted on');
    expect((await decisions.get({ id })).papers[0]?.changedSince).toBe(false);
    await documents.trash({ id: note.id });
    await board.app.app.platform.db.collection('documents').deleteMany({ _id: note.id as never });
    await board.app.app.platform.db.collection('versions').deleteMany({ documentId: note.id });
    await board.app.app.platform.db
      .collection<{ _id: string }>('version_contents')
      .deleteMany({ _id: `${versionId}:0` });
    expect(await decisions.paper({ id, documentId: note.id })).toEqual(before);
    // Who has no right to the workspace has one to what their body adopted.
    expect(await ada.api.decisions.paper({ id, documentId: note.id })).toEqual(before);
    const [paper] = (await ada.api.decisions.get({ id })).papers;
    expect([paper?.open, paper && 'changedSince' in paper]).toEqual([false, false]);
  });

  test('[R5] without a meeting the text is frozen when it is drafted, and by somebody who may read it', async () => {
    const { office, chair, aBody } = board;
    const { id: documentId } = await aNote('A charter');
    const { body } = await aBody();
    const terms = consensus(body.id, { documents: [documentId] });
    await expect(office.api.decisions.create(terms)).rejects.toMatchObject(refused(404, 'no-such-document'));
    const { id } = await chair.api.decisions.create(terms);
    await rewrite(documentId, 'Another charter');
    const { papers } = await chair.api.decisions.adopt({ id });
    expect(papers).toMatchObject([{ title: 'A charter', changedSince: true }]);
    expect((await chair.api.decisions.paper({ id, documentId })).content).toContain('"A charter"');
  });

  test('[R7] [R12] nothing of it changes, and its one form says what it is; only a draft is worded anew and deleted', async () => {
    const { chair, ada, aBody } = board;
    const { body } = await aBody();
    const { decisions } = chair.api;
    const { id } = await decisions.create(consensus(body.id, { recommendation: 'Mondays.', reviewOn: '2099-01-31' }));
    await expect(ada.fetch(`/api/decisions/${id}/content`)).resolves.toMatchObject({ status: 404 });
    await decisions.update({ id, text: 'On Wednesdays.', recommendation: null, effects: ['Rooms are booked.'] });
    const adopted = await decisions.adopt({ id });
    expect(adopted).toMatchObject({ text: 'On Wednesdays.', effects: ['Rooms are booked.'], reviewDue: false });
    expect(adopted).not.toHaveProperty('recommendation');
    await expect(decisions.update({ id, text: 'Never.' })).rejects.toMatchObject(refused(409, 'decision-adopted'));
    await expect(decisions.remove({ id })).rejects.toMatchObject(refused(409, 'decision-adopted'));
    const { content, hash } = await ada.api.decisions.content({ id });
    expect([sha256(content), adopted.hash]).toEqual([hash, hash]);
    expect(JSON.parse(content)).toMatchObject({
      ...{ number: `${year}-01`, text: 'On Wednesdays.', result: 'adopted', reviewOn: '2099-01-31', papers: [] },
      body: { id: body.id, name: body.name },
    });
  });

  test('[R7] it is superseded once, by a decision of the same body, and says by which', async () => {
    const { chair, aBody } = board;
    const { body } = await aBody();
    const { body: other } = await aBody();
    const { decisions } = chair.api;
    const first = await signed(body.id);
    const supersedes = first.id;
    await expect(decisions.create(consensus(other.id, { supersedes }))).rejects.toMatchObject(
      refused(404, 'no-such-decision'),
    );
    const drafts = await Promise.all([1, 2, 3].map(() => decisions.create(consensus(body.id, { supersedes }))));
    expect((await decisions.get({ id: supersedes })).state).toBe('signed');
    const tried = await Promise.allSettled(drafts.map(({ id }) => decisions.adopt({ id })));
    expect(tried.filter(({ status }) => status === 'fulfilled').length).toBe(1);
    const by = tried.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))[0];
    for (const one of tried)
      if (one.status === 'rejected') expect(one.reason).toMatchObject(refused(409, 'already-superseded'));
    expect(by).toMatchObject({ number: `${year}-02`, supersedes: { id: supersedes, number: `${year}-01` } });
    const after = await decisions.get({ id: supersedes });
    expect(after).toMatchObject({ state: 'superseded', supersededBy: { id: by?.id, number: `${year}-02` } });
    for (const what of [decisions.annul({ id: supersedes, reason: 'x' }), decisions.publish({ id: supersedes })])
      await expect(what).rejects.toMatchObject(refused(409, 'not-in-force'));
    await expect(decisions.create(consensus(body.id, { supersedes }))).rejects.toMatchObject(
      refused(409, 'already-superseded'),
    );
    // [R8] What it had superseded does not come back.
    await decisions.annul({ id: by?.id ?? '', reason: 'without effect' });
    expect((await decisions.get({ id: supersedes })).state).toBe('superseded');
  });

  test('[R7] a crash after the adoption does not leave in force what was superseded', async () => {
    const { app, chair, aBody } = board;
    const { body } = await aBody();
    const first = await signed(body.id);
    const next = await chair.api.decisions.create(consensus(body.id, { supersedes: first.id }));
    await chair.api.decisions.adopt({ id: next.id });
    const decisions = app.app.platform.db.collection<{ _id: string; outbox: unknown[] }>('decisions');
    await decisions.updateOne({ _id: first.id }, { $set: { state: 'signed' }, $unset: { supersededBy: '' } });
    const event = app.app.platform.outbox.event('decisions.adopted', { decisionId: next.id, bodyId: body.id });
    await decisions.updateOne({ _id: next.id }, { $push: { outbox: event } });
    app.app.platform.outbox.wake('decisions');
    await until(
      'it is superseded',
      async () => (await chair.api.decisions.get({ id: first.id })).state === 'superseded',
    );
  });

  test('[R8] annulled with a reason, it stays under its number', async () => {
    const { chair, ada, aBody } = board;
    const { body } = await aBody();
    const { id } = await signed(body.id);
    await expect(ada.api.decisions.annul({ id, reason: 'no' })).rejects.toMatchObject(refused(403, 'not-a-conductor'));
    expect(await chair.api.decisions.annul({ id, reason: 'out of its remit' })).toMatchObject({
      ...{ state: 'annulled', annulledReason: 'out of its remit', number: `${year}-01` },
    });
    const next = await signed(body.id);
    expect(next.number).toBe(`${year}-02`);
  });

  test('[R9] signs who sits, once and by the hash; the chair’s signature makes it signed', async () => {
    const { office, chair, ada, bob, aBody } = board;
    const { body } = await aBody();
    await office.api.governance.giveMandate({ id: body.id, personId: outsider.id, role: 'observer' });
    const { id } = await chair.api.decisions.create(consensus(body.id));
    const { hash = '' } = await chair.api.decisions.adopt({ id });
    const sign = (person: TestPerson, by = hash) => person.api.decisions.sign({ id, hash: by });
    await expect(sign(ada, sha256('else'))).rejects.toMatchObject(refused(409, 'hash-differs'));
    for (const person of [office, outsider])
      await expect(sign(person)).rejects.toMatchObject(refused(403, 'not-sitting'));
    expect(await ada.api.decisions.get({ id })).toMatchObject({ me: { signs: true, conducts: false } });
    expect(await sign(ada)).toMatchObject({ state: 'adopted', me: { signs: false } });
    await expect(sign(ada)).rejects.toMatchObject(refused(409, 'already-signed'));
    expect(await sign(chair)).toMatchObject({ state: 'signed' });
    expect((await sign(bob)).signatures).toMatchObject([
      { personId: ada.id, name: 'ada', role: 'member', seatTitle: 'Seat 2', hash },
      { personId: chair.id, role: 'chair', hash },
      { personId: bob.id, hash },
    ]);
  });
});

test('those who see a decision hear that it has changed; a body that has decided is not removed; what is signed is given out', async () => {
  const { office, chair, ada, aBody } = board;
  const { body } = await aBody();
  const heard: string[] = [];
  const live = await ada.live();
  live.on('decisions.changed', ({ decisionId }) => void heard.push(decisionId));
  const { id } = await signed(body.id, { title: 'Told' });
  await until('it is heard', () => heard.includes(id));
  await expect(office.api.governance.remove({ id: body.id })).rejects.toMatchObject(refused(409, 'body-in-use'));
  const given = await (await chair.fetch('/api/me/export')).json();
  expect(JSON.stringify(given)).toContain('"title":"Told"');
});
