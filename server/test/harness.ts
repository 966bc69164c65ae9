import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClientEvents, ServerEvents } from '@concert/contract';
import type { Api } from '@concert/domain/api.ts';
import { api } from '@concert/domain/api.ts';
import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { JsonifiedClient } from '@orpc/openapi-client';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { type Document, MongoClient } from 'mongodb';
import type { Socket } from 'socket.io-client';
import { io } from 'socket.io-client';
import WebSocket from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import type { App } from '../src/app.ts';
import { createApp } from '../src/app.ts';
import type { Config } from '../src/platform/config.ts';
import { readConfig } from '../src/platform/config.ts';
import { createLog } from '../src/platform/log.ts';
import type { Ports } from '../src/platform/ports.ts';

export const PASSWORD = 'a long enough password';

/** Somebody signed in, with the same typed client as the browser's and raw access beside it. */
export type TestPerson = {
  readonly id: string;
  readonly email: string;
  readonly cookie: string;
  readonly api: JsonifiedClient<ContractRouterClient<Api>>;
  /** A raw request with the person's cookie and our own origin, unless told otherwise. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** A connected Socket.IO client. */
  live(): Promise<Socket<ServerEvents, ClientEvents>>;
  /** A stock y-websocket client on a document. */
  open(documentId: string, params?: Record<string, string>): { doc: Y.Doc; provider: WebsocketProvider; close(): void };
};

export type TestApp = {
  readonly app: App;
  readonly url: string;
  readonly dataDir: string;
  /** Creates (once) and signs in a person of this name. */
  as(name: string, fields?: Record<string, unknown>): Promise<TestPerson>;
  /** The same person with the same session, at this instance. */
  visit(person: TestPerson): TestPerson;
  /** Stops the server and starts it again on the same database. */
  restart(): Promise<void>;
  stop(): Promise<void>;
};

const cookieOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');

/** Signs in over HTTP. @throws when the answer is not 200 */
export async function signIn(url: string, email: string, password = PASSWORD): Promise<string> {
  const response = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email, password }),
  });
  if (!response.ok) throw new Error(`sign-in answered ${response.status}: ${await response.text()}`);
  return cookieOf(response);
}

/** A typed client of the contract that sends these headers. */
export const clientOf = (url: string, headers: Record<string, string>): JsonifiedClient<ContractRouterClient<Api>> =>
  createORPCClient(new OpenAPILink(api, { url: `${url}/api`, headers: { origin: url, ...headers } }));

/** A WebSocket class for y-websocket that sends headers with its upgrade, as a browser sends its cookie. */
const socketWith = (headers: Record<string, string>) =>
  class extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols, { headers });
    }
  };

function personOf(
  running: { url: string; closers: (() => void)[] },
  id: string,
  email: string,
  cookie: string,
): TestPerson {
  const { url, closers } = running;
  return {
    id,
    email,
    cookie,
    api: clientOf(url, { cookie }),
    fetch: (path, init = {}) =>
      fetch(`${url}${path}`, {
        ...init,
        headers: { cookie, origin: url, ...(init.headers as Record<string, string>) },
      }),
    live: () =>
      new Promise((resolve, reject) => {
        const socket: Socket<ServerEvents, ClientEvents> = io(url, {
          transports: ['websocket'],
          extraHeaders: { cookie, origin: url },
          reconnection: false,
        });
        closers.push(() => socket.disconnect());
        socket.once('connect', () => resolve(socket));
        socket.once('connect_error', reject);
      }),
    open: (documentId, params = {}) => {
      const doc = new Y.Doc();
      const provider = new WebsocketProvider(`${url.replace('http', 'ws')}/sync`, documentId, doc, {
        WebSocketPolyfill: socketWith({ cookie, origin: url }) as never,
        disableBc: true,
        params,
      });
      const close = () => {
        provider.destroy();
        doc.destroy();
      };
      closers.push(close);
      return { doc, provider, close };
    },
  };
}

/** Starts the whole product on a free port over a fresh database. */
export async function startApp(
  options: {
    env?: Record<string, string>;
    ports?: Ports;
    mongodbUrl?: string;
    /** Another instance on the database of this one, which is started before it and stopped after it. */
    beside?: TestApp;
    /** Hears every command that goes to the database. */
    onCommand?: (command: Document) => void;
    /** Hears every line of the log, at the level of LOG_LEVEL. */
    onLog?: (line: string) => void;
  } = {},
): Promise<TestApp> {
  const base = options.mongodbUrl ?? process.env.TEST_MONGODB_URL ?? '';
  const { beside } = options;
  const name = beside?.app.platform.db.databaseName ?? `t_${randomBytes(8).toString('hex')}`;
  const dataDir = mkdtempSync(join(tmpdir(), 'concert-test-'));
  const client = new MongoClient(base, {
    writeConcern: { w: 'majority', journal: true },
    monitorCommands: options.onCommand !== undefined,
  });
  client.on('commandStarted', ({ command }) => options.onCommand?.(command));
  await client.connect();
  const config: Config = readConfig({
    PORT: '0',
    DATA_DIR: dataDir,
    LOG_LEVEL: 'silent',
    AUTH_SECRET: 'a secret of the tests that is long enough',
    ...options.env,
  });
  const database = {
    db: client.db(name),
    ping: async () => {
      await client.db(name).command({ ping: 1 });
    },
    close: async () => undefined,
  };
  const start = async () => {
    const { onLog, ports } = options;
    const log = createLog(config.logLevel, onLog && { write: onLog });
    const app = await createApp({ config, log, database, ports });
    return { app, url: await app.listen() };
  };
  let running = await start();
  let closers: (() => void)[] = [];
  const ids = new Map<string, string>();
  const closeClients = () => {
    for (const close of closers) close();
    closers = [];
  };
  return {
    get app() {
      return running.app;
    },
    get url() {
      return running.url;
    },
    dataDir,
    async as(person, fields = {}) {
      const email = `${person}@test.example`;
      const id =
        ids.get(person) ??
        (await running.app.platform.auth.createAccount({ email, name: person, password: PASSWORD, ...fields }));
      ids.set(person, id);
      return personOf({ url: running.url, closers }, id, email, await signIn(running.url, email));
    },
    visit: ({ id, email, cookie }) => personOf({ url: running.url, closers }, id, email, cookie),
    async restart() {
      closeClients();
      await running.app.stop();
      running = await start();
    },
    async stop() {
      closeClients();
      await running.app.stop();
      if (beside === undefined) await client.db(name).dropDatabase();
      await client.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/**
 * Waits until `check` holds, looking again soon; fails with `what` when it never does. A check that is work for the
 * server gets twice its time of rest: what is waited for needs the processor too.
 */
export async function until<T>(what: string, check: () => T | Promise<T>, limitMs = 45_000): Promise<NonNullable<T>> {
  const end = performance.now() + limitMs;
  for (;;) {
    const began = performance.now();
    const value = await check();
    if (value) return value as NonNullable<T>;
    const now = performance.now();
    if (now > end) throw new Error(`never happened within ${limitMs} ms: ${what}`);
    const rest = Math.min(100, Math.max(10, 2 * (now - began)));
    await new Promise((resolve) => setTimeout(resolve, rest));
  }
}
