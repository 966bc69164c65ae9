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

const UNKNOWN = '01890000-0000-7000-8000-000000000000';
const NOT_FOUND = { code: 'NOT_FOUND', status: 404, data: { reason: 'not-found' } };

const create = (title: string, kind: 'note' | 'needs-assessment' | 'minutes' | 'project-brief' = 'note') =>
  cast.editor.api.documents.create({ workspaceId: cast.workspaceId, kind, title, locale: 'en' });

describe('creating and reading', () => {
  test('a document comes from the template of its kind, with its title and what it lacks', async () => {
    const made = await create('Night falls', 'needs-assessment');
    expect(made).toMatchObject({ title: 'Night falls', kind: 'needs-assessment', role: 'editor', quarantined: false });
    expect(made.completeness).toMatchObject({ done: 1 });
    expect(made.createdBy).toEqual({ id: cast.editor.id, name: expect.stringContaining('editor') });
    const content = await cast.viewer.api.documents.content({ id: made.id, format: 'json' });
    expect(content.body).toMatchObject({ schema: 1, kind: 'needs-assessment', fields: { title: 'Night falls' } });
    const read = await cast.viewer.api.documents.get({ id: made.id });
    expect(read).toMatchObject({ id: made.id, title: 'Night falls', role: 'viewer', workspaceState: 'active' });
  });

  test('minutes begin with their headings in the language asked for', async () => {
    const { id } = await create('Committee', 'minutes');
    const { body } = await cast.owner.api.documents.content({ id, format: 'json' });
    expect(JSON.stringify(body)).toContain('Decisions');
  });

  test('an unknown kind is bad input', async () => {
    const answer = await cast.editor.fetch(`/api/workspaces/${cast.workspaceId}/documents`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ kind: 'constitution', title: 'No such kind' }),
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 'BAD_REQUEST', data: { reason: 'invalid-input' } });
  });

  test.each([
    ['a title of spaces', { kind: 'note', title: '   ' }],
    ['a title that is too long', { kind: 'note', title: 'x'.repeat(301) }],
    ['an operator for a title', { kind: 'note', title: { $ne: null } }],
    ['a field that does not exist', { kind: 'note', title: 'A', createdBy: 'somebody' }],
  ])('%s is bad input', async (_what, body) => {
    const answer = await cast.editor.fetch(`/api/workspaces/${cast.workspaceId}/documents`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(400);
  });

  test('[A1] commenters and viewers create nothing', async () => {
    for (const person of [cast.commenter, cast.viewer]) {
      const attempt = person.api.documents.create({ workspaceId: cast.workspaceId, kind: 'note', title: 'Mine' });
      await expect(attempt).rejects.toMatchObject({ status: 403, data: { reason: 'role-too-low' } });
    }
  });
});

describe('lists', () => {
  test('pages cover everything once, newest first, and searching ignores case and accents', async () => {
    const { id: workspaceId } = await cast.owner.api.workspaces.create({ name: 'Paged' });
    for (const title of ['Santé un', 'Énergie deux', 'Santé trois', 'Note quatre', 'Note cinq'])
      await cast.owner.api.documents.create({ workspaceId, kind: 'note', title });
    const titles: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await cast.owner.api.documents.list({ workspaceId, limit: 2, ...(cursor ? { cursor } : {}) });
      expect(page.items.length).toBeLessThanOrEqual(2);
      titles.push(...page.items.map(({ title }) => title));
      cursor = page.next;
    } while (cursor);
    expect(titles).toEqual(['Note cinq', 'Note quatre', 'Santé trois', 'Énergie deux', 'Santé un']);
    const found = await cast.owner.api.documents.list({ workspaceId, q: 'SANTE trois' });
    expect(found.items.map(({ title }) => title)).toEqual(['Santé trois']);
    const literal = await cast.owner.api.documents.list({ workspaceId, q: '.*' });
    expect(literal.items).toEqual([]);
  });

  test('a cursor that nobody made is bad input', async () => {
    const answer = await cast.owner.fetch(`/api/workspaces/${cast.workspaceId}/documents?cursor=%7B%7D`);
    expect(answer.status).toBe(400);
  });

  test('recent holds my workspaces and no others', async () => {
    await create('Visible to members');
    const foreign = { workspaceId: cast.foreignWorkspaceId, kind: 'note' as const, title: 'Canary of the others' };
    await cast.outsider.api.documents.create(foreign);
    const mine = await cast.viewer.api.documents.recent({ limit: 200 });
    expect(mine.items.map(({ title }) => title)).toContain('Visible to members');
    expect(JSON.stringify(mine)).not.toContain('Canary');
    const theirs = await cast.outsider.api.documents.recent({ q: 'Visible' });
    expect(theirs.items).toEqual([]);
  });
});

describe('foreign and unknown ids', () => {
  const routes: readonly { method: string; path: string; body?: object }[] = [
    { method: 'GET', path: '' },
    { method: 'PATCH', path: '', body: { title: 'Mine now' } },
    { method: 'DELETE', path: '' },
    { method: 'POST', path: '/restore', body: {} },
    { method: 'POST', path: '/duplicate', body: {} },
    { method: 'GET', path: '/content' },
    { method: 'GET', path: '/content?format=pdf' },
    { method: 'GET', path: '/versions' },
    { method: 'POST', path: '/versions', body: {} },
  ];

  test.each(routes)(
    '$method …$path answers a foreign document like one that never was',
    async ({ method, path, body }) => {
      const { id } = await create('Not theirs');
      const ask = async (documentId: string) => {
        const answer = await cast.outsider.fetch(`/api/documents/${documentId}${path}`, {
          method,
          ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
        });
        return { status: answer.status, body: await answer.json() };
      };
      const [foreign, unknown] = [await ask(id), await ask(UNKNOWN)];
      expect(foreign).toEqual(unknown);
      expect(foreign.status).toBe(404);
      expect(foreign.body).toMatchObject(NOT_FOUND);
    },
  );

  test('a foreign workspace answers like one that never was', async () => {
    for (const workspaceId of [cast.workspaceId, UNKNOWN]) {
      await expect(cast.outsider.api.documents.list({ workspaceId })).rejects.toMatchObject(NOT_FOUND);
      const attempt = cast.outsider.api.documents.create({ workspaceId, kind: 'note', title: 'Planted' });
      await expect(attempt).rejects.toMatchObject(NOT_FOUND);
    }
  });

  test('of two ids both are asked about: moving and copying into or out of a foreign workspace', async () => {
    const { id } = await create('Stays here');
    const { id: theirs } = await cast.outsider.api.documents.create({
      workspaceId: cast.foreignWorkspaceId,
      kind: 'note',
      title: 'Stays there',
    });
    const foreign = cast.foreignWorkspaceId;
    const attempts = [
      cast.owner.api.documents.update({ id, workspaceId: foreign }),
      cast.owner.api.documents.update({ id: theirs, workspaceId: cast.workspaceId }),
      cast.owner.api.documents.duplicate({ id, workspaceId: foreign }),
      cast.owner.api.documents.duplicate({ id: theirs, workspaceId: cast.workspaceId }),
    ];
    for (const attempt of attempts) await expect(attempt).rejects.toMatchObject(NOT_FOUND);
    expect((await cast.owner.api.documents.get({ id })).workspaceId).toBe(cast.workspaceId);
    expect((await cast.outsider.api.documents.list({ workspaceId: foreign, q: 'here' })).items).toHaveLength(1);
  });

  test('a refused move does not rename either', async () => {
    const { id } = await create('Old title');
    const attempt = cast.owner.api.documents.update({ id, title: 'New title', workspaceId: cast.foreignWorkspaceId });
    await expect(attempt).rejects.toMatchObject(NOT_FOUND);
    expect((await cast.owner.api.documents.get({ id })).title).toBe('Old title');
  });
});

describe('changing', () => {
  test('a new title is written into the text itself, for everybody who has it open', async () => {
    const { id } = await create('Before');
    const open = cast.viewer.open(id);
    await until('the text has arrived', () => open.doc.getMap('fields').get('title') === 'Before');
    const renamed = await cast.editor.api.documents.update({ id, title: 'After' });
    expect(renamed.title).toBe('After');
    await until('the new title has arrived', () => open.doc.getMap('fields').get('title') === 'After');
    open.close();
  });

  test('a document moves with its text, and the old workspace loses it', async () => {
    const { id } = await create('Traveller');
    const { id: target } = await cast.editor.api.workspaces.create({ name: 'Target' });
    expect(await cast.editor.api.documents.update({ id, workspaceId: target })).toMatchObject({ workspaceId: target });
    await expect(cast.viewer.api.documents.get({ id })).rejects.toMatchObject(NOT_FOUND);
    expect((await cast.editor.api.documents.get({ id })).title).toBe('Traveller');
  });

  test('a copy has its own text and names itself a copy', async () => {
    const source = await create('Model', 'needs-assessment');
    const copy = await cast.editor.api.documents.duplicate({ id: source.id });
    expect(copy.id).not.toBe(source.id);
    expect(copy.title).toMatch(/Model$/);
    await cast.editor.api.documents.update({ id: copy.id, title: 'Changed copy' });
    expect((await cast.editor.api.documents.get({ id: source.id })).title).toBe('Model');
  });

  test('[A3] the trash makes open sockets read-only at once, and gives back what it took', async () => {
    const { id } = await create('Short-lived');
    const open = cast.editor.open(id);
    await until('the text is open', () => open.provider.synced);
    await cast.editor.api.documents.trash({ id });
    open.doc.getMap('fields').set('title', 'Written into the trash');
    const read = await cast.viewer.api.documents.get({ id });
    expect(read.trashedAt).toBeDefined();
    const listed = async (trashed: 'true' | 'false') =>
      (await cast.viewer.api.documents.list({ workspaceId: cast.workspaceId, trashed, limit: 200 })).items.map(
        (item) => item.id,
      );
    expect(await listed('true')).toContain(id);
    expect(await listed('false')).not.toContain(id);
    await expect(cast.editor.api.documents.update({ id, title: 'No' })).rejects.toMatchObject({
      status: 403,
      data: { reason: 'document-trashed' },
    });
    expect(await cast.editor.api.documents.restore({ id })).toMatchObject({ id, title: 'Short-lived' });
    open.close();
  });

  test('members hear of new documents; strangers hear nothing', async () => {
    const [member, stranger] = [await cast.viewer.live(), await cast.outsider.live()];
    const heard: string[] = [];
    const strange: string[] = [];
    member.on('document.changed', ({ documentId }) => heard.push(documentId));
    stranger.on('document.changed', ({ documentId }) => strange.push(documentId));
    const { id } = await create('Announced');
    await until('the member has heard', () => heard.includes(id));
    const { id: theirs } = await cast.outsider.api.documents.create({
      workspaceId: cast.foreignWorkspaceId,
      kind: 'note',
      title: 'Elsewhere',
    });
    await until('the stranger hears of their own', () => strange.includes(theirs));
    expect(strange).not.toContain(id);
  });
});

describe('presence', () => {
  test('says who has which document open, to those who may read it', async () => {
    const { id } = await create('Busy');
    const open = cast.editor.open(id);
    await until('the editor is seen', async () => {
      const { items } = await cast.viewer.api.documents.presence({ workspaceId: cast.workspaceId });
      return items.find((item) => item.documentId === id)?.people.some((person) => person.id === cast.editor.id);
    });
    expect((await cast.outsider.api.documents.presence({})).items).toEqual([]);
    await expect(cast.outsider.api.documents.presence({ workspaceId: cast.workspaceId })).rejects.toMatchObject(
      NOT_FOUND,
    );
    open.close();
    await until('the editor has gone', async () => {
      const { items } = await cast.viewer.api.documents.presence({});
      return items.every((item) => item.documentId !== id);
    });
  });
});

describe('exports', () => {
  test.each([
    ['markdown', 'text/markdown', '# Evil'],
    ['html', 'text/html', '<!doctype html>'],
    ['docx', 'application/vnd.openxmlformats', 'PK'],
    ['pdf', 'application/pdf', '%PDF-'],
  ])('%s is a file that runs nothing where it is opened', async (format, type, begins) => {
    const { id } = await create('Evil <script>alert(1)</script> "../name"');
    const answer = await cast.viewer.fetch(`/api/documents/${id}/content?format=${format}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain(type);
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="[^"/\\]*"/);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('content-security-policy')).toContain('sandbox');
    const text = Buffer.from(await answer.arrayBuffer()).toString('latin1');
    expect(text.toLowerCase().startsWith(begins.toLowerCase())).toBe(true);
    if (format === 'html') expect(text).not.toContain('<script');
  });

  test.each(['docx', 'pdf'])(
    'a text of ten thousands of paragraphs is too big for %s, and HTML remains',
    async (format) => {
      const { id } = await create('Endless');
      const open = cast.editor.open(id);
      await until('the text is open', () => open.provider.synced);
      const paragraphs = Array.from({ length: 16_000 }, () => {
        const paragraph = new Y.XmlElement('paragraph');
        paragraph.insert(0, [new Y.XmlText('word')]);
        return paragraph;
      });
      open.doc.getXmlFragment('body').insert(0, paragraphs);
      await until(
        'the text is projected',
        async () => (await cast.editor.api.documents.get({ id })).wordCount > 15_000,
        60_000,
      );
      const answer = await cast.viewer.fetch(`/api/documents/${id}/content?format=${format}`);
      expect(answer.status).toBe(413);
      expect(await answer.json()).toMatchObject({ code: 'PAYLOAD_TOO_LARGE', data: { reason: 'too-big-to-export' } });
      expect((await cast.viewer.fetch(`/api/documents/${id}/content?format=html`)).status).toBe(200);
      open.close();
    },
    120_000,
  );

  test('[check 54] a link that would run is not one in any export', async () => {
    const { id } = await create('Links');
    const open = cast.editor.open(id);
    await until('the text is open', () => open.provider.synced);
    const paragraph = new Y.XmlElement('paragraph');
    const text = new Y.XmlText();
    text.insert(0, 'press here', { link: { href: 'https://example.org/ok' } });
    paragraph.insert(0, [text]);
    open.doc.getXmlFragment('body').insert(0, [paragraph]);
    await until('the text is projected', async () => (await cast.editor.api.documents.get({ id })).wordCount > 0);
    const html = await (await cast.viewer.fetch(`/api/documents/${id}/content?format=html`)).text();
    expect(html).toContain('https://example.org/ok');
    open.close();
  });
});
