import { connect, type Socket } from 'node:net';

/** What the other end has sent to a raw peer so far. */
export type Said = {
  /** Of the answer to the upgrade; 0 while there is none. */
  readonly status: number;
  /** Payloads of the messages, without the keepalives of the protocol. */
  readonly messages: readonly Buffer[];
  readonly closeCode: number | null;
};

/** A WebSocket spoken by hand, for what no library sends. It answers nothing by itself. */
export type RawPeer = {
  readonly socket: Socket;
  /** Sends one frame with this payload. */
  frame(payload: Uint8Array, options?: { opcode?: number; fin?: boolean; rsv1?: boolean }): void;
  /** Sends the beginning of a frame that claims this length. */
  begin(length: number): void;
  said(): Said;
  /** The code with which it was closed; while there is none, false. */
  closedWith(): number | false;
  /** Whether the server has ended it. */
  isOver(): boolean;
};

type FrameOptions = { opcode?: number; fin?: boolean; rsv1?: boolean };

/** The head of a frame from a client; its mask is zero, so that payloads can be sent as they are. */
function frameHead(length: number, { opcode = 2, fin = true, rsv1 = false }: FrameOptions = {}): Buffer {
  const head = Buffer.alloc(14);
  head[0] = (fin ? 0x80 : 0) | (rsv1 ? 0x40 : 0) | opcode;
  head[1] = 0x80 | 127;
  head.writeBigUInt64BE(BigInt(length), 2);
  if (length > 125) return head;
  return Buffer.from([head[0], 0x80 | length, 0, 0, 0, 0]);
}

/** Reads frames from a server, as far as they are complete. */
function readFrames(bytes: Buffer): { opcode: number; payload: Buffer }[] {
  const frames: { opcode: number; payload: Buffer }[] = [];
  for (let at = 0; at + 2 <= bytes.length; ) {
    const short = (bytes[at + 1] ?? 0) & 127;
    const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0;
    if (at + 2 + lengthBytes > bytes.length) break;
    const length =
      short === 126 ? bytes.readUInt16BE(at + 2) : short === 127 ? Number(bytes.readBigUInt64BE(at + 2)) : short;
    const start = at + 2 + lengthBytes;
    if (start + length > bytes.length) break;
    frames.push({ opcode: (bytes[at] ?? 0) & 15, payload: bytes.subarray(start, start + length) });
    at = start + length;
  }
  return frames;
}

function readSaid(bytes: Buffer): Said {
  const end = bytes.indexOf('\r\n\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(bytes.subarray(0, 64).toString('latin1'))?.[1] ?? 0);
  const frames = status === 101 && end >= 0 ? readFrames(bytes.subarray(end + 4)) : [];
  const close = frames.find(({ opcode }) => opcode === 8);
  return {
    status,
    messages: frames.filter(({ opcode }) => opcode < 3).map(({ payload }) => payload),
    closeCode: close && close.payload.length >= 2 ? close.payload.readUInt16BE(0) : null,
  };
}

/**
 * Connects and asks for an upgrade. What is in `first` goes out in the same write as the request.
 * The socket stays half open when the server ends: it is the peer that never hangs up.
 */
export function rawPeer(
  url: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  first: readonly Uint8Array[] = [],
): RawPeer {
  const { port, hostname, host } = new URL(url);
  const socket = connect({ port: Number(port), host: hostname, allowHalfOpen: true });
  const chunks: Buffer[] = [];
  let over = false;
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.on('error', () => undefined);
  for (const end of ['end', 'close'])
    socket.on(end, () => {
      over = true;
    });
  const lines = {
    host,
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    ...headers,
  };
  const request = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(Buffer.concat([Buffer.from(`GET ${path} HTTP/1.1\r\n${request.join('')}\r\n`), ...first]));
  const said = () => readSaid(Buffer.concat(chunks));
  return {
    socket,
    frame: (payload, options) => {
      socket.write(frameHead(payload.length, options));
      socket.write(payload);
    },
    begin: (length) => void socket.write(frameHead(length)),
    said,
    closedWith: () => said().closeCode ?? false,
    isOver: () => over,
  };
}

/** One frame with this payload, for {@link rawPeer}'s first words. */
export const frameOf = (payload: Uint8Array): Buffer => Buffer.concat([frameHead(payload.length), payload]);
