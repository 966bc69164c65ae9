import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import * as Y from 'yjs';
import { textHash } from './crowd.ts';
import { TEXT } from './wire.ts';

/** A document's making, update by update, and what its text must be in the end. */
export type History = { readonly updates: readonly Uint8Array[]; readonly hash: string; readonly stateBytes: number };

export type HistoryName = 'authors' | 'paper';

/** A small generator of numbers from 0 to 1 that always gives the same ones (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function record(write: (doc: Y.Doc, text: Y.Text) => void): History {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  write(doc, doc.getText(TEXT));
  return { updates, hash: textHash(doc), stateBytes: Y.encodeStateAsUpdate(doc).length };
}

const AUTHORS = [101, 202, 303, 404];
const LONGEST_BURST = 9;

/**
 * Four authors in turn, each a few keystrokes at a place of their choice, one deletion in eight bursts; about 32 000
 * structs for 100 000 edits.
 */
const byAuthors = (edits: number): History =>
  record((doc, text) => {
    const random = seeded(20_261_123);
    const below = (limit: number): number => Math.floor(random() * limit);
    for (let done = 0; done < edits; ) {
      doc.clientID = AUTHORS[below(AUTHORS.length)] ?? 0;
      let at = below(text.length + 1);
      const deletes = text.length > 100 && below(8) === 0;
      for (let burst = 1 + below(LONGEST_BURST); burst > 0 && done < edits; burst -= 1, done += 1) {
        if (deletes && at > 0) text.delete(--at, 1);
        else text.insert(at++, String.fromCharCode(97 + below(26)));
      }
    }
  });

type Patch = readonly [position: number, deleted: number, inserted: string];

function readTrace(): readonly { readonly patches: readonly Patch[] }[] {
  const packed = readFileSync(new URL('../../fixtures/automerge-paper.json.gz', import.meta.url));
  const trace = JSON.parse(gunzipSync(packed).toString('utf8')) as {
    endContent: string;
    txns: { patches: Patch[] }[];
  };
  // The trace counts code points and Yjs UTF-16 units: the same as long as no character needs two units.
  if (/[\ud800-\udfff]/.test(trace.endContent)) throw new Error('the trace has characters outside the basic plane');
  return trace.txns;
}

/** A person's real keystrokes, the first `edits` of them. */
const ofPaper = (edits: number): History =>
  record((doc, text) => {
    doc.clientID = 505;
    for (const { patches } of readTrace().slice(0, edits))
      doc.transact(() => {
        for (const [position, deleted, inserted] of patches) {
          if (deleted > 0) text.delete(position, deleted);
          if (inserted !== '') text.insert(position, inserted);
        }
      });
  });

export const historyOf = (name: HistoryName, edits: number): History =>
  name === 'authors' ? byAuthors(edits) : ofPaper(edits);
