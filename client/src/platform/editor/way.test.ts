import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { followWay, rememberedWay, type Way } from './way.ts';

/** What a network between the page and the server does to upgrades. */
type Network = 'passes' | 'refuses' | 'hangs' | 'drops';

let server: Server;
let network: Network;
let held: Duplex[];
/** How often the way without WebSockets was begun. */
let polls: number;
const ends: (() => void)[] = [];

/** Answers an upgrade as a server of WebSockets does (RFC 6455, 4.2.2), and says nothing more. */
function agree(key: string, socket: Duplex): void {
  const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  );
}

beforeEach(async () => {
  sessionStorage.clear();
  held = [];
  polls = 0;
  pollingOpens = true;
  server = createServer((_request, response) => response.end('ok'));
  server.on('upgrade', (request, socket) => {
    held.push(socket);
    socket.on('error', () => undefined);
    if (network === 'passes') agree(request.headers['sec-websocket-key'] ?? '', socket);
    else if (network === 'refuses') socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n');
    else if (network === 'drops') socket.destroy();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(async () => {
  for (const end of ends.splice(0)) end();
  for (const socket of held) socket.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const until = async (what: string, holds: () => boolean): Promise<void> => {
  const end = performance.now() + 30_000;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`never happened: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};

/** Whether the way without WebSockets opens. */
let pollingOpens: boolean;

/** A way that opens at once, or ends at once, and carries nothing. */
class Open {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;
  readonly OPEN = 1;
  binaryType = 'arraybuffer';
  readyState = 0;
  onopen: (() => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  constructor() {
    polls += 1;
    setTimeout(() => {
      this.readyState = pollingOpens ? 1 : 3;
      if (pollingOpens) this.onopen?.();
      else this.onclose?.({ code: 1006 });
    });
  }
  send(): void {}
  close(): void {}
}

function open(options: { answers?: () => Promise<boolean>; began?: Way; retryMs?: number; patienceMs?: number } = {}) {
  const classes = { socket: WebSocket, polling: Open as never };
  const began = options.began ?? 'socket';
  const { port } = server.address() as AddressInfo;
  const doc = new Y.Doc();
  const provider = new WebsocketProvider(`ws://127.0.0.1:${port}/sync`, 'x', doc, {
    disableBc: true,
    WebSocketPolyfill: classes[began],
  });
  const ways: Way[] = [];
  const stop = followWay({
    provider,
    began,
    classes,
    answers: options.answers ?? (async () => true),
    onChange: (way) => ways.push(way),
    patienceMs: options.patienceMs ?? 60_000,
    retryMs: options.retryMs ?? 60_000,
  });
  ends.push(() => {
    stop();
    provider.destroy();
    provider.awareness.destroy();
    doc.destroy();
  });
  return { provider, doc, ways };
}

describe('how a page reaches its document', () => {
  test('[S69] over a WebSocket, where that opens', async () => {
    network = 'passes';
    const { provider, ways } = open();
    await until('it is connected', () => provider.wsconnected);
    expect({ ways, polls, remembered: rememberedWay() }).toEqual({ ways: [], polls: 0, remembered: 'socket' });
  });

  test.each(['refuses', 'drops'] as const)(
    '[S69] by polling, where the network %s WebSockets twice while the server answers',
    async (does) => {
      network = does;
      const { provider, doc, ways } = open();
      await until('it is connected', () => provider.wsconnected);
      expect(ways).toEqual(['polling']);
      expect(held.length).toBe(2);
      expect(provider.doc).toBe(doc);
      expect(rememberedWay()).toBe('polling');
      expect(rememberedWay(Date.now() + 11 * 60_000)).toBe('socket');
    },
  );

  test('[S69] by polling, where the network lets a WebSocket hang while the server answers', async () => {
    network = 'hangs';
    const { provider, ways } = open({ patienceMs: 500 });
    await until('it is connected', () => provider.wsconnected);
    expect(ways).toEqual(['polling']);
    expect(held.length).toBe(1);
  });

  test('[S69] a server that is away is no network that blocks: the page stays with WebSockets', async () => {
    network = 'drops';
    let asked = 0;
    const { provider, ways } = open({
      answers: async () => {
        asked += 1;
        throw new Error('nobody');
      },
    });
    await until('it was asked often', () => asked >= 4);
    network = 'passes';
    await until('it is connected', () => provider.wsconnected);
    expect({ ways, polls }).toEqual({ ways: [], polls: 0 });
  });

  test('[S69] a page of the same tab begins with what works, and goes back when a WebSocket opens', async () => {
    network = 'refuses';
    const { provider, ways } = open({ began: 'polling', retryMs: 100 });
    await until('it has looked again', () => held.length >= 2);
    expect(ways).toEqual(['polling']);
    network = 'passes';
    await until('it is back', () => ways.length === 2 && provider.wsconnected);
    expect(ways).toEqual(['polling', 'socket']);
    expect(rememberedWay()).toBe('socket');
  });

  test('[S69] where polling does not open either, it is not the WebSocket that is in the way', async () => {
    network = 'passes';
    pollingOpens = false;
    const { provider, ways } = open({ began: 'polling' });
    await until('it is connected', () => provider.wsconnected);
    expect({ ways, polls }).toEqual({ ways: ['polling', 'socket'], polls: 4 });
  });
});
