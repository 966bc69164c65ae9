import { CLOSE } from '@concert/contract';
import type { Provenance } from '@concert/domain/documents/provenance.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as Y from 'yjs';
import { closesOf, synced } from '../../test/editing.ts';
import { PASSWORD, startApp, type TestApp, type TestPerson, until } from '../../test/harness.ts';
import { type Cast, castOf } from '../../test/people.ts';
import { createWorkers } from '../platform/documents/workers.ts';
import { createProvenance } from './provenance.ts';
import { createDocumentStore } from './store.ts';
import { THREAD } from './worker/entry.ts';
import type { Jobs } from './worker/jobs.ts';

let app: TestApp;
let cast: Cast;
beforeAll(async () => {
  app = await startApp({ env: { RATE_LIMITS: 'off' } });
  cast = await castOf(app);
});
afterAll(() => app.stop());

type Open = Awaited<ReturnType<typeof synced>>;

const create = async (kind: 'note' | 'minutes' | 'needs-assessment' = 'note', title = 'Written by several') =>
  (await cast.editor.api.documents.create({ workspaceId: cast.workspaceId, kind, title, locale: 'en' })).id;

const provenanceOf = (id: string): Promise<Provenance> => cast.viewer.api.documents.provenance({ id });

/** Each text run as `who: text`, in the order of the document. */
const runsIn = ({ items }: Provenance): string[] =>
  items.flatMap((run) => (run.type === 'text' ? [`${run.author?.name ?? 'nobody'}: ${run.text}`] : []));

/** Waits until the server tells these runs of the text. */
const untilRuns = (id: string, runs: readonly string[]) =>
  until(`the text is ${runs.join(' | ')}`, async () => {
    const told = await provenanceOf(id);
    return runsIn(told).join('\n') === runs.join('\n') ? told : undefined;
  });

function addLine({ doc }: Pick<Open, 'doc'>, words: string): void {
  const line = new Y.XmlElement('paragraph');
  line.insert(0, [new Y.XmlText(words)]);
  const body = doc.getXmlFragment('body');
  body.insert(body.length, [line]);
}

/** The text of the last line. */
function lastLine({ doc }: Pick<Open, 'doc'>): Y.XmlText {
  const body = doc.getXmlFragment('body');
  const line = body.get(body.length - 1);
  const text = line instanceof Y.XmlElement ? line.get(0) : undefined;
  if (!(text instanceof Y.XmlText)) throw new Error('the last line has no text');
  return text;
}

const nameOf = ({ email }: TestPerson): string => email.split('@')[0] ?? '';
const owner = () => nameOf(cast.owner);
const editor = () => nameOf(cast.editor);

/** A document in which the owner has written a line, and both have it open. */
async function shared(words: string): Promise<{ id: string; anna: Open; ben: Open }> {
  const id = await create();
  const [anna, ben] = [await synced(cast.owner, id), await synced(cast.editor, id)];
  addLine(anna, words);
  await until('the other has the line', () => ben.doc.getXmlFragment('body').toString().includes(words));
  return { id, anna, ben };
}

describe('who was the last to insert', () => {
  test('[D5] [S60] two people in one line: every run with its author, its place, and everybody’s share', async () => {
    const { id, anna, ben } = await shared('hello world');
    lastLine(ben).insert(5, ' dear');
    const told = await untilRuns(id, [`${owner()}: hello`, `${editor()}:  dear`, `${owner()}:  world`]);
    const at = told.items.map((run) => (run.type === 'text' ? [run.path, run.offset, run.length] : run.path));
    expect(at).toEqual([
      [['body', 1], 0, 5],
      [['body', 1], 5, 5],
      [['body', 1], 10, 6],
      ['fields', 'title'],
    ]);
    expect(told).toMatchObject({ characters: 16, templateCharacters: 0 });
    expect(told.authors).toMatchObject([
      { id: cast.owner.id, name: owner(), characters: 11, share: 11 / 16 },
      { id: cast.editor.id, name: editor(), characters: 5, share: 5 / 16 },
    ]);
    expect(told.items[0]).toMatchObject({
      author: { id: cast.owner.id, color: expect.stringMatching(/^#[0-9a-f]{6}$/) },
    });
    for (const open of [anna, ben]) open.close();
  });

  test('[D5] deleting leaves the authors of the rest; undoing it makes the text the undoer’s', async () => {
    const { id, anna, ben } = await shared('one two three');
    const undo = new Y.UndoManager(ben.doc.getXmlFragment('body'));
    lastLine(ben).delete(3, 4);
    await untilRuns(id, [`${owner()}: one three`]);
    undo.undo();
    await untilRuns(id, [`${owner()}: one`, `${editor()}:  two`, `${owner()}:  three`]);
    for (const open of [anna, ben]) open.close();
  });

  test('[D5] whoever pastes the words of another has inserted them; making them bold is no inserting', async () => {
    const { id, anna, ben } = await shared('mine');
    addLine(ben, lastLine(ben).toString());
    await untilRuns(id, [`${owner()}: mine`, `${editor()}: mine`]);
    lastLine(anna).format(0, 4, { bold: {} });
    await until('it is bold', () => lastLine(ben).toString().includes('<bold>'));
    await untilRuns(id, [`${owner()}: mine`, `${editor()}: mine`]);
    for (const open of [anna, ben]) open.close();
  });

  test('[D5] what restoring a version brings back is the restorer’s, what it leaves alone stays its author’s', async () => {
    const { id, anna, ben } = await shared('kept');
    addLine(anna, 'taken away');
    await untilRuns(id, [`${owner()}: kept`, `${owner()}: taken away`]);
    const version = await cast.owner.api.documents.createVersion({ id });
    await until('the other has it', () => ben.doc.getXmlFragment('body').length === 3);
    ben.doc.getXmlFragment('body').delete(2, 1);
    await untilRuns(id, [`${owner()}: kept`]);
    await cast.editor.api.documents.restoreVersion({ id, versionId: version.id });
    await untilRuns(id, [`${owner()}: kept`, `${editor()}: taken away`]);
    for (const open of [anna, ben]) open.close();
  });

  test('[D6] the template is nobody’s, its title and a copy are their maker’s', async () => {
    const id = await create('minutes', 'Steering group');
    const told = await provenanceOf(id);
    expect(told.items.filter(({ type }) => type === 'text').map(({ author }) => author)).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(told.items.find(({ path }) => path.join('/') === 'fields/title')?.author?.id).toBe(cast.editor.id);
    expect(told).toMatchObject({ authors: [], templateCharacters: told.characters });
    const copy = await cast.owner.api.documents.duplicate({ id });
    const { authors, characters } = await provenanceOf(copy.id);
    expect(authors).toMatchObject([{ id: cast.owner.id, characters, share: 1 }]);
  });

  test('[D5] fields: who set a value last, and who wrote in a long answer', async () => {
    const id = await create('needs-assessment');
    const [anna, ben] = [await synced(cast.owner, id), await synced(cast.editor, id)];
    const story = (open: Open) => open.doc.getMap('fields').get('currentService');
    const [hers, his] = [story(anna), story(ben)];
    if (!(hers instanceof Y.Text) || !(his instanceof Y.Text)) throw new Error('no long answer');
    hers.insert(0, 'ambulances');
    await until('the other has it', () => his.length === 10);
    his.insert(0, 'Two ');
    anna.doc.getMap('fields').set('trigger', 'policy');
    await until('the other has the value', () => ben.doc.getMap('fields').get('trigger') === 'policy');
    ben.doc.getMap('fields').set('trigger', 'legal');
    await untilRuns(id, [`${editor()}: Two `, `${owner()}: ambulances`]);
    await until('the last value is his', async () =>
      (await provenanceOf(id)).items.some(
        ({ type, path, author }) =>
          type === 'value' && path.join('/') === 'fields/trigger' && author?.id === cast.editor.id,
      ),
    );
    for (const open of [anna, ben]) open.close();
  });
});

describe('what changes nothing about it', () => {
  test('[S60] a page that comes back with everybody’s text from its local copy adds nothing of its own', async () => {
    const { id, anna, ben } = await shared('hers');
    addLine(ben, 'his');
    await untilRuns(id, [`${owner()}: hers`, `${editor()}: his`]);
    const copy = Y.encodeStateAsUpdate(ben.doc);
    ben.close();
    const reloaded = cast.editor.open(id);
    Y.applyUpdate(reloaded.doc, copy);
    await until('it is synced', () => reloaded.provider.synced);
    addLine(reloaded, 'his again');
    await untilRuns(id, [`${owner()}: hers`, `${editor()}: his`, `${editor()}: his again`]);
    for (const open of [anna, reloaded]) open.close();
  });

  test('[S60] writing under the client id of another is refused, and nothing is put down to them', async () => {
    const { id, anna, ben } = await shared('hers');
    await untilRuns(id, [`${owner()}: hers`]);
    const closes = closesOf(ben);
    const forging = new Y.Doc();
    Y.applyUpdate(forging, Y.encodeStateAsUpdate(ben.doc));
    forging.clientID = anna.doc.clientID;
    forging.on('update', (update: Uint8Array) => Y.applyUpdate(ben.doc, update));
    addLine({ doc: forging }, 'forged');
    await until('the forger is put out', () => closes.length > 0);
    expect(closes[0]).toBe(CLOSE.badUpdate);
    await untilRuns(id, [`${owner()}: hers`]);
    for (const open of [anna, ben]) open.close();
  });

  test('[S60] compaction and a restart', async () => {
    const { id, anna, ben } = await shared('before');
    const long = 'x'.repeat(300_000);
    addLine(ben, long);
    lastLine(ben).delete(0, 299_990);
    await until('the other has the line', () => anna.doc.getXmlFragment('body').length === 3);
    addLine(anna, 'after');
    const runs = [`${owner()}: before`, `${editor()}: xxxxxxxxxx`, `${owner()}: after`];
    await untilRuns(id, runs);
    const heads = app.app.platform.db.collection<{ _id: string }>('doc_heads');
    await until('the document is compacted', () => heads.findOne({ _id: id }));
    for (const open of [anna, ben]) open.close();
    await app.restart();
    const { viewer } = cast;
    cast = { ...cast, viewer: app.visit(viewer), owner: app.visit(cast.owner), editor: app.visit(cast.editor) };
    cast = { ...cast, outsider: app.visit(cast.outsider) };
    await untilRuns(id, runs);
  });
});

describe('reading it', () => {
  test('pages of runs follow each other; a text that moved meanwhile is said to have', async () => {
    const { id, anna, ben } = await shared('a');
    for (const words of ['b', 'c']) addLine(anna, words);
    const all = await untilRuns(
      id,
      ['a', 'b', 'c'].map((words) => `${owner()}: ${words}`),
    );
    const told = [];
    let cursor: string | undefined;
    do {
      const page = await cast.viewer.api.documents.provenance({ id, limit: 2, ...(cursor ? { cursor } : {}) });
      expect(page.items.length).toBeLessThanOrEqual(2);
      expect(page.authors).toEqual(all.authors);
      told.push(...page.items);
      cursor = page.next ?? cursor;
      if (page.next === undefined) break;
    } while (cursor);
    expect(told).toEqual(all.items);
    await until('the other has all lines', () => ben.doc.getXmlFragment('body').length === 4);
    addLine(ben, 'd');
    await untilRuns(id, [...['a', 'b', 'c'].map((words) => `${owner()}: ${words}`), `${editor()}: d`]);
    await expect(cast.viewer.api.documents.provenance({ id, limit: 2, cursor })).rejects.toMatchObject({
      data: { reason: 'text-moved' },
    });
    await expect(cast.viewer.api.documents.provenance({ id, cursor: 'x' })).rejects.toMatchObject({
      data: { reason: 'bad-cursor' },
    });
    for (const open of [anna, ben]) open.close();
  });

  test('a run longer than an answer should hold comes in parts, which together are the text', async () => {
    const { id, anna, ben } = await shared('short');
    addLine(anna, `${'é'.repeat(99_999)}${'👩‍🚒'.repeat(30_000)}`);
    const told = await until('the long line is told', async () => {
      const answer = await provenanceOf(id);
      return answer.characters > 200_000 ? answer : undefined;
    });
    const texts = told.items.flatMap((run) => (run.type === 'text' ? [run.text] : []));
    expect(texts.length).toBeGreaterThan(2);
    expect(texts.join('')).toBe(`short${lastLine(anna).toString()}`);
    expect(texts.every((text) => !/^[\udc00-\udfff]|[\ud800-\udbff]$/.test(text))).toBe(true);
    for (const open of [anna, ben]) open.close();
  });

  test('[D7] who may not read the document gets the answer that an unknown one gets', async () => {
    const id = await create();
    const answers = await Promise.all(
      ['provenance', 'authors?clients=1'].flatMap((what) =>
        [id, '01890000-0000-7000-8000-000000000000'].map(async (document) => {
          const answer = await cast.outsider.fetch(`/api/documents/${document}/${what}`);
          return `${answer.status} ${await answer.text()}`;
        }),
      ),
    );
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toMatch(/^404 /);
  });

  test('[D8] a text that breaks the schema is said to, until it is returned to a valid state', async () => {
    const id = await create();
    const open = await synced(cast.editor, id);
    open.doc.getXmlFragment('body').insert(0, [new Y.XmlElement('script')]);
    await until('it is quarantined', async () => (await cast.viewer.api.documents.get({ id })).quarantined);
    await expect(provenanceOf(id)).rejects.toMatchObject({ data: { reason: 'document-quarantined' } });
    open.close();
  });

  test('a text that no worker can read for now is a problem of the moment, and is said to be', async () => {
    const id = await create();
    const record = await createDocumentStore(app.app.platform.db).get(id);
    if (record === null) throw new Error('no record');
    const exporters = createWorkers<Jobs>(THREAD, 1);
    await exporters.stop();
    const provenance = createProvenance({ platform: app.app.platform, exporters });
    await expect(provenance(record, { limit: 10 })).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      reason: 'authors-unavailable',
      detail: { retryAfter: 5 },
    });
  });

  test('the people behind client ids: those asked for, the template’s and unknown ones left out', async () => {
    const { id, anna, ben } = await shared('hers');
    await untilRuns(id, [`${owner()}: hers`]);
    const template = [...Y.decodeStateVector(Y.encodeStateVector(anna.doc)).keys()].find(
      (clientId) => clientId !== anna.doc.clientID,
    );
    const asked = [anna.doc.clientID, template, 4_294_967_295].join(',');
    const { items } = await cast.viewer.api.documents.authors({ id, clients: asked });
    expect(items).toMatchObject([{ clientId: anna.doc.clientID, author: { id: cast.owner.id, name: owner() } }]);
    expect(await cast.viewer.api.documents.authors({ id })).toEqual({ items: [] });
    const tooMany = Array.from({ length: 201 }, (_, at) => at).join(',');
    for (const clients of [tooMany, '1;2', '-1', '1,,2'])
      await expect(cast.viewer.api.documents.authors({ id, clients })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    for (const open of [anna, ben]) open.close();
  });

  test('[D7] an erased person appears under the pseudonym', async () => {
    const leaving = await app.as('leaving-author', { name: 'Leocadia Canary' });
    await cast.owner.api.workspaces.addMember({ id: cast.workspaceId, email: leaving.email, role: 'editor' });
    const id = await create();
    const open = await synced(leaving, id);
    addLine(open, 'written once');
    await untilRuns(id, ['Leocadia Canary: written once']);
    open.close();
    const answer = await leaving.fetch('/api/me', {
      method: 'DELETE',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ password: PASSWORD, confirm: 'erase' }),
    });
    expect(answer.status).toBe(200);
    await until('the person is erased', async () => (await app.app.platform.directory.byId(leaving.id))?.erasedAt);
    const told = await provenanceOf(id);
    expect(JSON.stringify(told)).not.toContain('Canary');
    expect(told.authors).toMatchObject([{ id: leaving.id, characters: 12 }]);
    expect(told.authors[0]?.name).not.toBe('');
  });
});
