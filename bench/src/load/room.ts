import { Histogram } from './histogram.ts';
import type { Target } from './target.ts';
import type { Presence, Range } from './wire.ts';
import { prefixFor, presencesOf, rangesOf } from './wire.ts';

const REMEMBERED = 8;

/** Servers send the same bytes to everybody in a document: each frame is read once. */
class Remembered<T> {
  readonly #read: (bytes: Uint8Array) => T;
  readonly #recent: { bytes: Buffer; value: T }[] = [];

  constructor(read: (bytes: Uint8Array) => T) {
    this.#read = read;
  }

  get(bytes: Buffer): { bytes: Buffer; value: T } {
    for (const one of this.#recent) if (one.bytes.length === bytes.length && one.bytes.equals(bytes)) return one;
    const copy = Buffer.from(bytes);
    const found = { bytes: copy, value: this.#read(copy) };
    if (this.#recent.unshift(found) > REMEMBERED) this.#recent.pop();
    return found;
  }
}

/** What is counted over all documents of a run. */
export class Tally {
  readonly latency = new Histogram();
  readonly acknowledgement = new Histogram();
  readonly presence = new Histogram();
  /** Only what was sent from here to `until` (milliseconds of `performance.now()`) counts. */
  from = Number.POSITIVE_INFINITY;
  until = Number.POSITIVE_INFINITY;
  sent = 0;
  delivered = 0;
  /** Clients made so far. */
  clients = 0;
  frames = 0;
  bytes = 0;
  /** How often servers closed sockets, by code and reason. */
  readonly closes = new Map<string, number>();

  get closed(): number {
    return [...this.closes.values()].reduce((sum, count) => sum + count, 0);
  }

  close(why: string): void {
    this.closes.set(why, (this.closes.get(why) ?? 0) + 1);
  }

  counts(at: number): boolean {
    return at >= this.from && at < this.until;
  }

  begin(now: number): void {
    this.latency.clear();
    this.acknowledgement.clear();
    this.presence.clear();
    this.sent = 0;
    this.delivered = 0;
    this.frames = 0;
    this.bytes = 0;
    this.from = now;
    this.until = Number.POSITIVE_INFINITY;
  }
}

/** One document, as its light clients know it together. */
export class Room {
  readonly target: Target;
  readonly url: string;
  readonly prefix: Uint8Array;
  readonly tally: Tally;
  /** When each edit was sent, by clientID and clock. */
  readonly sentAt = new Map<number, number[]>();
  /** When each presence state was sent, by clientID and running number. */
  readonly presentAt = new Map<number, number[]>();
  readonly #updates = new Remembered<Range[]>(rangesOf);
  readonly #presences = new Remembered<Presence[]>(presencesOf);

  constructor(target: Target, index: number, tally: Tally) {
    const document = target.documents[index];
    if (!document) throw new Error(`there is no document ${index}`);
    this.target = target;
    this.url = document.url;
    this.prefix = prefixFor(target.protocol === 'hocuspocus' ? document.name : null);
    this.tally = tally;
  }

  readUpdate(payload: Buffer): { bytes: Buffer; value: Range[] } {
    return this.#updates.get(payload);
  }

  readPresences(payload: Buffer): { bytes: Buffer; value: Presence[] } {
    return this.#presences.get(payload);
  }
}
