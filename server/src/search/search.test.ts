import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { LIMITS } from '@concert/domain/accounts/rules.ts';
import type { SearchResult } from '@concert/domain/search/api.ts';
import { messageOf } from '@concert/editor/message.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as Y from 'yjs';
import { startApp, type TestApp, type TestPerson, until } from '../../test/harness.ts';
import { type Cast, castOf } from '../../test/people.ts';

let app: TestApp;
let cast: Cast;
let guest: TestPerson;
const lines: string[] = [];

beforeAll(async () => {
  app = await startApp({ env: { RATE_LIMITS: 'off', LOG_LEVEL: 'info' }, onLog: (line) => lines.push(line) });
  cast = await castOf(app);
  guest = await app.as('supplier', { platformRole: 'guest' });
  await cast.owner.api.workspaces.addMember({ id: cast.workspaceId, email: guest.email, role: 'commenter' });
});
afterAll(() => app.stop());

type Over = Omit<Parameters<TestPerson['api']['search']['find']>[0], 'q'>;

const find = (who: TestPerson, q: string, over: Over = {}) => who.api.search.find({ q, ...over });
const plain = (segments: SearchResult['title']): string => segments.map(({ text }) => text).join('');
const hits = (segments: SearchResult['title']): string[] => segments.flatMap(({ text, hit }) => (hit ? [text] : []));
const found = (who: TestPerson, q: string, over: Over = {}): Promise<SearchResult> =>
  until(`${q} is found`, async () => (await find(who, q, over)).items[0]);
const gone = (who: TestPerson, q: string, over: Over = {}) =>
  until(`${q} is not found`, async () => (await find(who, q, over)).items.length === 0);

let made = 0;
/** A document with this paragraph, and the moment at which its writer was told that it is kept. */
async function write(text: string, over: { title?: string; workspaceId?: string; who?: TestPerson } = {}) {
  made += 1;
  const { title = `Document ${made}`, workspaceId = cast.workspaceId, who = cast.editor } = over;
  const { id } = await who.api.documents.create({ workspaceId, kind: 'note', title, locale: 'fr' });
  const edit = await editing(who, id);
  edit.type(text);
  return { id, title, ...edit };
}

async function editing(who: TestPerson, id: string) {
  const open = who.open(id);
  await until('the text is open', () => open.provider.synced);
  const type = (text: string) => {
    const paragraph = new Y.XmlElement('paragraph');
    paragraph.insert(0, [new Y.XmlText(text)]);
    open.doc.getXmlFragment('body').insert(0, [paragraph]);
  };
  return { type, open };
}

describe('finding', () => {
  test('[Q1] [Q2] [Q9] a document by the forms of its words, with the passage that holds them', async () => {
    const { id, title } = await write('Nous préparons un marché innovant pour la région.');
    const result = await found(cast.viewer, 'marchés innovants');
    expect(result).toMatchObject({ kind: 'note', id, path: `/documents/${id}`, context: expect.any(String) });
    expect(plain(result.title)).toBe(title);
    expect(hits(result.passage)).toEqual(['marché', 'innovant']);
    expect((await found(cast.viewer, 'prepar marche')).id).toBe(id);
    expect((await found(cast.viewer, 'inovant')).id).toBe(id);
  });

  test('what was edited is found within two seconds, and by its new words alone', async () => {
    const { id, type, open } = await write('Une phrase avec zébulon dedans.');
    await found(cast.viewer, 'zébulon');
    const began = performance.now();
    open.doc.transact(() => {
      open.doc.getXmlFragment('body').delete(0, 1);
      type('Une phrase avec pimprenelle dedans.');
    });
    expect((await found(cast.viewer, 'pimprenelle')).id).toBe(id);
    process.stdout.write(`search: an edit is found after ${Math.round(performance.now() - began)} ms\n`);
    await gone(cast.viewer, 'zébulon');
  });

  test('fields are found too', async () => {
    const { workspaceId, editor, viewer } = cast;
    const made = { workspaceId, kind: 'needs-assessment', title: 'Besoin de champs', locale: 'fr' } as const;
    const { id } = await editor.api.documents.create(made);
    const { open } = await editing(editor, id);
    const service = open.doc.getMap('fields').get('currentService');
    if (!(service instanceof Y.Text)) throw new Error('the template has no such text');
    service.insert(0, 'Les brancardiers attendent aux ascenseurs.');
    const result = await found(viewer, 'brancardier ascenseur', { kind: 'needs-assessment' });
    expect(result.id).toBe(id);
  });

  test('[Q10] the trash is not found, and is again when it is restored', async () => {
    const { id } = await write('Le mot farfadet est ici.');
    await cast.viewer.api.threads.documents.open({ id, body: messageOf('Un farfadet, vraiment ?') });
    await until('both', async () => (await find(cast.viewer, 'farfadet')).items.length === 2);
    await cast.owner.api.documents.trash({ id });
    await gone(cast.viewer, 'farfadet');
    await cast.owner.api.documents.restore({ id });
    await until('both again', async () => (await find(cast.viewer, 'farfadet')).items.length === 2);
  });

  test('[Q7] a discussion is found by a message and by its title, once, and leads to the message', async () => {
    const { viewer, editor, workspaceId } = cast;
    const { id } = await viewer.api.threads.workspaces.open({
      ...{ id: workspaceId, title: 'Le monte-charge', body: messageOf('Qui connaît le quiproquo ?') },
    });
    const reply = await editor.api.threads.reply({ id, body: messageOf('Le quiproquo, quel quiproquo, ce quiproquo') });
    const result = await until('the better message', async () => {
      const { items } = await find(viewer, 'quiproquo');
      return items[0]?.path.endsWith(reply.id) ? items : undefined;
    });
    expect(result).toHaveLength(1);
    expect(result[0]).toMatchObject({ kind: 'thread', path: `/threads/${id}#message-${reply.id}` });
    expect(result[0]?.person?.id).toBe(editor.id);
    expect((await found(viewer, 'monte charge quiproquo')).kind).toBe('thread');
    await viewer.api.threads.update({ id, title: 'Le hippogriffe' });
    expect((await found(viewer, 'hippogriffe')).kind).toBe('thread');
    await editor.api.threads.removeReply({ id: reply.id });
    await until('the other message', async () => {
      const { items } = await find(viewer, 'quiproquo');
      return items[0]?.person?.id === viewer.id;
    });
    await editor.api.threads.remove({ id });
    await gone(viewer, 'hippogriffe');
  });

  test('[Q8] people are found among those one shares a workspace with', async () => {
    const { viewer, editor, outsider } = cast;
    const [person] = (await find(viewer, editor.email.split('@')[0] ?? '')).items;
    expect(person).toMatchObject({ kind: 'person', id: editor.id });
    expect((await find(outsider, editor.email.split('@')[0] ?? '')).items).toEqual([]);
    const only = await find(viewer, editor.email.split('@')[0] ?? '', { kind: 'person' });
    expect(only.items.map(({ id }) => id)).toEqual([editor.id]);
  });

  test('filters narrow, and pages go on', async () => {
    const texts = await Promise.all(Array.from({ length: 5 }, () => write('Le mot tournesol est ici.')));
    const other = await cast.owner.api.workspaces.create({ name: 'Other' });
    const elsewhere = await write('Le mot tournesol est là.', { workspaceId: other.id, who: cast.owner });
    const all = await until('all', async () => {
      const { items } = await find(cast.owner, 'tournesol');
      return items.length === 6 ? items : undefined;
    });
    expect(new Set(all.map(({ id }) => id))).toEqual(new Set([...texts, elsewhere].map(({ id }) => id)));
    const ids = async (over: Over) => (await find(cast.owner, 'tournesol', over)).items.map(({ id }) => id);
    expect(await ids({ workspaceId: other.id })).toEqual([elsewhere.id]);
    expect(await ids({ authorId: cast.owner.id })).toEqual([elsewhere.id]);
    expect(await ids({ kind: 'minutes' })).toEqual([]);
    expect(await ids({ until: '2020-01-01T00:00:00.000Z' })).toEqual([]);
    expect(await ids({ from: '2020-01-01T00:00:00.000Z', until: '2100-01-01T00:00:00.000Z' })).toHaveLength(6);
    const first = await find(cast.owner, 'tournesol', { limit: 4 });
    const second = await find(cast.owner, 'tournesol', { limit: 4, cursor: first.next ?? '' });
    expect([first.total, first.items.length, second.items.length, second.next]).toEqual([6, 4, 2, undefined]);
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(6);
  });

  test.each([
    [{ q: '' }],
    [{ q: 'x'.repeat(201) }],
    [{ q: 'x', kind: 'secret' }],
    [{ q: 'x', from: 'yesterday' }],
    [{ q: 'x', cursor: 'WzFlOV0' }],
    [{ q: 'x', cursor: 'nonsense' }],
    [{ q: 'x', limit: '1000' }],
    [{ q: 'x', workspaceId: '$ne' }],
    [{ q: 'x', more: '1' }],
  ])('a question of the wrong shape is refused: %j', async (query) => {
    const answer = await cast.viewer.fetch(`/api/search?${new URLSearchParams(query as Record<string, string>)}`);
    expect(answer.status).toBe(400);
  });

  test.each([
    ['"'],
    ['* OR *'],
    ['~innov'],
    ['\u0000\u202e\ufeff'],
    ['a'.repeat(200)],
    ['mot '.repeat(50)],
    ['😀🏴\u200d☠️'],
    ['__proto__ constructor'],
  ])('whatever is typed is a question: %j', async (q) => {
    const answer = await cast.viewer.fetch(`/api/search?${new URLSearchParams({ q })}`);
    expect(answer.status).toBe(200);
  });
});

describe('rights', () => {
  test('[check 29] [Q6] nobody finds, counts or sees what they may not read: documents, discussions, people', async () => {
    const { outsider, foreignWorkspaceId } = cast;
    const { id } = await write('Le canari-xyzzy chante.', { workspaceId: foreignWorkspaceId, who: outsider });
    await outsider.api.threads.documents.open({ id, title: 'canari-xyzzy', body: messageOf('le canari-xyzzy encore') });
    await until('both', async () => (await find(outsider, 'xyzzy')).items.length === 2);
    for (const who of [cast.viewer, cast.owner, guest]) {
      const answer = await who.fetch('/api/search?q=xyzzy');
      expect(await answer.json()).toEqual({ items: [], total: 0, incomplete: false });
    }
  });

  test('[check 29] [Q7] a guest finds nothing of a discussion for staff, neither by title nor by message', async () => {
    const { owner, viewer, workspaceId } = cast;
    const staff = { title: 'perlimpinpin', visibility: 'staff', body: messageOf('de la poudre') } as const;
    await owner.api.threads.workspaces.open({ id: workspaceId, ...staff });
    await found(viewer, 'perlimpinpin poudre');
    const answer = await (await guest.fetch('/api/search?q=perlimpinpin')).text();
    expect(JSON.parse(answer)).toMatchObject({ items: [], total: 0 });
    expect((await find(guest, 'poudre')).items).toEqual([]);
  });

  test('[check 6] who loses a right finds no more at once; who gains one finds', async () => {
    const { owner, outsider, workspaceId } = cast;
    await write('Le mot saltimbanque est ici.');
    await found(owner, 'saltimbanque');
    expect((await find(outsider, 'saltimbanque')).total).toBe(0);
    await owner.api.workspaces.addMember({ id: workspaceId, email: outsider.email, role: 'viewer' });
    expect((await find(outsider, 'saltimbanque')).total).toBe(1);
    await owner.api.workspaces.removeMember({ id: workspaceId, personId: outsider.id });
    expect((await find(outsider, 'saltimbanque')).total).toBe(0);
  });

  test('a limited token finds what it is limited to, and no people', async () => {
    const { owner, workspaceId } = cast;
    const other = await owner.api.workspaces.create({ name: 'Beyond the token' });
    await write('Le mot girouette est ici.');
    await write('Le mot girouette est là.', { workspaceId: other.id, who: owner });
    await until('both', async () => (await find(owner, 'girouette')).total === 2);
    const { token } = await owner.api.accounts.createToken({
      name: 'limited',
      limits: [{ subject: { kind: 'workspace', id: workspaceId }, role: 'viewer' }],
    });
    const ask = async (q: string) =>
      (await (
        await fetch(`${app.url}/api/search?q=${q}`, { headers: { authorization: `Bearer ${token}` } })
      ).json()) as { items: SearchResult[]; total: number };
    expect((await ask('girouette')).total).toBe(1);
    expect((await ask(cast.editor.email.split('@')[0] ?? '')).items).toEqual([]);
  });
});

describe('the index', () => {
  const begun = () => lines.filter((line) => line.includes('the search has read everything'));
  const lastBegun = () => JSON.parse(begun().at(-1) ?? '{}') as { loaded?: boolean; taken?: number };

  test('is taken over by the next run, which reads only what has changed meanwhile', async () => {
    const { id } = await write('Le mot kaléidoscope est ici.');
    await found(cast.viewer, 'kaléidoscope');
    await app.restart();
    const viewer = app.visit(cast.viewer);
    const { db } = app.app.platform;
    await db.collection<{ _id: string }>('documents').updateOne({ _id: id }, { $inc: { rev: 1 } });
    expect((await found(viewer, 'kaléidoscope')).id).toBe(id);
    expect(lastBegun()).toMatchObject({ loaded: true });
    expect(lastBegun().taken).toBeLessThanOrEqual(2);
    expect(readdirSync(join(app.dataDir, 'search'))).toEqual(['index.bin']);
  });
});

test('[check 51] who searches without end is braked, and nobody else', async () => {
  const limited = await startApp();
  try {
    const [eager, calm] = await Promise.all([limited.as('eager'), limited.as('calm')]);
    const { points } = LIMITS.searchesOfPerson;
    const statuses: number[] = [];
    for (let at = 0; at < points + 5; at += 49)
      statuses.push(
        ...(await Promise.all(
          Array.from(
            { length: Math.min(49, points + 5 - at) },
            async () => (await eager.fetch('/api/search?q=x')).status,
          ),
        )),
      );
    expect(statuses.filter((status) => status === 200)).toHaveLength(points);
    expect(statuses.filter((status) => status === 429)).toHaveLength(5);
    expect((await calm.fetch('/api/search?q=x')).status).toBe(200);
  } finally {
    await limited.stop();
  }
});
