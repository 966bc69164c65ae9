import { WebSocket, WebSocketServer } from 'ws';
import type { EngineSocket } from './engine-socket.ts';
import type { Limits } from './limits.ts';
import { closeCode } from './protocol.ts';

/** Sockets that do not take part in closing are cut after this time. */
export const closeTimeoutMs = 2_000;
/** What a message has beside its payload: two types and a length. */
const framingBytes = 64;
/** Honest messages come in network packets; each piece that waits costs more than its bytes. */
const maxBufferedChunks = 16_384;

/** What ws closes with, by itself, when a message is longer or comes in more pieces than it may. */
const wsTooBig: readonly (number | undefined)[] = [1008, 1009];
const wsTooBigErrors = ['WS_ERR_UNSUPPORTED_MESSAGE_LENGTH', 'WS_ERR_TOO_MANY_BUFFERED_PARTS'];

/** Whether ws refused a message for its size; it has sent the close code then, and throws away what follows. */
export const isTooBig = (error: Error): boolean => 'code' in error && wsTooBigErrors.includes(String(error.code));

/**
 * A socket that says 4413 where ws says 1009: the stock client takes that as final, where it would come back with the
 * same message for ever.
 */
export class SyncSocket extends WebSocket {
  override close(code?: number, data?: string | Buffer): void {
    super.close(data === undefined && wsTooBig.includes(code) ? closeCode.tooBig : code, data);
  }
}

const common = { noServer: true, perMessageDeflate: false, clientTracking: false, maxBufferedChunks } as const;

/** Opens the sockets of an engine. A longer message than any may be is refused by its announced length, unread. */
export function createSocketServer({ step2Bytes, updateBytes }: Pick<Limits, 'step2Bytes' | 'updateBytes'>) {
  const maxPayload = Math.max(step2Bytes, updateBytes) + framingBytes;
  return new WebSocketServer({ ...common, maxPayload, WebSocket: SyncSocket });
}

/** Opens sockets only to tell why they are refused ({@link turnAway}): browsers cannot see the status of an upgrade. */
export const createRefusalServer = () => new WebSocketServer({ ...common, maxPayload: 1 });

/** Closes a socket that was opened to be refused. What it sends is thrown away; who does not hang up is cut. */
export function turnAway(ws: EngineSocket, code: number, reason = ''): void {
  // Whatever it says first is over its limit of one byte: that is no news.
  ws.on('error', () => undefined);
  const timer = setTimeout(() => ws.terminate(), closeTimeoutMs);
  ws.once('close', () => clearTimeout(timer));
  ws.close(code, reason);
}
