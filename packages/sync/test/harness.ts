import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import {
  createSocketServer,
  createSyncEngine,
  defaultLimits,
  type Grant,
  MemoryStore,
  type Refusal,
  type SyncEngine,
  type SyncEngineOptions,
} from '../src/index.ts';

/** A server around one engine: `/DOCUMENT?person=ID&mode=write|read&saved=1`. */
export type TestServer = {
  engine: SyncEngine;
  url: string;
  /** Rights by person; changes are seen by the next recheck. */
  rights: Map<string, Grant | Refusal>;
  /** Every socket that was opened, in this order. */
  sockets: WebSocket[];
  /** Lets checks of rights never end. */
  hangRecheck: boolean;
  /** What the next checks of rights answer, one each, instead of what {@link rights} say. */
  answers: Promise<Grant | Refusal>[];
  stop(): Promise<void>;
};

export function grantOf(person: string, mode: 'write' | 'read' = 'write'): Grant {
  return { personId: person, name: `Name of ${person}`, color: '#336699', mode, workspaceId: 'workspace' };
}

export async function startServer(options: Partial<SyncEngineOptions> = {}): Promise<TestServer> {
  const engine = createSyncEngine({ store: new MemoryStore(), ...options });
  const rights = new Map<string, Grant | Refusal>();
  const http: Server = createServer();
  const sockets = createSocketServer({ ...defaultLimits, ...options.limits });
  const opened: WebSocket[] = [];
  http.on('upgrade', (request, socket, head) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const person = searchParams.get('person') ?? 'nobody';
    const asked = grantOf(person, searchParams.get('mode') === 'read' ? 'read' : 'write');
    const current = () =>
      server.hangRecheck
        ? new Promise<never>(() => {})
        : (server.answers.shift() ?? Promise.resolve(rights.get(person) ?? asked));
    sockets.handleUpgrade(request, socket, head, async (ws) => {
      opened.push(ws);
      const grant = rights.get(person) ?? asked;
      if ('refused' in grant) return ws.close(grant.refused);
      engine.connect(ws, {
        documentId: pathname.slice(1),
        grant,
        saved: searchParams.get('saved') === '1',
        ...(searchParams.has('schema') ? { schema: Number(searchParams.get('schema')) } : {}),
        recheck: current,
      });
    });
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const server: TestServer = {
    engine,
    url: `ws://127.0.0.1:${(http.address() as AddressInfo).port}`,
    rights,
    sockets: opened,
    hangRecheck: false,
    answers: [],
    async stop() {
      await engine.stop();
      for (const ws of opened) ws.terminate();
      http.closeAllConnections();
      http.close();
    },
  };
  return server;
}

/** A stock y-websocket client. */
export type Client = { doc: Y.Doc; text: Y.Text; provider: WebsocketProvider; closes: number[]; destroy(): void };

export function connectClient(
  server: TestServer,
  documentId: string,
  person: string,
  options: { doc?: Y.Doc; mode?: 'read'; saved?: boolean } = {},
): Client {
  const doc = options.doc ?? new Y.Doc();
  const params: Record<string, string> = { person };
  if (options.mode) params.mode = options.mode;
  if (options.saved) params.saved = '1';
  const provider = new WebsocketProvider(server.url, documentId, doc, {
    params,
    disableBc: true,
    maxBackoffTime: 200,
    // The provider only uses what ws shares with the browser's WebSocket.
    WebSocketPolyfill: WebSocket as never,
  });
  const closes: number[] = [];
  provider.on('connection-close', (event) => {
    if (event) closes.push(event.code);
  });
  const client: Client = {
    doc,
    text: doc.getText('body'),
    provider,
    closes,
    destroy() {
      provider.destroy();
      provider.awareness.destroy();
      doc.destroy();
    },
  };
  return client;
}

/** Shorter where what never happens is waited for on purpose. */
const patienceMs = Number(process.env.PATIENCE_MS ?? 20_000);

/** Waits until a condition holds. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  what: string,
  timeoutMs = patienceMs,
): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`never happened: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** The text of a document as the engine has it. */
export async function storedText(engine: SyncEngine, documentId: string): Promise<string> {
  const { update } = await engine.readState(documentId);
  const doc = new Y.Doc();
  Y.applyUpdate(doc, update);
  const text = doc.getText('body').toString();
  doc.destroy();
  return text;
}
