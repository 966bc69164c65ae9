import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as Y from 'yjs';
import { startApp, type TestApp, until } from '../../test/harness.ts';
import { type Cast, castOf } from '../../test/people.ts';

let app: TestApp;
let cast: Cast;
beforeAll(async () => {
  app = await startApp();
  cast = await castOf(app);
});
afterAll(() => app.stop());

const create = async (kind: 'note' | 'needs-assessment' = 'needs-assessment') =>
  (await cast.editor.api.documents.create({ workspaceId: cast.workspaceId, kind, title: 'Projected', locale: 'en' }))
    .id;

async function opened(id: string) {
  const open = cast.editor.open(id);
  await until('the text is open', () => open.provider.synced);
  return open;
}

describe('what is read from a text', () => {
  test('an invalid value is shown as invalid and stays in the text', async () => {
    const id = await create();
    const open = await opened(id);
    open.doc.getMap('fields').set('neededBy', 'next spring');
    open.doc.getMap('fields').set('marketState', 'unknown');
    const read = await until('both are projected', async () => {
      const detail = await cast.viewer.api.documents.get({ id });
      return detail.invalid.length > 0 && detail.fields.marketState !== undefined ? detail : undefined;
    });
    expect(read.invalid).toEqual([{ path: 'neededBy', reason: 'not-a-date' }]);
    expect(read.fields).toMatchObject({ title: 'Projected', marketState: 'unknown' });
    expect(read.fields.neededBy).toBeUndefined();
    expect(read.completeness?.missing).toContain('timing.neededBy');
    const { body } = await cast.viewer.api.documents.content({ id, format: 'json' });
    expect(body).toMatchObject({ fields: { neededBy: 'next spring' } });
    open.doc.getMap('fields').set('neededBy', '2027-03-21');
    const mended = await until('the right value is projected', async () => {
      const detail = await cast.viewer.api.documents.get({ id });
      return detail.invalid.length === 0 ? detail : undefined;
    });
    expect(mended.fields.neededBy).toBe('2027-03-21');
    open.close();
  });

  test('words, excerpt and the last editor follow the text', async () => {
    const id = await create('note');
    const open = await opened(id);
    const paragraph = new Y.XmlElement('paragraph');
    const text = new Y.XmlText();
    text.insert(0, 'Une mer de brouillard sur la vallée');
    paragraph.insert(0, [text]);
    open.doc.getXmlFragment('body').insert(0, [paragraph]);
    const item = await until('the list shows it', async () => {
      const { items } = await cast.viewer.api.documents.recent({ q: 'brouillard vallee' });
      return items.find((one) => one.id === id);
    });
    expect(item).toMatchObject({ wordCount: 7, updatedBy: { id: cast.editor.id } });
    expect(item.excerpt).toContain('Une mer de brouillard');
    open.close();
  });

  test('what a crash kept from being projected is projected at the next start', async () => {
    const id = await create('note');
    const { db } = app.app.platform;
    await db
      .collection<{ _id: string }>('documents')
      .updateOne({ _id: id }, { $set: { 'projection.seq': 0, 'projection.title': 'Stale' } });
    await app.restart();
    cast = { ...cast, viewer: await app.as(cast.viewer.email.split('@')[0] ?? '') };
    await until(
      'the title is read again',
      async () => (await cast.viewer.api.documents.get({ id })).title === 'Projected',
    );
    const [editor, owner] = await Promise.all(
      [cast.editor, cast.owner].map(({ email }) => app.as(email.split('@')[0] ?? '')),
    );
    if (!editor || !owner) throw new Error('somebody is missing');
    cast = { ...cast, editor, owner };
  });
});

describe('several texts read together', () => {
  test('each gets its own title and editor, one that breaks the schema harms no other, and one that has moved is found', async () => {
    const ids = await Promise.all(Array.from({ length: 5 }, () => create('note')));
    const [broken = '', moved = '', ...others] = ids;
    const texts = await Promise.all(ids.map((id) => opened(id)));
    const title = (round: number): void =>
      texts.forEach(({ doc }, i) => void doc.getMap('fields').set('title', `Title ${i} of round ${round}`));
    const titles = (of: readonly string[]) =>
      Promise.all(of.map(async (id) => (await cast.viewer.api.documents.get({ id })).title));
    // From the second round on the texts are known, and read in one go.
    for (const round of [1, 2]) {
      title(round);
      const wanted = texts.map((_, i) => `Title ${i} of round ${round}`);
      await until(`round ${round} is read`, async () => (await titles(ids)).join() === wanted.join());
    }
    const { id: elsewhere } = await cast.owner.api.workspaces.create({ name: 'Elsewhere' });
    await cast.owner.api.documents.update({ id: moved, workspaceId: elsewhere });
    title(3);
    texts[0]?.doc.getXmlFragment('body').insert(0, [new Y.XmlElement('iframe')]);
    await until('the others are read', async () => (await titles(others)).every((one) => one.endsWith('round 3')));
    await until('the broken one is quarantined', async () => {
      const { quarantined, title: kept } = await cast.viewer.api.documents.get({ id: broken });
      return quarantined && kept === 'Title 0 of round 2';
    });
    expect((await cast.owner.api.documents.get({ id: moved })).workspaceId).toBe(elsewhere);
    for (const id of others)
      expect(await cast.viewer.api.documents.get({ id })).toMatchObject({ updatedBy: { id: cast.editor.id } });
    for (const text of texts) text.close();
  });
});

describe('a text that breaks the schema', () => {
  /** Writes a node that no editor knows, as only a program of one's own can. */
  async function broken(): Promise<{ id: string; versionId: string }> {
    const id = await create('note');
    const { id: versionId } = await cast.editor.api.documents.createVersion({ id, label: 'Sound' });
    const open = await opened(id);
    open.doc.getXmlFragment('body').insert(0, [new Y.XmlElement('iframe')]);
    await until('it is quarantined', async () => (await cast.viewer.api.documents.get({ id })).quarantined);
    open.close();
    return { id, versionId };
  }

  test('is read-only, keeps its last valid projection, and is exported by nobody', async () => {
    const { id } = await broken();
    expect(await cast.viewer.api.documents.get({ id })).toMatchObject({ title: 'Projected', quarantined: true });
    const writer = await opened(id);
    writer.doc.getMap('fields').set('title', 'Written into quarantine');
    await until('the writer is put out', () => !writer.provider.wsconnected);
    expect((await cast.viewer.api.documents.get({ id })).title).toBe('Projected');
    const answer = await cast.viewer.fetch(`/api/documents/${id}/content`);
    expect(answer.status).toBe(409);
    writer.close();
  });

  test('is healed by one click on its last valid version', async () => {
    const { id, versionId } = await broken();
    expect(await cast.editor.api.documents.restoreVersion({ id, versionId })).toMatchObject({ kind: 'restore' });
    expect(await cast.viewer.api.documents.get({ id })).toMatchObject({ quarantined: false, title: 'Projected' });
    const open = await opened(id);
    open.doc.getMap('fields').set('title', 'Writable again');
    await until('it is written', async () => (await cast.viewer.api.documents.get({ id })).title === 'Writable again');
    open.close();
  });

  const paragraph = (words: string, marks: Record<string, unknown> = {}): Y.XmlElement => {
    const element = new Y.XmlElement('paragraph');
    const text = new Y.XmlText();
    text.insert(0, words, marks);
    element.insert(0, [text]);
    return element;
  };

  /** Each writes, by itself, what no editor writes. */
  test.each<[string, (body: Y.XmlFragment, fields: Y.Map<unknown>) => void, { quarantined: boolean }]>([
    ['a node that no editor knows', (body) => body.insert(0, [new Y.XmlElement('iframe')]), { quarantined: true }],
    [
      'a heading of level 9',
      (body) => {
        body.insert(0, [new Y.XmlElement('heading')]);
        (body.get(0) as Y.XmlElement<{ level: number }>).setAttribute('level', 9);
      },
      { quarantined: true },
    ],
    ['text at the root', (body) => body.insert(0, [new Y.XmlText('loose')]), { quarantined: true }],
    [
      'a mark that no editor knows',
      (body) => body.insert(0, [paragraph('marked', { onclick: { run: 'alert(1)' } })]),
      { quarantined: true },
    ],
    ['a body with nothing in it', (body) => body.delete(0, body.length), { quarantined: false }],
    ['a title that is a text', (_, fields) => fields.set('title', new Y.XmlText('x')), { quarantined: false }],
  ])('%s has a way back, though nobody has kept a version', async (_what, spoil, expected) => {
    const id = await create('note');
    const open = await opened(id);
    open.doc.transact(() => spoil(open.doc.getXmlFragment('body'), open.doc.getMap('fields')));
    await until('it is read', async () => {
      const documents = app.app.platform.db.collection<{ _id: string; projection: { seq: number } }>('documents');
      return ((await documents.findOne({ _id: id }))?.projection.seq ?? 0) > 1;
    });
    open.close();
    expect(await cast.viewer.api.documents.get({ id })).toMatchObject(expected);
    const first = (await cast.viewer.api.documents.versions({ id })).items.at(-1);
    if (first === undefined) throw new Error('no way back');
    await cast.editor.api.documents.restoreVersion({ id, versionId: first.id });
    expect(await cast.viewer.api.documents.get({ id })).toMatchObject({ quarantined: false, title: 'Projected' });
    const again = await opened(id);
    again.doc.getMap('fields').set('title', 'Writable again');
    await until('it is written', async () => (await cast.viewer.api.documents.get({ id })).title === 'Writable again');
    again.close();
  });

  test('[check 21] nesting without end is broken too, and no crash', async () => {
    const id = await create('note');
    const open = await opened(id);
    open.doc.transact(() => {
      let inner = new Y.XmlElement('blockquote');
      open.doc.getXmlFragment('body').insert(0, [inner]);
      for (let depth = 0; depth < 2_000; depth += 1) {
        const next = new Y.XmlElement('blockquote');
        inner.insert(0, [next]);
        inner = next;
      }
    });
    await until('it is quarantined or refused', async () => {
      const { quarantined } = await cast.viewer.api.documents.get({ id });
      return quarantined || !open.provider.wsconnected;
    });
    expect((await cast.viewer.fetch('/healthz')).status).toBe(200);
    open.close();
  });
});
