import { CLOSE } from '@concert/contract';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Socket } from 'socket.io-client';
import * as Y from 'yjs';
import { storedText, synced, textOf } from './editing.ts';
import { startApp, type TestApp, type TestPerson, until } from './harness.ts';
import { type Cast, castOf } from './people.ts';
import { openByPolling, pollingSocket } from './polling.ts';

let app: TestApp;
let cast: Cast;
let documentId: string;
const opened: { close: () => void }[] = [];
beforeAll(async () => {
  app = await startApp();
  cast = await castOf(app);
});
afterAll(async () => {
  for (const { close } of opened) close();
  await app.stop();
});

const own = ({ cookie }: TestPerson): Record<string, string> => ({ cookie, origin: app.url });

const newDocument = async (): Promise<string> =>
  (await cast.owner.api.documents.create({ workspaceId: cast.workspaceId, kind: 'note', title: 'Polled' })).id;

/** A stock client of a person by long-polling, once it holds the text. */
async function polled(person: TestPerson, id = documentId, doc?: Y.Doc) {
  const open = openByPolling(app.url, own(person), id, doc);
  opened.push(open);
  await until('the text is open by polling', () => open.provider.synced);
  return open;
}

/** A raw connection by polling, and how it ended. */
async function raw(person: TestPerson, id = documentId) {
  const socket: Socket = pollingSocket(app.url, own(person), `/sync/${id}?saved=1`);
  const seen: { code?: number; ended: boolean; pieces: unknown[] } = { ended: false, pieces: [] };
  socket.on('closed', (code: number) => {
    seen.code = code;
  });
  socket.on('pieces', (pieces: unknown[]) => seen.pieces.push(...pieces));
  socket.on('disconnect', () => {
    seen.ended = true;
  });
  opened.push({ close: () => socket.disconnect() });
  await new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(null));
    socket.once('connect_error', reject);
  });
  return { socket, seen };
}

/** Knocks by polling; answers the code with which the page is told that it may not enter, 0 when it may. */
function knock(headers: Record<string, string>, address: unknown): Promise<string> {
  const socket = pollingSocket(app.url, headers, address);
  return new Promise<string>((resolve) => {
    socket.on('connect', () => resolve('open'));
    socket.on('connect_error', (error: Error & { data?: { code?: number }; context?: { responseText?: string } }) =>
      resolve(String(error.data?.code ?? error.context?.responseText)),
    );
  }).finally(() => socket.disconnect());
}

describe('writing by long-polling', () => {
  beforeAll(async () => {
    documentId = await newDocument();
  });

  test('[S65] two people write together, one on a WebSocket, one by polling, and both are told what is saved', async () => {
    const bySocket = await synced(cast.owner, documentId);
    const byPolling = await polled(cast.editor);
    byPolling.doc.getText('test').insert(0, 'polled ');
    await until('it is heard over the WebSocket', () => textOf(bySocket.doc) === 'polled ');
    await until('it is told to be saved', () => byPolling.saved.includes(1));
    expect(await storedText(app, documentId)).toBe('polled ');
    bySocket.doc.getText('test').insert(7, 'streamed');
    await until('it is heard by polling', () => textOf(byPolling.doc) === 'polled streamed');
    const times: number[] = [];
    for (let at = 0; at < 20; at += 1) {
      const began = performance.now();
      byPolling.doc.getText('test').insert(0, '.');
      await until('heard', () => textOf(bySocket.doc).length === 16 + at);
      times.push(performance.now() - began);
    }
    times.sort((a, b) => a - b);
    process.stdout.write(`by polling to a WebSocket: ${Math.round(times[10] ?? 0)} ms in the median\n`);
  });

  test('[S65] a long text goes both ways, longer than any message of the connection may be', async () => {
    const id = await newDocument();
    const first = await polled(cast.editor, id);
    first.doc.getText('test').insert(0, 'long '.repeat(300_000));
    await until('it is stored', () => first.saved.includes(1));
    const second = await polled(cast.owner, id);
    expect(textOf(second.doc)).toHaveLength(1_500_000);
    const offline = new Y.Doc();
    offline.getText('test').insert(0, 'x'.repeat(3_000_000));
    const back = await polled(cast.editor, id, offline);
    await until('what was written offline is there', () => textOf(first.doc).length === 4_500_000);
    expect(textOf(back.doc)).toHaveLength(4_500_000);
  });

  test('[S65] after a restart the page comes back by polling and nothing is lost', async () => {
    const id = await newDocument();
    const open = await polled(cast.editor, id);
    open.doc.getText('test').insert(0, 'before ');
    await until('it is saved', () => open.saved.includes(1));
    const { doc } = open;
    const stopped = app.restart();
    doc.getText('test').insert(7, 'at the end ');
    await stopped;
    await until('it has ended', () => open.closes.length > 0);
    // Whose request waits is told; who comes with the next one finds nobody. Either comes back.
    expect([1012, 1006]).toContain(open.closes[0]);
    expect(open.provider.shouldConnect).toBe(true);
    open.provider.destroy();
    // The server comes back at another address: the same text over another connection.
    const again = openByPolling(app.url, own(cast.editor), id, doc);
    opened.push(again);
    await until('it is back', () => again.provider.synced);
    await until('all is stored', async () => (await storedText(app, id)) === 'before at the end ');
    cast = await castOf(app);
  });
});

describe('the same doors', () => {
  beforeAll(async () => {
    documentId = await newDocument();
  });

  test('[S65] unknown, foreign and impossible documents look alike, and nobody enters without a session', async () => {
    const addresses = [
      '/sync/01999999-0000-7000-8000-000000000000',
      '/sync/../x',
      '/sync/__proto__',
      `/sync/${'x'.repeat(1_000)}`,
      '/elsewhere',
      undefined,
      { toString: 'x' },
      7,
    ];
    for (const address of addresses) expect(await knock(own(cast.editor), address)).toBe(String(CLOSE.noDocument));
    expect(await knock(own(cast.outsider), `/sync/${documentId}`)).toBe(String(CLOSE.noDocument));
    expect(await knock({ origin: app.url }, `/sync/${documentId}`)).toContain('"Unauthorized"');
    expect(await knock({ ...own(cast.editor), origin: 'http://evil.example' }, `/sync/${documentId}`)).toContain(
      '"Forbidden"',
    );
    expect(await knock(own(cast.editor), `/sync/${documentId}`)).toBe('open');
  });

  test('[S65] a stock page without a session, or on nobody’s document, does not come back', async () => {
    for (const [headers, id, code] of [
      [{ origin: app.url }, documentId, CLOSE.noSession],
      [own(cast.outsider), documentId, CLOSE.noDocument],
    ] as const) {
      const open = openByPolling(app.url, headers, id);
      opened.push(open);
      await until('it is told', () => open.closes.includes(code));
      expect(open.provider.shouldConnect).toBe(false);
    }
  });

  test('[S65] an older editor is told so', async () => {
    const socket = pollingSocket(app.url, own(cast.editor), `/sync/${documentId}?schema=0`);
    const code = await new Promise((resolve) => socket.on('closed', resolve));
    socket.disconnect();
    expect(code).toBe(CLOSE.clientTooOld);
  });

  test('[S65] one connection opens one document', async () => {
    const { socket, seen } = await raw(cast.editor);
    // Asks to enter once more where it is, as no library does.
    socket.io.engine.write(`0/sync,${JSON.stringify({ address: `/sync/${documentId}` })}`);
    await until('it is cut', () => seen.ended);
  });

  test('[S65] who may only read is told so when he writes, and closed over it', async () => {
    const reader = await polled(cast.viewer);
    reader.doc.getText('test').insert(0, 'no');
    await until('it is closed', () => reader.closes.includes(CLOSE.noRight));
    expect(await storedText(app, documentId)).toBe('');
  });

  test('[S65] demoted, removed and signed out while connected: what comes after is not taken', async () => {
    const { workspaceId } = cast;
    const newcomer = async (name: string): Promise<TestPerson> => {
      const person = await app.as(name);
      await cast.owner.api.workspaces.addMember({ id: workspaceId, email: person.email, role: 'editor' });
      return person;
    };
    const demoted = await newcomer('demoted');
    const removed = await newcomer('removed');
    const leaving = await newcomer('leaving');
    const [one, two, three] = await Promise.all([polled(demoted), polled(removed), polled(leaving)]);
    await cast.owner.api.workspaces.changeMember({ id: workspaceId, personId: demoted.id, role: 'viewer' });
    one.doc.getText('test').insert(0, 'demoted');
    await until('the demoted is closed', () => one.closes.length > 0);
    expect([CLOSE.noRight, CLOSE.accessChanged]).toContain(one.closes[0]);
    await cast.owner.api.workspaces.removeMember({ id: workspaceId, personId: removed.id });
    await until('the removed is closed', () => two.closes.includes(CLOSE.noDocument));
    await leaving.fetch('/api/auth/sign-out', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    await until('who signed out is closed', () => three.closes.includes(CLOSE.noSession));
    expect(await storedText(app, documentId)).toBe('');
  });

  test('[S35] sockets by polling count among those of their person', async () => {
    const many = await app.as('many');
    await cast.owner.api.workspaces.addMember({ id: cast.workspaceId, email: many.email, role: 'editor' });
    const sockets = await Promise.all(Array.from({ length: 60 }, () => many.open(documentId)));
    await until('all are in', () => sockets.every(({ provider }) => provider.synced));
    const over = await raw(many);
    await until('it is told', () => over.seen.code === 4503);
    for (const socket of sockets) socket.close();
  });
});

describe('what no honest page sends by polling', () => {
  beforeAll(async () => {
    documentId = await newDocument();
  });

  test('[S68] malformed events and pieces close with 4422, frames that are too big with 4413', async () => {
    const whole = Buffer.alloc(48_000, 1).toString('base64');
    const attempts: readonly (readonly [number, readonly unknown[]])[] = [
      [4422, ['pieces']],
      [4422, ['pieces', null]],
      [4422, ['pieces', 'AAAA']],
      [4422, ['pieces', { length: 2 }]],
      [4422, ['pieces', [['AAAA', 1]]]],
      [
        4422,
        [
          'pieces',
          [
            [whole, 48_000],
            ['AAAA', 0],
          ],
        ],
      ],
      [4422, ['pieces', [[Buffer.from('AAAA'), 0]]]],
      [4413, ['pieces', [[whole, 8_000_064]]]],
      [4413, ['pieces', [[whole, Number.MAX_SAFE_INTEGER]]]],
      [4422, ['got', 1_000_000]],
      [4422, ['got', '1']],
      [4422, ['here']],
      [4422, ['constructor', []]],
      [4422, ['__proto__', []]],
      [4422, ['join', 'person:x']],
      // Read by the engine, as it reads a frame of a WebSocket.
      [4422, ['pieces', [['', 0]]]],
      [4422, ['pieces', [[Buffer.from([0, 2, 7]).toString('base64'), 0]]]],
    ];
    for (const [code, event] of attempts) {
      const { socket, seen } = await raw(cast.editor);
      const [name, ...what] = event;
      socket.emit(String(name), ...what);
      await until(`${JSON.stringify(event).slice(0, 60)} is refused`, () => seen.code !== undefined);
      expect({ event: JSON.stringify(event).slice(0, 60), code: seen.code }).toEqual({
        event: JSON.stringify(event).slice(0, 60),
        code,
      });
    }
    const honest = await polled(cast.editor);
    honest.doc.getText('test').insert(0, 'fine');
    await until('honest people write on', () => honest.saved.includes(1));
  });

  test('[S36] [S65] who talks too fast is closed with 4229', async () => {
    const { socket, seen } = await raw(cast.editor);
    const many = Array.from({ length: 2_000 }, () => [Buffer.from([3]).toString('base64'), 0]);
    for (let at = 0; at < 4; at += 1) socket.emit('pieces', many);
    await until('it is closed', () => seen.code !== undefined);
    expect(seen.code).toBe(4229);
  });

  test('[S67] a page that takes nothing is closed, and only a window of it was sent', async () => {
    const { socket, seen } = await raw(cast.editor);
    const writer = await synced(cast.owner, documentId);
    socket.emit('pieces', [[Buffer.from([0, 0, 1, 0]).toString('base64'), 0]]);
    await until('it is in', () => seen.pieces.length >= 2);
    socket.emit('pieces', [[Buffer.from([0, 1, 2, 0, 0]).toString('base64'), 0]]);
    // Reads on, but never says so: as good as one that does not read.
    for (let at = 0; at < 30; at += 1) {
      writer.doc.getText('test').insert(0, 'w'.repeat(200_000));
      await until('it is stored', async () => (await app.app.platform.rooms.head(documentId)) > at);
    }
    await until('it is closed', () => seen.ended || seen.code !== undefined);
    const sent = seen.pieces.reduce<number>((sum, piece) => sum + String((piece as string[])[0]).length * 0.75, 0);
    expect(sent).toBeLessThan(300_000);
    writer.close();
  });
});
