import type { Context } from './context.ts';
import type { Bus, News, RemoteState } from './ports.ts';
import { StoredState } from './stored-state.ts';

/** A loaded room, as its sharing with other instances sees it. */
export interface SharedRoom {
  readonly documentId: string;
  readonly isClosed: boolean;
  /** The number of the last record that the room contains. */
  readonly seq: number;
  /** The durable state vector, encoded. */
  stateVector(): Uint8Array;
  /** Takes in a durable record of another instance. @throws {Malformed} */
  absorb(seq: number, updates: Uint8Array[]): void;
  /** May commit again. */
  resume(): void;
  /** Gives the room up: its people come back to one that is loaded anew. */
  giveUp(reason: string): void;
  hearPresence(states: RemoteState[]): void;
  tellPresenceElsewhere(): void;
}

/** News kept because they came too early; beyond this the store is read. */
const heardBytesMax = 1_000_000;
/** Others who wrote less long ago than this may want to write now. */
const companyMs = 1_000;
const announcements = 3;
/** A store may refuse a number a moment before it shows who has it. */
const conflictsMax = 20;

/**
 * Keeps a room abreast of the other instances that have its document open. Records are numbered without a hole, and
 * the store takes each number once: so who has taken in all records up to a number has judged the next one rightly,
 * and whoever comes second with a number takes in the other's record first and judges again. News of records come over
 * the bus; what does not come is read in the store.
 */
export class Sharing {
  readonly #room: SharedRoom;
  readonly #context: Context;
  readonly #bus: Bus;
  readonly #unsubscribe: () => void;
  readonly #heard = new Map<number, Uint8Array[]>();
  #heardBytes = 0;
  /** The highest record number heard of. */
  #newest = 0;
  #ready = false;
  #reading: Promise<void> | null = null;
  #nextReading: Promise<void> | null = null;
  #retry: NodeJS.Timeout | null = null;
  #backoffMs: number;
  /** When the commit under way began. */
  #commitBegan: number | null = null;
  readonly #landed: (() => void)[] = [];
  #othersWroteAt = Number.NEGATIVE_INFINITY;
  #givingWay: NodeJS.Timeout | null = null;
  #announcements = 0;
  /** Conflicts in a row after which nothing new was found. */
  #conflicts = 0;

  constructor(room: SharedRoom, context: Context, bus: Bus) {
    this.#room = room;
    this.#context = context;
    this.#bus = bus;
    this.#backoffMs = context.limits.retryMinMs;
    this.#unsubscribe = bus.subscribe(room.documentId, (news) => this.#hear(news));
  }

  /** The room is loaded. */
  start(): void {
    this.#ready = true;
    this.#settle();
    this.#bus.publish(this.#room.documentId, { kind: 'who' });
  }

  /** Whether no commit may begin now. */
  get waits(): boolean {
    return this.#reading !== null || this.#retry !== null || this.#givingWay !== null;
  }

  began(): void {
    this.#commitBegan = performance.now();
  }

  /** The commit under way has become durable as this record. */
  committed(seq: number, updates: Uint8Array[]): void {
    const took = performance.now() - (this.#commitBegan ?? performance.now());
    this.#land();
    this.#bus.publish(this.#room.documentId, { kind: 'record', seq, updates });
    this.#announcements = announcements;
    if (performance.now() - this.#othersWroteAt < companyMs) this.#giveWay(Math.min(50, Math.max(2, 2 * took)));
    this.#settle();
  }

  /** Another instance was first with the number of the commit under way. */
  conflicted(): void {
    this.#land();
    const before = this.#room.seq;
    this.#settle();
    if (this.#room.seq > before) {
      this.#room.resume();
      return;
    }
    this.#conflicts += 1;
    this.catchUp().then(
      () => {
        if (this.#conflicts > conflictsMax) this.#room.giveUp('a record that nobody can read is in the way');
      },
      (error: unknown) => this.#tryAgain(error),
    );
  }

  /**
   * Who has just written lets others go first for a moment: they would else always come second, because they must take
   * in this record before they write the next one.
   */
  #giveWay(ms: number): void {
    this.#givingWay ??= setTimeout(() => {
      this.#givingWay = null;
      this.#room.resume();
    }, ms);
  }

  #land(): void {
    this.#commitBegan = null;
    for (const resolve of this.#landed.splice(0)) resolve();
  }

  #hear(news: News): void {
    if (this.#room.isClosed) return;
    if (news.kind === 'record') this.#hearRecord(news);
    else if (!this.#ready) return;
    else if (news.kind === 'presence') this.#room.hearPresence(news.states);
    else this.#room.tellPresenceElsewhere();
  }

  #hearRecord({ seq, updates }: { seq: number; updates: Uint8Array[] | null }): void {
    if (this.#ready && seq <= this.#room.seq) return;
    this.#newest = Math.max(this.#newest, seq);
    const bytes = updates?.reduce((sum, update) => sum + update.length, 0) ?? 0;
    if (updates && !this.#heard.has(seq) && this.#heardBytes + bytes <= heardBytesMax) {
      this.#heard.set(seq, updates);
      this.#heardBytes += bytes;
    }
    this.#settle();
  }

  /** Takes in what was heard, as far as it is without a hole; reads the rest. */
  #settle(): void {
    if (!this.#ready || this.#commitBegan !== null || this.#reading || this.#room.isClosed) return;
    try {
      for (let next = this.#heard.get(this.#room.seq + 1); next; next = this.#heard.get(this.#room.seq + 1)) {
        this.#absorb(this.#room.seq + 1, next);
      }
    } catch (error) {
      // Not what an instance of ours says: the store knows.
      this.#context.log.warn({ documentId: this.#room.documentId, error: String(error) }, 'unreadable news');
      this.#forget();
      this.#readSoon();
      return;
    }
    for (const seq of this.#heard.keys()) if (seq <= this.#room.seq) this.#drop(seq);
    if (this.#newest > this.#room.seq) this.#readSoon();
  }

  #absorb(seq: number, updates: Uint8Array[]): void {
    this.#room.absorb(seq, updates);
    this.#conflicts = 0;
    this.#othersWroteAt = performance.now();
  }

  #drop(seq: number): void {
    for (const update of this.#heard.get(seq) ?? []) this.#heardBytes -= update.length;
    this.#heard.delete(seq);
  }

  #forget(): void {
    this.#heard.clear();
    this.#heardBytes = 0;
  }

  #readSoon(): void {
    if (!this.#retry) this.catchUp().catch((error: unknown) => this.#tryAgain(error));
  }

  /** Until the store answers, this room commits nothing: it might rest on what is out of date. */
  #tryAgain(error: unknown): void {
    if (this.#room.isClosed || this.#retry) return;
    this.#context.meter.storeFailed('load');
    this.#context.log.warn({ documentId: this.#room.documentId, error: String(error) }, 'news could not be read');
    this.#retry = setTimeout(() => {
      this.#retry = null;
      this.#readSoon();
    }, this.#backoffMs);
    this.#backoffMs = Math.min(this.#backoffMs * 2, this.#context.limits.retryMaxMs);
  }

  /**
   * Takes in everything that was durable at the time of the call. Commits of this room wait meanwhile.
   * @throws whatever the store throws
   */
  catchUp(): Promise<void> {
    if (!this.#reading) {
      this.#reading = this.#readAndSettle();
      return this.#reading;
    }
    this.#nextReading ??= this.#reading
      .catch(() => undefined)
      .then(() => {
        this.#nextReading = null;
        return this.catchUp();
      });
    return this.#nextReading;
  }

  async #readAndSettle(): Promise<void> {
    try {
      await this.#read();
    } finally {
      this.#reading = null;
    }
    this.#settle();
    if (!this.#room.isClosed) this.#room.resume();
  }

  async #read(): Promise<void> {
    if (this.#commitBegan !== null) await new Promise<void>((resolve) => this.#landed.push(resolve));
    if (this.#room.isClosed) return;
    const { documentId, seq } = this.#room;
    const records = await this.#context.store.loadAfter(documentId, seq);
    if (records === null) {
      const missed = await StoredState.since(documentId, this.#context, this.#room.stateVector());
      if (!this.#room.isClosed && missed.seq > seq) this.#absorb(missed.seq, [missed.update]);
    } else if (!this.#room.isClosed) for (const record of records) this.#absorb(record.seq, record.updates);
    // More than the store holds is nothing to wait for.
    this.#newest = this.#room.seq;
    this.#backoffMs = this.#context.limits.retryMinMs;
  }

  /** Says again which record is the last, for those who missed it: a few times after every commit. */
  announce(): void {
    if (this.#announcements === 0) return;
    this.#announcements -= 1;
    this.#bus.publish(this.#room.documentId, { kind: 'record', seq: this.#room.seq, updates: null });
  }

  /** The others may have missed us, and we them. */
  meetAgain(): void {
    if (!this.#ready) return;
    this.#readSoon();
    this.#bus.publish(this.#room.documentId, { kind: 'who' });
    this.#room.tellPresenceElsewhere();
  }

  /** Looks into the store, as nobody can tell us. */
  look(): void {
    if (this.#ready && !this.#reading) this.#readSoon();
  }

  tell(states: RemoteState[]): void {
    this.#bus.publish(this.#room.documentId, { kind: 'presence', states });
  }

  stop(): void {
    this.#unsubscribe();
    for (const timer of [this.#retry, this.#givingWay]) if (timer) clearTimeout(timer);
    this.#forget();
    this.#land();
  }
}
