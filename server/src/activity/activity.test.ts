import { messageOf } from '@concert/editor/message.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as Y from 'yjs';
import { startApp, type TestApp, type TestPerson, until } from '../../test/harness.ts';
import { type Cast, castOf } from '../../test/people.ts';

let app: TestApp;
let cast: Cast;
let guest: TestPerson;
beforeAll(async () => {
  app = await startApp({ env: { RATE_LIMITS: 'off' } });
  cast = await castOf(app);
  guest = await app.as('supplier', { platformRole: 'guest' });
  await cast.owner.api.workspaces.addMember({ id: cast.workspaceId, email: guest.email, role: 'commenter' });
});
afterAll(() => app.stop());

type Over = Parameters<TestPerson['api']['activity']['list']>[0];
const list = async (who: TestPerson, over: Over = {}) => (await who.api.activity.list({ limit: 200, ...over })).items;
const deeds = async (who: TestPerson, over: Over) => (await list(who, over)).map(({ deed, by }) => `${deed} ${by.id}`);

const newDocument = async (title: string, who = cast.editor): Promise<string> =>
  (await who.api.documents.create({ workspaceId: cast.workspaceId, kind: 'note', title, locale: 'en' })).id;

async function write(who: TestPerson, id: string, text: string): Promise<void> {
  const open = who.open(id);
  await until('the text is open', () => open.provider.synced);
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [new Y.XmlText(text)]);
  open.doc.getXmlFragment('body').insert(0, [paragraph]);
  await until('it is noted', async () =>
    (await list(cast.owner, { documentId: id })).some(({ deed, by }) => deed === 'document-edited' && by.id === who.id),
  );
  open.close();
}

describe('activity', () => {
  test('[AC1] what is done to a document and in a discussion about it is noted, the newest first', async () => {
    const { owner, editor, viewer } = cast;
    const documentId = await newDocument('The lift');
    await owner.api.documents.createVersion({ id: documentId, label: 'Adopted' });
    const thread = await viewer.api.threads.documents.open({ id: documentId, body: messageOf('Which one?') });
    await editor.api.threads.reply({ id: thread.id, body: messageOf('The left one') });
    await viewer.api.threads.update({ id: thread.id, state: 'resolved' });
    await owner.api.documents.trash({ id: documentId });
    await owner.api.documents.restore({ id: documentId });
    const wanted = [
      `document-restored ${owner.id}`,
      `document-trashed ${owner.id}`,
      `thread-resolved ${viewer.id}`,
      `thread-replied ${editor.id}`,
      `thread-opened ${viewer.id}`,
      `version-named ${owner.id}`,
      `document-created ${editor.id}`,
    ];
    await until('all is noted', async () => (await list(viewer, { documentId })).length >= wanted.length);
    expect(await deeds(viewer, { documentId })).toEqual(wanted);
    const [, , , reply] = await list(viewer, { documentId });
    expect(reply).toMatchObject({ subject: { kind: 'thread', path: `/threads/${thread.id}`, context: 'The lift' } });
    expect((await list(viewer, { workspaceId: cast.workspaceId })).length).toBeGreaterThanOrEqual(wanted.length);
  });

  test('[AC1] who comes, changes role and leaves is noted, with whom it was done to', async () => {
    const { owner, viewer } = cast;
    const { id } = await owner.api.workspaces.create({ name: 'Coming and going' });
    await owner.api.workspaces.addMember({ id, email: viewer.email, role: 'viewer' });
    await owner.api.workspaces.changeMember({ id, personId: viewer.id, role: 'editor' });
    await owner.api.workspaces.removeMember({ id, personId: viewer.id });
    const items = await until('all three', async () => {
      const found = await list(owner, { workspaceId: id });
      return found.length === 3 ? found : undefined;
    });
    expect(items.map(({ deed }) => deed)).toEqual(['member-removed', 'member-changed', 'member-added']);
    expect(items.every(({ person, by }) => person?.id === viewer.id && by.id === owner.id)).toBe(true);
  });

  test('[AC2] what somebody writes within an hour is one entry for each of them', async () => {
    const { owner, editor } = cast;
    const documentId = await newDocument('Written in');
    for (const text of ['one', 'two', 'three']) await write(editor, documentId, text);
    await write(owner, documentId, 'four');
    const edits = await until('both', async () => {
      const found = (await list(owner, { documentId })).filter(({ deed }) => deed === 'document-edited');
      return found.length >= 2 ? found : undefined;
    });
    // An hour may have ended between two of them.
    expect(new Set(edits.map(({ by }) => by.id))).toEqual(new Set([owner.id, editor.id]));
    expect(edits.length).toBeLessThanOrEqual(3);
  });

  test('[AC3] [check 29] nobody is shown what they may not see: foreign things, discussions for staff, a lost right', async () => {
    const { owner, outsider, viewer, workspaceId } = cast;
    const staff = { title: 'canary-quux', visibility: 'staff', body: messageOf('canary-quux') } as const;
    const thread = await owner.api.threads.workspaces.open({ id: workspaceId, ...staff });
    await until('it is noted', async () => (await list(viewer)).some(({ subject }) => subject.id === thread.id));
    for (const who of [guest, outsider]) {
      const bytes = await (await who.fetch('/api/activity?limit=200')).text();
      expect(bytes).not.toContain('canary-quux');
      expect(bytes).not.toContain(thread.id);
    }
    expect((await outsider.fetch(`/api/activity?workspaceId=${workspaceId}`)).status).toBe(404);
    const documentId = await newDocument('Not for the guest');
    await owner.api.sharing.documents.deny({ id: documentId, principal: { type: 'person', id: guest.id } });
    await until('it is noted', async () => (await list(viewer)).some(({ subject }) => subject.id === documentId));
    expect(await (await guest.fetch('/api/activity?limit=200')).text()).not.toContain(documentId);
    expect((await guest.fetch(`/api/activity?documentId=${documentId}`)).status).toBe(404);
  });

  test('[AC3] pages go on behind what may not be seen, without gap or repetition', async () => {
    const { owner, viewer } = cast;
    const { id } = await owner.api.workspaces.create({ name: 'Pages' });
    await owner.api.workspaces.addMember({ id, email: guest.email, role: 'viewer' });
    const open = (visibility: 'staff' | 'everyone') =>
      owner.api.threads.workspaces.open({ id, title: visibility, visibility, body: messageOf(visibility) });
    for (let i = 0; i < 4; i += 1) {
      await open('everyone');
      for (let j = 0; j < 3; j += 1) await open('staff');
    }
    await until('all', async () => (await list(owner, { workspaceId: id })).length === 17);
    const seen: string[] = [];
    for (let cursor: string | undefined, pages = 0; pages < 20; pages += 1) {
      const page = await guest.api.activity.list({ workspaceId: id, limit: 2, ...(cursor ? { cursor } : {}) });
      seen.push(...page.items.map((item) => item.id));
      cursor = page.next;
      if (cursor === undefined) break;
    }
    expect(seen).toHaveLength(5);
    expect(new Set(seen).size).toBe(5);
    expect((await list(viewer, {})).some(({ subject }) => subject.title === 'Pages')).toBe(false);
  });

  test('[AC4] an event that is delivered again is noted once', async () => {
    const { activity } = app.app.platform;
    const { owner, workspaceId } = cast;
    const before = (await list(owner, { workspaceId })).length;
    const path = [{ kind: 'workspace', id: workspaceId }] as const;
    const done = { id: 'again', deed: 'member-added', by: owner.id, at: new Date(), path } as const;
    await Promise.all(Array.from({ length: 10 }, () => activity.note(done)));
    expect((await list(owner, { workspaceId })).length).toBe(before + 1);
  });

  test('[AC5] since a visit, and only what others did', async () => {
    const { owner, editor } = cast;
    const { id } = await owner.api.workspaces.create({ name: 'Since' });
    await owner.api.workspaces.addMember({ id, email: editor.email, role: 'editor' });
    await until('noted', async () => (await list(owner, { workspaceId: id })).length === 1);
    const since = new Date().toISOString();
    const mine = await owner.api.threads.workspaces.open({ id, body: messageOf('mine') });
    await editor.api.threads.reply({ id: mine.id, body: messageOf('theirs') });
    await until('noted', async () => (await list(owner, { workspaceId: id })).length === 3);
    expect(await deeds(owner, { workspaceId: id, since, others: 'true' })).toEqual([`thread-replied ${editor.id}`]);
  });

  test('what is about a document goes with it', async () => {
    const { owner, editor, workspaceId } = cast;
    const documentId = await newDocument('On the move', owner);
    await until('noted', async () => (await list(owner, { documentId })).length === 1);
    const other = await owner.api.workspaces.create({ name: 'New home' });
    await owner.api.documents.update({ id: documentId, workspaceId: other.id });
    const items = await until('it has moved', async () => {
      const found = await list(owner, { workspaceId: other.id });
      return found.length === 2 ? found : undefined;
    });
    expect(items.map(({ deed }) => deed)).toEqual(['document-moved', 'document-created']);
    expect((await list(editor, { workspaceId })).some(({ subject }) => subject.id === documentId)).toBe(false);
  });

  test.each(['cursor=nonsense', 'since=yesterday', 'limit=0', 'workspaceId=$ne', 'others=maybe', 'more=1'])(
    'a question of the wrong shape is refused: %s',
    async (query) => {
      expect((await cast.viewer.fetch(`/api/activity?${query}`)).status).toBe(400);
    },
  );
});
