import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import WebSocket from 'ws';
import { clientOf, until } from './harness.ts';
import { type Person, startTarget, type Target } from './target.ts';

let target: Target;
let anna: Person;
let mallory: Person;
const ended: (() => void)[] = [];
beforeAll(async () => {
  target = await startTarget();
  [anna, mallory] = [await target.join('anna'), await target.join('mallory')];
}, 120_000);
afterAll(async () => {
  for (const end of ended) end();
  await target.stop();
});

/** The open connection under a Socket.IO socket, and the packets that came over it. */
type Wire = { readonly socket: WebSocket; readonly heard: string[]; isOver(): boolean };

async function connect({ headers }: Person): Promise<Wire> {
  const address = `${target.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
  const socket = new WebSocket(address, { headers });
  const heard: string[] = [];
  socket.on('message', (data: Buffer) => {
    const packet = data.toString();
    // The library's own sign of life, which it wants answered.
    if (packet === '2') socket.send('3');
    else heard.push(packet);
  });
  socket.on('error', () => undefined);
  ended.push(() => socket.terminate());
  await once(socket, 'open');
  return { socket, heard, isOver: () => socket.readyState === WebSocket.CLOSED };
}

/** A connection that has entered, as the browser's does. */
async function enter(person: Person): Promise<Wire> {
  const wire = await connect(person);
  wire.socket.send('40');
  await until('it has entered', () => wire.heard.some((packet) => packet.startsWith('40{')));
  return wire;
}

/** Makes news for somebody; resolves with what the others have heard when these have heard it. */
async function newsFor({ headers }: Person, wires: readonly Wire[]): Promise<string[]> {
  const { id } = await clientOf(target.url, headers).workspaces.create({ name: 'News' });
  const isNews = (packet: string) => packet.startsWith('42[') && packet.includes(id);
  await until('they hear the news', () => wires.every(({ heard }) => heard.some(isNews)));
  return wires.flatMap(({ heard }) => heard);
}

type Packet = string | Buffer;
const HALF = '451-["x",{"_placeholder":true,"num":0}]';
const BYTES = Buffer.alloc(60_000, 1);

/** What no client of ours sends, and ends the connection. */
const broken: Readonly<Record<string, readonly Packet[]>> = {
  'an event without a name': ['42[]'],
  'an event named null': ['42[null]'],
  'an event named by an object': ['42[{"toString":1}]'],
  'an event that is an object': ['42{"0":"x"}'],
  'a million attachments': ['451000000-["x"]'],
  'ten thousand attachments': ['4510000-["x"]'],
  'attachments without a number': ['45-["x"]'],
  'an attachment before the first': ['451-["x",{"_placeholder":true,"num":-1}]', BYTES],
  'an attachment behind the last': ['451-["x",{"_placeholder":true,"num":99}]', BYTES],
  'an attachment that nobody announced': [BYTES],
  'another packet in the place of an attachment': [HALF, '42["y"]'],
  'an event named as the library names its own': ['42["connect"]'],
  'an event for a namespace that was not entered': ['42/admin,["x"]'],
  'an entry after the entry': ['40'],
  'the refusal of an entry': ['44{"message":"x"}'],
  'JSON that ends too early': ['42["x"'],
  'a type that there is not': ['49'],
  'no type': ['4'],
  'a packet of no kind': ['garbage'],
  'a megabyte': [`42["x","${'y'.repeat(1_000_000)}"]`],
};

/** What is odd, and means nothing here: nobody listens. */
const odd: Readonly<Record<string, readonly Packet[]>> = {
  'names out of the language': ['42["constructor"]', '42["__proto__",{"__proto__":{"isAdmin":true}}]'],
  'a name of an error': ['42["error",{"message":"x"}]'],
  'an answer that was not asked for': ['43999999999999999999["x"]'],
  'a thousand brackets': [`42["x",${'['.repeat(1_000)}${']'.repeat(1_000)}]`],
  'a namespace that there is not': ['40/admin,{"__proto__":1}'],
  'nine of ten attachments': ['4510-["x"]', ...Array.from({ length: 9 }, () => BYTES)],
};

describe('malformed packets', () => {
  test('[check 9] twenty of them end the connection that sent them, and no other', async () => {
    const bystander = await enter(anna);
    for (const [what, packets] of Object.entries(broken)) {
      const wire = await enter(mallory);
      for (const packet of packets) wire.socket.send(packet);
      await until(`${what} ends the connection`, wire.isOver);
    }
    await newsFor(anna, [bystander]);
    expect(Object.keys(broken)).toHaveLength(20);
  }, 120_000);

  test('[check 9] what is odd and means nothing changes nothing', async () => {
    for (const [what, packets] of Object.entries(odd)) {
      const wire = await enter(mallory);
      const half = what.includes('attachments');
      for (const packet of packets) wire.socket.send(packet);
      // A packet that waits for its last piece takes nothing else meanwhile.
      if (half) wire.socket.send(BYTES);
      await newsFor(mallory, [wire]);
      wire.socket.terminate();
    }
    const wire = await connect(mallory);
    wire.socket.send('40{"__proto__":{"personId":"x"},"constructor":1}');
    await newsFor(mallory, [wire]);
  }, 120_000);

  test('[check 9] attachments that never end are kept to a few for a person, and for no longer than the connection', async () => {
    const before = await target.memory();
    const wires: Wire[] = [];
    for (let n = 0; n < 20; n += 1) {
      const wire = await enter(mallory);
      wire.socket.send('4510-["x"]');
      for (let piece = 0; piece < 9; piece += 1) wire.socket.send(BYTES);
      wires.push(wire);
    }
    const grown = (await target.memory()) - before;
    for (const { socket } of wires) socket.terminate();
    const bystander = await enter(anna);
    await newsFor(anna, [bystander]);
    expect(grown).toBeLessThan(128_000_000);
  }, 120_000);
});

describe('what a client may not say', () => {
  test('[check 10] no event lets anybody into a room, or out of one', async () => {
    const { id } = await clientOf(target.url, anna.headers).workspaces.create({ name: 'Secret plans' });
    const [own, forger] = [await enter(anna), await enter(mallory)];
    const rooms = [`workspace:${id}`, 'platform:members', 'person:admin'];
    for (const name of ['join', 'subscribe', 'leave'])
      for (const room of rooms) forger.socket.send(`42${JSON.stringify([name, room, { room, rooms }])}`);
    for (const packet of ['41/admin,', `421${JSON.stringify(['socketsJoin', rooms])}`]) own.socket.send(packet);
    await clientOf(target.url, anna.headers).workspaces.update({ id, name: 'Still secret' });
    const heard = await newsFor(mallory, [forger]);
    expect(heard.filter((packet) => packet.includes(id))).toEqual([]);
  }, 120_000);

  const floods: readonly (readonly [string, (at: number) => Packet])[] = [
    ['events', (at) => `42["noise",${at}]`],
    ['events that want an answer', (at) => `42${at}["noise"]`],
    ['entries', (at) => `40/room${at},`],
    ['answers to pings that were not sent', () => '3'],
    ['packets without a meaning', () => '6'],
  ];
  test.each(floods)('[check 10] a flood of %s ends the connection', async (_what, packet) => {
    const bystander = await enter(anna);
    const wire = await enter(mallory);
    for (let at = 0; at < 2_000; at += 1) wire.socket.send(packet(at));
    await until('it is over', wire.isOver);
    await newsFor(anna, [bystander]);
    await newsFor(mallory, [await enter(mallory)]);
  });

  test('[check 10] a flood by long-polling, a thousand packets in one request, ends the connection', async () => {
    const address = `${target.url}/socket.io/?EIO=4&transport=polling`;
    const opened = await (await fetch(address, { headers: mallory.headers })).text();
    const { sid } = JSON.parse(opened.slice(1)) as { sid: string };
    const body = Array.from({ length: 2_000 }, () => '6').join('\x1e');
    const init = { headers: { ...mallory.headers, 'content-type': 'text/plain' } };
    await (await fetch(`${address}&sid=${sid}`, { ...init, method: 'POST', body })).text();
    await until('it is over', async () =>
      (await (await fetch(`${address}&sid=${sid}`, init)).text()).includes('Session ID unknown'),
    );
  });
});

test('[check 13] two hundred live connections of one account leave sixty, and others enter as before', async () => {
  const wires = await Promise.all(Array.from({ length: 200 }, () => connect(mallory)));
  for (const { socket } of wires) socket.send('40');
  const isIn = ({ heard }: Wire) => heard.some((packet) => packet.startsWith('40{'));
  const isRefused = (wire: Wire) => wire.isOver() || wire.heard.some((packet) => packet.startsWith('44'));
  await until('all are answered', () => wires.every((wire) => isIn(wire) || isRefused(wire)));
  expect(wires.filter(isIn).length).toBeLessThanOrEqual(60);
  expect(wires.filter((wire) => !wire.isOver()).length).toBeLessThanOrEqual(150);
  await newsFor(anna, [await enter(anna)]);
  for (const { socket } of wires) socket.terminate();
  await until('there is room again', async () => {
    const again = await connect(mallory);
    again.socket.send('40');
    await until('it is answered', () => again.heard.length > 1 || again.isOver());
    return isIn(again);
  });
}, 120_000);
