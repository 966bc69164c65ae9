import { createEncoder, toUint8Array, writeUint8Array, writeVarUint } from 'lib0/encoding';
import * as Y from 'yjs';
import { encodeUpdate } from './encode.ts';
import { RangeSet } from './range-set.ts';
import { Malformed } from './reader.ts';
import { type Scan, type Section, scanUpdate } from './scan.ts';

/** What several updates bring of one client. */
type Run = { client: number; start: number; end: number; structs: number; pieces: Uint8Array[] };

/**
 * One update that holds what these hold, like `Y.mergeUpdates`, for updates as they pass the gate: each begins, client
 * by client, where those before it end. Then the bytes of their structs stay as they are and only stand together, at a
 * fraction of the cost. Any others are merged by Yjs.
 * @throws what Yjs throws, when one of them is not an update
 */
export function mergeUpdates(updates: readonly Uint8Array[]): Uint8Array {
  return joinUpdates(updates) ?? Y.mergeUpdates([...updates]);
}

/** The same; null when they do not continue each other. */
export function joinUpdates(updates: readonly Uint8Array[]): Uint8Array | null {
  const [first] = updates;
  if (first && updates.length === 1) return first;
  const runs = new Map<number, Run>();
  const deleted = new RangeSet();
  for (const update of updates) {
    const scan = scanOrNull(update);
    if (!scan || scan.skips.length > 0) return null;
    for (const section of scan.sections) if (!continues(runs, section, update)) return null;
    deleted.addAll(scan.deletes);
  }
  return encodeUpdate(encodeRuns([...runs.values()].sort(higherFirst)), deletesOf(deleted));
}

/** Null for what the gate would not read: a store may hold what came before the gate. */
function scanOrNull(update: Uint8Array): Scan | null {
  try {
    return scanUpdate(update);
  } catch (error) {
    if (error instanceof Malformed) return null;
    throw error;
  }
}

function continues(runs: Map<number, Run>, section: Section, update: Uint8Array): boolean {
  const { client, start, end, structs, from, to } = section;
  const piece = update.subarray(from, to);
  const run = runs.get(client);
  if (!run) runs.set(client, { client, start, end, structs, pieces: [piece] });
  else {
    if (run.end !== start) return false;
    run.end = end;
    run.structs += structs;
    run.pieces.push(piece);
  }
  return true;
}

/** Yjs merges in this order, and counts on it. */
const higherFirst = (a: { client: number }, b: { client: number }): number => b.client - a.client;

function encodeRuns(runs: readonly Run[]): Uint8Array {
  const encoder = createEncoder();
  writeVarUint(encoder, runs.length);
  for (const { client, start, structs, pieces } of runs) {
    writeVarUint(encoder, structs);
    writeVarUint(encoder, client);
    writeVarUint(encoder, start);
    for (const piece of pieces) writeUint8Array(encoder, piece);
  }
  return toUint8Array(encoder);
}

/** Groups of client, start, end, the higher clients first. */
function deletesOf(deleted: RangeSet): number[] {
  const flat = deleted.flat();
  const groups = Array.from({ length: flat.length / 3 }, (_, i) => flat.slice(i * 3, i * 3 + 3));
  return groups.sort((a, b) => (b[0] ?? 0) - (a[0] ?? 0)).flat();
}
