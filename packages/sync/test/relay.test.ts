import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import * as Y from 'yjs';
import { encodeStateVector } from '../src/gate/encode.ts';
import { ByteReader } from '../src/gate/reader.ts';
import { type Client, connectClient, startServer, storedText, type TestServer, until } from './harness.ts';
import { craft, RawClient, textItem } from './raw-client.ts';

let server: TestServer;
const clients: Client[] = [];
const open = (...args: [string, string, Parameters<typeof connectClient>[3]?]): Client => {
  const client = connectClient(server, args[0], args[1], args[2]);
  clients.push(client);
  return client;
};

beforeEach(async () => {
  server = await startServer();
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await server.stop();
});

describe('two stock clients on one document', () => {
  test('[S1] what one types the other sees, and it is stored', async () => {
    const ada = open('doc', 'ada');
    const bob = open('doc', 'bob');
    await until(() => ada.provider.synced && bob.provider.synced, 'both synced');
    ada.text.insert(0, 'Hello');
    await until(() => bob.text.toString() === 'Hello', 'bob reads');
    bob.text.insert(5, ' world');
    await until(() => ada.text.toString() === 'Hello world', 'ada reads');
    expect(await storedText(server.engine, 'doc')).toBe('Hello world');
  });

  test('[S31] a newcomer gets the text and sees who is there', async () => {
    const ada = open('doc', 'ada');
    ada.provider.awareness.setLocalStateField('user', { name: 'Mallory' });
    ada.text.insert(0, 'Hello');
    await until(() => ada.provider.synced, 'ada synced');
    // Ada has been told of by then: what Bob hears of her is an answer to his coming.
    const eve = open('doc', 'eve');
    await until(() => eve.provider.awareness.getStates().has(ada.doc.clientID), 'eve sees ada');
    const bob = open('doc', 'bob');
    await until(() => bob.text.toString() === 'Hello', 'bob reads');
    await until(() => bob.provider.awareness.getStates().has(ada.doc.clientID), 'bob sees ada');
    expect(bob.provider.awareness.getStates().get(ada.doc.clientID)).toEqual({
      user: { id: 'ada', name: 'Name of ada', color: '#336699' },
    });
  });
});

describe('on the wire', () => {
  const raws: RawClient[] = [];
  const openRaw = async (person: string, join = true): Promise<RawClient> => {
    const raw = await RawClient.open(server, 'doc', person, { join });
    raws.push(raw);
    return raw;
  };
  afterEach(() => {
    for (const raw of raws.splice(0)) raw.end();
  });
  const word = (client: number, clock: number, text: string): Uint8Array =>
    craft([{ client, clock, structs: [clock === 0 ? textItem(text) : textItem(text, [client, clock - 1])] }]);

  test('[S23] step 1 is answered with the text once, and then with step 1', async () => {
    const writer = await openRaw('ada');
    writer.update(word(5, 0, 'x'.repeat(10_000)));
    await until(() => writer.saved().updates === 1, 'stored');
    const reader = await openRaw('bob');
    await until(() => reader.saved().step2s === 1, 'joined');
    const syncs = reader.framesOf(0);
    expect(syncs.map((frame) => frame[1])).toEqual([1, 0]);
    const bytes = reader.frames.reduce((sum, frame) => sum + frame.length, 0);
    expect(bytes).toBeLessThan(10_200);
  });

  test('[S24] a state vector is answered with what it lacks', async () => {
    const writer = await openRaw('ada');
    writer.update(word(5, 0, 'first '));
    writer.update(word(5, 6, 'second'));
    await until(() => writer.saved().updates === 2, 'stored');
    const reader = await openRaw('bob', false);
    reader.step1(new Uint8Array([1, 5, 6]));
    await until(() => reader.framesOf(0).length === 2, 'answered');
    const answer = new ByteReader(reader.framesOf(0)[0] ?? new Uint8Array());
    answer.skip(2);
    const { from, to } = Y.parseUpdateMeta(answer.varBytes());
    expect([...from, ...to]).toEqual([
      [5, 6],
      [5, 12],
    ]);
  });

  test('[S24] who has all structs is still told what was deleted', async () => {
    const writer = await openRaw('ada');
    writer.update(word(5, 0, 'hello'));
    writer.update(craft([], [{ client: 5, ranges: [[0, 2]] }]));
    await until(() => writer.saved().updates === 2, 'stored');
    const reader = await openRaw('bob', false);
    reader.step1(new Uint8Array([1, 5, 5]));
    await until(() => reader.framesOf(0).length === 2, 'answered');
    const answer = new ByteReader(reader.framesOf(0)[0] ?? new Uint8Array());
    answer.skip(2);
    const { structs, ds } = Y.decodeUpdate(answer.varBytes());
    expect(structs).toEqual([]);
    expect(ds.clients.get(5)).toMatchObject([{ clock: 0, len: 2 }]);
  });

  test('[S23] what becomes durable while a worker prepares the answer follows it', async () => {
    await server.stop();
    server = await startServer({ limits: { inlineStateBytes: 100 } });
    const writer = await openRaw('ada');
    writer.update(word(5, 0, 'x'.repeat(1_000)));
    await until(() => writer.saved().updates === 1, 'stored');
    const reader = await openRaw('bob', false);
    reader.step1(new Uint8Array([1, 5, 1]));
    let clock = 1_000;
    const startOfAWorker = 30_000;
    await until(
      () => {
        if (writer.saved().updates === clock - 999) {
          writer.update(word(5, clock, 'y'));
          clock += 1;
        }
        return reader.framesOf(0).length >= 2;
      },
      'answered',
      startOfAWorker,
    );
    const kinds = () => reader.framesOf(0).map(([, kind]) => kind);
    expect(kinds().slice(0, 2)).toEqual([1, 0]);
    const doc = new Y.Doc();
    Y.applyUpdate(doc, word(5, 0, 'x'));
    await until(() => {
      for (const frame of reader.framesOf(0)) {
        const message = new ByteReader(frame);
        message.skip(1);
        if (message.varUint() !== 0) Y.applyUpdate(doc, message.varBytes());
      }
      return doc.getText('body').length === clock;
    }, 'nothing is missing');
    doc.destroy();
  });

  test('[S13] what comes before step 2 and rests on it is taken with it', async () => {
    const writer = await openRaw('ada', false);
    writer.step1();
    await until(() => writer.framesOf(0).length === 2, 'asked');
    writer.update(word(5, 2, 'c'));
    writer.step2(word(5, 0, 'ab'));
    await until(() => writer.saved().updates === 1, 'acknowledged');
    expect(await storedText(server.engine, 'doc')).toBe('abc');
  });

  test('[S20] an author does not get back what is all his own', async () => {
    const writer = await openRaw('ada');
    const reader = await openRaw('bob');
    writer.update(word(5, 0, 'x'));
    await until(() => reader.framesOf(0).some((frame) => frame[1] === 2), 'bob gets it');
    await until(() => writer.saved().updates === 1, 'ada is told');
    expect(writer.framesOf(0).some((frame) => frame[1] === 2)).toBe(false);
  });

  test('[S21] many updates of a moment reach others in few frames', async () => {
    const writer = await openRaw('ada');
    const reader = await openRaw('bob');
    writer.update(word(5, 0, 'a'));
    await until(() => writer.saved().updates === 1, 'the clientID is known');
    for (let clock = 1; clock <= 500; clock++) writer.update(word(5, clock, 'b'));
    await until(() => writer.saved().updates === 501, 'all stored');
    const textOf = (raw: RawClient): string => {
      const doc = new Y.Doc();
      for (const frame of raw.framesOf(0).filter(([, type]) => type !== 0)) {
        const message = new ByteReader(frame);
        message.skip(2);
        Y.applyUpdate(doc, message.varBytes());
      }
      const text = doc.getText('body').toString();
      doc.destroy();
      return text;
    };
    await until(() => textOf(reader).length === 501, 'bob has all of it');
    expect(reader.framesOf(0).length).toBeLessThan(250);
  });

  test('[S6] message 4 counts both kinds and names the durable state vector', async () => {
    const writer = await openRaw('ada');
    writer.update(word(5, 0, 'abc'));
    writer.update(word(5, 0, 'abc'));
    await until(() => writer.saved().updates === 2, 'both count');
    const frame = new ByteReader(writer.framesOf(4).at(-1) ?? new Uint8Array());
    expect([frame.varUint(), frame.varUint(), frame.varUint()]).toEqual([4, 2, 1]);
    expect([...Y.decodeStateVector(frame.varBytes())]).toEqual([[5, 3]]);
  });

  test('unknown message types are ignored, text messages are refused', async () => {
    const raw = await openRaw('ada');
    raw.send(new Uint8Array([77, 1, 2, 3]));
    raw.update(word(5, 0, 'x'));
    await until(() => raw.saved().updates === 1, 'still served');
    raw.ws.send('text');
    expect(await raw.closed()).toBe(4422);
  });

  /** A document of seven megabytes, and somebody who opens it and reads no further. */
  const openBig = async (): Promise<RawClient> => {
    const writer = await openRaw('ada', false);
    writer.step1();
    writer.step2(word(5, 0, 'x'.repeat(7_000_000)));
    await until(() => writer.saved().step2s === 1, 'stored');
    const reader = await openRaw('bob', false);
    reader.ws.pause();
    return reader;
  };

  test('[S81] who asks for the state again and again, and does not read, lets one of them wait', async () => {
    const reader = await openBig();
    for (let asked = 0; asked < 10; asked++) reader.step1();
    const [, socket] = server.sockets;
    const waiting = () => socket?.bufferedAmount ?? 0;
    await until(() => waiting() > 0, 'the first waits');
    // By the time that somebody else is answered, all of it has arrived.
    await openRaw('eve');
    let most = waiting();
    reader.ws.resume();
    await until(() => {
      most = Math.max(most, waiting());
      return reader.framesOf(0).filter((frame) => frame[1] === 1).length === 10;
    }, 'every question is answered');
    expect(most).toBeLessThan(8_000_000);
  });

  test('[S82] a socket that is not read and takes nothing of what waits is cut', async () => {
    await server.stop();
    server = await startServer({ limits: { keepaliveMs: 100, queueBytes: 1_000 } });
    const reader = await openBig();
    // A state vector of many clients: few such questions are more than may wait.
    const wide = encodeStateVector(new Map(Array.from({ length: 300 }, (_, i) => [i + 100, 1])));
    for (let asked = 0; asked < 3; asked++) reader.step1(wide);
    await until(() => server.sockets.at(-1)?.isPaused === true, 'it is not read any more');
    await until(() => server.sockets.at(-1)?.readyState === reader.ws.CLOSED, 'it is cut');
  });
});
