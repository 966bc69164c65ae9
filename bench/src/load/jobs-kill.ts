import { setTimeout as wait } from 'node:timers/promises';
import * as Y from 'yjs';
import { closeAll, drive, freshClientId } from './crowd.ts';
import { LightClient } from './light-client.ts';
import { Room, Tally } from './room.ts';
import type { Target } from './target.ts';

export type KillJob = { readonly rate: number; readonly ms: number; readonly killAfterMs: number };
export type Killed = { readonly clientId: number; readonly seen: number; readonly acknowledged: number };

/** Writes, kills the server's process group, and says how much of it a peer had seen by then. */
export async function writeUntilKilled(target: Target, job: KillJob): Promise<Killed> {
  const room = new Room(target, 0, new Tally());
  const writer = new LightClient(room, freshClientId());
  const reader = new LightClient(room, freshClientId());
  await writer.open();
  await reader.open();
  await drive([writer], job.rate, job.ms, (client) => client.type());
  if (job.killAfterMs > 0) await wait(job.killAfterMs);
  process.kill(-target.pid, 'SIGKILL');
  // What the kernel had been handed by then still arrives.
  await wait(500);
  await closeAll([writer, reader]);
  return { clientId: writer.clientId, seen: reader.seen(writer.clientId), acknowledged: writer.taken };
}

const QUIET_MS = 2_000;
const MOST_MS = 30_000;

/** How many of somebody's edits a server gives to a newcomer, when it has given everything. */
export async function count(target: Target, job: { readonly clientId: number }): Promise<number> {
  const client = new LightClient(new Room(target, 0, new Tally()), freshClientId(), { keeps: true });
  await client.open();
  const end = performance.now() + MOST_MS;
  while (performance.now() < end && performance.now() - client.lastArrival < QUIET_MS) await wait(100);
  const doc = new Y.Doc();
  for (const { payload } of client.arrivals ?? []) Y.applyUpdate(doc, payload);
  await client.close();
  return Y.getState(doc.store, job.clientId);
}
