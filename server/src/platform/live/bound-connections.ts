import type { IncomingMessage } from 'node:http';
import type { Actor } from '@concert/contract';
import { TokenBucket } from '@concert/sync/token-bucket';

/**
 * Connections of one person, entered or not: sixty that hear events, sixty that carry documents, and the handshakes that
 * a crowd of tabs has under way. Who is over the sixty is told so; who is over this is not listened to.
 */
const MAX_CONNECTIONS_PER_PERSON = 150;
/** Packets of any kind, from one connection: answers to pings, entries, messages, and what is none of these. */
const PACKETS_PER_SECOND = 300;
const PACKETS_AT_ONCE = 600;

/** What is used of the connections under Socket.IO's sockets. */
type Connection = {
  readonly request: IncomingMessage;
  close(discard?: boolean): void;
  on(event: 'packet' | 'close', heard: () => void): unknown;
};
type Connections = { on(event: 'connection', heard: (connection: Connection) => void): unknown };

/**
 * Bounds what lies below the sockets, where nobody has entered anything yet: how many connections one person holds, and
 * how much each of them says.
 */
export function boundConnections(connections: Connections, actorOf: (request: IncomingMessage) => Actor | undefined) {
  const open = new Map<string, number>();
  connections.on('connection', (connection) => {
    const personId = actorOf(connection.request)?.personId ?? '';
    const own = open.get(personId) ?? 0;
    if (own >= MAX_CONNECTIONS_PER_PERSON) return connection.close(true);
    open.set(personId, own + 1);
    connection.on('close', () => {
      const left = (open.get(personId) ?? 1) - 1;
      if (left > 0) open.set(personId, left);
      else open.delete(personId);
    });
    const packets = new TokenBucket(PACKETS_PER_SECOND, PACKETS_AT_ONCE, performance.now());
    connection.on('packet', () => {
      if (!packets.take(1, performance.now())) connection.close(true);
    });
  });
}
