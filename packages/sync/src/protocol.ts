import { createEncoder, toUint8Array, writeVarString, writeVarUint, writeVarUint8Array } from 'lib0/encoding';
import { ByteReader } from './gate/reader.ts';

/** Message types of y-websocket, and `saved`, which clients ask for with `?saved=1`. */
export const messageType = { sync: 0, awareness: 1, auth: 2, queryAwareness: 3, saved: 4 } as const;
export const syncType = { step1: 0, step2: 1, update: 2 } as const;

/** Close codes. The stock client takes 4400–4499 as final and comes back after every other one. */
export const closeCode = {
  restarting: 1012,
  accessChanged: 4205,
  tooSlow: 4208,
  tooFast: 4229,
  noSession: 4401,
  noRight: 4403,
  notFound: 4404,
  tooBig: 4413,
  badUpdate: 4422,
  clientTooOld: 4426,
  full: 4503,
} as const;

/** What a client sent, as far as its first bytes tell. */
export type ClientMessage =
  | { type: 'step1'; payload: Uint8Array }
  /** `at`: when it arrived, in milliseconds of `performance.now()`. */
  | { type: 'step2' | 'update'; payload: Uint8Array; at: number }
  | { type: 'awareness'; payload: Uint8Array }
  | { type: 'queryAwareness' }
  | { type: 'unknown' };

/** @throws {Malformed} */
export function readMessage(data: Uint8Array, at: number): ClientMessage {
  const reader = new ByteReader(data);
  switch (reader.varUint()) {
    case messageType.sync: {
      const subtype = reader.varUint();
      if (subtype > syncType.update) return { type: 'unknown' };
      const payload = reader.varBytes();
      if (subtype === syncType.step1) return { type: 'step1', payload };
      return { type: subtype === syncType.step2 ? 'step2' : 'update', payload, at };
    }
    case messageType.awareness:
      return { type: 'awareness', payload: reader.varBytes() };
    case messageType.queryAwareness:
      return { type: 'queryAwareness' };
    default:
      return { type: 'unknown' };
  }
}

/** @throws {Malformed} */
export function readStateVector(payload: Uint8Array): Map<number, number> {
  const reader = new ByteReader(payload);
  const clocks = new Map<number, number>();
  for (let left = reader.count(2); left > 0; left--) {
    const client = reader.varUint();
    clocks.set(client, reader.varUint());
  }
  return clocks;
}

function syncFrame(subtype: number, payload: Uint8Array): Uint8Array {
  const encoder = createEncoder();
  writeVarUint(encoder, messageType.sync);
  writeVarUint(encoder, subtype);
  writeVarUint8Array(encoder, payload);
  return toUint8Array(encoder);
}

export const step1Frame = (stateVector: Uint8Array): Uint8Array => syncFrame(syncType.step1, stateVector);
export const step2Frame = (update: Uint8Array): Uint8Array => syncFrame(syncType.step2, update);
export const updateFrame = (update: Uint8Array): Uint8Array => syncFrame(syncType.update, update);

export function awarenessFrame(states: Uint8Array): Uint8Array {
  const encoder = createEncoder();
  writeVarUint(encoder, messageType.awareness);
  writeVarUint8Array(encoder, states);
  return toUint8Array(encoder);
}

/** Tells a client why its text is not taken; the socket stays open for reading. */
export function deniedFrame(reason: string): Uint8Array {
  const encoder = createEncoder();
  writeVarUint(encoder, messageType.auth);
  writeVarUint(encoder, 0);
  writeVarString(encoder, reason);
  return toUint8Array(encoder);
}

/** Message 4: how many update and step 2 messages of this connection are durable, and the durable state vector. */
export function savedFrame(updates: number, step2s: number, stateVector: Uint8Array): Uint8Array {
  const encoder = createEncoder();
  writeVarUint(encoder, messageType.saved);
  writeVarUint(encoder, updates);
  writeVarUint(encoder, step2s);
  writeVarUint8Array(encoder, stateVector);
  return toUint8Array(encoder);
}

/** An awareness message without states: a message that the stock client hears and that changes nothing. */
export const keepaliveFrame: Uint8Array = awarenessFrame(new Uint8Array([0]));
