import { once } from 'node:events';
import { CLOSE } from '@concert/contract';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { encoding } from 'lib0';
import WebSocket from 'ws';
import * as Y from 'yjs';
import { storedText, synced, textOf } from './editing.ts';
import { startApp, type TestApp, type TestPerson, until } from './harness.ts';
import { type Cast, castOf } from './people.ts';

let app: TestApp;
let cast: Cast;
beforeAll(async () => {
  app = await startApp();
  cast = await castOf(app);
});
afterAll(() => app.stop());

const create = async (title: string): Promise<string> =>
  (await cast.owner.api.documents.create({ workspaceId: cast.workspaceId, kind: 'note', title })).id;

/** A socket that says what it is told to. */
async function enter(path: string, person: TestPerson) {
  const socket = new WebSocket(app.url.replace('http', 'ws') + path, {
    headers: { cookie: person.cookie, origin: app.url },
  });
  socket.on('error', () => undefined);
  const heard: Buffer[] = [];
  socket.on('message', (data: Buffer) => heard.push(data));
  const codes: number[] = [];
  const end = new Promise<number>((resolve) => {
    socket.on('close', resolve);
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
  });
  void end.then((code) => codes.push(code));
  await Promise.race([once(socket, 'open'), end]);
  return { socket, heard, end, codes };
}

/** An update that writes a text under a clientID of its own. */
function update(text: string): Uint8Array {
  const doc = new Y.Doc();
  doc.getText('test').insert(0, text);
  const bytes = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return bytes;
}

type Write = (encoder: encoding.Encoder) => void;
const framed = (...writes: readonly Write[]): Uint8Array => {
  const encoder = encoding.createEncoder();
  for (const write of writes) write(encoder);
  return encoding.toUint8Array(encoder);
};
const number =
  (value: number): Write =>
  (encoder) =>
    encoding.writeVarUint(encoder, value);
const name =
  (value: string): Write =>
  (encoder) =>
    encoding.writeVarString(encoder, value);
const bytes =
  (value: Uint8Array): Write =>
  (encoder) =>
    encoding.writeVarUint8Array(encoder, value);

const STEP_1 = framed(number(0), number(0), bytes(new Uint8Array([0])));
const openDocuments = (): number => app.app.platform.rooms.measured().open;

/** Ways in which programs name a document in a frame. */
const naming = (id: string): Readonly<Record<string, Uint8Array>> => ({
  'the name before a sync message': framed(name(id), number(0), number(2), bytes(update('mux'))),
  'the name before step 1': framed(name(id), number(0), number(0), bytes(new Uint8Array([0]))),
  'the name in the place of the update': framed(number(0), number(2), name(id), bytes(update('inner'))),
  'the name behind step 1': framed(number(0), number(0), bytes(new Uint8Array([0])), name(id)),
  'the name as the only state': framed(number(1), bytes(framed(number(1), number(7), number(1), name(`"${id}"`)))),
  'a message of authentication': framed(number(2), number(0), name(id)),
  'a message that there is not': framed(number(9), name(id), bytes(update('nine'))),
});

describe('a socket serves the document of its address and no other', () => {
  test('[check 4] frames that name another document open nothing, write nothing there and read nothing of it', async () => {
    const [mine, other] = [await create('Mine'), await create('Other')];
    const secret = await synced(cast.owner, other);
    secret.doc.getText('test').insert(0, 'canary');
    await until('it is stored', async () => (await storedText(app, other)) === 'canary');
    secret.close();
    const frames = Object.entries(naming(other));
    for (const [at, [what, frame]] of frames.entries()) {
      const { socket, heard, codes } = await enter(`/sync/${mine}`, cast.editor);
      socket.send(STEP_1);
      await until('it is in', () => heard.length > 0);
      socket.send(frame);
      const honest = await synced(cast.owner, mine);
      honest.doc.getText('test').insert(0, '.');
      await until('others write on', async () => (await storedText(app, mine)) === '.'.repeat(at + 1));
      expect({ what, odd: codes.filter((code) => code !== CLOSE.badUpdate) }).toEqual({ what, odd: [] });
      expect(Buffer.concat(heard).includes('canary')).toBe(false);
      expect(app.app.platform.rooms.present().has(other)).toBe(false);
      socket.terminate();
      honest.close();
    }
    expect(await storedText(app, other)).toBe('canary');
    expect(await storedText(app, mine)).toBe('.'.repeat(frames.length));
  }, 60_000);

  test('[check 4] two hundred documents over one socket open none of them', async () => {
    const mine = await create('One');
    const { socket, heard } = await enter(`/sync/${mine}`, cast.editor);
    socket.send(STEP_1);
    await until('it is in', () => heard.length > 0);
    const before = openDocuments();
    for (let n = 0; n < 200; n += 1) {
      const id = `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`;
      socket.send(framed(name(id), number(0), number(0), bytes(new Uint8Array([0]))));
    }
    const reader = await synced(cast.owner, mine);
    reader.doc.getText('test').insert(0, 'on');
    await until('the document goes on', async () => (await storedText(app, mine)) === 'on');
    expect(openDocuments()).toBe(before);
    reader.close();
    socket.terminate();
  }, 60_000);

  test('[check 4] an address that names two documents is that of none, or of the first alone', async () => {
    const [first, second] = [await create('First'), await create('Second')];
    const paths: readonly (readonly [string, number])[] = [
      [`/sync/${first}/${second}`, CLOSE.noDocument],
      [`/sync/${first}%2F${second}`, CLOSE.noDocument],
      [`/sync/${first},${second}`, CLOSE.noDocument],
      [`/sync/${first};${second}`, CLOSE.noDocument],
      [`/sync/?document=${second}`, CLOSE.noDocument],
      [`/sync//${second}`, CLOSE.noDocument],
      [`//sync/${second}`, 404],
      [`/sync/${first}?document=${second}&room=${second}&id=${second}`, 0],
    ];
    for (const [path, expected] of paths) {
      const { socket, end, heard } = await enter(path, cast.editor);
      if (expected === 0) {
        socket.send(STEP_1);
        await until('it is in', () => heard.length > 0);
        expect({ path, open: [...app.app.platform.rooms.present().keys()] }).toEqual({
          path,
          open: [first],
        });
        socket.close();
      }
      expect({ path, code: expected === 0 ? 0 : await end }).toEqual({ path, code: expected });
      await end;
      await until('it has left', () => app.app.platform.rooms.present().size === 0);
    }
  }, 60_000);

  test('[check 4] who may open none of a hundred documents loads none, whatever is asked at once', async () => {
    const mine = await create('Not yours');
    const before = openDocuments();
    const answers = await Promise.all(
      Array.from({ length: 100 }, async (_, n) => {
        const id = n % 2 === 0 ? mine : `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`;
        return (await enter(`/sync/${id}`, cast.outsider)).end;
      }),
    );
    // Beyond what one session may ask at once, nothing is looked up at all.
    expect(answers.filter((code) => code !== CLOSE.noDocument && code !== 503)).toEqual([]);
    expect(answers.filter((code) => code === CLOSE.noDocument).length).toBeGreaterThanOrEqual(64);
    expect(openDocuments()).toBe(before);
  }, 60_000);

  test('[check 4] a person with ten documents open writes in each what belongs there', async () => {
    const ids = await Promise.all(Array.from({ length: 10 }, (_, n) => create(`Open ${n}`)));
    const tabs = await Promise.all(ids.map((id) => synced(cast.editor, id)));
    tabs.forEach(({ doc }, n) => {
      doc.getText('test').insert(0, `text ${n}`);
    });
    await Promise.all(
      ids.map((id, n) => until('it is stored', async () => (await storedText(app, id)) === `text ${n}`)),
    );
    expect(tabs.map(({ doc }) => textOf(doc))).toEqual(ids.map((_, n) => `text ${n}`));
    for (const tab of tabs) tab.close();
  }, 60_000);
});
