import { CLOSE } from '@concert/contract';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as Y from 'yjs';
import { closesOf, storedText, synced, textOf } from '../../test/editing.ts';
import { startApp, type TestApp, until } from '../../test/harness.ts';
import { type Cast, castOf } from '../../test/people.ts';

// Texts and clients that no editor of ours makes, through the sockets and routes of a whole server.

let app: TestApp;
let cast: Cast;
beforeAll(async () => {
  app = await startApp();
  cast = await castOf(app);
});
afterAll(() => app.stop());

const create = async (): Promise<string> => {
  const { workspaceId } = cast;
  return (await cast.owner.api.documents.create({ workspaceId, kind: 'note', title: 'Sound', locale: 'en' })).id;
};

const stateOf = async (id: string): Promise<Uint8Array> => (await app.app.platform.rooms.read(id)).update;

function paragraph(words = '', marks: Record<string, unknown> = {}): Y.XmlElement {
  const element = new Y.XmlElement('paragraph');
  const text = new Y.XmlText();
  element.insert(0, [text]);
  if (words) text.insert(0, words, marks);
  return element;
}

function named(name: string, attributes: Record<string, object | string> = {}, children: Y.XmlElement[] = []) {
  const element = new Y.XmlElement<Record<string, object | string>>(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.insert(0, children);
  // Types of attributes are of no matter to a tree.
  return element as Y.XmlElement;
}

/** Quotations in each other, as one edit. */
function nest(body: Y.XmlFragment, depth: number): void {
  body.doc?.transact(() => {
    let inner: Y.XmlFragment = body;
    for (let level = 0; level < depth; level += 1) {
      const next = new Y.XmlElement('blockquote');
      inner.insert(0, [next]);
      inner = next;
    }
    inner.insert(0, [paragraph('innermost')]);
  });
}

/** Everything that reads a text answers, and none of it with a fault. */
async function everyReadingAnswers(id: string): Promise<number[]> {
  const reads = [
    ...['json', 'markdown', 'html', 'docx', 'pdf'].map((format) => `/api/documents/${id}/content?format=${format}`),
    `/api/documents/${id}`,
    `/api/documents/${id}/versions`,
    `/api/documents/${id}/provenance`,
    `/api/documents?q=innermost`,
    `/api/workspaces/${cast.workspaceId}/documents`,
  ];
  const codes: number[] = [];
  for (const path of reads) codes.push((await cast.viewer.fetch(path)).status);
  expect((await cast.viewer.fetch('/healthz')).status).toBe(200);
  return codes;
}

describe('texts that no editor writes', () => {
  test.each([1_000, 3_000, 50_000])(
    '[check 21] %d quotations in each other: refused or read-only, and every reading answers',
    async (depth) => {
      const id = await create();
      const writer = await synced(cast.editor, id);
      const codes = closesOf(writer);
      nest(writer.doc.getXmlFragment('body'), depth);
      await until(
        'it is refused or in quarantine',
        async () => codes.includes(CLOSE.badUpdate) || (await cast.viewer.api.documents.get({ id })).quarantined,
      );
      expect((await everyReadingAnswers(id)).filter((code) => code >= 500)).toEqual([]);
      writer.close();
    },
    120_000,
  );

  const hostile: [string, (body: Y.XmlFragment) => void][] = [
    ['a node that no editor knows', (body) => body.insert(0, [named('iframe', { src: 'https://evil.example' })])],
    ['a mark that no editor knows', (body) => body.insert(0, [paragraph('marked', { onclick: { run: '1' } })])],
    ['text at the root', (body) => body.insert(0, [new Y.XmlText('loose')])],
    ['a node in the wrong place', (body) => body.insert(0, [named('listItem', {}, [paragraph('lost')])])],
    [
      'an attribute with markup',
      (body) => body.insert(0, [named('heading', { level: '<img src=x onerror=alert(1)>' })]),
    ],
    ['a deep attribute', (body) => body.insert(0, [named('heading', { level: { a: [{ b: [1] }] } })])],
    ['an attribute of a megabyte', (body) => body.insert(0, [named('heading', { level: 'x'.repeat(1_000_000) })])],
    ['a node without a name', (body) => body.insert(0, [named('')])],
    ['a node named like a prototype', (body) => body.insert(0, [named('__proto__'), named('constructor')])],
  ];
  test.each(hostile)(
    '[check 22] %s: read-only for all, the last valid state is shown, nothing is lost',
    async (_what, spoil) => {
      const id = await create();
      const honest = await synced(cast.owner, id);
      honest.doc.getXmlFragment('body').insert(0, [paragraph('A brouillard of words')]);
      honest.doc.getText('test').insert(0, 'kept');
      await until('it is read', async () =>
        (await cast.viewer.api.documents.get({ id })).excerpt.includes('brouillard'),
      );
      const hostileOne = await synced(cast.editor, id);
      spoil(hostileOne.doc.getXmlFragment('body'));
      await until('it is in quarantine', async () => (await cast.viewer.api.documents.get({ id })).quarantined);
      const shown = await cast.viewer.api.documents.get({ id });
      expect(shown).toMatchObject({ title: 'Sound', quarantined: true });
      expect(shown.excerpt).toContain('brouillard');
      expect((await everyReadingAnswers(id)).filter((code) => code >= 500)).toEqual([]);
      const codes = closesOf(honest);
      honest.doc.getText('test').insert(0, 'more ');
      await until('nobody writes any more', () => codes.length > 0);
      expect(await storedText(app, id)).toBe('kept');
      for (const open of [honest, hostileOne]) open.close();
    },
  );
});

describe('clients of another schema', () => {
  test('[check 22] an older client is told so once, changes nothing, and can read the text', async () => {
    const id = await create();
    const current = await synced(cast.owner, id);
    current.doc.getText('test').insert(0, 'of today');
    await until('it is stored', async () => (await storedText(app, id)) === 'of today');
    const before = await stateOf(id);
    const old = cast.editor.open(id, { schema: '0' });
    const codes = closesOf(old);
    old.doc.getXmlFragment('body').delete(0, old.doc.getXmlFragment('body').length);
    old.doc.getText('test').insert(0, 'of yesterday');
    await until('it is turned away', () => codes.length > 0);
    // A stock client does not come back after a code from 4400 to 4499.
    await until('it has given up', () => !old.provider.shouldConnect);
    expect(codes).toEqual([CLOSE.clientTooOld]);
    expect(await stateOf(id)).toEqual(before);
    expect((await cast.editor.fetch(`/api/documents/${id}/content?format=html`)).status).toBe(200);
    expect(old.doc.getText('test').toString()).toBe('of yesterday');
    for (const open of [current, old]) open.close();
  });
});

describe('a stolen clientID', () => {
  test('[check 19] is refused at the door of the server, its owner and everybody else read the same', async () => {
    const id = await create();
    const [victim, witness, thief] = [
      await synced(cast.owner, id),
      await synced(cast.viewer, id),
      await synced(cast.editor, id),
    ];
    victim.doc.getText('test').insert(0, 'mine ');
    await until('all have it', () => [witness, thief].every(({ doc }) => textOf(doc) === 'mine '));
    const codes = closesOf(thief);
    victim.provider.disconnect();
    for (let word = 0; word < 100; word += 1) victim.doc.getText('test').insert(5, `w${word} `);
    thief.doc.clientID = victim.doc.clientID;
    thief.doc.getText('test').insert(0, 'stolen ');
    await until('it is refused', () => codes.length > 0);
    expect(codes).toEqual([CLOSE.badUpdate]);
    const noted = await until('it is written down', () =>
      app.app.platform.db.collection('audit').findOne({ event: 'documents.edit-refused', 'subject.id': id }),
    );
    expect(noted).toMatchObject({ actorId: cast.editor.id, data: { reason: 'foreign-client' } });
    thief.doc.clientID = thief.provider.awareness.clientID;
    victim.provider.connect();
    const text = textOf(victim.doc);
    await until('the victim’s words are there', () => textOf(witness.doc) === text);
    const later = await synced(cast.commenter, id);
    expect([textOf(victim.doc), textOf(later.doc), await storedText(app, id)]).toEqual([text, text, text]);
    for (const open of [victim, witness, thief, later]) open.close();
  });
});
