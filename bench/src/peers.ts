import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Accounts } from './concert.ts';
import { createNotes, headersOf, openAccounts } from './concert.ts';
import type { Target } from './load/target.ts';
import type { ServerProcess } from './server-process.ts';
import { freePort, ROOT, startProcess } from './server-process.ts';

/** A peer's server on a data directory, with documents to load. */
export type Running = {
  readonly process: ServerProcess;
  /** Makes documents where they must be made first, and says how clients reach them. */
  documents(count: number): Promise<Target>;
};

export type Peer = {
  readonly name: string;
  readonly title: string;
  /** Whether its figures count as those of the better peer: it stores what it is sent. */
  readonly counts: boolean;
  /** How long after everybody has left a document is put away for good, in milliseconds. */
  readonly restMs: number;
  /** Starts it; what it stored in this directory before is there again. */
  start(dataDir: string): Promise<Running>;
};

const versionOf = (name: string): string => {
  const text = readFileSync(join(ROOT, 'bench', 'package.json'), 'utf8');
  return new RegExp(`"${name}": "([^"]+)"`).exec(text)?.[1] ?? '';
};

const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `document-${index}`);

/** Accounts and documents outlive restarts on the same directory. */
const prepared = new Map<string, { accounts: Accounts; ids: string[] }>();

/** What `npm start` and the image give Node. */
const STARTED_WITH = ['--min-semi-space-size=16'];

async function startConcert(dataDir: string): Promise<Running> {
  const server = await startProcess({
    args: [...STARTED_WITH, ...profiling(), '--import', 'tsx', 'server/src/main.ts'],
    env: { PORT: '0', DEMO: 'false', LOG_LEVEL: 'warn', RATE_LIMITS: 'off', DATA_DIR: dataDir },
    ready: /^Concert is ready on (http:\/\/\S+)$/,
  });
  return {
    process: server,
    documents: async (count) => {
      const known = prepared.get(dataDir) ?? { accounts: await openAccounts(server.ready), ids: [] };
      prepared.set(dataDir, known);
      const accounts = { ...known.accounts, url: server.ready };
      if (known.ids.length < count) known.ids.push(...(await createNotes(accounts, count - known.ids.length)));
      const base = server.ready.replace(/^http/, 'ws');
      return {
        protocol: 'concert',
        pid: server.pid,
        headers: headersOf(accounts),
        documents: known.ids.slice(0, count).map((id) => ({ name: id, url: `${base}/sync/${id}?saved=1` })),
      };
    },
  };
}

/** With BENCH_PROFILE set to a directory, every thread writes a CPU profile there when the server stops. */
function profiling(): string[] {
  const directory = process.env.BENCH_PROFILE;
  return directory ? ['--cpu-prof', `--cpu-prof-dir=${directory}`] : [];
}

async function startHocuspocus(dataDir: string, flushDelay: string): Promise<Running> {
  const server = await startProcess({
    args: ['--import', 'tsx', 'bench/src/servers/hocuspocus.ts'],
    env: { DATA_DIR: dataDir, FLUSH_DELAY: flushDelay },
    ready: /^ready on (\d+)$/,
  });
  const url = `ws://127.0.0.1:${server.ready}`;
  return {
    process: server,
    documents: async (count) => ({
      protocol: 'hocuspocus',
      pid: server.pid,
      headers: [],
      documents: names(count).map((name) => ({ name, url })),
    }),
  };
}

async function startYWebsocket(dataDir: string, stores: boolean): Promise<Running> {
  const port = String(await freePort());
  const server = await startProcess({
    args: ['bench/node_modules/@y/websocket-server/src/server.js'],
    env: { HOST: '127.0.0.1', PORT: port, ...(stores ? { YPERSISTENCE: join(dataDir, 'leveldb') } : {}) },
    ready: /^running at/,
  });
  return {
    process: server,
    documents: async (count) => ({
      protocol: 'y-websocket',
      pid: server.pid,
      headers: [],
      documents: names(count).map((name) => ({ name, url: `ws://127.0.0.1:${port}/${name}` })),
    }),
  };
}

const hocuspocus = versionOf('@hocuspocus/server');
const yWebsocket = versionOf('@y/websocket-server');

export const PEERS: readonly Peer[] = [
  { name: 'concert', title: 'Concert', counts: false, restMs: 6_000, start: startConcert },
  {
    name: 'hocuspocus',
    title: `Hocuspocus ${hocuspocus}, SQLite`,
    counts: true,
    restMs: 3_000,
    start: (dataDir) => startHocuspocus(dataDir, ''),
  },
  {
    name: 'hocuspocus-30',
    title: `Hocuspocus ${hocuspocus}, SQLite, flushDelay 30`,
    counts: true,
    restMs: 3_000,
    start: (dataDir) => startHocuspocus(dataDir, '30'),
  },
  {
    name: 'y-leveldb',
    title: `@y/websocket-server ${yWebsocket}, LevelDB`,
    counts: true,
    restMs: 3_000,
    start: (dataDir) => startYWebsocket(dataDir, true),
  },
  {
    name: 'y-memory',
    title: `@y/websocket-server ${yWebsocket}, no storage`,
    counts: false,
    restMs: 3_000,
    start: (dataDir) => startYWebsocket(dataDir, false),
  },
];
