import * as decoding from 'lib0/decoding';
import WebSocket from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';

/** Somebody with an account and a personal access token, acting over the public interface alone. */
export type Member = { readonly url: string; readonly token: string };

const post = async (url: string, path: string, body: unknown, headers: Record<string, string>): Promise<Response> => {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url, ...headers },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`POST ${path} answered ${response.status}: ${await response.text()}`);
  return response;
};

/** Signs a new person up and makes a token for them. */
export async function join(url: string, name: string): Promise<Member> {
  const account = { email: `${name}@load.example`, password: `a long password of ${name}`, name };
  const signedUp = await post(url, '/api/auth/sign-up/email', account, {});
  const cookie = signedUp.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const { token } = (await (await post(url, '/api/tokens', { name: 'load' }, { cookie })).json()) as { token: string };
  return { url, token };
}

const bearer = (member: Member) => ({ authorization: `Bearer ${member.token}` });

/** Creates a workspace; answers its id. */
export async function createWorkspace(member: Member, name: string): Promise<string> {
  const response = await post(member.url, '/api/workspaces', { name }, bearer(member));
  return ((await response.json()) as { id: string }).id;
}

/** Creates a note; answers its id. */
export async function createNote(member: Member, workspaceId: string, title: string): Promise<string> {
  const response = await post(
    member.url,
    `/api/workspaces/${workspaceId}/documents`,
    { kind: 'note', title },
    bearer(member),
  );
  return ((await response.json()) as { id: string }).id;
}

/** What message 4 said last: counts of this connection's durable messages, and the document's durable state vector. */
export type Durable = {
  readonly updates: number;
  readonly steps: number;
  readonly vector: ReadonlyMap<number, number>;
};

/** A stock y-websocket client on a document, that also listens to message 4 (`?saved=1`). */
export type OpenDocument = {
  readonly doc: Y.Doc;
  readonly provider: WebsocketProvider;
  /** Clock up to which the edits of a clientID were said to be durable when this client's own were last acknowledged. */
  durableClock(clientId: number): number;
  close(): void;
};

const MESSAGE_SAVED = 4;

/** Opens a document; the member may be at a new address after a restart. */
export function open(
  member: Member,
  documentId: string,
  options: { doc?: Y.Doc; onDurable?: (durable: Durable) => void } = {},
): OpenDocument {
  const doc = options.doc ?? new Y.Doc();
  const headers = bearer(member);
  class SocketWithToken extends WebSocket {
    constructor(address: string | URL) {
      super(address, { headers });
    }
  }
  let durable: Durable = { updates: 0, steps: 0, vector: new Map() };
  const provider = new WebsocketProvider(`${member.url.replace(/^http/, 'ws')}/sync`, documentId, doc, {
    // The stock client types its socket as the browser's; ws behaves alike.
    WebSocketPolyfill: SocketWithToken as never,
    disableBc: true,
    params: { saved: '1' },
    maxBackoffTime: 500,
    connect: false,
  });
  provider.messageHandlers[MESSAGE_SAVED] = (_encoder, decoder) => {
    durable = readDurable(decoder);
    options.onDurable?.(durable);
  };
  provider.connect();
  return {
    doc,
    provider,
    durableClock: (clientId) => durable.vector.get(clientId) ?? 0,
    close: () => {
      provider.destroy();
      // It belongs to the provider, and would beat until the document goes, which may outlive many providers.
      provider.awareness.destroy();
      if (options.doc === undefined) doc.destroy();
    },
  };
}

type Decoder = Parameters<WebsocketProvider['messageHandlers'][number]>[1];

function readDurable(decoder: Decoder): Durable {
  const updates = decoding.readVarUint(decoder);
  const steps = decoding.readVarUint(decoder);
  return { updates, steps, vector: Y.decodeStateVector(decoding.readVarUint8Array(decoder)) };
}

/** Resolves when the provider has said that it holds what the server holds. */
export const synced = (opened: OpenDocument): Promise<void> =>
  opened.provider.synced ? Promise.resolve() : new Promise((resolve) => opened.provider.once('sync', () => resolve()));
