import { closeCode } from '../protocol.ts';
import { fallbackEvent, type PageCarrier, type PageEvents } from './fallback-web-socket.ts';

/** What is used of a client socket of Socket.IO. */
export interface PageSocket {
  on(event: string, listener: (...args: unknown[]) => void): unknown;
  emit(event: string, ...args: unknown[]): unknown;
  disconnect(): unknown;
}

/** Carries frames of a page over a client socket of Socket.IO that does not come back by itself. */
export function carryOver(socket: PageSocket, events: PageEvents): PageCarrier {
  const end = () => {
    socket.disconnect();
    events.gone();
  };
  socket.on('connect', () => events.open());
  socket.on(fallbackEvent.pieces, (pieces) => events.pieces(pieces));
  socket.on(fallbackEvent.ask, () => events.ask());
  socket.on(fallbackEvent.closed, (code, reason) => {
    if (typeof code === 'number') events.closed(code, String(reason));
    end();
  });
  socket.on('connect_error', (error) => {
    const code = refusalOf(error);
    if (code !== undefined) events.closed(code, 'refused');
    end();
  });
  socket.on('disconnect', end);
  return {
    pieces: (pieces) => void socket.emit(fallbackEvent.pieces, pieces),
    got: (total) => void socket.emit(fallbackEvent.got, total),
    here: () => void socket.emit(fallbackEvent.here),
    close: () => void socket.disconnect(),
  };
}

const property = (of: unknown, name: string): unknown =>
  typeof of === 'object' && of !== null ? Reflect.get(of, name) : undefined;

/** The close code of a refusal; undefined when the server could not be asked, or is not to be asked from here. */
function refusalOf(error: unknown): number | undefined {
  const code = property(property(error, 'data'), 'code');
  if (typeof code === 'number') return code;
  // Who has no session is refused with the whole connection, before a document is named.
  const answer = property(property(error, 'context'), 'responseText');
  return typeof answer === 'string' && answer.includes('"Unauthorized"') ? closeCode.noSession : undefined;
}
