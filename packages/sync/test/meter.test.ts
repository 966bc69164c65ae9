import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { EditVerdict, Meter } from '../src/index.ts';
import { FaultyStore } from './faulty-store.ts';
import { connectClient, startServer, type TestServer, until } from './harness.ts';
import { craft, RawClient, textItem } from './raw-client.ts';

type Commit = Parameters<Meter['committed']>[0];
const seen = {
  verdicts: [] as EditVerdict[],
  acknowledged: [] as number[],
  relayed: [] as number[],
  commits: [] as Commit[],
  failures: [] as string[],
  closes: [] as number[],
};
const meter: Meter = {
  judged: (verdict) => seen.verdicts.push(verdict),
  acknowledged: (ms) => seen.acknowledged.push(ms),
  relayed: (ms) => seen.relayed.push(ms),
  committed: (commit) => seen.commits.push(commit),
  storeFailed: (operation) => seen.failures.push(operation),
  closed: (code) => seen.closes.push(code),
};

let store: FaultyStore;
let server: TestServer;
const ends: (() => void)[] = [];
const letter = (client: number, clock: number): Uint8Array =>
  craft([{ client, clock, structs: [clock === 0 ? textItem('x') : textItem('x', [client, clock - 1])] }]);

const openRaw = async (person: string, mode?: 'read'): Promise<RawClient> => {
  const raw = await RawClient.open(server, 'doc', person, mode === undefined ? {} : { mode });
  ends.push(() => raw.end());
  return raw;
};

beforeEach(async () => {
  for (const list of Object.values(seen)) list.length = 0;
  store = new FaultyStore();
  server = await startServer({ store, meter, limits: { retryMinMs: 5, retryMaxMs: 20, appendTimeoutMs: 100 } });
});
afterEach(async () => {
  for (const end of ends.splice(0)) end();
  await server.stop();
});

describe('what an engine measures', () => {
  test('[S43] each edit once: judged, durable, told to its author, written to the others', async () => {
    const reader = connectClient(server, 'doc', 'bob');
    ends.push(() => reader.destroy());
    await until(() => reader.provider.synced, 'bob synced');
    const writer = await openRaw('ada');
    for (let clock = 0; clock < 5; clock++) writer.update(letter(5, clock));
    await until(() => writer.saved().updates === 5 && reader.text.length === 5, 'all is through');
    await until(() => seen.acknowledged.length >= 5 && seen.relayed.length >= 5, 'all is measured');
    expect(seen.verdicts.filter((verdict) => verdict === 'taken').length).toBeGreaterThanOrEqual(5);
    expect(seen.relayed).toHaveLength(5);
    expect(seen.commits.reduce((sum, { updates }) => sum + updates, 0)).toBe(5);
    expect(seen.commits.every(({ documents, bytes, ms }) => documents === 1 && bytes > 0 && ms >= 0)).toBe(true);
    for (const ms of [...seen.acknowledged, ...seen.relayed]) expect(ms).toBeGreaterThanOrEqual(0);
  });

  test('[S43] the time of an acknowledgement holds the time in which the store failed', async () => {
    const writer = await openRaw('ada');
    writer.update(letter(5, 0));
    await until(() => writer.saved().updates === 1, 'the first letter is through');
    store.mode = 'fail';
    const sent = performance.now();
    writer.update(letter(5, 1));
    await until(() => seen.failures.length >= 3, 'failures are counted');
    const failing = performance.now() - sent;
    store.mode = 'work';
    await until(() => writer.saved().updates === 2, 'acknowledged');
    expect(new Set(seen.failures)).toEqual(new Set(['append']));
    // The clock of the sender starts a little before that of the server.
    expect(Math.max(...seen.acknowledged)).toBeGreaterThan(failing / 2);
  });

  test('[S43] what is turned away, by a closed list of reasons, and the sockets closed over it', async () => {
    const writer = await openRaw('ada');
    writer.update(letter(5, 0));
    await until(() => writer.saved().updates === 1, 'the first letter is through');
    const thief = await openRaw('mallory');
    thief.update(letter(5, 1));
    await until(() => seen.verdicts.includes('foreign-client'), 'a stolen clientID');
    const vandal = await openRaw('vandal');
    vandal.update(new Uint8Array([1, 2, 3]));
    await until(() => seen.verdicts.includes('malformed'), 'no update');
    const viewer = await openRaw('viewer', 'read');
    viewer.update(letter(9, 0));
    await until(() => seen.verdicts.includes('read-only'), 'a reader who writes');
    expect(seen.closes).toEqual([4422, 4422, 4403]);
  });
});
