import type { Socket } from 'node:net';
import type { Connection, ServerContext } from '../commands/command.ts';
import { dispatch } from '../commands/dispatch.ts';
import { asMongoError, errorReply } from '../commands/replies.ts';
import { MongoError } from '../errors.ts';
import { messageLength, ProtocolError, type Request, readMessage, writeReply } from './message.ts';

/** A client that asks without waiting for answers is read no further when it has so many, or so much, open. */
const MAX_WAITING = 1000;
const MAX_WAITING_BYTES = 96_000_000;
/** What a client may send before it has proved who it is: more than a hello or a proof ever takes. */
const MAX_UNPROVED = 64 * 1024;

/**
 * Serves one socket: cuts the stream into messages and answers them one after the other. A client that breaks the
 * protocol loses its socket; nothing it sends can end the process. What is kept for it is bounded: it is read no
 * further while it does not take its answers or has too many requests waiting.
 */
export function serveSocket(socket: Socket, context: ServerContext, connection: Connection): void {
  let chunks: Buffer[] = [];
  let received = 0;
  let waiting = 0;
  let waitingBytes = 0;
  let queue: Promise<void> = Promise.resolve();
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    received += chunk.length;
    try {
      for (let message = take(); message; message = take()) enqueue(message);
    } catch {
      socket.destroy();
    }
  });

  function enqueue(message: Buffer): void {
    waiting++;
    waitingBytes += message.length;
    if (waiting >= MAX_WAITING || waitingBytes >= MAX_WAITING_BYTES) socket.pause();
    queue = queue.then(async () => {
      await answer(socket, message, context, connection);
      waiting--;
      waitingBytes -= message.length;
      if (socket.isPaused() && waiting < MAX_WAITING && waitingBytes < MAX_WAITING_BYTES) socket.resume();
    });
  }

  /** The next whole message; chunks are joined only once they are all there. */
  function take(): Buffer | undefined {
    const head = chunks[0];
    if (head && head.length < 4 && received >= 4) chunks = [Buffer.concat(chunks)];
    const length = chunks[0] ? messageLength(chunks[0]) : undefined;
    if (length !== undefined && length > MAX_UNPROVED && !connection.isAuthenticated)
      throw new ProtocolError('a long message before authentication');
    if (length === undefined || received < length) return undefined;
    const all = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
    chunks = all.length > length ? [all.subarray(length)] : [];
    received -= length;
    return all.subarray(0, length);
  }
}

async function answer(socket: Socket, message: Buffer, context: ServerContext, connection: Connection): Promise<void> {
  if (socket.destroyed) return;
  let request: Request | undefined;
  try {
    request = readMessage(message);
    const reply = await dispatch(request.command, context, connection);
    if (!request.silent) await send(socket, writeReply(request, reply));
  } catch (error) {
    // BSON that this server does not take is told to the client; anything else about the message is its fault.
    if (!request && error instanceof MongoError && !(error instanceof ProtocolError)) {
      const reply = errorReply(asMongoError(error));
      await send(socket, writeReply({ id: message.readInt32LE(4), opcode: 'msg' }, reply));
    } else socket.destroy();
  }
}

/** Resolves when the answer has left, or at least does not pile up on others. */
function send(socket: Socket, bytes: Buffer): Promise<void> | undefined {
  if (socket.destroyed || socket.write(bytes)) return undefined;
  return new Promise((resolve) => {
    const end = (): void => {
      socket.off('drain', end);
      socket.off('close', end);
      resolve();
    };
    socket.on('drain', end);
    socket.on('close', end);
  });
}
