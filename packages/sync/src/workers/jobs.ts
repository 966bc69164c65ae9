import * as Y from 'yjs';
import { encodeDigest, knowledgeOf } from '../gate/digest.ts';
import { encodeStateVector } from '../gate/encode.ts';
import { joinUpdates } from '../gate/join.ts';
import { type Scan, scanUpdate } from '../gate/scan.ts';

/** A document as bytes, and what the gate needs to know of it (see `encodeDigest`). */
export type Digest = { state: Uint8Array; digest: Uint8Array };

/** One document out of a snapshot and what came after it. Merged runs, deleted text collected. */
export function mergeState(updates: Uint8Array[]): Uint8Array {
  const doc = buildDocument(updates);
  const state = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return state;
}

/** The same with its digest. */
export function merge(updates: Uint8Array[]): Digest {
  const state = mergeState(updates);
  return { state, digest: digest(state) };
}

/** The digest of a complete state. */
export const digest = (state: Uint8Array): Uint8Array => encodeDigest(knowledgeOf(state));

/** @throws {Malformed} */
export const scan = (update: Uint8Array): Scan => scanUpdate(update);

/** What is left of an update without its known structs, and its scan; null when it brings none of these. */
export type Tried = { update: Uint8Array; scan: Scan } | null;

/**
 * Applies an update to the document that it is meant for: what takes too long or stays pending is no honest edit.
 * @param known how far the clients reach of whom it brings structs that the document has
 */
export function tryUpdate({
  state,
  update,
  known,
}: {
  state: Uint8Array;
  update: Uint8Array;
  known: [client: number, clock: number][];
}): Tried {
  const doc = buildDocument([state, update]);
  doc.destroy();
  if (known.length === 0) return null;
  const rest = Y.diffUpdate(update, encodeStateVector(new Map(known)));
  return { update: rest, scan: scanUpdate(rest) };
}

export const diff = ({ state, stateVector }: { state: Uint8Array; stateVector: Uint8Array }): Uint8Array =>
  Y.diffUpdate(state, stateVector);

function buildDocument(updates: Uint8Array[]): Y.Doc {
  // One update is applied much sooner than the many that it is made of.
  const one = joinUpdates(updates);
  const doc = new Y.Doc();
  doc.transact(() => {
    for (const update of one ? [one] : updates) Y.applyUpdate(doc, update);
  });
  if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) throw new Error('an update stays pending');
  return doc;
}
