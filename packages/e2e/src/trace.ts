import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import * as Y from 'yjs';
import type { OpenDocument } from './member.ts';
import { synced } from './member.ts';
import { until } from './until.ts';

type Patch = readonly [position: number, deleted: number, inserted: string];
type Transaction = { readonly parents: readonly number[]; readonly agent: number; readonly patches: readonly Patch[] };

/** A history of several people writing one text at the same time. */
export type Trace = { readonly endContent: string; readonly numAgents: number; readonly txns: readonly Transaction[] };

/** Reads the two-person trace of the fixtures. */
export function readTrace(): Trace {
  const packed = readFileSync(new URL('../fixtures/friendsforever.json.gz', import.meta.url));
  const trace = JSON.parse(gunzipSync(packed).toString('utf8')) as Trace;
  // The trace counts code points and Yjs UTF-16 units: the same as long as no character needs two units.
  if (/[\ud800-\udfff]/.test(trace.endContent)) throw new Error('the trace has characters outside the basic plane');
  return trace;
}

/** The text that the trace is written into: one paragraph of the co-edited body. */
export function traceText(doc: Y.Doc): Y.XmlText | undefined {
  const paragraph = doc
    .getXmlFragment('body')
    .toArray()
    .find((node) => node instanceof Y.XmlElement && node.get(0) instanceof Y.XmlText);
  const text = paragraph instanceof Y.XmlElement ? paragraph.get(0) : undefined;
  return text instanceof Y.XmlText ? text : undefined;
}

/**
 * One author of the trace. `desk` is where they write: it holds exactly what the trace says they had seen.
 * `client` is the stock y-websocket client that carries it to the server and brings the other's work.
 */
type Author = { readonly desk: Y.Doc; readonly client: OpenDocument; readonly seen: Set<number> };

type Written = { readonly update: Uint8Array; readonly clientId: number; readonly clock: number };

function applyPatches(desk: Y.Doc, patches: readonly Patch[]): Uint8Array {
  const updates: Uint8Array[] = [];
  const collect = (update: Uint8Array) => updates.push(update);
  desk.on('update', collect);
  desk.transact(() => {
    const text = traceText(desk);
    if (!text) throw new Error('the document has no paragraph to write into');
    for (const [position, deleted, inserted] of patches) {
      if (deleted > 0) text.delete(position, deleted);
      if (inserted !== '') text.insert(position, inserted);
    }
  });
  desk.off('update', collect);
  return Y.mergeUpdates(updates);
}

/** Every transaction that the parents stand on, and that the author has not seen. */
function missing(trace: Trace, parents: readonly number[], seen: ReadonlySet<number>): number[] {
  const found = new Set<number>();
  const stack = [...parents];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (seen.has(next) || found.has(next)) continue;
    found.add(next);
    stack.push(...(trace.txns[next]?.parents ?? []));
  }
  return [...found].sort((a, b) => a - b);
}

/** Shows an author what the other wrote, once it has really come to their client through the server. */
async function catchUp(
  author: Author,
  trace: Trace,
  parents: readonly number[],
  written: readonly Written[],
): Promise<void> {
  for (const index of missing(trace, parents, author.seen)) {
    const work = written[index];
    if (!work) throw new Error(`transaction ${index} is not written yet`);
    const arrived = () => Y.getState(author.client.doc.store, work.clientId) >= work.clock;
    if (!arrived()) await until(`transaction ${index} reaches the other client`, arrived);
    Y.applyUpdate(author.desk, work.update);
    author.seen.add(index);
  }
}

/**
 * Fresh clientIDs, ascending. In a few places both authors of the trace insert between the same two characters, and
 * Yjs then puts the lower clientID first: its recorded end is the one in which the first author comes first.
 */
const authorIds = (count: number): number[] =>
  Array.from({ length: count }, () => new Y.Doc().clientID).sort((a, b) => a - b);

/**
 * Replays the trace into a document through a running server, with one stock client per author; resolves when each
 * author has been told that all of their work is durable.
 */
export async function replay(trace: Trace, clients: readonly OpenDocument[]): Promise<void> {
  await Promise.all(clients.map(synced));
  const [first] = clients;
  if (!first) throw new Error('nobody to write');
  if (!traceText(first.doc)) {
    const paragraph = new Y.XmlElement('paragraph');
    paragraph.insert(0, [new Y.XmlText()]);
    first.doc.getXmlFragment('body').insert(0, [paragraph]);
  }
  for (const client of clients)
    await until('the empty paragraph is everywhere', () => traceText(client.doc) !== undefined);
  const ids = authorIds(clients.length);
  const authors = clients.map((client, index): Author => {
    const desk = new Y.Doc();
    desk.clientID = ids[index] ?? desk.clientID;
    Y.applyUpdate(desk, Y.encodeStateAsUpdate(client.doc));
    return { desk, client, seen: new Set() };
  });
  const written: Written[] = [];
  for (const [index, transaction] of trace.txns.entries()) {
    const author = authors[transaction.agent];
    if (!author) throw new Error(`the trace has an author ${transaction.agent} that nobody plays`);
    await catchUp(author, trace, transaction.parents, written);
    const update = applyPatches(author.desk, transaction.patches);
    Y.applyUpdate(author.client.doc, update);
    author.seen.add(index);
    written.push({
      update,
      clientId: author.desk.clientID,
      clock: Y.getState(author.desk.store, author.desk.clientID),
    });
  }
  for (const { desk, client } of authors) {
    const clock = Y.getState(desk.store, desk.clientID);
    await until(
      'an author is told that all of their work is durable',
      () => client.durableClock(desk.clientID) >= clock,
    );
    desk.destroy();
  }
}
