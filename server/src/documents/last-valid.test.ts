import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as Y from 'yjs';
import { synced } from '../../test/editing.ts';
import { startApp, type TestApp, until } from '../../test/harness.ts';
import { type Cast, castOf } from '../../test/people.ts';
import { ValidTexts } from './last-valid.ts';

let app: TestApp;
let cast: Cast;
beforeAll(async () => {
  app = await startApp();
  cast = await castOf(app);
});
afterAll(() => app.stop());

function paragraph(words: string): Y.XmlElement {
  const element = new Y.XmlElement('paragraph');
  element.insert(0, [new Y.XmlText(words)]);
  return element;
}

const detailOf = (id: string) => cast.viewer.api.documents.get({ id });

/** A document that somebody writes in and somebody else breaks; nobody has kept a version of it. */
async function brokenInTheMidst(): Promise<string> {
  const { workspaceId } = cast;
  const { id } = await cast.owner.api.documents.create({ workspaceId, kind: 'note', title: 'Midst', locale: 'en' });
  const [honest, hostile] = [await synced(cast.owner, id), await synced(cast.editor, id)];
  const body = honest.doc.getXmlFragment('body');
  body.insert(0, [paragraph('written first')]);
  await until('the first words are read', async () => (await detailOf(id)).excerpt.includes('first'));
  const before = await app.app.platform.rooms.head(id);
  body.insert(1, [paragraph('written next')]);
  honest.doc.getMap('fields').set('title', 'Midst of it');
  await until('the next words are stored', async () => (await app.app.platform.rooms.head(id)) > before);
  await until('they are there too', () => hostile.doc.getXmlFragment('body').toString().includes('next'));
  hostile.doc.getXmlFragment('body').insert(0, [new Y.XmlElement('iframe')]);
  await until('it is in quarantine', async () => (await detailOf(id)).quarantined);
  for (const open of [honest, hostile]) open.close();
  return id;
}

describe('the way back from a text that breaks the schema', () => {
  test('[check 22] one click leads to the last valid state, not to the last version', async () => {
    const id = await brokenInTheMidst();
    const [newest] = (await cast.viewer.api.documents.versions({ id })).items;
    expect(newest).toMatchObject({ kind: 'automatic', title: 'Midst of it' });
    expect(newest?.authors).toEqual([expect.objectContaining({ id: cast.owner.id })]);
    await cast.editor.api.documents.restoreVersion({ id, versionId: newest?.id ?? '' });
    expect(await detailOf(id)).toMatchObject({ quarantined: false, title: 'Midst of it' });
    const text = await (await cast.viewer.fetch(`/api/documents/${id}/content?format=markdown`)).text();
    expect(text).toContain('written first');
    expect(text).toContain('written next');
    expect(text).not.toContain('iframe');
    const open = await synced(cast.owner, id);
    open.doc.getMap('fields').set('title', 'Writable again');
    await until('it is written', async () => (await detailOf(id)).title === 'Writable again');
    open.close();
  });

  test('[check 22] a copy of it holds the last valid state, whatever the text itself has come to', async () => {
    const id = await brokenInTheMidst();
    const copy = await cast.editor.api.documents.duplicate({ id, title: 'Copied out' });
    expect(copy).toMatchObject({ title: 'Copied out', quarantined: false });
    const text = await (await cast.editor.fetch(`/api/documents/${copy.id}/content?format=markdown`)).text();
    expect(text).toContain('written first');
    expect(text).toContain('written next');
    expect(await detailOf(id)).toMatchObject({ quarantined: true });
  });
});

describe('texts that are held on to', () => {
  const text = (bytes: number, seq: number) => ({ state: new Uint8Array(bytes), seq });

  test('take no more room than they may; the one that was read longest ago goes first', () => {
    const texts = new ValidTexts(100);
    texts.keep('a', text(40, 1));
    texts.keep('b', text(40, 1));
    texts.keep('a', text(50, 2));
    texts.keep('c', text(30, 1));
    expect([texts.get('a')?.seq, texts.get('b'), texts.get('c')?.seq]).toEqual([2, undefined, 1]);
    texts.keep('d', text(101, 1));
    expect(['a', 'c', 'd'].map((id) => texts.get(id))).toEqual([undefined, undefined, undefined]);
    texts.keep('e', text(100, 1));
    expect(texts.get('e')?.seq).toBe(1);
  });
});
