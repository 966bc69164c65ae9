import type { Socket } from 'node:net';
import type { CommandContext } from '../commands/command.ts';
import { dispatch } from '../commands/dispatch.ts';
import { asMongoError, errorReply } from '../commands/replies.ts';
import { MongoError } from '../errors.ts';
import { messageLength, ProtocolError, type Request, readMessage, writeReply } from './message.ts';

/**
 * Serves one socket: cuts the stream into messages and answers them one after the other. A client that breaks the
 * protocol loses its socket; nothing it sends can end the process.
 */
export function serveSocket(socket: Socket, context: Omit<CommandContext, 'db'>): void {
  let chunks: Buffer[] = [];
  let received = 0;
  let queue: Promise<void> = Promise.resolve();
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    received += chunk.length;
    try {
      for (let message = take(); message; message = take()) {
        const whole = message;
        queue = queue.then(() => answer(socket, whole, context));
      }
    } catch {
      socket.destroy();
    }
  });

  /** The next whole message; chunks are joined only once they are all there. */
  function take(): Buffer | undefined {
    const head = chunks[0];
    if (head && head.length < 4 && received >= 4) chunks = [Buffer.concat(chunks)];
    const length = chunks[0] ? messageLength(chunks[0]) : undefined;
    if (length === undefined || received < length) return undefined;
    const all = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
    chunks = all.length > length ? [all.subarray(length)] : [];
    received -= length;
    return all.subarray(0, length);
  }
}

async function answer(socket: Socket, message: Buffer, context: Omit<CommandContext, 'db'>): Promise<void> {
  if (socket.destroyed) return;
  let request: Request | undefined;
  try {
    request = readMessage(message);
    const reply = await dispatch(request.command, context);
    if (!request.silent) socket.write(writeReply(request, reply));
  } catch (error) {
    // BSON that this server does not take is told to the client; anything else about the message is its fault.
    if (!request && error instanceof MongoError && !(error instanceof ProtocolError)) {
      const reply = errorReply(asMongoError(error));
      socket.write(writeReply({ id: message.readInt32LE(4), opcode: 'msg' }, reply));
    } else socket.destroy();
  }
}
