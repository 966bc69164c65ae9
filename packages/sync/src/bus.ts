import { createEncoder, toUint8Array, writeVarString, writeVarUint, writeVarUint8Array } from 'lib0/encoding';
import { ByteReader, Malformed } from './gate/reader.ts';
import type { Bus, News, RemoteState } from './ports.ts';

/** Any way of telling other processes bytes by channel; messages may be lost, doubled and come in any order. */
export interface PubSub {
  /** Never waits, never throws. */
  publish(channel: string, message: Uint8Array): void;
  /** The publisher may hear itself. Answers how to stop. */
  subscribe(channel: string, listener: (message: Uint8Array) => void): () => void;
  isReady(): boolean;
  onReturn(listener: () => void): () => void;
}

/** Updates that take more than this together are not sent: the others read them in the store. */
const maxUpdateBytes = 64_000;
const version = 1;
const kinds = { record: 0, more: 1, presence: 2, who: 3 };

/** The bus of one engine over messages of bytes. */
export function createBus(pubSub: PubSub): Bus {
  const me = Math.floor(Math.random() * Number.MAX_SAFE_INTEGER);
  return {
    publish: (documentId, news) => pubSub.publish(documentId, encode(me, news)),
    subscribe: (documentId, listener) =>
      pubSub.subscribe(documentId, (message) => {
        const news = decode(me, message);
        if (news) listener(news);
      }),
    isReady: () => pubSub.isReady(),
    onReturn: (listener) => pubSub.onReturn(listener),
  };
}

function encode(from: number, news: News): Uint8Array {
  const encoder = createEncoder();
  const begin = (kind: number) => {
    for (const number of [version, from, kind]) writeVarUint(encoder, number);
  };
  if (news.kind === 'who') begin(kinds.who);
  else if (news.kind === 'presence') {
    begin(kinds.presence);
    writeVarUint(encoder, news.states.length);
    for (const { clientId, clock, state, personId, name, color } of news.states) {
      writeVarUint(encoder, clientId);
      writeVarUint(encoder, clock);
      for (const text of [state, personId, name, color]) writeVarString(encoder, text);
    }
  } else {
    const bytes = news.updates?.reduce((sum, update) => sum + update.length, 0) ?? Number.POSITIVE_INFINITY;
    const updates = bytes <= maxUpdateBytes ? news.updates : null;
    begin(updates ? kinds.record : kinds.more);
    writeVarUint(encoder, news.seq);
    for (const update of updates ?? []) writeVarUint8Array(encoder, update);
  }
  return toUint8Array(encoder);
}

/** What another instance says; null for one's own voice, and for what none of ours has said. */
function decode(me: number, message: Uint8Array): News | null {
  const reader = new ByteReader(message);
  try {
    if (reader.varUint() !== version || reader.varUint() === me) return null;
    const kind = reader.varUint();
    if (kind === kinds.who) return { kind: 'who' };
    if (kind === kinds.presence) return { kind: 'presence', states: readStates(reader) };
    if (kind !== kinds.record && kind !== kinds.more) return null;
    const seq = reader.varUint();
    return { kind: 'record', seq, updates: kind === kinds.record ? readUpdates(reader) : null };
  } catch (error) {
    if (error instanceof Malformed) return null;
    throw error;
  }
}

function readStates(reader: ByteReader): RemoteState[] {
  const text = () => new TextDecoder().decode(reader.varBytes());
  return Array.from({ length: reader.count(6) }, () => ({
    clientId: reader.varUint(),
    clock: reader.varUint(),
    state: text(),
    personId: text(),
    name: text(),
    color: text(),
  }));
}

/** Copies (a Buffer's `slice` is none): what is kept must not hold the whole message. */
function readUpdates(reader: ByteReader): Uint8Array[] {
  const updates: Uint8Array[] = [];
  while (reader.left > 0) updates.push(new Uint8Array(reader.varBytes()));
  return updates;
}
