import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import * as Y from 'yjs';
import { startApp, type TestApp, type TestPerson, until } from '../../test/harness.ts';
import { claimingPng } from '../../test/images.ts';
import { type Cast, castOf } from '../../test/people.ts';

let app: TestApp;
let cast: Cast;
let documentId: string;
beforeAll(async () => {
  app = await startApp();
  cast = await castOf(app);
  documentId = await note('Illustrated');
});
afterAll(() => app.stop());

const note = async (title: string): Promise<string> =>
  (await cast.editor.api.documents.create({ workspaceId: cast.workspaceId, kind: 'note', title })).id;

const picture = (): Promise<Buffer> =>
  sharp({ create: { width: 60, height: 40, channels: 3, background: '#c92a2a' } })
    .jpeg()
    .withExif({ IFD0: { Artist: 'Secret place' }, IFD3: { GPSLatitude: '45/1 45/1 0/1' } })
    .toBuffer();

const upload = (person: TestPerson, bytes: Uint8Array, name: string, into = documentId): Promise<Response> => {
  const form = new FormData();
  form.set('file', new File([new Uint8Array(bytes)], name));
  return person.fetch(`/api/documents/${into}/files`, { method: 'POST', body: form });
};

const stored = async (person: TestPerson, name = 'photo.jpg', into = documentId) => {
  const answer = await upload(person, await picture(), name, into);
  expect(answer.status).toBe(200);
  return (await answer.json()) as {
    id: string;
    url: string;
    name: string;
    type: string;
    width: number;
    height: number;
  };
};

describe('uploading', () => {
  test('an image is written anew: its size is known, what the camera told is gone', async () => {
    const file = await stored(cast.editor);
    expect(file).toMatchObject({
      url: `/api/files/${file.id}`,
      name: 'photo.jpg',
      type: 'image/jpeg',
      width: 60,
      height: 40,
    });
    expect(file.id.length).toBeGreaterThanOrEqual(22);
    const answer = await cast.viewer.fetch(file.url);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('image/jpeg');
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(bytes.includes('Secret place')).toBe(false);
    expect((await sharp(bytes).metadata()).exif).toBeUndefined();
  });

  test('[check 57] it is read by nobody else, kept by no cache, and runs nothing', async () => {
    const file = await stored(cast.editor);
    const { headers } = await cast.viewer.fetch(file.url);
    expect(headers.get('cache-control')).toBe('private, no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain('sandbox');
    expect(headers.get('content-disposition')).toMatch(/^inline; filename="photo\.jpg"/);
    const foreign = await cast.outsider.fetch(file.url);
    const unknown = await cast.outsider.fetch(`/api/files/${'A'.repeat(32)}`);
    expect([foreign.status, await foreign.json()]).toEqual([unknown.status, await unknown.json()]);
    expect(foreign.status).toBe(404);
    expect((await fetch(`${app.url}${file.url}`)).status).toBe(401);
  });

  test('[check 57] who loses the document loses its files', async () => {
    const guest = await app.as('guest-of-files');
    const { workspaceId: id } = cast;
    await cast.owner.api.workspaces.addMember({ id, email: guest.email, role: 'viewer' });
    const file = await stored(cast.editor);
    expect((await guest.fetch(file.url)).status).toBe(200);
    await cast.owner.api.workspaces.removeMember({ id, personId: guest.id });
    expect((await guest.fetch(file.url)).status).toBe(404);
  });

  test('[check 57] ids are random, and guessing them finds nothing', async () => {
    const ids = await Promise.all(Array.from({ length: 5 }, async () => (await stored(cast.editor)).id));
    // 128 bits at least, in the base64url of a random value: no time, no counter in front.
    for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_-]{22,}$/);
    expect(new Set(ids.map((id) => id.slice(0, 3))).size).toBeGreaterThan(1);
    for (const id of ids) {
      const near = `${id.slice(0, -1)}${id.endsWith('A') ? 'B' : 'A'}`;
      for (const guess of [near, id.toLowerCase() === id ? `${id}x` : id.toLowerCase(), id.slice(1)])
        expect((await cast.editor.fetch(`/api/files/${guess}`)).status).toBe(404);
    }
  });

  test('[check 57] a file goes with the document that moves away', async () => {
    const id = await note('Moving');
    const file = await stored(cast.editor, 'photo.jpg', id);
    expect((await cast.viewer.fetch(file.url)).status).toBe(200);
    const { id: elsewhere } = await cast.editor.api.workspaces.create({ name: 'Away with it' });
    await cast.editor.api.documents.update({ id, workspaceId: elsewhere });
    expect((await cast.viewer.fetch(file.url)).status).toBe(404);
    expect((await cast.editor.fetch(file.url)).status).toBe(200);
  });

  test.each([
    [
      'an SVG with a script, called .png',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
      'x.png',
    ],
    ['a page, called .jpg', Buffer.from('<!doctype html><script>alert(1)</script>'), 'x.jpg'],
    ['a PDF, called .gif', Buffer.from('%PDF-1.7\n1 0 obj'), 'x.gif'],
    ['nothing', Buffer.alloc(0), 'x.png'],
    ['the head of a PNG and no more', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'x.png'],
  ])('[check 53] %s is refused by its content', async (_what, bytes, name) => {
    const answer = await upload(cast.editor, bytes, name);
    expect(answer.status).toBe(415);
    expect(await answer.json()).toMatchObject({ code: 'UNSUPPORTED_MEDIA_TYPE' });
  });

  test('[check 53] what hangs behind an image does not survive', async () => {
    const polyglot = Buffer.concat([await picture(), Buffer.from('<script>alert(document.cookie)</script>')]);
    const answer = await upload(cast.editor, polyglot, 'polyglot.gif');
    const { url } = (await answer.json()) as { url: string };
    const bytes = Buffer.from(await (await cast.viewer.fetch(url)).arrayBuffer());
    expect(bytes.includes('<script>')).toBe(false);
  });

  test('[check 53] an image of more pixels than a server should hold is refused before it is decoded', async () => {
    for (const [width, height] of [
      [50_000, 50_000],
      [16_000, 16_000],
      [50_000_001, 1],
    ] as const) {
      const answer = await upload(cast.editor, claimingPng(width, height), 'huge.png');
      expect({ width, status: answer.status }).toEqual({ width, status: 413 });
      expect(await answer.json()).toMatchObject({ data: { reason: 'too-many-pixels' } });
    }
  });

  test('an upload above the limit is refused, whatever length it claims', async () => {
    const big = Buffer.alloc(10 * 1024 * 1024 + 1);
    expect((await upload(cast.editor, big, 'big.png')).status).toBe(413);
    const much = Buffer.alloc(12 * 1024 * 1024);
    expect((await upload(cast.editor, much, 'much.png')).status).toBe(413);
  });

  test.each([
    ['../../etc/passwd.png', 'passwd.jpg'],
    ['a.html%00.png', 'a.html-00.jpg'],
    ['C:\\temp\\plan.png', 'plan.jpg'],
    ['\u202egnp.exe.png', 'gnp.exe.jpg'],
    [`${'n'.repeat(300)}.png`, `${'n'.repeat(120)}.jpg`],
    ['.png', 'image.jpg'],
  ])('[check 53] the name %j becomes %j', async (given, kept) => {
    expect((await stored(cast.editor, given)).name).toBe(kept);
  });

  test('[A1] commenters, viewers and strangers upload nothing', async () => {
    expect((await upload(cast.commenter, await picture(), 'a.jpg')).status).toBe(403);
    expect((await upload(cast.viewer, await picture(), 'a.jpg')).status).toBe(403);
    expect((await upload(cast.outsider, await picture(), 'a.jpg')).status).toBe(404);
  });

  test('an animation keeps its frames', async () => {
    const frames = await sharp({ create: { width: 20, height: 40, channels: 4, background: '#fff' } })
      .raw()
      .toBuffer();
    const gif = await sharp(frames, { raw: { width: 20, height: 40, channels: 4, pageHeight: 20 } })
      .gif()
      .toBuffer();
    const answer = await upload(cast.editor, gif, 'moving.gif');
    expect(await answer.json()).toMatchObject({ type: 'image/gif', width: 20, height: 20 });
  });
});

describe('images of a text', () => {
  /** Puts an image into a text as the editor does. */
  async function show(person: TestPerson, id: string, fileId: string): Promise<void> {
    const open = person.open(id);
    await until('the text is open', () => open.provider.synced);
    const image = new Y.XmlElement('image');
    image.setAttribute('src', `/api/files/${fileId}`);
    image.setAttribute('alt', 'A red field');
    open.doc.getXmlFragment('body').insert(0, [image]);
    await until('it is stored', async () => {
      const { body } = await person.api.documents.content({ id, format: 'json' });
      return JSON.stringify(body).includes(fileId);
    });
    open.close();
  }

  const html = async (person: TestPerson, id: string) =>
    (await person.fetch(`/api/documents/${id}/content?format=html`)).text();

  test('are part of an export', async () => {
    const id = await note('With an image');
    await show(cast.editor, id, (await stored(cast.editor, 'red.jpg', id)).id);
    expect(await html(cast.viewer, id)).toContain('data:image/jpeg;base64,');
  });

  test('[check 27] an address of another document’s image shows nothing, in no export and no copy', async () => {
    const foreign = await cast.outsider.api.documents.create({
      workspaceId: cast.foreignWorkspaceId,
      kind: 'note',
      title: 'Foreign',
    });
    const theirs = await stored(cast.outsider, 'theirs.jpg', foreign.id);
    const id = await note('Curious');
    await show(cast.editor, id, theirs.id);
    expect(await html(cast.editor, id)).not.toContain('data:image');
    const copy = await cast.editor.api.documents.duplicate({ id });
    expect(await html(cast.editor, copy.id)).not.toContain('data:image');
  });

  test('a copy has images of its own, for people who may not see the original', async () => {
    const id = await note('Original');
    const file = await stored(cast.editor, 'red.jpg', id);
    await show(cast.editor, id, file.id);
    const { id: elsewhere } = await cast.editor.api.workspaces.create({ name: 'Elsewhere' });
    const copy = await cast.editor.api.documents.duplicate({ id, workspaceId: elsewhere });
    const { body } = await cast.editor.api.documents.content({ id: copy.id, format: 'json' });
    expect(JSON.stringify(body)).not.toContain(file.id);
    expect(await html(cast.editor, copy.id)).toContain('data:image/jpeg;base64,');
  });
});
