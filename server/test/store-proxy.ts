import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { connect, createServer } from 'node:net';

/** A door before the database that can be shut: what goes through it is held, in both directions, until it opens. */
export async function storeProxy(mongodbUrl: string) {
  const target = mongodbUrl.replace('mongodb://', '').split(/[/?]/)[0] ?? '';
  const sockets = new Set<Socket>();
  let shut = false;
  const server = createServer((near) => {
    const [host = '', port = ''] = target.split(':');
    const far = target.includes('%2F') ? connect(decodeURIComponent(target)) : connect(Number(port), host);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      if (shut) from.pause();
      from.on('data', (chunk) => to.write(chunk));
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `mongodb://127.0.0.1:${port}/?directConnection=true`,
    shut: () => {
      shut = true;
      for (const socket of sockets) socket.pause();
    },
    open: () => {
      shut = false;
      for (const socket of sockets) socket.resume();
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
