import { createServer, type Server, type Socket } from 'node:net';
import type { Connection, ServerContext } from '../commands/command.ts';
import { Cursors } from '../commands/cursors.ts';
import type { Store } from '../storage/store.ts';
import { serveSocket } from './connection.ts';
import { scramUser } from './scram.ts';

export type WireServer = { readonly port: number | undefined; close(): Promise<void> };

export type ListenOptions = {
  /** With a user every client has to prove its password (SCRAM-SHA-256) before anything else is answered. */
  readonly auth?: { readonly username: string; readonly password: string } | undefined;
};

/** How many clients are served at a time. */
const MAX_CONNECTIONS = 5000;

/** Listens for drivers on a unix socket (mode 0600) or on a loopback TCP port. */
export async function listen(
  store: Store,
  where: { readonly path: string } | { readonly port: number },
  options: ListenOptions = {},
): Promise<WireServer> {
  const sockets = new Set<Socket>();
  const cursors = new Cursors();
  const user = options.auth ? scramUser(options.auth.username, options.auth.password) : undefined;
  const context: ServerContext = { store, cursors, startedAt: new Date(), user };
  let connections = 0;
  const server = createServer({ noDelay: true }, (socket) => {
    const connection: Connection = { id: ++connections, isAuthenticated: !user, conversation: undefined };
    sockets.add(socket);
    socket.on('close', () => {
      sockets.delete(socket);
      cursors.closeConnection(connection.id);
    });
    serveSocket(socket, context, connection);
  });
  server.maxConnections = MAX_CONNECTIONS;
  await bind(server, where);
  const expiry = setInterval(() => cursors.expire(), 60_000);
  expiry.unref();
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : undefined,
    close: async () => {
      clearInterval(expiry);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

async function bind(server: Server, where: { readonly path: string } | { readonly port: number }): Promise<void> {
  // The socket file must never be open to others, not even between its making and a chmod.
  const mask = 'path' in where ? process.umask(0o177) : undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      if ('path' in where) server.listen(where.path, resolve);
      else server.listen(where.port, '127.0.0.1', resolve);
    });
  } finally {
    if (mask !== undefined) process.umask(mask);
  }
}
