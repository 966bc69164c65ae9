import { EDITOR_SCHEMA } from '@concert/contract';
import { passagesIn } from '@concert/editor/comments.ts';
import { messageOf } from '@concert/editor/message.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import WebSocket from 'ws';
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
  await cast.owner.api.workspaces.addMember({ id: cast.workspaceId, email: guest.email, role: 'viewer' });
});
afterAll(() => app.stop());

const base64 = (position: Y.RelativePosition): string =>
  Buffer.from(Y.encodeRelativePosition(position)).toString('base64');

/** A note with one paragraph, open at the editor's. */
async function written(words: string) {
  const { editor, workspaceId } = cast;
  const { id } = await editor.api.documents.create({ workspaceId, kind: 'note', title: 'Commented', locale: 'en' });
  const { doc, provider } = editor.open(id);
  await until('the text is open', () => provider.synced);
  const paragraph = new Y.XmlElement('paragraph');
  const text = new Y.XmlText(words);
  paragraph.insert(0, [text]);
  doc.getXmlFragment('body').insert(0, [paragraph]);
  const stored = async () => {
    const { body } = await editor.api.documents.content({ id, format: 'json' });
    return JSON.stringify(body);
  };
  await until('it is kept and read', async () => {
    const { excerpt } = await editor.api.documents.get({ id });
    return excerpt.includes(words.slice(0, 20)) && (await stored()).includes(words);
  });
  const range = (quote: string) => {
    const at = words.indexOf(quote);
    const position = (index: number) => base64(Y.createRelativePositionFromTypeIndex(text, index));
    return { start: position(at), end: position(at + quote.length) };
  };
  const quoteOf = (anchorId: string | undefined) => passagesIn(doc).get(anchorId ?? '')?.quote;
  return { id, doc, text, range, quoteOf, stored };
}

const reasonOf = async (promise: Promise<unknown>): Promise<string> => {
  try {
    await promise;
  } catch (error) {
    const { status, data } = error as { status?: number; data?: { reason?: string } };
    return `${status} ${data?.reason}`;
  }
  return 'done';
};

describe('a discussion of a passage', () => {
  test('[T15] a viewer opens one; the mark reaches whoever has the text open, and makes nobody an author', async () => {
    const { viewer, editor } = cast;
    const { id, range, quoteOf } = await written('The lift in ward three is slow.');
    const before = await viewer.api.documents.get({ id });
    const thread = await viewer.api.threads.documents.open({
      ...{ id, body: messageOf('Since when?'), anchor: range('ward three') },
    });
    expect(thread.anchor).toMatchObject({
      quote: 'ward three',
      before: 'The lift in ',
      after: expect.stringMatching(/^ is slow\./),
    });
    await until('the mark is there', () => quoteOf(thread.anchor?.id) === 'ward three');
    const [listed] = (await editor.api.threads.documents.list({ id })).items;
    expect(listed?.anchor).toEqual(thread.anchor);
    const after = await viewer.api.documents.get({ id });
    expect([after.updatedBy, after.updatedAt]).toEqual([before.updatedBy, before.updatedAt]);
    const { authors } = await viewer.api.documents.provenance({ id });
    expect(authors.map((author) => author.id)).not.toContain(viewer.id);
  });

  test('[T17] versions and their hashes do not know of it', async () => {
    const { owner, viewer } = cast;
    const { id, range, stored } = await written('Adopted as it stands, every word.');
    const label = { id, label: 'Before' };
    const { hash } = await owner.api.documents.createVersion(label);
    await viewer.api.threads.documents.open({ id, body: messageOf('Really?'), anchor: range('every word') });
    expect((await owner.api.documents.createVersion({ id, label: 'After' })).hash).toBe(hash);
    expect(await stored()).not.toContain('comment');
  });

  test('[T16] the words may be edited around, removed, and come back with a version', async () => {
    const { owner, viewer } = cast;
    const { id, text, doc, range, quoteOf } = await written('Please keep the blue doors closed at night.');
    const { id: versionId } = await owner.api.documents.createVersion({ id, label: 'With doors' });
    const { anchor } = await viewer.api.threads.documents.open({
      ...{ id, body: messageOf('Why blue?'), anchor: range('blue doors') },
    });
    await until('the mark is there', () => quoteOf(anchor?.id) === 'blue doors');
    text.insert(0, 'Everybody: ');
    text.delete(text.length - 10, 9);
    expect(quoteOf(anchor?.id)).toBe('blue doors');
    text.delete(0, text.length);
    expect(quoteOf(anchor?.id)).toBeUndefined();
    await owner.api.documents.restoreVersion({ id, versionId });
    await until('the version is back', () => doc.getXmlFragment('body').toString().includes('closed at night'));
    await until('the mark too', () => quoteOf(anchor?.id) === 'blue doors');
  });

  test('[T16] words that have gone are refused when it is opened, and stay quoted when it was', async () => {
    const { viewer } = cast;
    const { id, text, range } = await written('Here today and gone tomorrow.');
    const gone = range('gone tomorrow');
    const thread = await viewer.api.threads.documents.open({ id, body: messageOf('Kept'), anchor: gone });
    text.delete(0, text.length);
    await until('they are gone', async () => {
      const answer = await reasonOf(
        viewer.api.threads.documents.open({ id, body: messageOf('Too late'), anchor: gone }),
      );
      return answer === '409 passage-gone';
    });
    expect((await viewer.api.threads.get({ id: thread.id })).anchor?.quote).toBe('gone tomorrow');
  });

  test('[T17] it takes its mark along when it is deleted, or moves to another subject', async () => {
    const { owner, workspaceId } = cast;
    const { id, range, quoteOf } = await written('One and the other.');
    const open = (quote: string) =>
      owner.api.threads.documents.open({ id, body: messageOf(quote), anchor: range(quote) });
    const [one, other] = [await open('One'), await open('other')];
    await until('both are there', () => quoteOf(one.anchor?.id) && quoteOf(other.anchor?.id));
    await owner.api.threads.remove({ id: one.id });
    await until('the first mark is gone', () => quoteOf(one.anchor?.id) === undefined);
    const moved = await owner.api.threads.move({ id: other.id, workspaceId });
    expect(moved.anchor).toBeUndefined();
    await until('the other too', () => quoteOf(other.anchor?.id) === undefined);
  });

  test('[T14] what is sent twice under one key is marked once', async () => {
    const { viewer } = cast;
    const { id, range, doc } = await written('Only once, please.');
    const sent = { id, body: messageOf('once'), key: 'a-key-of-mine', anchor: range('once') };
    const [one, again] = [await viewer.api.threads.documents.open(sent), await viewer.api.threads.documents.open(sent)];
    expect(again).toMatchObject({ id: one.id, anchor: one.anchor });
    await until('the mark is there', () => passagesIn(doc).size === 1);
    expect(passagesIn(doc).size).toBe(1);
  });

  test('a passage of the wrong shape is refused, and nothing is kept of it', async () => {
    const { viewer } = cast;
    const { id, doc, range } = await written('Nothing of this.');
    const good = range('Nothing');
    const bad: [unknown, string][] = [
      [{ start: good.start }, '400 invalid-input'],
      [{ ...good, start: '<b>' }, '400 invalid-input'],
      [{ ...good, start: 'x'.repeat(700) }, '400 invalid-input'],
      [{ ...good, more: 1 }, '400 invalid-input'],
      [{ ...good, start: 'AAAA' }, '409 passage-gone'],
      [{ ...good, start: '/////w==' }, '409 passage-gone'],
      [{ start: good.start, end: good.start }, '409 passage-gone'],
    ];
    for (const [anchor, refusal] of bad) {
      const answer = await reasonOf(
        viewer.api.threads.documents.open({ id, body: messageOf('bad'), anchor: anchor as typeof good }),
      );
      expect([anchor, answer]).toEqual([anchor, refusal]);
    }
    expect((await viewer.api.threads.documents.list({ id })).items).toEqual([]);
    expect(passagesIn(doc).size).toBe(0);
    const inWorkspace = viewer.api.threads.workspaces.open as (input: unknown) => Promise<unknown>;
    const elsewhere = inWorkspace({ id: cast.workspaceId, body: messageOf('bad'), anchor: good });
    expect(await reasonOf(elsewhere)).toBe('400 invalid-input');
  });

  test('[check 29] [T17] no byte of a discussion for staff reaches a guest who has its text open', async () => {
    const { owner } = cast;
    const { id, range, quoteOf } = await written('The offer of the second bidder is late.');
    const frames: Buffer[] = [];
    const socket = new WebSocket(`${app.url.replace('http', 'ws')}/sync/${id}?schema=${EDITOR_SCHEMA}`, {
      headers: { cookie: guest.cookie, origin: app.url },
    });
    socket.on('message', (data: Buffer) => frames.push(data));
    await until('the socket is open', () => socket.readyState === WebSocket.OPEN);
    // The stock client's first message: a state vector of nothing.
    socket.send(Uint8Array.of(0, 0, 1, 0));
    const live = await guest.live();
    const heard: string[] = [];
    live.onAny((name: string, ...args: unknown[]) => heard.push(JSON.stringify([name, ...args])));
    const thread = await owner.api.threads.documents.open({
      ...{ id, visibility: 'staff', body: messageOf('canary-plugh'), anchor: range('second bidder') },
    });
    await until('the mark is there', () => quoteOf(thread.anchor?.id) === 'second bidder');
    await owner.api.threads.reply({ id: thread.id, body: messageOf('canary-plugh again') });
    const everyone = await owner.api.threads.documents.open({ id, body: messageOf('for all'), anchor: range('late') });
    await until('the guest hears of the other', () => heard.some((event) => event.includes(everyone.id)));
    const anchorId = Buffer.from(everyone.anchor?.id ?? '');
    await until('its mark reaches the guest', () => frames.some((frame) => frame.includes(anchorId)));
    const bytes = Buffer.concat(frames).toString('latin1') + heard.join();
    for (const secret of [thread.id, 'canary-plugh']) expect(bytes).not.toContain(secret);
    for (const path of [`/api/documents/${id}/threads`, '/api/threads', '/api/search?q=plugh', '/api/activity'])
      expect(await (await guest.fetch(path)).text()).not.toMatch(new RegExp(`canary-plugh|${thread.id}`));
    socket.close();
  });
});
