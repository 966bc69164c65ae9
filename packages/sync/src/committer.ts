import type { Limits } from './limits.ts';
import type { Meter } from './meter.ts';
import type { Pacer } from './pacer.ts';
import { AppendConflict, type AppendRecord, type Log, type UpdateStore } from './ports.ts';
import { sizeOf } from './records.ts';

/** A room, as the committer sees it. */
export interface CommitSource {
  readonly documentId: string;
  /** How many sockets hear what becomes durable. */
  readonly audience: number;
  /** The next record of accepted edits, of at most about `maxBytes`, and of how many; null when nothing waits. */
  takeRecord(maxBytes: number): { record: AppendRecord; edits: number } | null;
  /** The record taken last is durable. */
  committed(): void;
  /** The record taken last can never become durable under its number: another writer has that. */
  conflicted(): void;
}

type Commit = { source: CommitSource; record: AppendRecord; edits: number; bytes: number }[];

/**
 * Group commit over all rooms: while one commit is under way, the next one gathers; when idle, a commit starts at the
 * end of the current turn of the event loop; when busy, as far after the one before as the pacer says. A failed commit
 * is repeated as it was until the store takes it.
 */
export class Committer {
  readonly #store: UpdateStore;
  readonly #limits: Limits;
  readonly #log: Log;
  readonly #meter: Meter;
  readonly #pacer: Pacer;
  readonly #dirty = new Set<CommitSource>();
  readonly #waiters: (() => void)[] = [];
  #scheduled = false;
  #paceTimer: NodeJS.Timeout | null = null;
  #begun = Number.NEGATIVE_INFINITY;
  #retryTimer: NodeJS.Timeout | null = null;
  #stopped = false;
  #backlog = 0;
  #running = false;
  commits = 0;
  failures = 0;

  constructor(store: UpdateStore, limits: Limits, log: Log, meter: Meter, pacer: Pacer) {
    this.#store = store;
    this.#limits = limits;
    this.#log = log;
    this.#meter = meter;
    this.#pacer = pacer;
  }

  /** Bytes accepted and not yet durable. */
  get backlog(): number {
    return this.#backlog;
  }

  /** Whether the backlog has room for one more message. */
  hasRoom(bytes: number): boolean {
    return this.#backlog + bytes <= this.#limits.backlogBytes;
  }

  /** A room has accepted an update of this size. */
  add(source: CommitSource, bytes: number): void {
    this.#backlog += bytes;
    this.#pacer.edit(source.audience);
    this.again(source);
  }

  /** A room has something that waits, counted before. */
  again(source: CommitSource): void {
    this.#dirty.add(source);
    this.#schedule();
  }

  /** Accepted updates of this size are out of the way: durable, or given up with their room. */
  release(bytes: number): void {
    this.#backlog -= bytes;
    this.#wake();
  }

  /** Resolves when nothing waits to become durable, or when stopped. */
  idle(): Promise<void> {
    if (this.#isIdle()) return Promise.resolve();
    return new Promise((resolve) => this.#waiters.push(resolve));
  }

  /** Gives up what is not durable. */
  stop(): void {
    this.#stopped = true;
    if (this.#retryTimer) clearTimeout(this.#retryTimer);
    if (this.#paceTimer) clearTimeout(this.#paceTimer);
    this.#wake();
  }

  #isIdle(): boolean {
    return this.#stopped || (!this.#running && this.#dirty.size === 0 && this.#backlog === 0);
  }

  #wake(): void {
    if (this.#isIdle()) for (const resolve of this.#waiters.splice(0)) resolve();
  }

  #schedule(): void {
    if (this.#scheduled || this.#running || this.#stopped) return;
    this.#scheduled = true;
    const waitMs = this.#begun + this.#pacer.interval() - performance.now();
    if (waitMs > 0) this.#paceTimer = setTimeout(this.#start, waitMs);
    else setImmediate(this.#start);
  }

  readonly #start = (): void => {
    this.#scheduled = false;
    if (this.#stopped || this.#running) return;
    const commit = this.#gather();
    if (commit.length === 0) {
      this.#wake();
      return;
    }
    this.#running = true;
    this.#begun = performance.now();
    void this.#attempt(commit, this.#limits.retryMinMs, this.#begun);
  };

  #gather(): Commit {
    const commit: Commit = [];
    let room = this.#limits.commitBytes;
    for (const source of [...this.#dirty]) {
      if (room <= 0) break;
      this.#dirty.delete(source);
      const taken = source.takeRecord(Math.min(room, this.#limits.recordBytes));
      if (!taken) continue;
      const bytes = sizeOf(taken.record.updates);
      commit.push({ source, ...taken, bytes });
      room -= bytes;
    }
    return commit;
  }

  async #attempt(commit: Commit, backoffMs: number, begun: number): Promise<void> {
    let conflicts: ReadonlySet<string> = new Set();
    try {
      await withTimeout(this.#store.append(commit.map(({ record }) => record)), this.#limits.appendTimeoutMs);
    } catch (error) {
      if (this.#stopped) return;
      if (!(error instanceof AppendConflict)) return this.#retry(commit, backoffMs, begun, error);
      conflicts = new Set(error.documentIds);
    }
    if (this.#stopped) return;
    this.commits += 1;
    this.#measure(commit, performance.now() - begun);
    this.#running = false;
    for (const { source } of commit) {
      if (conflicts.has(source.documentId)) source.conflicted();
      else source.committed();
    }
    if (this.#dirty.size > 0) this.#schedule();
    else this.#wake();
  }

  #measure(commit: Commit, ms: number): void {
    const updates = commit.reduce((sum, { edits }) => sum + edits, 0);
    const bytes = commit.reduce((sum, one) => sum + one.bytes, 0);
    this.#meter.committed({ updates, documents: commit.length, bytes, ms });
  }

  #retry(commit: Commit, backoffMs: number, begun: number, error: unknown): void {
    this.failures += 1;
    this.#meter.storeFailed('append');
    this.#log.warn({ error: String(error), rooms: commit.length, backoffMs }, 'store refused a commit; trying again');
    this.#retryTimer = setTimeout(
      () => void this.#attempt(commit, Math.min(backoffMs * 2, this.#limits.retryMaxMs), begun),
      backoffMs,
    );
  }
}

/** Rejects when a promise takes too long; its late answer is ignored. */
export async function withTimeout<T>(promise: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
