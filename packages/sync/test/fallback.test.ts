import { afterEach, describe, expect, test } from '@jest/globals';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { FallbackSocket } from '../src/fallback/fallback-socket.ts';
import { fallbackWebSocket, type PageEvents } from '../src/fallback/fallback-web-socket.ts';
import { Assembler, BadPiece, FrameTooBig, Packer, type Piece, pieceBytes } from '../src/fallback/pieces.ts';
import { defaultLimits } from '../src/limits.ts';
import { connectClient, grantOf, startServer, type TestServer, until } from './harness.ts';

const bytes = (length: number, seed = 1): Uint8Array => Uint8Array.from({ length }, (_, i) => (i * 31 + seed) % 251);

/** A frame in pieces, as a page sends it. */
function cut(...frames: Uint8Array[]): Piece[] {
  const packer = new Packer();
  for (const frame of frames) packer.add(frame);
  return packer.take(Number.POSITIVE_INFINITY).pieces;
}

/** A socket whose other end is this list of what it was told. */
function watched(limits = defaultLimits) {
  const told: { pieces: Piece[]; asks: number; ended: { code: number; reason: string }[]; cuts: number } = {
    pieces: [],
    asks: 0,
    ended: [],
    cuts: 0,
  };
  const socket = new FallbackSocket(
    {
      pieces: (pieces) => told.pieces.push(...pieces),
      ask: () => {
        told.asks += 1;
      },
      end: (code, reason) => told.ended.push({ code, reason }),
      cut: () => {
        told.cuts += 1;
      },
    },
    limits,
  );
  const messages: Uint8Array[] = [];
  const events: string[] = [];
  socket.on('message', (data: Uint8Array) => messages.push(data));
  for (const name of ['pong', 'close']) socket.on(name, () => events.push(name));
  return { socket, told, messages, events };
}

describe('frames in pieces', () => {
  test('[S66] frames of any length come out as they went in, in their order', () => {
    const lengths = [0, 1, pieceBytes - 1, pieceBytes, pieceBytes + 1, 3 * pieceBytes, 500_001];
    const frames = lengths.map((length) => bytes(length, length));
    const assembler = new Assembler(1_000_000);
    const out = cut(...frames).flatMap((piece) => assembler.add(piece) ?? []);
    expect(out.map(({ length }) => length)).toEqual(lengths);
    for (const [i, frame] of frames.entries()) expect(Buffer.compare(out[i] ?? bytes(1), frame)).toBe(0);
  });

  test('[S66] a message to the server stays below 64 kB, whatever it carries', () => {
    for (const frames of [[bytes(1_000_000)], Array.from({ length: 3_000 }, () => bytes(20))]) {
      const packer = new Packer();
      for (const frame of frames) packer.add(frame);
      for (let { pieces } = packer.take(pieceBytes, 64); pieces.length > 0; { pieces } = packer.take(pieceBytes, 64)) {
        expect(JSON.stringify(['pieces', pieces]).length).toBeLessThan(65_536 - 32);
      }
      expect(packer.bytes).toBe(0);
    }
  });

  test('[S66] a frame that announces more than may be is refused by its first piece', () => {
    const [first] = cut(bytes(100_000));
    expect(() => new Assembler(99_999).add(first)).toThrow(FrameTooBig);
    expect(new Assembler(100_000).add(first)).toBeNull();
    expect(() => new Assembler(100_000).add([first?.[0], Number.MAX_SAFE_INTEGER])).toThrow(FrameTooBig);
  });

  test('[S66] what no honest page sends is refused', () => {
    const [first, second] = cut(bytes(100_000));
    const base64 = first?.[0] ?? '';
    const bad: unknown[] = [
      null,
      'AAAA',
      {},
      [],
      ['AAAA'],
      ['AAAA', 0, 0],
      [1, 0],
      ['AAAA', '0'],
      ['AAAA', -1],
      ['AAAA', 0.5],
      ['AAAA', Number.NaN],
      ['AA A', 0],
      ['A', 0],
      ['AAAA', 3],
      [`${base64}AAAA`, 0],
      ['ÄÖÜ!', 0],
    ];
    for (const piece of bad) expect(() => new Assembler(1_000_000).add(piece)).toThrow(BadPiece);
    const assembler = new Assembler(1_000_000);
    assembler.add(first);
    expect(() => assembler.add(first)).toThrow(BadPiece);
    expect(() => assembler.add([second?.[0], 1])).toThrow(BadPiece);
  });
});

describe('a socket that is no WebSocket', () => {
  const turn = () => new Promise((resolve) => setImmediate(resolve));

  test('[S67] so much is on its way at a time; the rest waits and counts until the other end has it', async () => {
    const { socket, told } = watched();
    const taken: string[] = [];
    socket.send(bytes(1_000_000), () => taken.push('the big one'));
    socket.send(bytes(10));
    await turn();
    expect(told.pieces).toHaveLength(5);
    expect(socket.bufferedAmount).toBe(1_000_010);
    socket.got(5 * pieceBytes);
    expect(told.pieces).toHaveLength(10);
    expect(taken).toEqual([]);
    for (let total = 10 * pieceBytes; told.pieces.length < 22; total += 5 * pieceBytes) socket.got(total);
    socket.got(1_000_010);
    expect(taken).toEqual(['the big one']);
    expect(socket.bufferedAmount).toBe(0);
    const assembler = new Assembler(1_000_000);
    expect(told.pieces.flatMap((piece) => assembler.add(piece) ?? []).map(({ length }) => length)).toEqual([
      1_000_000, 10,
    ]);
  });

  test('[S67] who says to have what it was not sent, or the same twice, is sent away', async () => {
    for (const lie of [0, 11, -1, 1.5, '5', null, Number.NaN]) {
      const { socket, told } = watched();
      socket.send(bytes(10));
      await turn();
      socket.got(lie);
      expect(told.ended).toEqual([{ code: 4422, reason: 'malformed' }]);
    }
    const { socket, told } = watched();
    socket.here();
    expect(told.ended).toEqual([{ code: 4422, reason: 'malformed' }]);
  });

  test('[S67] a sign of life is asked for and heard', () => {
    const { socket, told, events } = watched();
    socket.ping();
    expect(told.asks).toBe(1);
    expect(events).toEqual([]);
    socket.here();
    expect(events).toEqual(['pong']);
  });

  test('[S67] while the socket is not read a bounded amount waits, and comes in order when it is', () => {
    const { socket, told, messages } = watched();
    socket.pause();
    socket.received(cut(bytes(3, 1), bytes(3, 2)));
    expect(messages).toEqual([]);
    socket.resume();
    expect(messages.map(([first]) => first)).toEqual([1, 2]);
    socket.pause();
    for (let i = 0; i < 5; i++) socket.received(cut(bytes(2_000_000)));
    expect(told.ended).toEqual([{ code: 4229, reason: 'too many messages' }]);
    socket.resume();
    expect(messages).toHaveLength(2);
  });

  test('[S68] the end says why, and nothing is heard or sent after it', async () => {
    const { socket, told, messages, events } = watched();
    socket.send(bytes(4));
    socket.close(4403, 'access ended');
    expect(told.pieces).toHaveLength(1);
    expect(told.ended).toEqual([{ code: 4403, reason: 'access ended' }]);
    socket.received(cut(bytes(3)));
    socket.send(bytes(4));
    socket.close(4404);
    await turn();
    expect(messages).toEqual([]);
    expect(told.pieces).toHaveLength(1);
    expect(told.ended).toHaveLength(1);
    expect(events).toEqual([]);
    socket.gone();
    socket.gone();
    expect(events).toEqual(['close']);
  });

  test('[S68] pieces that are wrong or too many end it with the code of a bad or a big frame', () => {
    const malformed = watched();
    malformed.socket.received([['AAAA', 3]]);
    expect(malformed.told.ended).toEqual([{ code: 4422, reason: 'malformed' }]);
    const big = watched();
    big.socket.received([[cut(bytes(100_000))[0]?.[0], 9_000_000]]);
    expect(big.told.ended).toEqual([{ code: 4413, reason: 'message too big' }]);
    const none = watched();
    none.socket.received({ length: 1 });
    expect(none.told.ended).toEqual([{ code: 4422, reason: 'malformed' }]);
  });
});

describe('the stock client over pieces', () => {
  let server: TestServer;
  const ends: (() => void)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0)) end();
    await server.stop();
  });

  /** A stock client whose frames go through pieces, in turns of the event loop of their own, to the engine. */
  function overPieces(documentId: string, person: string, mode: 'write' | 'read' = 'write') {
    const doc = new Y.Doc();
    const closes: number[] = [];
    const open = (address: string, events: PageEvents) => {
      let isOver = false;
      const later = (step: () => void) => void setImmediate(step);
      const over = () => {
        isOver = true;
        later(() => {
          socket.gone();
          events.gone();
        });
      };
      const socket = new FallbackSocket({
        pieces: (pieces) => later(() => events.pieces(JSON.parse(JSON.stringify(pieces)))),
        ask: () => later(() => events.ask()),
        end: (code, reason) => {
          later(() => events.closed(code, reason));
          later(over);
        },
        cut: over,
      });
      later(() => {
        if (isOver) return;
        events.open();
        server.engine.connect(socket, {
          documentId: new URL(address, 'http://localhost').pathname.slice(1),
          grant: grantOf(person, mode),
          saved: true,
          recheck: async () => server.rights.get(person) ?? grantOf(person, mode),
        });
      });
      return {
        pieces: (pieces: readonly Piece[]) => later(() => socket.received(JSON.parse(JSON.stringify(pieces)))),
        got: (total: number) => later(() => socket.got(total)),
        here: () => later(() => socket.here()),
        close: over,
      };
    };
    const provider = new WebsocketProvider('ws://localhost', documentId, doc, {
      disableBc: true,
      maxBackoffTime: 200,
      // The provider only uses what this class has of the browser's.
      WebSocketPolyfill: fallbackWebSocket(open) as never,
    });
    const savedTold: number[] = [];
    provider.messageHandlers[4] = (_encoder, { arr, pos }) => void savedTold.push(arr[pos] ?? 0);
    provider.on('connection-close', (event) => {
      if (event) closes.push(event.code);
    });
    ends.push(() => {
      provider.destroy();
      provider.awareness.destroy();
      doc.destroy();
    });
    return { doc, text: doc.getText('body'), provider, closes, savedTold };
  }

  test('[S65] writes with people on WebSockets, both ways, with text of any length', async () => {
    server = await startServer();
    const ann = overPieces('d', 'ann');
    const bob = connectClient(server, 'd', 'bob');
    ends.push(bob.destroy);
    await until(() => ann.provider.synced && bob.provider.synced, 'both are there');
    ann.text.insert(0, 'from the pieces ');
    await until(() => bob.text.length > 0, 'it is heard by the WebSocket');
    await until(() => ann.savedTold.includes(1), 'it is told to be saved');
    bob.text.insert(bob.text.length, 'from the WebSocket ');
    await until(() => ann.text.toString().endsWith('WebSocket '), 'it is heard through pieces');
    ann.text.insert(0, 'x'.repeat(1_500_000));
    await until(() => bob.text.length === ann.text.length, 'a long paste arrives');
    const cara = overPieces('d', 'cara');
    await until(() => cara.text.toString() === ann.text.toString(), 'who comes later has it all');
    expect(cara.text.toString()).toBe(bob.text.toString());
  });

  test('[S65] a right that goes while connected is gone, and an end is told with its code', async () => {
    server = await startServer();
    const ann = overPieces('d', 'ann');
    await until(() => ann.provider.synced, 'she is there');
    server.rights.set('ann', { refused: 4404 });
    await server.engine.invalidate({ personId: 'ann' });
    await until(() => ann.closes.includes(4404), 'she is told');
    expect(ann.provider.shouldConnect).toBe(false);
  });
});
