import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type TestPerson, until } from '../../test/harness.ts';
import { type Board, inHours, startBoard } from '../../test/meetings.ts';

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

describe('convening', () => {
  test('[M1] [M2] those who conduct prepare a meeting; others see it once it is convened, or never', async () => {
    const { office, chair, ada, aBody } = board;
    const { body } = await aBody();
    const terms = { bodyId: body.id, title: 'June', mode: 'room', timeZone: 'Europe/Paris' } as const;
    await expect(ada.api.meetings.create(terms)).rejects.toMatchObject(refused(403, 'not-a-conductor'));
    await expect(guest.api.meetings.create(terms)).rejects.toMatchObject(refused(404, 'no-such-body'));
    await expect(chair.api.meetings.create({ ...terms, timeZone: 'Europe/Nowhere' })).rejects.toMatchObject(
      refused(400, 'bad-time-zone'),
    );
    const { id } = await chair.api.meetings.create({ ...terms, startAt: inHours(1) });
    expect(await ada.api.meetings.get({ id })).toMatchObject({
      state: 'draft',
      me: { conducts: false, takesPart: true },
    });
    await expect(outsider.api.meetings.get({ id })).rejects.toMatchObject(refused(404, 'not-found'));
    await chair.api.meetings.addItem({ id, title: 'One' });
    await chair.api.meetings.convene({ id, urgency: 'soon' });
    expect((await outsider.api.meetings.get({ id })).me).toMatchObject({ conducts: false, takesPart: false });
    await expect(guest.api.meetings.get({ id })).rejects.toMatchObject(refused(404, 'not-found'));
    await chair.api.meetings.addGuest({ id, personId: guest.id });
    expect((await guest.api.meetings.get({ id })).me).toMatchObject({ quality: 'guest' });
    const listed = async (person: TestPerson) =>
      (await person.api.meetings.list({ bodyId: body.id })).items.map((one) => one.id);
    const invited = async () => (await guest.api.meetings.list({})).items.map((one) => one.id);
    expect(await Promise.all([...[ada, outsider].map(listed), invited()])).toEqual([[id], [id], [id]]);
    await expect(listed(guest)).rejects.toMatchObject(refused(404, 'not-found'));
    await office.api.governance.update({ id: body.id, publicity: 'internal' });
    expect(await Promise.all([...[ada, outsider, office].map(listed), invited()])).toEqual([[id], [], [id], [id]]);
    await expect(outsider.api.meetings.get({ id })).rejects.toMatchObject(refused(404, 'not-found'));
    // Who has left the body is listed nothing that they could not open.
    const { items: mandates } = await office.api.governance.mandates({ id: body.id });
    const left = mandates.find(({ personId }) => personId === ada.id);
    await office.api.governance.endMandate({ id: body.id, mandateId: left?.id ?? '' });
    expect(await listed(ada)).toEqual([]);
    await expect(ada.api.meetings.get({ id })).rejects.toMatchObject(refused(404, 'not-found'));
  });

  test('[M4] [M5] needs a date, an agenda and the notice of the rules, or a reason', async () => {
    const { office, chair, aBody } = board;
    const { body } = await aBody();
    const { meetings } = chair.api;
    const { id } = await meetings.create({ bodyId: body.id, title: 'June', mode: 'room', timeZone: 'Europe/Paris' });
    await expect(meetings.convene({ id })).rejects.toMatchObject(refused(400, 'no-date'));
    await meetings.update({ id, startAt: inHours(24 * 11) });
    await expect(meetings.convene({ id })).rejects.toMatchObject(refused(400, 'no-agenda'));
    await meetings.addItem({ id, title: 'One' });
    await expect(meetings.convene({ id })).rejects.toMatchObject(refused(409, 'notice-too-short'));
    await meetings.update({ id, startAt: inHours(24 * 15) });
    const convened = await meetings.convene({ id });
    expect(convened).toMatchObject({ state: 'convened', rulesVersion: 0 });
    const { rules } = convened;
    await office.api.governance.setRules({ id: body.id, rules: { ...rules, noticeDays: 3 }, expectedVersion: 0 });
    expect((await meetings.get({ id })).rules.noticeDays).toBe(12);
    await expect(meetings.update({ id, startAt: inHours(1) })).rejects.toMatchObject(refused(409, 'meeting-not-draft'));
    expect(await meetings.cancel({ id, how: 'postponed', reason: 'snow' })).toMatchObject({
      state: 'postponed',
      cancelReason: 'snow',
    });
    expect(await meetings.get({ id })).not.toHaveProperty('startAt');
    await meetings.update({ id, startAt: inHours(24 * 5) });
    await meetings.update({ id, mode: 'written' });
    await meetings.update({ id, mode: 'room' });
    expect(await meetings.convene({ id })).toMatchObject({ state: 'convened', rulesVersion: 1 });
  });

  test('[M4] papers are frozen with the convocation', async () => {
    const { chair, ada, aBody } = board;
    const { id: workspaceId } = await chair.api.workspaces.create({ name: 'Papers' });
    const note = await chair.api.documents.create({ workspaceId, kind: 'note', title: 'The plan' });
    const { body } = await aBody();
    const { meetings } = chair.api;
    const { id } = await meetings.create({
      ...{ bodyId: body.id, title: 'July', mode: 'room', timeZone: 'Europe/Rome', startAt: inHours(2) },
    });
    const { agenda } = await meetings.addItem({ id, title: 'The plan' });
    const itemId = agenda[0]?.id ?? '';
    await expect(meetings.addPaper({ id, itemId, documentId: 'nothing' })).rejects.toMatchObject(
      refused(404, 'no-such-document'),
    );
    await meetings.addPaper({ id, itemId, documentId: note.id });
    const convened = await meetings.convene({ id, urgency: 'soon' });
    expect(convened.agenda[0]?.papers).toEqual([
      {
        documentId: note.id,
        title: 'The plan',
        versionId: expect.any(String),
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ]);
    expect((await ada.api.meetings.get({ id })).agenda[0]?.papers[0]).not.toHaveProperty('title');
    // What was convened in a room is not turned into a vote in writing, and nobody else freezes anything.
    await expect(meetings.update({ id, mode: 'written' })).rejects.toMatchObject(refused(409, 'meeting-not-draft'));
    const kept = (await chair.api.documents.versions({ id: note.id })).items.length;
    await expect(ada.api.meetings.addPaper({ id, itemId, documentId: note.id })).rejects.toMatchObject(
      refused(403, 'not-a-conductor'),
    );
    expect((await chair.api.documents.versions({ id: note.id })).items).toHaveLength(kept);
  });

  test('[M6] [M7] members propose, late items are numbered apart, and the chair decides', async () => {
    const { chair, ada, aMeeting } = board;
    const { id } = await aMeeting();
    await expect(outsider.api.meetings.addItem({ id, title: 'Mine' })).rejects.toMatchObject(
      refused(403, 'not-taking-part'),
    );
    const proposed = await ada.api.meetings.addItem({ id, title: 'A question', kind: 'discussion' });
    const item = proposed.agenda.at(-1);
    expect(item).toMatchObject({ state: 'proposed', late: true, proposedBy: ada.id });
    await ada.api.meetings.changeItem({ id, itemId: item?.id ?? '', title: 'A better question' });
    const accepted = await chair.api.meetings.settleItem({ id, itemId: item?.id ?? '', as: 'scheduled' });
    expect(accepted.agenda.map(({ number }) => number)).toEqual(['1', '2', 'L1']);
    await expect(ada.api.meetings.changeItem({ id, itemId: item?.id ?? '', title: 'Worse' })).rejects.toMatchObject(
      refused(403, 'not-a-conductor'),
    );
    const second = (await ada.api.meetings.addItem({ id, title: 'Second thoughts' })).agenda.at(-1);
    const taken = await ada.api.meetings.settleItem({ id, itemId: second?.id ?? '', as: 'withdrawn' });
    expect(taken.agenda.at(-1)).toMatchObject({ title: 'Second thoughts', state: 'withdrawn' });
    const [first] = accepted.agenda;
    const after = await chair.api.meetings.changeItem({ id, itemId: item?.id ?? '', before: first?.id ?? '' });
    expect(after.agenda.map(({ title }) => title).slice(0, 3)).toEqual(['A better question', 'Opening', 'The budget']);
  });

  test('[M57] a late item is turned to once it was accepted, by two thirds where the rules ask for them', async () => {
    const { office, chair, ada, bob, cleo, aBody } = board;
    const { body, seatOf } = await aBody();
    const { rules } = (await office.api.governance.rules({ id: body.id })).items[0] ?? {};
    if (rules === undefined) throw new Error('no rules');
    const twoThirds = { ...rules, lateItems: 'two-thirds' as const };
    await office.api.governance.setRules({ id: body.id, rules: twoThirds, expectedVersion: 0 });
    const { meetings, polls } = chair.api;
    const { id } = await meetings.create({
      ...{ bodyId: body.id, title: 'Late', mode: 'room', timeZone: 'Europe/Paris', startAt: inHours(1) },
    });
    await meetings.addItem({ id, title: 'Opening' });
    const [first] = (await meetings.convene({ id, urgency: 'soon' })).agenda;
    const itemId = (await ada.api.meetings.addItem({ id, title: 'A surprise' })).agenda.at(-1)?.id ?? '';
    await meetings.open({ id });
    for (const person of [chair, ada, bob, cleo]) await person.api.meetings.attend({ id, what: 'in' });
    await meetings.turnTo({ id, itemId: first?.id ?? '' });
    await expect(meetings.turnTo({ id, itemId })).rejects.toMatchObject(refused(409, 'item-not-accepted'));
    await expect(meetings.settleItem({ id, itemId, as: 'scheduled' })).rejects.toMatchObject(
      refused(409, 'late-items-not-allowed'),
    );
    const poll = await polls.create({
      ...{ id, itemId, question: 'Take it?', method: 'motion', secrecy: 'named-live', majority: 'qualified' },
    });
    await polls.open({ id: poll.id });
    for (const person of [chair, ada, bob])
      await person.api.polls.vote({
        ...{ id: poll.id, seatId: seatOf(person), choice: { method: 'motion', vote: 'yes' } },
      });
    await polls.close({ id: poll.id });
    await polls.publish({ id: poll.id });
    await meetings.settleItem({ id, itemId, as: 'scheduled' });
    expect(await meetings.turnTo({ id, itemId })).toMatchObject({ currentItemId: itemId });
  });

  test('[M61] holds so much text, and says so', async () => {
    const { app, chair, ada, aMeeting } = board;
    const { id } = await aMeeting();
    // As if many had written for a long time.
    const meetings = app.app.platform.db.collection<{ _id: string }>('meetings');
    await meetings.updateOne({ _id: id }, { $set: { 'agenda.0.note': 'x'.repeat(599_000) } });
    await expect(ada.api.meetings.addItem({ id, title: 'Long', note: 'x'.repeat(4_000) })).rejects.toMatchObject(
      refused(409, 'meeting-full'),
    );
    const shorter = await ada.api.meetings.addItem({ id, title: 'Short' });
    const itemId = shorter.agenda.at(-1)?.id ?? '';
    await expect(ada.api.meetings.changeItem({ id, itemId, note: 'x'.repeat(4_000) })).rejects.toMatchObject(
      refused(409, 'meeting-full'),
    );
    await chair.api.meetings.addItem({ id, title: 'Long', note: 'x'.repeat(4_000) });
    await meetings.updateOne({ _id: id }, { $set: { 'agenda.0.note': 'x'.repeat(1_000_000) } });
    await expect(chair.api.meetings.addItem({ id, title: 'More' })).rejects.toMatchObject(refused(409, 'meeting-full'));
    // The sitting goes on.
    await chair.api.meetings.open({ id });
    await ada.api.meetings.attend({ id, what: 'in' });
    await chair.api.meetings.end({ id });
  });

  test('[M8] [M58] people answer; a date is found by asking', async () => {
    const { chair, ada, bob, aBody, aMeeting } = board;
    const { id } = await aMeeting();
    const answered = await ada.api.meetings.answer({ id, answer: 'accepted' });
    expect(answered.me.answer).toBe('accepted');
    await chair.api.meetings.answer({ id, answer: 'excused', personId: bob.id });
    await expect(ada.api.meetings.answer({ id, answer: 'excused', personId: bob.id })).rejects.toMatchObject(
      refused(403, 'not-a-conductor'),
    );
    // [M58] That somebody has changed their answer is told to who conducts, and to nobody else.
    const changes = async (person: TestPerson) =>
      (await person.api.meetings.get({ id })).attendees.flatMap(({ personId, answerChangedAt }) =>
        answerChangedAt === undefined ? [] : [personId],
      );
    expect(await changes(chair)).toEqual([]);
    await ada.api.meetings.answer({ id, answer: 'excused' });
    expect(await Promise.all([chair, bob].map(changes))).toEqual([[ada.id], []]);
    const { body } = await aBody();
    const draft = await chair.api.meetings.create({
      ...{ bodyId: body.id, title: 'Sometime', mode: 'remote', timeZone: 'Europe/Paris' },
    });
    const asked = await chair.api.meetings.proposeDates({
      id: draft.id,
      options: [
        { startAt: inHours(48), endAt: inHours(50) },
        { startAt: inHours(24), endAt: inHours(26) },
      ],
    });
    const [early, late] = asked.dateOptions;
    await ada.api.meetings.answerDates({
      id: draft.id,
      answers: [
        { optionId: early?.id ?? '', answer: 'no' },
        { optionId: late?.id ?? '', answer: 'yes' },
      ],
    });
    const chosen = await chair.api.meetings.chooseDate({ id: draft.id, optionId: late?.id ?? '' });
    expect(chosen.startAt).toBe(late?.startAt);
    expect(chosen.dateOptions[1]?.answers).toEqual([{ personId: ada.id, answer: 'yes' }]);
  });
});

describe('the sitting', () => {
  test('[M12] [M14] [M17] one pointer, its clock, and a log of who was there', async () => {
    const { chair, ada, bob, aMeeting } = board;
    const { id, first, second } = await aMeeting();
    const { meetings } = chair.api;
    await expect(meetings.turnTo({ id, itemId: first.id })).rejects.toMatchObject(
      refused(409, 'meeting-not-in-session'),
    );
    await expect(ada.api.meetings.open({ id })).rejects.toMatchObject(refused(403, 'not-a-conductor'));
    await meetings.open({ id });
    const heard: string[] = [];
    const socket = await ada.live();
    socket.on('meeting.changed', ({ meetingId }) => heard.push(meetingId));
    await ada.api.meetings.attend({ id, what: 'remote' });
    await meetings.attend({ id, what: 'in', personId: bob.id });
    const turned = await meetings.turnTo({ id, itemId: first.id });
    expect(turned).toMatchObject({ currentItemId: first.id, quorum: { present: 2, needed: 3, reached: false } });
    expect(turned.agenda[0]).toMatchObject({ state: 'active', clock: { endsAt: expect.any(String) } });
    const stopped = await meetings.clock({ id, do: 'stop' });
    expect(stopped.agenda[0]?.clock).toMatchObject({ remainingMs: expect.any(Number) });
    const moved = await meetings.turnTo({ id, itemId: second.id });
    expect(moved.agenda.map(({ state }) => state)).toEqual(['done', 'active']);
    await meetings.suspend({ id });
    expect((await meetings.get({ id })).agenda[1]).not.toHaveProperty('runningSince');
    await meetings.open({ id });
    await ada.api.meetings.attend({ id, what: 'out' });
    const { items } = await meetings.attendance({ id });
    expect(items.map(({ personId, what, itemId }) => [personId, what, itemId])).toEqual([
      [ada.id, 'remote', undefined],
      [bob.id, 'in', undefined],
      [ada.id, 'out', second.id],
    ]);
    await until('the changes were heard', () => heard.length > 0, 5_000);
    heard.length = 0;
    const ended = await meetings.end({ id });
    expect(ended).toMatchObject({ state: 'ended', agenda: [{ state: 'done' }, { state: 'done' }] });
    expect(ended).not.toHaveProperty('currentItemId');
    await until('the end was heard', () => heard.length > 0, 5_000);
    await expect(ada.api.meetings.attend({ id, what: 'in' })).rejects.toMatchObject(
      refused(409, 'meeting-not-in-session'),
    );
  });

  test('[M11] questions before points of order before speeches, and who was interrupted goes on', async () => {
    const { chair, ada, bob, cleo, inSession } = board;
    const { id } = await inSession();
    const ask = (person: TestPerson, kind: 'speech' | 'question' | 'order') =>
      person.api.meetings.askToSpeak({ id, kind });
    await ask(ada, 'speech');
    await ask(bob, 'speech');
    await expect(ask(ada, 'speech')).rejects.toMatchObject(refused(409, 'already-waiting'));
    await ask(cleo, 'order');
    const asked = await ask(chair, 'question');
    expect(asked.speakers.map(({ personId }) => personId)).toEqual([chair.id, cleo.id, ada.id, bob.id]);
    const speech = (person: TestPerson) => asked.speakers.find(({ personId }) => personId === person.id)?.id ?? '';
    await expect(ada.api.meetings.speaker({ id, speakerId: speech(ada), do: 'start' })).rejects.toMatchObject(
      refused(403, 'not-a-conductor'),
    );
    await chair.api.meetings.speaker({ id, speakerId: speech(ada), do: 'start' });
    await chair.api.meetings.speaker({ id, speakerId: speech(chair), do: 'start' });
    const back = await chair.api.meetings.speaker({ id, speakerId: speech(chair), do: 'end' });
    expect(back.speakers.map(({ personId, state }) => [personId, state])).toEqual([
      [ada.id, 'speaking'],
      [cleo.id, 'waiting'],
      [bob.id, 'waiting'],
      [chair.id, 'done'],
    ]);
    await chair.api.meetings.changeItem({ id, itemId: asked.currentItemId ?? '', queueOpen: false });
    await expect(ask(cleo, 'speech')).rejects.toMatchObject(refused(409, 'queue-closed'));
    const withdrawn = await bob.api.meetings.speaker({ id, speakerId: speech(bob), do: 'remove' });
    expect(withdrawn.speakers.map(({ personId }) => personId)).not.toContain(bob.id);
  });

  test('[M10] a conflict of interest keeps out of the vote, the room, or everything', async () => {
    const { chair, ada, bob, inSession } = board;
    const { id, second } = await inSession();
    const declared = await ada.api.meetings.declareConflict({ id, itemId: second.id, note: 'my cousin' });
    const conflictId = declared.conflicts[0]?.id ?? '';
    expect(declared.quorum.present).toBe(3);
    expect((await bob.api.meetings.get({ id })).conflicts[0]).not.toHaveProperty('note');
    await expect(ada.api.meetings.assessConflict({ id, conflictId, as: 'lifted' })).rejects.toMatchObject(
      refused(403, 'not-a-conductor'),
    );
    await ada.api.meetings.askToSpeak({ id, kind: 'order' });
    await chair.api.meetings.assessConflict({ id, conflictId, as: 'leave-room' });
    await expect(ada.api.meetings.askToSpeak({ id, kind: 'speech' })).rejects.toMatchObject(
      refused(409, 'not-present'),
    );
    await chair.api.meetings.assessConflict({ id, conflictId, as: 'barred' });
    const barred = await ada.api.meetings.get({ id });
    expect(barred.agenda[1]).toMatchObject({ title: '', papers: [], barred: true });
    expect(barred.speakers).toEqual([]);
    await chair.api.meetings.assessConflict({ id, conflictId, as: 'lifted' });
    expect((await ada.api.meetings.get({ id })).agenda[1]).toMatchObject({ title: 'The budget', barred: false });
  });

  test('[M60] one member reports everybody just before a vote, and the electorate stays what it was', async () => {
    const { chair, ada, bob, cleo, inSession } = board;
    const { id, second, seatOf } = await inSession();
    const report = (person: TestPerson, note?: string) =>
      ada.api.meetings.declareConflict({ id, itemId: second.id, personId: person.id, ...(note ? { note } : {}) });
    await expect(report(bob)).rejects.toMatchObject(refused(400, 'notice-needs-reason'));
    await expect(
      outsider.api.meetings.declareConflict({ id, itemId: second.id, personId: bob.id, note: 'x' }),
    ).rejects.toMatchObject(refused(403, 'not-taking-part'));
    const heard: string[] = [];
    (await bob.live()).on('meeting.changed', ({ meetingId }) => heard.push(meetingId));
    for (const person of [bob, cleo, chair]) await report(person, 'owns the firm');
    await expect(report(bob, 'again')).rejects.toMatchObject(refused(409, 'already-declared'));
    await until('the person concerned was told', () => heard.includes(id), 5_000);
    const notices = async (person: TestPerson) => (await person.api.meetings.get({ id })).conflicts;
    expect(await notices(bob)).toMatchObject([{ personId: bob.id, notice: true, note: 'owns the firm' }]);
    expect((await Promise.all([cleo, chair, ada, outsider].map(notices))).map(({ length }) => length)).toEqual([
      1, 3, 3, 0,
    ]);
    const motion = { id, itemId: second.id, question: 'Adopt it?', method: 'motion' } as const;
    const opened = async () => {
      const poll = await chair.api.polls.create({ ...motion, secrecy: 'named-live', majority: 'ordinary' });
      const { register } = await chair.api.polls.open({ id: poll.id });
      await chair.api.polls.close({ id: poll.id });
      return register.filter(({ recused }) => recused).map(({ seatId }) => seatId);
    };
    expect((await chair.api.meetings.get({ id })).quorum.present).toBe(4);
    expect(await opened()).toEqual([]);
    // Assessed, one of them binds; declared by the person concerned another does.
    const of = (person: TestPerson, all: Awaited<ReturnType<typeof notices>>) =>
      all.find(({ personId, lifted }) => personId === person.id && !lifted);
    const conflictId = of(bob, await notices(chair))?.id ?? '';
    await chair.api.meetings.assessConflict({ id, conflictId, as: 'no-vote' });
    expect(await opened()).toEqual([seatOf(bob)]);
    await cleo.api.meetings.declareConflict({ id, itemId: second.id });
    expect((await notices(outsider)).map(({ personId }) => personId)).toEqual([bob.id, cleo.id]);
    expect((await chair.api.meetings.get({ id })).quorum.present).toBe(2);
  });

  test('[M15] [M16] a proxy votes for who is not there, and no more once they come', async () => {
    const { chair, ada, bob, cleo, inSession } = board;
    const { id, seatOf } = await inSession([chair, ada, bob]);
    const give = (toId: string) => cleo.api.meetings.giveProxy({ id, toId });
    await expect(give(cleo.id)).rejects.toMatchObject(refused(400, 'proxy-to-oneself'));
    await expect(give(outsider.id)).rejects.toMatchObject(refused(400, 'proxy-to-nobody-who-votes'));
    const given = await give(ada.id);
    const proxyId = given.proxies[0]?.id ?? '';
    await expect(give(bob.id)).rejects.toMatchObject(refused(409, 'already-given'));
    await expect(bob.api.meetings.settleProxy({ id, proxyId, as: 'accepted' })).rejects.toMatchObject(
      refused(403, 'not-yours'),
    );
    await ada.api.meetings.settleProxy({ id, proxyId, as: 'accepted' });
    await expect(ada.api.meetings.giveProxy({ id, toId: bob.id })).rejects.toMatchObject(refused(409, 'proxy-chain'));
    const poll = await chair.api.polls.create({
      ...{ id, itemId: given.currentItemId ?? '', question: 'Adopt it?', method: 'motion' },
      ...{ secrecy: 'named-live', majority: 'ordinary' },
    });
    await chair.api.polls.open({ id: poll.id });
    const mine = (await ada.api.polls.get({ id: poll.id })).mine;
    expect(mine.map(({ seatId, via }) => [seatId, via])).toEqual([
      [seatOf(ada), 'self'],
      [seatOf(cleo), 'proxy'],
    ]);
    const arrived = await cleo.api.meetings.attend({ id, what: 'in' });
    expect(arrived.proxies[0]).toMatchObject({ state: 'revoked' });
  });

  test('[M10] who is barred from an item is kept from its papers, wherever they lie', async () => {
    const { chair, ada, inSession } = board;
    const { id, second } = await inSession();
    const { id: workspaceId } = await chair.api.workspaces.create({ name: 'Shared papers' });
    await chair.api.workspaces.addMember({ id: workspaceId, email: ada.email, role: 'editor' });
    const [early, late] = await Promise.all(
      ['Early', 'Late'].map((title) => chair.api.documents.create({ workspaceId, kind: 'note', title })),
    );
    if (!early || !late) throw new Error('no papers');
    const reads = async (documentId: string) => (await ada.fetch(`/api/documents/${documentId}`)).status;
    await chair.api.meetings.addPaper({ id, itemId: second.id, documentId: early.id });
    const declared = await chair.api.meetings.declareConflict({ id, itemId: second.id, personId: ada.id });
    const conflictId = declared.conflicts[0]?.id ?? '';
    expect(await reads(early.id)).toBe(200);
    await chair.api.meetings.assessConflict({ id, conflictId, as: 'barred' });
    await chair.api.meetings.addPaper({ id, itemId: second.id, documentId: late.id });
    expect(await Promise.all([early, late].map((one) => reads(one.id)))).toEqual([404, 404]);
    await chair.api.meetings.assessConflict({ id, conflictId, as: 'lifted' });
    expect(await Promise.all([early, late].map((one) => reads(one.id)))).toEqual([200, 200]);
  });
});
