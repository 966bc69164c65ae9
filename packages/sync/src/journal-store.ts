import { withTimeout } from './committer.ts';
import { type JournalFiles, openJournalFiles } from './journal/files.ts';
import { type Entry, JournalDamaged } from './journal/format.ts';
import { Journal } from './journal/journal.ts';
import { Waiting } from './journal/waiting.ts';
import { AppendConflict, type AppendRecord, type Claim, type Compaction, type Log, type UpdateStore } from './ports.ts';
import { type NumberedRecord, sameUpdates } from './records.ts';

/** The store behind a journal. `head` answers the number of a document's last durable record, 0 without any. */
export type StoreBehind = UpdateStore & { head(documentId: string): Promise<number> };

/** Sizes in bytes, times in milliseconds. */
export type JournalLimits = {
  segmentBytes: number;
  segmentMs: number;
  /** What is appended waits so long for more before it is brought to the store behind… */
  flushMs: number;
  /** …or until so much waits. */
  flushBytes: number;
  /** One commit to the store behind, and one row in it. */
  batchBytes: number;
  rowBytes: number;
  /** Beyond this appends are refused until the store behind has taken some of it. */
  waitingBytes: number;
  retryMinMs: number;
  retryMaxMs: number;
  /** How long a stop waits for the store behind. */
  closeMs: number;
  /** The numbers of so many documents are remembered. */
  documents: number;
};

const defaultJournalLimits: JournalLimits = {
  segmentBytes: 4_000_000,
  segmentMs: 60_000,
  flushMs: 1_000,
  flushBytes: 4_000_000,
  batchBytes: 8_000_000,
  rowBytes: 4_000_000,
  waitingBytes: 64_000_000,
  retryMinMs: 200,
  retryMaxMs: 5_000,
  closeMs: 4_000,
  documents: 10_000,
};

export type JournalStoreOptions = {
  /** The folder of the journal, or what stands for it; nothing else may be in it, and one process uses it. */
  files: string | JournalFiles;
  inner: StoreBehind;
  log: Log;
  limits?: Partial<JournalLimits>;
};

/**
 * A store with a journal before it, for one process on one disk: an append is durable when its entry in the journal is,
 * and is brought to the store behind a moment later, many at a time. Reads answer with both. Whatever an earlier process
 * has left in the journal is in the store behind before this resolves.
 * @throws {JournalDamaged} when the journal cannot be trusted, or does not belong to the store behind
 */
export async function openJournaledStore(options: JournalStoreOptions): Promise<JournaledStore> {
  const { inner, log } = options;
  const limits = { ...defaultJournalLimits, ...options.limits };
  const files = typeof options.files === 'string' ? await openJournalFiles(options.files) : options.files;
  const { journal, entries } = await Journal.open({ files, log, ...limits });
  const store = new JournaledStore(journal, inner, log, limits);
  await store.recover(entries);
  return store;
}

/** Made by {@link openJournaledStore}. */
export class JournaledStore implements UpdateStore {
  readonly #journal: Journal;
  readonly #inner: StoreBehind;
  readonly #log: Log;
  readonly #limits: JournalLimits;
  readonly #waiting: Waiting;
  /** The last record number of documents that were appended to. */
  readonly #heads = new Map<string, number>();
  /** Resolves when the appends that were called before are done. */
  #appended: Promise<unknown> = Promise.resolve();
  /** A commit to the store behind that was begun, and may be there already: it is repeated as it was. */
  #batch: AppendRecord[] | null = null;
  #flushing: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;
  #running = false;
  #pauseMs = 0;
  #closed = false;

  constructor(journal: Journal, inner: StoreBehind, log: Log, limits: JournalLimits) {
    this.#journal = journal;
    this.#inner = inner;
    this.#log = log;
    this.#limits = limits;
    this.#waiting = new Waiting(limits);
  }

  /** Bytes that are in the journal alone. */
  get waitingBytes(): number {
    return this.#waiting.bytes;
  }

  /** Brings what an earlier process has left to the store behind; as often as it is broken off. */
  async recover(entries: readonly Entry[]): Promise<void> {
    const heads = new Map<string, number>();
    for (const { number, records } of entries) {
      for (const record of records) {
        const { documentId, seq } = record;
        const head = heads.get(documentId) ?? (await this.#inner.head(documentId));
        heads.set(documentId, Math.max(head, seq));
        if (seq <= head) continue;
        if (seq !== head + 1) {
          const what = `record ${seq} of document ${documentId} is in the journal, and ${head} is the last in the database`;
          throw new JournalDamaged(`the journal does not belong to this database: ${what}`);
        }
        this.#waiting.add(number, record);
      }
    }
    const records = this.#waiting.records;
    await this.#flush();
    await this.#journal.release(Number.POSITIVE_INFINITY, { all: true });
    if (records > 0) this.#log.warn({ records }, 'text was recovered from the journal');
  }

  append(records: AppendRecord[]): Promise<void> {
    const appended = this.#appended.then(() => this.#append(records));
    // Who called is told of the failure; the next one only waits.
    this.#appended = appended.catch(() => undefined);
    return appended;
  }

  async #append(records: readonly AppendRecord[]): Promise<void> {
    if (this.#closed) throw new Error('the journal is closed');
    const { fresh, conflicts } = await this.#judge(records);
    if (fresh.length > 0) {
      if (this.#waiting.bytes >= this.#limits.waitingBytes)
        throw new Error(`${this.#waiting.bytes} bytes in the journal wait for the database`);
      const number = await this.#journal.append(fresh);
      for (const record of fresh) {
        this.#waiting.add(number, record);
        this.#heads.set(record.documentId, record.seq);
      }
      this.#flushSoon();
    }
    this.#forget();
    if (conflicts.length > 0) throw new AppendConflict(conflicts);
  }

  /** Which records are new, and which have numbers that are taken, or that leave a hole. */
  async #judge(records: readonly AppendRecord[]): Promise<{ fresh: AppendRecord[]; conflicts: string[] }> {
    const fresh: AppendRecord[] = [];
    const conflicts: string[] = [];
    const heads = await Promise.all(records.map(({ documentId }) => this.head(documentId)));
    const next = new Map(records.map(({ documentId }, i) => [documentId, (heads[i] ?? 0) + 1]));
    for (const record of records) {
      const { documentId, seq } = record;
      if (seq === next.get(documentId)) {
        fresh.push(record);
        next.set(documentId, seq + 1);
      } else if (!(await this.#isStored(record))) conflicts.push(documentId);
    }
    return { fresh, conflicts };
  }

  async #isStored({ documentId, seq, updates }: AppendRecord): Promise<boolean> {
    const [stored] = (await this.loadAfter(documentId, seq - 1)) ?? [];
    return stored?.seq === seq && sameUpdates(stored.updates, updates);
  }

  /** Between appends only: a number that is asked for anew is that of the store behind. */
  #forget(): void {
    if (this.#heads.size <= this.#limits.documents) return;
    for (const documentId of this.#heads.keys()) {
      if (this.#heads.size <= this.#limits.documents / 2) return;
      if (!this.#waiting.has(documentId)) this.#heads.delete(documentId);
    }
  }

  async load(documentId: string) {
    // In this order: what leaves the journal meanwhile is in the store behind.
    const waiting = this.#waiting.of(documentId);
    const stored = await this.#inner.load(documentId);
    const later = waiting.filter(({ seq }) => seq > stored.seq);
    const tail = [...stored.tail, ...later.flatMap(({ updates }) => updates)];
    return { ...stored, tail, seq: later.at(-1)?.seq ?? stored.seq };
  }

  async loadAfter(documentId: string, seq: number): Promise<NumberedRecord[] | null> {
    const waiting = this.#waiting.of(documentId);
    const first = waiting[0];
    if (first && first.seq <= seq + 1) return waiting.filter((record) => record.seq > seq);
    const stored = await this.#inner.loadAfter(documentId, seq);
    if (stored === null) return null;
    const last = stored.at(-1)?.seq ?? seq;
    return [...stored, ...waiting.filter((record) => record.seq > last)];
  }

  /** The number of the last durable record of a document, 0 when there is none: what `load` would answer as `seq`. */
  async head(documentId: string): Promise<number> {
    const last = this.#heads.get(documentId) ?? this.#waiting.of(documentId).at(-1)?.seq;
    return last ?? (await this.#inner.head(documentId));
  }

  /**
   * Resolves when the store behind has everything that is durable of a document now: before something is kept there
   * that was made of its text.
   */
  async settle(documentId: string): Promise<void> {
    if (this.#waiting.has(documentId)) await this.#flush();
  }

  claim(claims: Claim[]) {
    return this.#inner.claim(claims);
  }

  owners(documentId: string) {
    return this.#inner.owners(documentId);
  }

  takeTurn(documentId: string, ms: number) {
    return this.#inner.takeTurn(documentId, ms);
  }

  endTurn(documentId: string, turn: { fence: number }) {
    return this.#inner.endTurn(documentId, turn);
  }

  /** A snapshot takes the place of records that the store behind has: they are brought there first. */
  async compact(documentId: string, compaction: Compaction): Promise<void> {
    await this.#flush();
    await this.#inner.compact(documentId, compaction);
  }

  #flushSoon(): void {
    if (this.#closed || this.#running) return;
    if (this.#pauseMs > 0 && this.#timer) return;
    const isMuch = this.#waiting.bytes >= this.#limits.flushBytes;
    if (this.#timer && !isMuch) return;
    this.#flushIn(isMuch ? 0 : this.#limits.flushMs);
  }

  #flushIn(ms: number): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.#flushAndRetry();
    }, ms);
  }

  async #flushAndRetry(): Promise<void> {
    const { retryMinMs, retryMaxMs } = this.#limits;
    this.#running = true;
    try {
      await this.#flush();
      this.#pauseMs = 0;
    } catch (error) {
      this.#pauseMs = Math.min(Math.max(this.#pauseMs * 2, retryMinMs), retryMaxMs);
      const details = { error: String(error), bytes: this.#waiting.bytes, pauseMs: this.#pauseMs };
      this.#log.warn(details, 'the journal could not be brought to the database; trying again');
    }
    this.#running = false;
    if (this.#closed) return;
    if (this.#pauseMs > 0) this.#flushIn(this.#pauseMs);
    else if (this.#waiting.records > 0) this.#flushSoon();
  }

  /** Resolves when the store behind has everything that waits now. @throws whatever it throws */
  async #flush(): Promise<void> {
    const through = this.#waiting.newest;
    while (this.#waiting.oldest <= through) {
      this.#flushing ??= this.#flushOnce().finally(() => {
        this.#flushing = null;
      });
      await this.#flushing;
    }
  }

  async #flushOnce(): Promise<void> {
    this.#batch ??= this.#waiting.batch();
    await this.#inner.append(this.#batch);
    this.#waiting.settle(this.#batch);
    this.#batch = null;
    await this.#journal.release(this.#waiting.oldest - 1);
  }

  /**
   * Brings everything to the store behind, and leaves no journal. What that does not take in time stays in the journal,
   * durable, for the next start. Reads go on as long as the store behind does.
   */
  async close(): Promise<void> {
    await this.#appended;
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
    try {
      await withTimeout(this.#flush(), this.#limits.closeMs);
      await this.#journal.release(Number.POSITIVE_INFINITY, { all: true });
    } catch (error) {
      const details = { error: String(error), bytes: this.#waiting.bytes };
      this.#log.warn(details, 'text stays in the journal until the next start');
    }
    await this.#journal.close();
  }
}
