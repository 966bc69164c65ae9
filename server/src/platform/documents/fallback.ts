import type { EngineSocket } from '@concert/sync';
import { FallbackSocket } from '@concert/sync/fallback/fallback-socket';
import { fallbackEvent } from '@concert/sync/fallback/fallback-web-socket';
import type { Namespace, Socket } from 'socket.io';
import { readAddress, type SyncAddress } from './address.ts';
import { TooManyAtOnce } from './turns.ts';
import { Admission, type Decision, decideNow, type UpgradeOptions } from './upgrade.ts';

/** What is found out about a socket before it is let in. */
type Entry = { readonly decision: Decision; readonly address: SyncAddress };

const refusal = (code: number): Error => Object.assign(new Error('refused'), { data: { code } });

/** The address of which a page wants the document, as it would ask for a WebSocket. */
function askedFor(auth: unknown): SyncAddress | null {
  const address = typeof auth === 'object' && auth !== null && 'address' in auth ? auth.address : undefined;
  return typeof address === 'string' ? readAddress(address) : null;
}

/** Carries the frames of one document over the events of one socket. */
function socketOver(socket: Socket): EngineSocket {
  const over = new FallbackSocket({
    pieces: (pieces) => void socket.emit(fallbackEvent.pieces, pieces),
    ask: () => void socket.emit(fallbackEvent.ask),
    end: (code, reason) => {
      socket.emit(fallbackEvent.closed, code, reason);
      socket.disconnect(true);
    },
    cut: () => void socket.conn.close(true),
  });
  const hear: Readonly<Record<string, (what: unknown) => void>> = {
    [fallbackEvent.pieces]: (pieces) => over.received(pieces),
    [fallbackEvent.got]: (total) => over.got(total),
    [fallbackEvent.here]: () => over.here(),
  };
  socket.onAny((name: string, what: unknown) => {
    if (Object.hasOwn(hear, name)) hear[name]?.(what);
    else over.received(null);
  });
  // What cannot be read at all: the connection ends by itself.
  socket.on('error', () => undefined);
  socket.on('disconnect', (reason) => {
    // A page that leaves has nothing more to say; one that was told why it must leave still has to hear that.
    if (reason === 'client namespace disconnect') socket.conn.close(true);
  });
  socket.conn.once('close', () => over.gone());
  return over;
}

/**
 * Opens documents over Socket.IO, for networks that let no WebSocket through: the same decision, the same engine. Who
 * asks has shown a session or token from an own page already, in the handshake of the connection.
 */
export function serveFallback(namespace: Namespace, options: UpgradeOptions): void {
  const { engine, log } = options;
  const entries = new WeakMap<Socket, Entry>();
  /** Connections on which a document is open or being opened. */
  const taken = new WeakSet<object>();

  namespace.use((socket, next) => {
    // One document for each connection: so a page costs the same questions as by WebSockets, and no more.
    if (taken.has(socket.conn)) return void socket.conn.close(true);
    taken.add(socket.conn);
    const address = askedFor(socket.handshake.auth);
    if (address === null) return next(refusal(4404));
    decideNow(options, socket.request, address).then(
      (decision) => {
        if (typeof decision === 'number') return next(refusal(decision));
        entries.set(socket, { decision, address });
        next();
      },
      (error: unknown) => {
        if (!(error instanceof TooManyAtOnce)) log.warn({ err: error }, 'a document could not be opened');
        next(new Error('unavailable'));
      },
    );
  });
  namespace.on('connection', (socket) => {
    const entry = entries.get(socket);
    if (entry === undefined) return void socket.conn.close(true);
    const connection = new Admission(options, entry.decision, entry.address);
    engine.connect(socketOver(socket), connection);
    // What changed since the decision, between two turns of the event loop, is seen by a second look.
    void engine.invalidate({ documentId: connection.documentId, personId: connection.grant.personId });
  });
}
