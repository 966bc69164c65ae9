import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import * as Y from 'yjs';
import { cpuSeconds, ownCpuSeconds } from '../process-tree.ts';
import { LightClient } from './light-client.ts';
import { Room, Tally } from './room.ts';
import type { Target } from './target.ts';
import { TEXT } from './wire.ts';

/** How many clients open each document, how many of them write, and how many keep what they hear to check it. */
export type CrowdShape = {
  readonly documents: number;
  readonly clients: number;
  readonly writers: number;
  readonly checkers: number;
};

export type Crowd = {
  readonly tally: Tally;
  readonly rooms: readonly Room[];
  readonly clients: readonly LightClient[];
  readonly writers: readonly LightClient[];
  readonly checkers: readonly LightClient[];
};

const CONNECTING_AT_ONCE = 50;

/** Opens clients a few at a time; resolves when all have been answered. */
export async function openAll(clients: readonly LightClient[]): Promise<void> {
  for (let start = 0; start < clients.length; start += CONNECTING_AT_ONCE)
    await Promise.all(clients.slice(start, start + CONNECTING_AT_ONCE).map((client) => client.open()));
}

export const closeAll = async (clients: readonly LightClient[]): Promise<void> => {
  await Promise.all(clients.map((client) => client.close()));
};

/** ClientIDs that no other run on the same documents has used. */
export const freshClientId = (): number => new Y.Doc().clientID;

export async function gather(target: Target, shape: CrowdShape): Promise<Crowd> {
  const tally = new Tally();
  const rooms = Array.from({ length: shape.documents }, (_, index) => new Room(target, index, tally));
  const inRooms = rooms.map((room) =>
    Array.from(
      { length: shape.clients },
      (_, index) => new LightClient(room, freshClientId(), { keeps: index >= shape.clients - shape.checkers }),
    ),
  );
  // Writers in turn from every document, so that edits spread evenly over documents and time.
  const writers = Array.from({ length: shape.writers }, (_, index) => inRooms.map((room) => room[index])).flat();
  const clients = inRooms.flat();
  await openAll(clients);
  return {
    tally,
    rooms,
    clients,
    writers: writers.filter((client) => client !== undefined),
    checkers: clients.filter((client) => client.arrivals !== null),
  };
}

/** The gaps of a Poisson process of one event a unit of time, the same ones in every run. */
function* gaps(): Generator<number, never> {
  let state = 0x2545f491;
  for (;;) {
    // xorshift32
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    yield -Math.log(((state >>> 0) + 1) / 2 ** 32);
  }
}

/**
 * Has `act` done by the clients in turn, `rate` times a second over all, as people do who know nothing of each other:
 * in a Poisson process. Answers how late the generator itself was at most, in milliseconds.
 */
export async function drive(
  clients: readonly LightClient[],
  rate: number,
  ms: number,
  act: (client: LightClient) => void,
): Promise<number> {
  const begun = performance.now();
  const between = gaps();
  let done = 0;
  let due = between.next().value;
  let late = 0;
  let last = begun;
  for (;;) {
    const now = performance.now();
    late = Math.max(late, now - last);
    last = now;
    if (now - begun >= ms) return late;
    for (; due <= ((now - begun) * rate) / 1_000; due += between.next().value) {
      const client = clients[done % clients.length];
      if (client) act(client);
      done += 1;
    }
    await wait(1);
  }
}

export type Window = {
  readonly cpuSeconds: number;
  readonly mainCpuSeconds: number;
  readonly seconds: number;
  readonly loadCpuSeconds: number;
};

/** Measures the server's process tree, and this process, while something goes on. */
export async function measured(pid: number, run: () => Promise<void>): Promise<Window> {
  const own = process.cpuUsage();
  const [cpu, main, begun] = [cpuSeconds(pid), ownCpuSeconds(pid), performance.now()];
  await run();
  const used = process.cpuUsage(own);
  return {
    cpuSeconds: cpuSeconds(pid) - cpu,
    mainCpuSeconds: ownCpuSeconds(pid) - main,
    seconds: (performance.now() - begun) / 1_000,
    loadCpuSeconds: (used.user + used.system) / 1e6,
  };
}

/** Waits for a condition; answers whether it came in time. */
export async function waitFor(condition: () => boolean, ms: number): Promise<boolean> {
  const end = performance.now() + ms;
  while (!condition()) {
    if (performance.now() > end) return false;
    await wait(20);
  }
  return true;
}

const hasAll = (client: LightClient): boolean =>
  [...client.room.sentAt].every(
    ([clientId, times]) => clientId === client.clientId || client.seen(clientId) >= times.length,
  );

/** Whether everybody has everything that was written, within a time. */
export const allArrived = (crowd: Crowd, ms: number): Promise<boolean> =>
  waitFor(() => crowd.clients.every(hasAll), ms);

export const textHash = (doc: Y.Doc): string => createHash('sha256').update(doc.getText(TEXT).toString()).digest('hex');

function documentOf(client: LightClient): Y.Doc {
  const doc = new Y.Doc();
  doc.transact(() => {
    for (const { payload } of client.arrivals ?? []) Y.applyUpdate(doc, payload);
  });
  return doc;
}

const hasEverything = (doc: Y.Doc, room: Room): boolean =>
  [...room.sentAt].every(([clientId, times]) => Y.getState(doc.store, clientId) === times.length);

/**
 * Whether the clients that kept what they heard, and one that comes new, hold the same text with every edit in it, in
 * the first few documents.
 */
export async function converged(crowd: Crowd): Promise<boolean> {
  for (const room of crowd.rooms.slice(0, 5)) {
    const newcomer = new LightClient(room, freshClientId(), { keeps: true });
    await newcomer.open();
    // A server may say that a newcomer is in step before the text has come.
    await waitFor(() => hasEverything(documentOf(newcomer), room), 3_000);
    const docs = [...crowd.checkers.filter((client) => client.room === room), newcomer].map(documentOf);
    await newcomer.close();
    const hashes = new Set(docs.map(textHash));
    // What a checker wrote itself it does not hear.
    if (hashes.size !== 1 || !docs.every((doc) => hasEverything(doc, room))) return false;
  }
  return true;
}

/** @throws when the server has closed sockets, with its reasons: what is measured then is something else */
export function assertOpen(tally: Tally): void {
  const reasons = [...tally.closes].map(([why, times]) => `${times} × ${why}`);
  if (reasons.length > 0) throw new Error(`the server closed sockets: ${reasons.join(', ')}`);
}
