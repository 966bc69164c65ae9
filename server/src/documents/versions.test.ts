import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import canonicalize from 'canonicalize';
import * as Y from 'yjs';
import { startApp, type TestApp, type TestPerson, until } from '../../test/harness.ts';
import { type Cast, castOf } from '../../test/people.ts';

let app: TestApp;
let cast: Cast;
beforeAll(async () => {
  app = await startApp();
  cast = await castOf(app);
});
afterAll(() => app.stop());

const create = async (title = 'Versioned') =>
  (await cast.editor.api.documents.create({ workspaceId: cast.workspaceId, kind: 'note', title, locale: 'en' })).id;

/** Adds a paragraph at the end and waits until it is stored and projected. */
async function write(person: TestPerson, id: string, words: string): Promise<void> {
  const open = person.open(id);
  await until('the text is open', () => open.provider.synced);
  const paragraph = new Y.XmlElement('paragraph');
  const text = new Y.XmlText();
  text.insert(0, words);
  paragraph.insert(0, [text]);
  const body = open.doc.getXmlFragment('body');
  body.insert(body.length, [paragraph]);
  await until('it is projected', async () =>
    (await person.api.documents.get({ id })).excerpt.includes(words.slice(0, 40)),
  );
  open.close();
}

const textOf = async (id: string): Promise<string> =>
  JSON.stringify((await cast.viewer.api.documents.content({ id, format: 'json' })).body);

describe('freezing', () => {
  test('what a document begins with is its first version, a copy’s beginning too', async () => {
    const id = await create('Begun');
    const copy = await cast.editor.api.documents.duplicate({ id });
    for (const documentId of [id, copy.id]) {
      const { items } = await cast.viewer.api.documents.versions({ id: documentId });
      expect(items).toMatchObject([{ kind: 'automatic', authors: [{ id: cast.editor.id }], wordCount: 0 }]);
      const now = await cast.editor.api.documents.createVersion({ id: documentId });
      expect(now.hash).toBe(items[0]?.hash);
    }
  });

  test('a version is the canonical JSON of the text, with its hash and its authors', async () => {
    const id = await create();
    await write(cast.owner, id, 'First words of the owner');
    const version = await cast.editor.api.documents.createVersion({ id, label: 'For the committee' });
    expect(version).toMatchObject({ kind: 'named', label: 'For the committee', title: 'Versioned', wordCount: 5 });
    expect(version.authors.map((author) => author.id)).toEqual([cast.owner.id]);
    const full = await cast.viewer.api.documents.version({ id, versionId: version.id });
    const canonical = canonicalize(full.content) ?? '';
    expect(createHash('sha256').update(canonical).digest('hex')).toBe(version.hash);
    expect(full.content).toMatchObject({ schema: 1, kind: 'note', fields: { title: 'Versioned' } });
  });

  test('a second version names only who has edited since the first', async () => {
    const id = await create();
    await cast.editor.api.documents.createVersion({ id });
    await write(cast.owner, id, 'Only the owner');
    const second = await cast.editor.api.documents.createVersion({ id });
    expect(second.authors.map((author) => author.id)).toEqual([cast.owner.id]);
  });

  test('a text that has moved on is not frozen under the hash somebody saw', async () => {
    const id = await create();
    const seen = await cast.editor.api.documents.createVersion({ id });
    expect((await cast.editor.api.documents.createVersion({ id, expectedHash: seen.hash })).hash).toBe(seen.hash);
    await write(cast.owner, id, 'Meanwhile');
    await expect(cast.editor.api.documents.createVersion({ id, expectedHash: seen.hash })).rejects.toMatchObject({
      status: 409,
      data: { reason: 'text-moved' },
    });
  });

  test('the last one to leave leaves a version behind, once', async () => {
    const id = await create();
    await write(cast.owner, id, 'Left behind');
    const kept = await until('an automatic version', async () => {
      const { items } = await cast.viewer.api.documents.versions({ id });
      return items.length > 1 ? items[0] : undefined;
    });
    expect(kept).toMatchObject({ kind: 'automatic' });
    expect(kept.label).toBeUndefined();
    await app.app.platform.rooms.read(id);
    expect((await cast.viewer.api.documents.versions({ id })).items).toHaveLength(2);
  });

  test('[A1] commenters and viewers freeze and restore nothing', async () => {
    const id = await create();
    const { id: versionId } = await cast.editor.api.documents.createVersion({ id });
    for (const person of [cast.commenter, cast.viewer]) {
      await expect(person.api.documents.createVersion({ id })).rejects.toMatchObject({ status: 403 });
      await expect(person.api.documents.restoreVersion({ id, versionId })).rejects.toMatchObject({ status: 403 });
    }
  });
});

describe('restoring', () => {
  test('keeps what was, brings back the text for everybody who has it open, and says so', async () => {
    const id = await create();
    await write(cast.editor, id, 'The good text');
    const good = await cast.editor.api.documents.createVersion({ id, label: 'Good' });
    const reader = cast.viewer.open(id);
    await until('the reader sees it', () => reader.doc.getXmlFragment('body').toString().includes('The good text'));
    const open = cast.owner.open(id);
    await until('the text is open', () => open.provider.synced);
    open.doc.getXmlFragment('body').delete(0, open.doc.getXmlFragment('body').length);
    open.doc.getMap('fields').set('title', 'Spoilt');
    await until(
      'the damage is projected',
      async () => (await cast.viewer.api.documents.get({ id })).title === 'Spoilt',
    );
    const restored = await cast.editor.api.documents.restoreVersion({ id, versionId: good.id });
    expect(restored).toMatchObject({ kind: 'restore', hash: good.hash, title: 'Versioned' });
    await until('the reader sees it again', () =>
      reader.doc.getXmlFragment('body').toString().includes('The good text'),
    );
    const { items } = await cast.viewer.api.documents.versions({ id });
    expect(items.map(({ kind }) => kind)).toEqual(['restore', 'automatic', 'named', 'automatic']);
    expect(items[1]).toMatchObject({ title: 'Spoilt' });
    open.close();
    reader.close();
  });

  test('[check 27] the version of another document is not a version of this one', async () => {
    const [mine, other] = [await create('Mine'), await create('Other')];
    await write(cast.editor, other, 'Other words');
    const { id: versionId } = await cast.editor.api.documents.createVersion({ id: other });
    const before = await textOf(mine);
    await expect(cast.editor.api.documents.restoreVersion({ id: mine, versionId })).rejects.toMatchObject({
      status: 404,
    });
    await expect(cast.editor.api.documents.version({ id: mine, versionId })).rejects.toMatchObject({ status: 404 });
    expect(await textOf(mine)).toBe(before);
    const attempt = cast.outsider.api.documents.version({ id: other, versionId });
    await expect(attempt).rejects.toMatchObject({ status: 404, data: { reason: 'not-found' } });
  });
});
