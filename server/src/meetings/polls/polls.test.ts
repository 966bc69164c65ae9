import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type TestPerson, until } from '../../../test/harness.ts';
import { type Board, inHours, startBoard } from '../../../test/meetings.ts';

let board: Board;
beforeAll(async () => {
  board = await startBoard();
});
afterAll(() => board.app.stop());

/** Whether the files of the database hold these bytes anywhere, freed pages included. */
function foundOnDisk(text: string, directory = process.env.TEST_DATABASE_DIR): boolean {
  if (directory === undefined) return false;
  return readdirSync(directory, { withFileTypes: true }).some((entry) => {
    const path = join(directory, entry.name);
    return entry.isDirectory() ? foundOnDisk(text, path) : entry.isFile() && readFileSync(path).includes(text);
  });
}

const refused = (status: number, reason: string) => ({ status, data: expect.objectContaining({ reason }) });
const motion = (vote: 'yes' | 'no' | 'abstain') => ({ method: 'motion', vote }) as const;

type NewPoll = Partial<Parameters<TestPerson['api']['polls']['create']>[0]>;

/** A poll that is open on the second item of a meeting in session. */
async function anOpenPoll(over: NewPoll = {}, people?: readonly TestPerson[], seconds?: number) {
  const { chair, inSession } = board;
  const made = await inSession(people);
  const poll = await chair.api.polls.create({
    ...{ id: made.id, itemId: made.second.id, question: 'Adopt the budget?', method: 'motion' },
    ...{ secrecy: 'named-live', majority: 'ordinary' },
    ...over,
  });
  const opened = await chair.api.polls.open({ id: poll.id, ...(seconds === undefined ? {} : { seconds }) });
  const vote = (person: TestPerson, choice: Parameters<TestPerson['api']['polls']['vote']>[0]['choice'], of = person) =>
    person.api.polls.vote({ id: poll.id, seatId: made.seatOf(of), choice });
  return { ...made, poll: opened, pollId: poll.id, vote };
}

describe('a named poll', () => {
  test('[M19] [M20] [M23] is prepared, opened with a frozen register, voted in, closed, and made known', async () => {
    const { chair, ada, bob, cleo } = board;
    const { id, pollId, poll, vote } = await anOpenPoll({}, [chair, ada, bob]);
    expect(poll).toMatchObject({ state: 'open', quorum: { reached: true, present: 3, needed: 3 }, turnout: { of: 3 } });
    expect((await chair.api.meetings.get({ id })).openPollIds).toEqual([pollId]);
    await expect(chair.api.meetings.end({ id })).rejects.toMatchObject(refused(409, 'open-poll'));
    await expect(chair.api.meetings.turnTo({ id, itemId: null })).rejects.toMatchObject(refused(409, 'open-poll'));
    await cleo.api.meetings.attend({ id, what: 'in' });
    await expect(vote(cleo, motion('yes'))).rejects.toMatchObject(refused(403, 'not-your-seat'));
    expect(await vote(ada, motion('yes'))).toMatchObject({ again: false, turnout: { cast: 1, of: 3 } });
    await vote(bob, motion('no'));
    await vote(chair, motion('yes'));
    expect((await cleo.api.polls.get({ id: pollId })).ballots).toHaveLength(3);
    await expect(ada.api.polls.close({ id: pollId })).rejects.toMatchObject(refused(403, 'not-a-conductor'));
    const closed = await chair.api.polls.close({ id: pollId });
    expect(closed.result).toMatchObject({
      outcome: 'adopted',
      checks: [{ of: 3000, needed: 2000, got: 2000, met: true }],
    });
    expect(await ada.api.polls.get({ id: pollId })).not.toHaveProperty('result');
    await chair.api.polls.publish({ id: pollId });
    expect((await ada.api.polls.get({ id: pollId })).result).toMatchObject({ outcome: 'adopted', cast: { heads: 3 } });
    expect((await chair.api.meetings.end({ id })).state).toBe('ended');
  });

  test('[M20] without a quorum, or off its item, it does not open', async () => {
    const { chair, ada, inSession } = board;
    const { id, first, second } = await inSession([chair, ada]);
    const poll = await chair.api.polls.create({
      ...{ id, itemId: second.id, question: 'Now?', method: 'motion', secrecy: 'named-live', majority: 'ordinary' },
    });
    await expect(chair.api.polls.open({ id: poll.id })).rejects.toMatchObject(refused(409, 'no-quorum'));
    await chair.api.meetings.turnTo({ id, itemId: first.id });
    await expect(chair.api.polls.open({ id: poll.id })).rejects.toMatchObject(refused(409, 'item-not-open'));
    expect((await chair.api.meetings.get({ id })).openPollIds).toEqual([]);
    await chair.api.meetings.end({ id });
  });

  test('[M21] [check 60] of fifty votes of one seat at once one counts, and the same again is answered alike', async () => {
    const { chair, ada } = board;
    const { pollId, vote } = await anOpenPoll();
    const all = await Promise.allSettled(
      Array.from({ length: 50 }, (_, n) => vote(ada, motion(n % 2 === 0 ? 'yes' : 'no'))),
    );
    const first = all.filter((one) => one.status === 'fulfilled' && !one.value.again);
    expect(first).toHaveLength(1);
    const { ballots = [] } = await chair.api.polls.get({ id: pollId });
    const [mine] = ballots.filter(({ personId }) => personId === ada.id);
    if (mine === undefined) throw new Error('no ballot');
    expect(await vote(ada, mine.choice)).toMatchObject({ again: true });
    const other = mine.choice.method === 'motion' && mine.choice.vote === 'yes' ? 'no' : 'yes';
    await expect(vote(ada, motion(other))).rejects.toMatchObject(refused(409, 'already-voted'));
    await chair.api.polls.close({ id: pollId });
    expect(await vote(ada, mine.choice)).toMatchObject({ again: true });
    await expect(vote(chair, motion('yes'))).rejects.toMatchObject(refused(409, 'poll-not-open'));
  });

  test('[M21] [check 60] somebody whose mandate has ended votes no more; a choice that is none is refused', async () => {
    const { office, bob, ada } = board;
    const { body, vote } = await anOpenPoll();
    await expect(vote(ada, { method: 'choose', options: ['x'] })).rejects.toMatchObject(refused(400, 'wrong-method'));
    await expect(vote(ada, motion('yes'), bob)).rejects.toMatchObject(refused(403, 'not-your-seat'));
    const { items } = await office.api.governance.mandates({ id: body.id });
    const mandate = items.find(({ personId }) => personId === bob.id);
    await office.api.governance.endMandate({ id: body.id, mandateId: mandate?.id ?? '' });
    await expect(vote(bob, motion('yes'))).rejects.toMatchObject(refused(403, 'not-your-seat'));
  });

  test('[M24] the chair settles a tie; [M25] an annulled poll keeps its ballots beside the one that repeats it', async () => {
    const { chair, ada, bob, cleo } = board;
    const { pollId, vote } = await anOpenPoll({ secrecy: 'named-after' });
    for (const [person, said] of [
      [chair, 'yes'],
      [ada, 'yes'],
      [bob, 'no'],
      [cleo, 'no'],
    ] as const)
      await vote(person, motion(said));
    expect(await ada.api.polls.get({ id: pollId })).not.toHaveProperty('ballots');
    expect((await chair.api.polls.close({ id: pollId })).result).toMatchObject({ outcome: 'tie' });
    await expect(ada.api.polls.settleTie({ id: pollId, vote: 'no' })).rejects.toMatchObject(
      refused(403, 'not-the-chair'),
    );
    const settled = await chair.api.polls.settleTie({ id: pollId, vote: 'yes' });
    expect(settled.result).toMatchObject({ outcome: 'adopted', settledBy: 'chair' });
    await chair.api.polls.publish({ id: pollId });
    const next = await chair.api.polls.annul({ id: pollId, reason: 'A member had left', repeat: true });
    expect(next).toMatchObject({ state: 'draft', supersedes: pollId, turnout: { cast: 0 } });
    const annulled = await ada.api.polls.get({ id: pollId });
    expect([annulled.state, annulled.annulledReason, annulled.ballots?.length]).toEqual([
      'annulled',
      'A member had left',
      4,
    ]);
  });

  test('[M26] hands are counted and typed in; more than may vote are refused', async () => {
    const { chair, ada, office } = board;
    const { pollId, vote } = await anOpenPoll({ byHands: true });
    await expect(vote(chair, motion('yes'))).rejects.toMatchObject(refused(409, 'by-hands'));
    await expect(chair.api.polls.close({ id: pollId })).rejects.toMatchObject(refused(409, 'nothing-counted'));
    const counted = (yes: number, no: number) => [
      { key: 'yes', count: yes },
      { key: 'no', count: no },
    ];
    await expect(chair.api.polls.hands({ id: pollId, counts: counted(4, 1) })).rejects.toMatchObject(
      refused(400, 'more-than-may-vote'),
    );
    await chair.api.polls.hands({ id: pollId, counts: counted(1, 3) });
    // Another page of who conducts goes on from there; nobody else sees it yet.
    expect(await office.api.polls.get({ id: pollId })).toMatchObject({ hands: counted(1, 3), turnout: { cast: 0 } });
    expect(await ada.api.polls.get({ id: pollId })).not.toHaveProperty('hands');
    await chair.api.polls.hands({ id: pollId, counts: counted(0, 0) });
    await expect(chair.api.polls.close({ id: pollId })).rejects.toMatchObject(refused(409, 'nothing-counted'));
    await chair.api.polls.hands({ id: pollId, counts: counted(1, 3) });
    expect((await chair.api.polls.close({ id: pollId })).result).toMatchObject({ outcome: 'rejected', typedIn: true });
    // Nobody may want to vote: that is said, and not taken for granted.
    const none = await anOpenPoll({ byHands: true });
    const closed = await chair.api.polls.close({ id: none.pollId, empty: true });
    expect(closed.result).toMatchObject({ outcome: 'no-verdict', cast: { heads: 0 } });
  });
});

describe('a choice between options', () => {
  const election = { method: 'choose', options: ['Ada', 'Bob', 'Eve'].map((label) => ({ label })) } as const;
  const held = async (majority: 'ordinary' | 'relative') => {
    const { chair, ada, bob, cleo } = board;
    const { pollId, poll, vote } = await anOpenPoll({ ...election, majority, options: [...election.options] });
    const [first = '', second = '', third = ''] = poll.options.map(({ id }) => id);
    for (const [person, option] of [
      [chair, first],
      [ada, first],
      [bob, second],
      [cleo, third],
    ] as const)
      await vote(person, { method: 'choose', options: [option] });
    return { first, second, third, result: (await chair.api.polls.close({ id: pollId })).result };
  };

  test('[V30] under the simple majority of the rules elects nobody without it', async () => {
    const { result, first, second, third } = await held('ordinary');
    expect(result).toMatchObject({
      ...{ outcome: 'runoff', elected: [], runoff: [first, second, third] },
      checks: [{ base: 'yes-no', of: 4_000, needed: 3_000, got: 2_000, met: false }],
    });
  });

  test('[V28] under the relative majority the most votes win, and there is none of a motion', async () => {
    const { result, first } = await held('relative');
    expect(result).toMatchObject({ outcome: 'elected', elected: [first], checks: [] });
    await expect(anOpenPoll({ majority: 'relative' })).rejects.toMatchObject(refused(400, 'relative-between-options'));
  });
});

describe('a second call', () => {
  test('[M9] after a meeting without a quorum, the same may be decided by who comes', async () => {
    const { chair, ada, inSession } = board;
    const first = await inSession([chair, ada]);
    const when = { timeZone: 'Europe/Paris', startAt: inHours(2) };
    const terms = { bodyId: first.body.id, title: 'Again', mode: 'room', ...when } as const;
    await expect(chair.api.meetings.create({ ...terms, secondCallOf: first.id })).rejects.toMatchObject(
      refused(409, 'not-a-second-call'),
    );
    await chair.api.meetings.end({ id: first.id });
    const full = await inSession();
    await chair.api.meetings.end({ id: full.id });
    await expect(
      chair.api.meetings.create({ ...terms, bodyId: full.body.id, secondCallOf: full.id }),
    ).rejects.toMatchObject(refused(409, 'not-a-second-call'));
    const { id } = await chair.api.meetings.create({ ...terms, secondCallOf: first.id });
    const { agenda } = await chair.api.meetings.addItem({ id, title: 'The budget', kind: 'decision' });
    const itemId = agenda[0]?.id ?? '';
    await chair.api.meetings.convene({ id, urgency: 'No quorum the first time' });
    await chair.api.meetings.open({ id });
    for (const person of [chair, ada]) await person.api.meetings.attend({ id, what: 'in' });
    const turned = await chair.api.meetings.turnTo({ id, itemId });
    expect(turned.quorum).toMatchObject({ asked: false, secondCall: true, present: 2 });
    const poll = await chair.api.polls.create({
      ...{ id, itemId, question: 'Adopt it?', method: 'motion', secrecy: 'named-live', majority: 'ordinary' },
    });
    await chair.api.polls.open({ id: poll.id });
    for (const person of [chair, ada])
      await person.api.polls.vote({ id: poll.id, seatId: first.seatOf(person), choice: motion('yes') });
    expect((await chair.api.polls.close({ id: poll.id })).result).toMatchObject({ outcome: 'adopted' });
  });
});

describe('a poll on an item from which somebody is barred', () => {
  test('[M10] does not exist for them, and their seat is recused', async () => {
    const { chair, ada, inSession } = board;
    const { id, second, seatOf } = await inSession();
    const declared = await chair.api.meetings.declareConflict({ id, itemId: second.id, personId: ada.id });
    await chair.api.meetings.assessConflict({ id, conflictId: declared.conflicts[0]?.id ?? '', as: 'barred' });
    const poll = await chair.api.polls.create({
      ...{
        id,
        itemId: second.id,
        question: 'Adopt it?',
        method: 'motion',
        secrecy: 'named-live',
        majority: 'ordinary',
      },
    });
    const opened = await chair.api.polls.open({ id: poll.id });
    expect(opened.register.find(({ seatId }) => seatId === seatOf(ada))).toMatchObject({ recused: true });
    expect(opened.turnout.of).toBe(3);
    expect((await ada.api.polls.list({ id })).items).toEqual([]);
    await expect(ada.api.polls.get({ id: poll.id })).rejects.toMatchObject(refused(404, 'not-found'));
    const vote = ada.api.polls.vote({ id: poll.id, seatId: seatOf(ada), choice: motion('yes') });
    await expect(vote).rejects.toMatchObject(refused(404, 'not-found'));
  });
});

describe('a consultation in writing', () => {
  test('[M18] [M20] everybody votes without a sitting; what was voted on is dealt with, the rest is put off', async () => {
    const { chair, ada, bob, aMeeting } = board;
    const { id, second, seatOf } = await aMeeting({ mode: 'written' });
    const poll = await chair.api.polls.create({
      ...{
        id,
        itemId: second.id,
        question: 'Adopt it?',
        method: 'motion',
        secrecy: 'named-after',
        majority: 'ordinary',
      },
    });
    expect(await chair.api.polls.open({ id: poll.id, seconds: 86_400 })).toMatchObject({ turnout: { of: 4 } });
    for (const person of [ada, bob])
      await person.api.polls.vote({ id: poll.id, seatId: seatOf(person), choice: motion('yes') });
    await expect(chair.api.meetings.end({ id })).rejects.toMatchObject(refused(409, 'open-poll'));
    await expect(chair.api.meetings.cancel({ id, how: 'cancelled', reason: 'lost' })).rejects.toMatchObject(
      refused(409, 'open-poll'),
    );
    await chair.api.polls.close({ id: poll.id });
    const ended = await chair.api.meetings.end({ id });
    expect(ended.agenda.map(({ state }) => state)).toEqual(['deferred', 'done']);
  });
});

describe('a secret poll', () => {
  test('[M55] and any other that is open waits for each voter until they have voted, in lists too', async () => {
    const { chair, ada, bob, cleo } = board;
    const waiting = async (person: TestPerson, id: string) => {
      const line = (await person.api.meetings.list({})).items.find((one) => one.id === id);
      return [line?.openVotes, line?.proxyOffers];
    };
    for (const secrecy of ['secret', 'named-after'] as const) {
      const { id, pollId, vote } = await anOpenPoll({ secrecy }, [chair, ada, bob]);
      await cleo.api.meetings.giveProxy({ id, toId: bob.id });
      expect(await Promise.all([chair, ada, bob, cleo].map((one) => waiting(one, id)))).toEqual([
        [1, 0],
        [1, 0],
        [1, 1],
        [0, 0],
      ]);
      await vote(ada, motion('yes'));
      expect(await waiting(ada, id)).toEqual([0, 0]);
      expect(await waiting(bob, id)).toEqual([1, 1]);
      await chair.api.polls.close({ id: pollId });
      await chair.api.meetings.end({ id });
      expect(await waiting(bob, id)).toEqual([undefined, undefined]);
    }
  });

  test('[M22] [check 59] after the close nothing joins a voter to a choice, on the disk neither', async () => {
    const { chair, ada, bob, cleo, office, app } = board;
    const { pollId, vote, id } = await anOpenPoll({
      ...{ secrecy: 'secret', method: 'choose', limits: { min: 1, max: 1, seats: 1 } },
      options: [{ label: 'Left' }, { label: 'Right' }],
    });
    const { options } = await ada.api.polls.get({ id: pollId });
    const [left, right] = options.map((one) => one.id);
    const heard: unknown[] = [];
    const socket = await office.live();
    socket.onAny((name: string, payload: unknown) => void heard.push([name, payload]));
    for (const [person, option] of [
      [ada, left],
      [bob, right],
      [cleo, right],
      [chair, right],
    ] as const)
      await vote(person, { method: 'choose', options: [option ?? ''] });
    const box = await app.app.platform.db.collection('ballot_boxes').findOne({ _id: pollId as never });
    const keys = ((box?.ballots ?? []) as { k: string }[]).map(({ k }) => k);
    expect(keys).toEqual([...keys].sort());
    expect(box?.voters).toEqual([...((box?.voters ?? []) as string[])].sort());
    const onDisk = (): boolean => keys.some((key) => foundOnDisk(key));
    const control = onDisk();
    const during = await chair.api.polls.get({ id: pollId });
    expect(during.turnout).toEqual({ cast: 4, of: 4 });
    expect(during).not.toHaveProperty('ballots');
    expect(during).not.toHaveProperty('result');
    expect(during.register.some((one) => 'voted' in one)).toBe(false);
    await chair.api.polls.close({ id: pollId });
    const after = await chair.api.polls.publish({ id: pollId });
    expect(after.result).toMatchObject({ outcome: 'elected', elected: [right], cast: { heads: 4 } });
    expect(after).not.toHaveProperty('ballots');
    const { collection } = { collection: () => app.app.platform.db.collection<{ _id: string }>('ballot_boxes') };
    await until(
      'the disk is rewritten',
      async () => !('traces' in ((await collection().findOne({ _id: pollId })) ?? {})),
      60_000,
    );
    const kept = await collection().findOne({ _id: pollId });
    expect(kept).toEqual({
      ...{ _id: pollId, state: 'counted', voters: [], ballots: [] },
      counted: expect.arrayContaining([{ choice: { method: 'choose', options: [right] }, count: 3 }]),
    });
    // What was there before the close is not there any more; that it was found then shows that the search finds.
    if (process.env.TEST_DATABASE_DIR !== undefined) expect([control, onDisk()]).toEqual([true, false]);
    const people = [ada, bob, cleo, chair].map((person) => person.id);
    const told = JSON.stringify(heard);
    expect(people.filter((one) => told.includes(one))).toEqual([]);
    const record = await app.app.platform.db.collection('polls').findOne({ _id: pollId as never });
    expect(record?.ballots).toEqual({});
    await expect(vote(ada, { method: 'choose', options: [right ?? ''] })).resolves.toMatchObject({ again: true });
    await chair.api.meetings.end({ id });
  });

  test('[M22] [V4] fewer than three cannot vote secretly, nor is told what fewer than three have chosen', async () => {
    const { chair, ada, bob } = board;
    const { pollId, vote } = await anOpenPoll({ secrecy: 'secret' });
    await vote(ada, motion('yes'));
    await vote(bob, motion('no'));
    const { result } = await chair.api.polls.close({ id: pollId });
    expect(result).toMatchObject({ outcome: 'no-verdict', lines: [], cast: { heads: 2 } });
    const boxes = board.app.app.platform.db.collection<{ _id: string }>('ballot_boxes');
    expect(await boxes.findOne({ _id: pollId })).toMatchObject({ state: 'counted', ballots: [], counted: [] });
  });

  test('[M21] [check 60] of parallel votes of one seat one counts: as many ballots as voters', async () => {
    const { ada, bob, cleo, chair, app } = board;
    const { pollId, vote } = await anOpenPoll({ secrecy: 'secret' });
    await Promise.all(
      [ada, bob, cleo].flatMap((person) => Array.from({ length: 20 }, () => vote(person, motion('yes')))),
    );
    const box = await app.app.platform.db.collection('ballot_boxes').findOne({ _id: pollId as never });
    expect([box?.voters?.length, box?.ballots?.length]).toEqual([3, 3]);
    expect((await chair.api.polls.close({ id: pollId })).result).toMatchObject({ outcome: 'adopted' });
  });

  test('[M22] [M23] a count that was cut off is finished by the next server, and not made known before', async () => {
    const { ada, bob, cleo, chair, app } = board;
    const { pollId, vote } = await anOpenPoll({ secrecy: 'secret' });
    for (const person of [ada, bob, cleo]) await vote(person, motion('yes'));
    const { db } = app.app.platform;
    await db.collection('ballot_boxes').updateOne({ _id: pollId as never }, { $set: { state: 'closed' } });
    await db.collection('polls').updateOne({ _id: pollId as never }, { $set: { state: 'closed' } });
    // Closed and not yet counted: there is nothing that could be made known.
    await expect(chair.api.polls.publish({ id: pollId })).rejects.toMatchObject(refused(409, 'poll-not-closed'));
    await app.restart();
    const again = app.visit(chair);
    const poll = await again.api.polls.get({ id: pollId });
    expect(poll.result).toMatchObject({ outcome: 'adopted', cast: { heads: 3 } });
    const meeting = await again.api.meetings.get({ id: poll.meetingId });
    expect(meeting.openPollIds).toEqual([]);
  });
});

describe('a poll whose time has come', () => {
  test('[M20] takes nothing any more, and is closed by whoever finds it, a server that starts later too', async () => {
    const { ada, bob, chair, app } = board;
    // The one before has started the server anew.
    const [anew, also, leads] = [app.visit(ada), app.visit(bob), app.visit(chair)];
    const { db } = app.app.platform;
    const { id, second, seatOf } = await startedAnew(leads, [anew, also]);
    const poll = await leads.api.polls.create({
      ...{ id, itemId: second, question: 'In time?', method: 'motion', secrecy: 'named-live', majority: 'ordinary' },
    });
    await leads.api.polls.open({ id: poll.id, seconds: 600 });
    await anew.api.polls.vote({ id: poll.id, seatId: seatOf(ada), choice: motion('yes') });
    // Set on rather than waited for.
    const past = { $set: { closesAt: new Date(Date.now() - 1) } };
    await db.collection<{ _id: string }>('polls').updateOne({ _id: poll.id }, past);
    const late = also.api.polls.vote({ id: poll.id, seatId: seatOf(bob), choice: motion('no') });
    await expect(late).rejects.toMatchObject(refused(409, 'poll-not-open'));
    await app.restart();
    const again = app.visit(chair);
    await until('it is closed', async () => (await again.api.polls.get({ id: poll.id })).state === 'closed');
    expect((await again.api.polls.get({ id: poll.id })).result).toMatchObject({
      outcome: 'adopted',
      cast: { heads: 1 },
    });
  });
});

/** A meeting in session on an item, by people of the server as it runs now. */
async function startedAnew(leads: TestPerson, others: readonly TestPerson[]) {
  const office = board.app.visit(board.office);
  const body = await office.api.governance.create({ name: 'Anew', kind: 'committee' });
  const seats = new Map<string, string>();
  for (const [n, person] of [leads, ...others].entries()) {
    const role = n === 0 ? 'chair' : 'member';
    const mandate = await office.api.governance.giveMandate({ id: body.id, personId: person.id, role });
    seats.set(person.id, mandate.id);
  }
  const when = { timeZone: 'Europe/Paris', startAt: inHours(2) };
  const { id } = await leads.api.meetings.create({ bodyId: body.id, title: 'Anew', mode: 'room', ...when });
  const { agenda } = await leads.api.meetings.addItem({ id, title: 'One' });
  const second = agenda[0]?.id ?? '';
  await leads.api.meetings.convene({ id, urgency: 'soon' });
  await leads.api.meetings.open({ id });
  for (const person of [leads, ...others]) await person.api.meetings.attend({ id, what: 'in' });
  await leads.api.meetings.turnTo({ id, itemId: second });
  return { id, second, seatOf: ({ id: personId }: TestPerson) => seats.get(personId) ?? '' };
}
