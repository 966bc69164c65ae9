import * as Y from 'yjs';
import type { Context } from './context.ts';
import { absorbAll, knowledgeOf, readDigest } from './gate/digest.ts';
import { mergeUpdates } from './gate/join.ts';
import type { Knowledge } from './gate/knowledge.ts';
import type { StoredDocument } from './ports.ts';
import type { Digest, diff } from './workers/jobs.ts';

type Merged = { state: Uint8Array; seq: number };
type Late = { seq: number; update: Uint8Array };
/** Everything in one update or two; the first, when it is there, must be taken first. */
export type Everything = { base: Uint8Array | null; rest: Uint8Array };

/** The merged state of a loaded document, what came after it, and what the gate needs to know of both. */
type Read = { merged: Merged; tail: Uint8Array[]; knowledge: Knowledge };

const emptyState = new Uint8Array([0, 0]);
const mergedInline = 64;
/** Merging so many takes a few milliseconds, as long as they are small: waiting for a worker would take longer. */
const mergedInlineSmall = 5_000;
const smallBytes = 128_000;
/** So many records of a tail are read one by one rather than merged. */
const readInline = 2_000;
/** A smaller state is merged with what is new rather than sent apart. */
const apartBytes = 64_000;
const keptAnswers = 16;
const keptAnswerBytes = 256_000;

/** The durable bytes of one document: a merged state, and what became durable after it. No Y.Doc on this thread. */
export class StoredState {
  readonly #documentId: string;
  readonly #context: Context;
  #merged: Merged;
  #late: Late[] = [];
  #lateBytes = 0;
  #seq: number;
  #compactedSeq: number;
  #attemptedSeq = 0;
  #uncompactedBytes: number;
  #compaction: Promise<void> | null = null;
  #answers = new Map<string, Uint8Array>();
  #everything: Everything | null = null;

  private constructor(documentId: string, context: Context, merged: Merged, compactedSeq: number, tailBytes: number) {
    this.#documentId = documentId;
    this.#context = context;
    this.#merged = merged;
    this.#seq = merged.seq;
    this.#compactedSeq = compactedSeq;
    this.#uncompactedBytes = tailBytes;
  }

  /** Loads a document and what the gate needs to know of it. @throws whatever the store throws */
  static async load(documentId: string, context: Context): Promise<{ stored: StoredState; knowledge: Knowledge }> {
    const document = await context.store.load(documentId);
    const { merged, tail, knowledge } = await read(document, context);
    // Each update of the tail counts for a record: near enough for when to compact.
    const stored = new StoredState(documentId, context, merged, document.seq - document.tail.length, 0);
    stored.append(document.seq, tail);
    if (tail.length === 0) stored.#uncompactedBytes = bytesOf(document.tail);
    return { stored, knowledge };
  }

  /** What a document holds beyond a state vector, read from the store, and up to which record. */
  static async since(documentId: string, { store, workers, limits }: Context, stateVector: Uint8Array) {
    const { snapshot, tail, seq } = await store.load(documentId);
    const updates = snapshot ? [snapshot, ...tail] : tail;
    if (bytesOf(updates) <= limits.inlineStateBytes && updates.length <= mergedInline) {
      return { update: Y.diffUpdate(mergeUpdates(updates), stateVector), seq };
    }
    const state = await workers.run<Uint8Array>('mergeState', updates, limits.compactBudgetMs);
    return { update: await workers.run<ReturnType<typeof diff>>('diff', { state, stateVector }), seq };
  }

  /** The number of the last durable record. */
  get seq(): number {
    return this.#seq;
  }

  /** About the size of the document. */
  get bytes(): number {
    return this.#merged.state.length + this.#lateBytes;
  }

  /** A record became durable. */
  append(seq: number, updates: readonly Uint8Array[]): void {
    for (const update of updates) {
      this.#late.push({ seq, update });
      this.#lateBytes += update.length;
      this.#uncompactedBytes += update.length;
    }
    this.#seq = seq;
    this.#everything = null;
  }

  /** Everything that was durable at the time of the call, and perhaps more, as one update. */
  async current(): Promise<Merged> {
    const wanted = this.#seq;
    while (this.#merged.seq < wanted) {
      if (this.#isQuickToMerge(this.bytes)) this.#mergeInline();
      else await this.#mergeInWorker().catch((error: unknown) => this.#mergeAfter(error));
    }
    return this.#merged;
  }

  #isQuickToMerge(bytes: number): boolean {
    const { length } = this.#late;
    const bound = Math.min(smallBytes, this.#context.limits.inlineStateBytes);
    return (
      (length <= mergedInline && bytes <= this.#context.limits.inlineStateBytes) ||
      (length <= mergedInlineSmall && bytes <= bound)
    );
  }

  #mergeInline(): void {
    const state = mergeUpdates([this.#merged.state, ...this.#late.map(({ update }) => update)]);
    this.#adopt({ state, seq: this.#seq });
  }

  /** A worker that failed must not keep people from opening the document. */
  #mergeAfter(error: unknown): void {
    this.#context.log.error({ documentId: this.#documentId, error: String(error) }, 'merging in a worker failed');
    this.#mergeInline();
  }

  async #mergeInWorker(): Promise<Merged & Digest> {
    const { workers, limits } = this.#context;
    const seq = this.#seq;
    const updates = [this.#merged.state, ...this.#late.map(({ update }) => update)];
    const { state, digest } = await workers.run<Digest>('merge', updates, limits.compactBudgetMs);
    if (seq >= this.#merged.seq) this.#adopt({ state, seq });
    return { state, digest, seq };
  }

  #adopt(merged: Merged): void {
    this.#merged = merged;
    this.#late = this.#late.filter(({ seq }) => seq > merged.seq);
    this.#lateBytes = bytesOf(this.#late.map(({ update }) => update));
    this.#answers.clear();
    this.#everything = null;
  }

  /**
   * Everything, for somebody who has nothing. A big state goes as it is, with what came after it apart: so that one
   * keystroke does not have all of it merged anew for each who comes. The same object until something new is durable.
   */
  async everything(): Promise<Everything> {
    if (this.#everything) return this.#everything;
    if (this.#late.length > 0 && this.#merged.state.length >= apartBytes && this.#isQuickToMerge(this.#lateBytes)) {
      const rest = mergeUpdates(this.#late.map(({ update }) => update));
      this.#everything = { base: this.#merged.state, rest };
      return this.#everything;
    }
    const { state } = await this.current();
    const everything = { base: null, rest: state };
    if (this.#late.length === 0) this.#everything = everything;
    return everything;
  }

  /** What a client with this state vector lacks. Answers are kept while the document stands still. */
  async missing(stateVector: Uint8Array): Promise<Uint8Array> {
    const { state } = await this.current();
    const key = Buffer.from(stateVector).toString('latin1');
    const ready = this.#answers.get(key);
    if (ready) return ready;
    const { workers, limits } = this.#context;
    const answer =
      state.length <= limits.inlineStateBytes
        ? Y.diffUpdate(state, stateVector)
        : await workers.run<ReturnType<typeof diff>>('diff', { state, stateVector });
    const keep = answer.length <= keptAnswerBytes && this.#answers.size < keptAnswers && this.#merged.state === state;
    if (keep) this.#answers.set(key, answer);
    return answer;
  }

  /** Whether enough has come in since the last compaction. */
  get wantsCompaction(): boolean {
    return this.#hasGrown(1);
  }

  /** The same for a document that everybody has left: then less is enough, so that it opens quickly. */
  get wantsCompactionAtRest(): boolean {
    return this.#hasGrown(1 / 10);
  }

  #hasGrown(share: number): boolean {
    const { compactRecords, compactBytes } = this.#context.limits;
    const since = this.#seq - Math.max(this.#compactedSeq, this.#attemptedSeq);
    return since >= compactRecords * share || (since > 0 && this.#uncompactedBytes >= compactBytes * share);
  }

  get isCompacted(): boolean {
    return this.#seq === this.#compactedSeq;
  }

  /** Puts a snapshot in the place of what came in, in the background. A failure is logged and costs nothing. */
  compact(): Promise<void> {
    if (this.isCompacted) return Promise.resolve();
    this.#compaction ??= this.#compact().finally(() => {
      this.#compaction = null;
    });
    return this.#compaction;
  }

  async #compact(): Promise<void> {
    this.#attemptedSeq = this.#seq;
    const bytesBefore = this.#uncompactedBytes;
    const { store, limits } = this.#context;
    try {
      // Longer than the work may take; who is late after all does no harm, because the next turn has a higher fence.
      const turn = await store.takeTurn(this.#documentId, 2 * limits.compactBudgetMs);
      if (turn === null) return;
      const { state, digest, seq } = await this.#mergeInWorker();
      await store.compact(this.#documentId, { snapshot: state, digest, throughSeq: seq, fence: turn.fence });
      this.#compactedSeq = seq;
      await store.endTurn(this.#documentId, turn);
    } catch (error) {
      this.#context.meter.storeFailed('compact');
      this.#context.log.error({ documentId: this.#documentId, error: String(error) }, 'compaction failed');
    } finally {
      this.#uncompactedBytes -= bytesBefore;
    }
  }
}

const bytesOf = (updates: readonly Uint8Array[]): number => updates.reduce((sum, { length }) => sum + length, 0);

/** Reads what the store has as cheaply as it can be: by the digest, else by its bytes when they are few, else in a worker. */
async function read({ snapshot, digest, tail, seq }: StoredDocument, context: Context): Promise<Read> {
  const { workers, limits } = context;
  const fewBytes = limits.inlineStateBytes / 4;
  if (snapshot && digest && tail.length <= readInline && bytesOf(tail) <= fewBytes) {
    const knowledge = readDigest(digest);
    for (const update of tail) absorbAll(knowledge, update);
    return { merged: { state: snapshot, seq: tail.length > 0 ? seq - 1 : seq }, tail, knowledge };
  }
  const updates = snapshot ? [snapshot, ...tail] : tail;
  if (updates.length <= mergedInline && bytesOf(updates) <= fewBytes) {
    const state = updates.length === 0 ? emptyState : mergeUpdates(updates);
    return { merged: { state, seq }, tail: [], knowledge: knowledgeOf(state) };
  }
  const [only = emptyState] = updates;
  const made =
    updates.length > 1
      ? await workers.run<Digest>('merge', updates, limits.compactBudgetMs)
      : { state: only, digest: await workers.run<Uint8Array>('digest', only, limits.compactBudgetMs) };
  return { merged: { state: made.state, seq }, tail: [], knowledge: readDigest(made.digest) };
}
