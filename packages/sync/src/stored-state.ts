import * as Y from 'yjs';
import type { Context } from './context.ts';
import { Knowledge } from './gate/knowledge.ts';
import { type Digest, describe, type diff } from './workers/jobs.ts';

type Merged = { state: Uint8Array; seq: number };
type Late = { seq: number; update: Uint8Array };

const emptyState = new Uint8Array([0, 0]);
const mergedInline = 64;
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
    const { snapshot, tail, seq } = await context.store.load(documentId);
    const updates = snapshot ? [snapshot, ...tail] : tail;
    const tailBytes = tail.reduce((sum, update) => sum + update.length, 0);
    const bytes = tailBytes + (snapshot?.length ?? 0);
    const inline = bytes <= context.limits.inlineStateBytes / 4 && updates.length <= mergedInline;
    const digested = inline
      ? describe(updates.length === 0 ? emptyState : Y.mergeUpdates(updates))
      : await context.workers.run<Digest>('digest', updates, context.limits.compactBudgetMs);
    const knowledge = new Knowledge();
    knowledge.absorb(
      digested.clocks.map(([client, end]) => ({ client, start: 0, end })),
      digested.deletes,
    );
    const merged = { state: digested.state, seq };
    return { stored: new StoredState(documentId, context, merged, seq - tail.length, tailBytes), knowledge };
  }

  /** What a document holds beyond a state vector, read from the store, and up to which record. */
  static async since(documentId: string, { store, workers, limits }: Context, stateVector: Uint8Array) {
    const { snapshot, tail, seq } = await store.load(documentId);
    const updates = snapshot ? [snapshot, ...tail] : tail;
    const bytes = updates.reduce((sum, update) => sum + update.length, 0);
    if (bytes <= limits.inlineStateBytes && updates.length <= mergedInline) {
      return { update: Y.diffUpdate(Y.mergeUpdates(updates), stateVector), seq };
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
  }

  /** Everything that was durable at the time of the call, and perhaps more, as one update. */
  async current(): Promise<Merged> {
    const wanted = this.#seq;
    while (this.#merged.seq < wanted) {
      const { limits } = this.#context;
      if (this.#late.length <= mergedInline && this.bytes <= limits.inlineStateBytes) this.#mergeInline();
      else await this.#mergeInWorker().catch((error: unknown) => this.#mergeAfter(error));
    }
    return this.#merged;
  }

  #mergeInline(): void {
    const state = Y.mergeUpdates([this.#merged.state, ...this.#late.map(({ update }) => update)]);
    this.#adopt({ state, seq: this.#seq });
  }

  /** A worker that failed must not keep people from opening the document. */
  #mergeAfter(error: unknown): void {
    this.#context.log.error({ documentId: this.#documentId, error: String(error) }, 'merging in a worker failed');
    this.#mergeInline();
  }

  async #mergeInWorker(): Promise<Merged> {
    const { workers, limits } = this.#context;
    const seq = this.#seq;
    const updates = [this.#merged.state, ...this.#late.map(({ update }) => update)];
    const merged = { state: await workers.run<Uint8Array>('mergeState', updates, limits.compactBudgetMs), seq };
    if (merged.seq >= this.#merged.seq) this.#adopt(merged);
    return merged;
  }

  #adopt(merged: Merged): void {
    this.#merged = merged;
    this.#late = this.#late.filter(({ seq }) => seq > merged.seq);
    this.#lateBytes = this.#late.reduce((sum, { update }) => sum + update.length, 0);
    this.#answers.clear();
  }

  /** What a client with this state vector lacks. Answers are kept while the document stands still. */
  async missing(stateVector: Uint8Array): Promise<Uint8Array> {
    const { state } = await this.current();
    if (stateVector.length === 1) return state;
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
    const { compactRecords, compactBytes } = this.#context.limits;
    const since = this.#seq - Math.max(this.#compactedSeq, this.#attemptedSeq);
    return since >= compactRecords || this.#uncompactedBytes >= compactBytes;
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
      const { state, seq } = await this.#mergeInWorker();
      await store.compact(this.#documentId, { snapshot: state, throughSeq: seq, fence: turn.fence });
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
