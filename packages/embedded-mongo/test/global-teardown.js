import { rmSync } from 'node:fs';

export default async function stop() {
  const { root, servers } = globalThis.contractServers ?? { servers: [] };
  await Promise.all(servers.map((server) => server.stop()));
  if (root) rmSync(root, { recursive: true, force: true });
}
