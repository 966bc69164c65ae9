import { createHash } from 'node:crypto';
import type { Locale } from '@concert/contract';
import type { Minutes } from '@concert/domain/meetings/minutes-api.ts';
import { recordWords } from '@concert/domain/meetings/minutes-words.ts';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import * as Y from 'yjs';
import { type TestPerson, until } from '../../../test/harness.ts';
import { type Board, inHours, startBoard } from '../../../test/meetings.ts';

let board: Board;
beforeAll(async () => {
  board = await startBoard();
});
afterAll(() => board.app.stop());

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
const refused = (status: number, reason: string) => ({ status, data: expect.objectContaining({ reason }) });

type Node = { readonly type: string; readonly attrs?: Record<string, unknown>; readonly content?: readonly Node[] };

/** The blocks that the text of minutes holds, in its order. */
async function blocksOf(documentId: string, person: TestPerson = board.chair): Promise<string[]> {
  const { body } = await person.api.documents.content({ id: documentId, format: 'json' });
  return ((body as unknown as { readonly body: Node }).body.content ?? []).flatMap(({ type, attrs }) =>
    type === 'record' ? [`${attrs?.part}/${attrs?.ref}`] : [],
  );
}

/** A meeting in session whose minutes are begun, in a workspace in which Ada writes too. */
async function withMinutes(members?: readonly TestPerson[]) {
  const made = await board.inSession(undefined, members);
  const { chair, ada } = board;
  const workspace = await chair.api.workspaces.create({ name: 'Papers of the board' });
  await chair.api.workspaces.addMember({ id: workspace.id, email: ada.email, role: 'editor' });
  const minutes = await chair.api.minutes.begin({ id: made.id, workspaceId: workspace.id, locale: 'en' });
  return { ...made, workspace, minutes, documentId: minutes.documentId ?? '' };
}
type Made = Awaited<ReturnType<typeof withMinutes>>;

/** A vote by name on an item, with its result made known. */
async function aVote(meetingId: string, itemId: string, made: Made, votes: 'yes' | 'no' = 'yes') {
  const { chair, ada } = board;
  const { polls } = chair.api;
  const { id } = await polls.create({
    ...{ id: meetingId, itemId, question: 'Adopt the budget?', method: 'motion' },
    ...{ secrecy: 'named-after', majority: 'ordinary' },
  });
  await polls.open({ id });
  for (const person of [chair, ada])
    await person.api.polls.vote({ id, seatId: made.seatOf(person), choice: { method: 'motion', vote: votes } });
  await polls.close({ id });
  return polls.publish({ id });
}

const endOf = async ({ id }: Made) => board.chair.api.meetings.end({ id });

/** The next meeting of the same body, in session on an item about the minutes of the first. */
async function nextMeeting(made: Made) {
  const { chair, ada, bob } = board;
  const { meetings } = chair.api;
  const { id } = await meetings.create({
    ...{ bodyId: made.body.id, title: 'February', mode: 'room', timeZone: 'Europe/Paris' },
    ...{ startAt: inHours(2), endAt: inHours(3) },
  });
  const planned = await meetings.addItem({ id, title: 'Approval of the minutes', minutesOf: made.id });
  await meetings.convene({ id, urgency: 'soon' });
  await meetings.open({ id });
  for (const person of [chair, ada, bob]) await person.api.meetings.attend({ id, what: 'in' });
  const itemId = planned.agenda[0]?.id ?? '';
  return { id, itemId, planned };
}

const wordsOf = ({ record }: Minutes, block: string, locale: Locale = 'en') => {
  const [part = '', ref = ''] = block.split('/');
  return recordWords(record, { part, ref } as never, locale);
};

test('[M70] minutes are begun once by who conducts the meeting, in a workspace in which they write', async () => {
  const { chair, ada } = board;
  const made = await board.inSession();
  await expect(chair.api.minutes.begin({ id: made.id })).rejects.toMatchObject(
    refused(409, 'minutes-without-workspace'),
  );
  const { id: workspaceId } = await chair.api.workspaces.create({ name: 'Papers' });
  await expect(ada.api.minutes.begin({ id: made.id, workspaceId })).rejects.toMatchObject(
    refused(403, 'not-a-conductor'),
  );
  const foreign = await ada.api.workspaces.create({ name: 'Of Ada' });
  await expect(chair.api.minutes.begin({ id: made.id, workspaceId: foreign.id })).rejects.toMatchObject({
    status: 404,
  });
  const begun = await Promise.allSettled([1, 2, 3].map(() => chair.api.minutes.begin({ id: made.id, workspaceId })));
  expect(begun.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(begun.find(({ status }) => status === 'rejected')).toMatchObject({ reason: refused(409, 'minutes-begun') });
  const { items } = await chair.api.documents.list({ workspaceId });
  expect(items).toEqual([expect.objectContaining({ kind: 'minutes', title: 'January' })]);
});

test('[M71] the text is fed by the sitting: votes, decisions and actions stand under their item, in order', async () => {
  const made = await withMinutes();
  const { chair, ada } = board;
  const { id, first, second, documentId } = made;
  const fixed = [`attendance/${id}`, `carried/${id}`, `item/${first.id}`, `item/${second.id}`];
  expect(await blocksOf(documentId)).toEqual(fixed);

  const poll = await aVote(id, second.id, made);
  await until('the vote stands there', async () => (await blocksOf(documentId)).includes(`poll/${poll.id}`));
  const action = await chair.api.actions.create({
    ...{ bodyId: made.body.id, meetingId: id, itemId: first.id, title: 'Write to the Region', ownerId: ada.id },
    dueOn: '2027-01-15',
  });
  const draft = await chair.api.decisions.create({
    ...{ bodyId: made.body.id, title: 'Budget', text: 'The budget is adopted.', basis: 'poll', pollId: poll.id },
  });
  const decision = await chair.api.decisions.adopt({ id: draft.id });
  const late = await chair.api.meetings.addItem({ id, title: 'Any other business' });
  const third = late.agenda.at(-1)?.id ?? '';
  const all = [
    ...[`attendance/${id}`, `carried/${id}`, `item/${first.id}`, `action/${action.id}`],
    ...[`item/${second.id}`, `poll/${poll.id}`, `decision/${decision.id}`, `item/${third}`],
  ];
  await until('everything stands there', async () => (await blocksOf(documentId)).length === all.length);
  expect(await blocksOf(documentId)).toEqual(all);

  const minutes = await ada.api.minutes.ofDocument({ documentId });
  expect(wordsOf(minutes, `poll/${poll.id}`)?.lines).toEqual(
    expect.arrayContaining([
      { label: 'Result', text: expect.stringContaining('Adopted:') },
      { label: 'Turnout', text: '2 of 4' },
      { label: 'For', text: 'chair, ada' },
    ]),
  );
  expect(wordsOf(minutes, `decision/${decision.id}`)).toMatchObject({
    caption: expect.stringContaining(`${new Date().getFullYear()}-01: Budget`),
  });
  expect(wordsOf(minutes, `attendance/${id}`)?.lines).toEqual(
    expect.arrayContaining([{ label: 'Present (4)', text: expect.stringContaining('ada') }]),
  );
  expect(wordsOf(minutes, `action/${action.id}`, 'fr')).toMatchObject({
    caption: 'Write to the Region',
    lines: expect.arrayContaining([{ label: 'Qui', text: 'ada' }]),
    done: false,
  });
});

test('[M71] a task that is ticked in the minutes is done in the list, and the other way round', async () => {
  const made = await withMinutes();
  const { chair, ada, bob } = board;
  const action = await chair.api.actions.create({
    ...{ bodyId: made.body.id, meetingId: made.id, itemId: made.first.id, title: 'Call the clinic', ownerId: ada.id },
  });
  const shown = async (person: TestPerson) =>
    (await person.api.minutes.ofDocument({ documentId: made.documentId })).record.actions[0];
  expect(await shown(ada)).toMatchObject({ ticks: true, state: 'open' });
  await chair.api.workspaces.addMember({ id: made.workspace.id, email: bob.email, role: 'viewer' });
  expect(await shown(bob)).toMatchObject({ ticks: false });
  await ada.api.actions.move({ id: action.id, to: 'done' });
  expect(await shown(chair)).toMatchObject({ state: 'done' });
  const { items } = await ada.api.actions.list({ mine: 'true' });
  expect(items.find(({ id }) => id === action.id)).toMatchObject({ state: 'done' });
  await ada.api.actions.move({ id: action.id, to: 'open' });
  expect(await shown(chair)).toMatchObject({ state: 'open' });
});

test('[M71] blocks that somebody takes out, doubles or forges are put right by what comes next, and say no more', async () => {
  const made = await withMinutes();
  const { ada } = board;
  const open = ada.open(made.documentId);
  await until('it is read', () => open.doc.getXmlFragment('body').length > 4);
  const body = open.doc.getXmlFragment('body');
  const forged = new Y.XmlElement('record');
  forged.setAttribute('part', 'poll');
  forged.setAttribute('ref', 'no-such-poll');
  open.doc.transact(() => {
    body.delete(0, 1);
    body.insert(body.length, [forged]);
  });
  await until('it is saved', async () => (await blocksOf(made.documentId)).includes('poll/no-such-poll'));
  await board.chair.api.meetings.addItem({ id: made.id, title: 'Another item' });
  await until('it is put right', async () => (await blocksOf(made.documentId)).includes(`attendance/${made.id}`));
  const minutes = await ada.api.minutes.get({ id: made.id });
  expect(wordsOf(minutes, 'poll/no-such-poll')).toBeNull();
  open.close();
});

test('[M72] submitted minutes are kept with their hashes, and nobody changes them any more', async () => {
  const made = await withMinutes();
  const { chair, ada } = board;
  const { id, documentId } = made;
  const open = ada.open(documentId, {});
  await until('it is read', () => open.doc.getXmlFragment('body').length > 4);
  const line = new Y.XmlElement('paragraph');
  line.insert(0, [new Y.XmlText('The treasurer explains the budget.')]);
  open.doc.getXmlFragment('body').insert(open.doc.getXmlFragment('body').length, [line]);
  await until('it is saved', async () =>
    JSON.stringify((await chair.api.documents.content({ id: documentId, format: 'json' })).body).includes('treasurer'),
  );
  await expect(chair.api.minutes.submit({ id })).rejects.toMatchObject(refused(409, 'meeting-not-ended'));
  await endOf(made);
  await expect(ada.api.minutes.submit({ id })).rejects.toMatchObject(refused(403, 'not-a-conductor'));
  const submitted = await chair.api.minutes.submit({ id });
  expect(submitted).toMatchObject({ state: 'submitted', me: { submits: false, reopens: true } });
  const kept = await ada.api.minutes.kept({ id });
  expect(sha256(kept.content)).toBe(kept.hash);
  expect(sha256(kept.record)).toBe(kept.recordHash);
  expect(submitted.submitted).toMatchObject({ hash: kept.hash, recordHash: kept.recordHash });
  expect(kept.content).toContain('treasurer');

  const document = await ada.api.documents.get({ id: documentId });
  expect(document).toMatchObject({ sealed: true });
  await expect(ada.api.documents.update({ id: documentId, title: 'Other' })).rejects.toMatchObject(
    refused(403, 'document-sealed'),
  );
  await expect(ada.api.documents.trash({ id: documentId })).rejects.toMatchObject(refused(403, 'document-sealed'));
  // The socket that was open has lost the right to write.
  open.doc.getXmlFragment('body').delete(0, 1);
  const again = ada.open(documentId, {});
  await until('it is read again', () => again.doc.getXmlFragment('body').length > 4);
  expect((await ada.api.minutes.kept({ id })).content).toBe(kept.content);
  expect(await blocksOf(documentId)).toContain(`attendance/${id}`);
  again.close();
  open.close();
  await expect(chair.api.minutes.submit({ id })).rejects.toMatchObject(refused(409, 'minutes-not-so'));
});

test('[M72] what lies in the trash is not laid before the body', async () => {
  const made = await withMinutes();
  const { chair } = board;
  await endOf(made);
  await chair.api.documents.trash({ id: made.documentId });
  await expect(chair.api.minutes.submit({ id: made.id })).rejects.toMatchObject(refused(403, 'document-trashed'));
  await chair.api.documents.restore({ id: made.documentId });
  expect(await chair.api.minutes.submit({ id: made.id })).toMatchObject({ state: 'submitted' });
});

test('[M73] a later meeting approves them: on an item about them that is open, and not against a vote', async () => {
  const made = await withMinutes();
  const { chair, ada } = board;
  await endOf(made);
  const waiting = () => chair.api.minutes.waiting({ bodyId: made.body.id });
  expect((await waiting()).items).toEqual([]);
  await chair.api.minutes.submit({ id: made.id });
  expect((await waiting()).items).toEqual([expect.objectContaining({ meetingId: made.id, title: 'January' })]);

  const next = await nextMeeting(made);
  const approve = (person: TestPerson = chair) =>
    person.api.minutes.approve({ id: made.id, meetingId: next.id, itemId: next.itemId });
  expect(next.planned.agenda[0]).toMatchObject({
    minutesOf: made.id,
    kind: 'decision',
    papers: [expect.objectContaining({ documentId: made.documentId })],
  });
  await expect(chair.api.meetings.addItem({ id: next.id, title: 'Again', minutesOf: made.id })).rejects.toMatchObject(
    refused(409, 'minutes-on-the-agenda'),
  );
  await expect(approve()).rejects.toMatchObject(refused(409, 'item-not-opened'));
  await chair.api.meetings.turnTo({ id: next.id, itemId: next.itemId });
  await expect(approve(ada)).rejects.toMatchObject(refused(403, 'not-a-conductor'));
  await aVote(next.id, next.itemId, made, 'no');
  await expect(approve()).rejects.toMatchObject(refused(409, 'not-adopted'));
  const poll = await aVote(next.id, next.itemId, made, 'yes');
  const approved = await approve();
  expect(approved).toMatchObject({
    state: 'approved',
    approved: { meeting: { id: next.id, title: 'February', itemId: next.itemId }, pollId: poll.id },
  });
  expect((await waiting()).items).toEqual([]);
  await expect(approve()).rejects.toMatchObject(refused(409, 'minutes-not-so'));
});

test('[M73] without a vote nobody has objected; an item about something else approves nothing', async () => {
  const made = await withMinutes();
  const { chair } = board;
  await endOf(made);
  await chair.api.minutes.submit({ id: made.id });
  const next = await nextMeeting(made);
  const other = await chair.api.meetings.addItem({ id: next.id, title: 'Something else' });
  const otherId = other.agenda.at(-1)?.id ?? '';
  await chair.api.meetings.turnTo({ id: next.id, itemId: otherId });
  await expect(chair.api.minutes.approve({ id: made.id, meetingId: next.id, itemId: otherId })).rejects.toMatchObject(
    refused(409, 'not-about-these-minutes'),
  );
  await expect(
    chair.api.minutes.approve({ id: made.id, meetingId: made.id, itemId: made.first.id }),
  ).rejects.toMatchObject(refused(409, 'not-a-later-meeting'));
  await chair.api.meetings.turnTo({ id: next.id, itemId: next.itemId });
  const approved = await chair.api.minutes.approve({ id: made.id, meetingId: next.id, itemId: next.itemId });
  expect(approved.approved?.pollId).toBeUndefined();
});

test('[M74] approved minutes are opened again with a reason, and only the last ones', async () => {
  const made = await withMinutes();
  const { chair } = board;
  await endOf(made);
  await chair.api.minutes.submit({ id: made.id });
  await chair.api.minutes.reopen({ id: made.id });
  expect(await chair.api.documents.get({ id: made.documentId })).toMatchObject({ sealed: false });
  await chair.api.minutes.submit({ id: made.id });
  const next = await nextMeeting(made);
  await chair.api.meetings.turnTo({ id: next.id, itemId: next.itemId });
  await chair.api.minutes.approve({ id: made.id, meetingId: next.id, itemId: next.itemId });
  await expect(chair.api.minutes.reopen({ id: made.id })).rejects.toMatchObject(refused(409, 'reason-missing'));
  const reopened = await chair.api.minutes.reopen({ id: made.id, reason: 'A wrong figure' });
  expect(reopened).toMatchObject({ state: 'draft', edition: 3 });
  expect(reopened.reopened).toEqual([
    expect.objectContaining({ from: 'submitted' }),
    expect.objectContaining({ from: 'approved', reason: 'A wrong figure' }),
  ]);
  await chair.api.minutes.submit({ id: made.id });
  await chair.api.minutes.approve({ id: made.id, meetingId: next.id, itemId: next.itemId });

  await chair.api.minutes.begin({ id: next.id, workspaceId: made.workspace.id });
  await chair.api.meetings.end({ id: next.id });
  await chair.api.minutes.submit({ id: next.id });
  await expect(chair.api.minutes.reopen({ id: made.id, reason: 'Too late' })).rejects.toMatchObject(
    refused(409, 'later-minutes'),
  );
});

test('[M71] [M10] who is barred from an item reads nothing of it in the minutes; a stranger reads no minutes at all', async () => {
  const made = await withMinutes();
  const { app, chair, ada } = board;
  const action = await chair.api.actions.create({
    ...{ bodyId: made.body.id, meetingId: made.id, itemId: made.second.id, title: 'Ask the bank', ownerId: chair.id },
  });
  const poll = await aVote(made.id, made.second.id, made);
  await until('it stands there', async () => (await blocksOf(made.documentId)).includes(`poll/${poll.id}`));
  const { conflicts } = await ada.api.meetings.declareConflict({ id: made.id, itemId: made.second.id });
  await chair.api.meetings.assessConflict({ id: made.id, conflictId: conflicts[0]?.id ?? '', as: 'barred' });
  for (const state of ['draft', 'submitted'] as const) {
    if (state === 'submitted') {
      await endOf(made);
      await chair.api.minutes.submit({ id: made.id });
    }
    const read = await ada.api.minutes.ofDocument({ documentId: made.documentId });
    const item = read.record.items.find(({ id }) => id === made.second.id);
    expect(item).toMatchObject({ barred: true, title: '', speakers: [], recused: [] });
    expect(read.record.polls).toEqual([]);
    expect(JSON.stringify(read)).not.toContain('Ask the bank');
    expect(wordsOf(read, `action/${action.id}`)).toBeNull();
    expect((await chair.api.minutes.get({ id: made.id })).record.polls).toHaveLength(1);
  }
  const { record } = await ada.api.minutes.kept({ id: made.id });
  expect(record).not.toContain('Adopt the budget');

  const stranger = await app.as('stranger-of-minutes', { platformRole: 'guest' });
  await expect(stranger.api.minutes.get({ id: made.id })).rejects.toMatchObject({ status: 404 });
  await expect(stranger.api.minutes.ofDocument({ documentId: made.documentId })).rejects.toMatchObject({ status: 404 });
  // Who sees the meeting and not the workspace learns that there are minutes, and nothing of them.
  const seen = await board.cleo.api.minutes.get({ id: made.id });
  expect(seen).toMatchObject({ state: 'submitted', record: { people: [], polls: [], items: [] } });
  expect(seen.documentId).toBeUndefined();
  await expect(board.cleo.api.minutes.kept({ id: made.id })).rejects.toMatchObject(refused(404, 'no-such-minutes'));
});

test('[M72] a crash between the seal and the state leaves no draft sealed', async () => {
  const made = await withMinutes();
  await board.app.app.platform.papers.seal(made.documentId, true);
  expect(await board.chair.api.documents.get({ id: made.documentId })).toMatchObject({ sealed: true });
  await board.app.restart();
  expect(await board.app.visit(board.chair).api.documents.get({ id: made.documentId })).toMatchObject({
    sealed: false,
  });
});
