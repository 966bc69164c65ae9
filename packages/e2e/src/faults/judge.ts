import { MongoStore } from '@concert/sync/mongo-store';
import { MongoClient } from 'mongodb';
import * as Y from 'yjs';
import type { Member } from '../member.ts';
import { open } from '../member.ts';
import { until } from '../until.ts';
import type { Crowd, Writer } from './crowd.ts';
import { textOf } from './crowd.ts';
import type { Findings } from './fault.ts';
import { hold } from './fault.ts';
import type { StoreProcess } from './store-process.ts';
import { storeUrl } from './store-process.ts';

/** Reads the text of documents from the store alone, with no server between. */
export async function readStored(port: number, documents: readonly string[]): Promise<Map<string, string>> {
  const client = await MongoClient.connect(storeUrl(port), { serverSelectionTimeoutMS: 10_000 });
  try {
    const store = new MongoStore(client.db('concert'));
    const texts = new Map<string, string>();
    for (const documentId of documents) {
      const { snapshot, tail } = await store.load(documentId);
      const doc = new Y.Doc();
      for (const update of snapshot ? [snapshot, ...tail] : tail) Y.applyUpdate(doc, update);
      refusePending(doc, documentId);
      texts.set(documentId, textOf(doc));
      doc.destroy();
    }
    return texts;
  } finally {
    await client.close();
  }
}

/** What rests on something that is not there would be silently invisible. */
function refusePending(doc: Y.Doc, documentId: string): void {
  if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) {
    throw new Error(`the stored text of ${documentId} rests on something that is not stored`);
  }
}

const documentsOf = (writers: readonly Writer[]): string[] => [...new Set(writers.map((writer) => writer.documentId))];

/** Which tokens are acknowledged now: what is acknowledged later is not asked of a store that is looked at from now on. */
export const acknowledgedNow = (crowd: Crowd): ReadonlyMap<Writer, readonly string[]> =>
  new Map(
    crowd.writers.map((writer) => [
      writer,
      writer.edits.filter(({ acknowledgedAt }) => acknowledgedAt !== null).map(({ token }) => token),
    ]),
  );

/** Holds texts of documents against what was acknowledged: all of it there, nothing twice, each writer's in order. */
export function compare(
  acknowledged: ReadonlyMap<Writer, readonly string[]>,
  texts: ReadonlyMap<string, string>,
  findings: Findings,
): void {
  for (const [documentId, text] of texts) {
    const places = new Map<string, number>();
    for (const { 0: token, index } of text.matchAll(/<[^<>]+>/g)) {
      if (places.has(token)) findings.doubled.push(token);
      places.set(token, index);
    }
    for (const [writer, tokens] of acknowledged) {
      if (writer.documentId !== documentId) continue;
      findings.lost.push(...tokens.filter((token) => !places.has(token)));
      const own = writer.edits.map(({ token }) => places.get(token)).filter((place) => place !== undefined);
      hold(
        findings,
        own.every((place, at) => at === 0 || place > (own[at - 1] ?? 0)),
        `${writer.name} reads in order`,
      );
    }
  }
}

/** Kills the store, starts it again, and holds what it has kept against what was acknowledged. */
export async function judgeStored(crowd: Crowd, store: StoreProcess, findings: Findings): Promise<void> {
  const acknowledged = acknowledgedNow(crowd);
  await store.kill();
  await store.start();
  compare(acknowledged, await readStored(store.port, documentsOf(crowd.writers)), findings);
}

const sameVector = (one: Y.Doc, other: Y.Doc): boolean => {
  const [a, b] = [one, other].map((doc) => Y.decodeStateVector(Y.encodeStateVector(doc)));
  return a !== undefined && b !== undefined && a.size === b.size && [...a].every(([id, clock]) => b.get(id) === clock);
};

/** Waits until all who have a document open, and newcomers at each server, hold the same; then compares the texts. */
export async function judgeAgreement(crowd: Crowd, members: readonly Member[], findings: Findings): Promise<void> {
  for (const documentId of documentsOf(crowd.writers)) {
    const newcomers = members.map((member) => open(member, documentId));
    try {
      const docs = [
        ...crowd.writers.filter((writer) => writer.documentId === documentId).map(({ doc }) => doc),
        ...newcomers.map(({ doc }) => doc),
      ];
      const [one] = docs;
      if (!one) continue;
      await until('all peers have the same state vector', () => docs.every((doc) => sameVector(one, doc)));
      hold(findings, new Set(docs.map(textOf)).size === 1, `all peers read the same in ${documentId}`);
    } finally {
      for (const newcomer of newcomers) newcomer.close();
    }
  }
}
