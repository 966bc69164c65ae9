import { join } from 'node:path';
import { SQLite } from '@hocuspocus/extension-sqlite';
import { Server } from '@hocuspocus/server';

/** Hocuspocus at its defaults with its SQLite extension; `FLUSH_DELAY` sets the one option that is compared. */
const { DATA_DIR = '.', FLUSH_DELAY } = process.env;

const server = new Server({
  address: '127.0.0.1',
  port: 0,
  quiet: true,
  extensions: [new SQLite({ database: join(DATA_DIR, 'hocuspocus.sqlite') })],
  ...(FLUSH_DELAY ? { flushDelay: Number(FLUSH_DELAY) } : {}),
});
await server.listen();
process.stdout.write(`ready on ${server.address.port}\n`);
