import { randomBytes } from 'node:crypto';
import type { AppendRecord, Log } from '../ports.ts';
import { type JournalFile, type JournalFiles, segmentName, segmentNumber } from './files.ts';
import { type Entry, encodeEntry, encodeHeader, headerBytes, JournalDamaged, readSegment } from './format.ts';

/** The segment that is written to. */
type Current = { name: string; file: JournalFile; salt: number; end: number; last: number; since: number };
/** A segment that is written no more; `last` is the number of its last entry. */
type Closed = { name: string; last: number };

export type JournalOptions = {
  files: JournalFiles;
  log: Log;
  /** A segment that has grown beyond this is followed by another one. */
  segmentBytes: number;
  /** A segment of which nothing is needed any more goes after this time, full or not. */
  segmentMs: number;
};

/**
 * Entries on disk, one after the other, numbered without a hole over all segments. A segment to which a write failed is
 * never written to again, because what a disk says after a failure is not to be trusted: the next entry begins a new
 * one, under the number that failed, and what may stand under that number in the old one counts no more.
 */
export class Journal {
  readonly #options: JournalOptions;
  readonly #closed: Closed[];
  #current: Current | null = null;
  #writing = false;
  #nextSegment: number;
  #next: number;

  private constructor(options: JournalOptions, closed: Closed[], next: number) {
    this.#options = options;
    this.#closed = closed;
    this.#next = next;
    this.#nextSegment = 1 + Math.max(0, ...closed.map(({ name }) => segmentNumber(name)));
  }

  /**
   * Opens a folder and reads what is in it.
   * @throws {JournalDamaged} when something between whole entries is not whole
   */
  static async open(options: JournalOptions): Promise<{ journal: Journal; entries: Entry[] }> {
    const { files } = options;
    let entries: Entry[] = [];
    const closed: Closed[] = [];
    let before: { name: string; end: number } | null = null;
    let next = 1;
    for (const name of await files.list()) {
      const segment = readSegment(name, await files.read(name));
      closed.push({ name, last: segment?.entries.at(-1)?.number ?? 0 });
      if (!segment) continue;
      const { end, cut } = segment;
      if (cut > 0) options.log.warn({ segment: name, end, cut }, 'the journal ends in an entry that was not finished');
      // One entry at the most is in doubt where a segment was left: the one whose write failed.
      if (before && (segment.first > next || segment.first < next - 1))
        throw new JournalDamaged(`the journal is damaged: ${before.name} at byte ${before.end}`);
      entries = entries.filter(({ number }) => number < segment.first).concat(segment.entries);
      before = { name, end };
      next = segment.first + segment.entries.length;
    }
    return { journal: new Journal(options, closed, next), entries };
  }

  /**
   * Writes one entry; resolves with its number when it is durable. One call at a time. After a failure the entry is not
   * there, and its number is free.
   */
  async append(records: readonly AppendRecord[]): Promise<number> {
    this.#writing = true;
    try {
      const current = await this.#writable();
      const number = this.#next;
      const bytes = encodeEntry(current.salt, number, records);
      try {
        await current.file.write(bytes, current.end);
      } catch (error) {
        await this.#leave(current);
        throw error;
      }
      current.end += bytes.length;
      current.last = number;
      this.#next = number + 1;
      return number;
    } finally {
      this.#writing = false;
    }
  }

  async #writable(): Promise<Current> {
    if (this.#current && this.#current.end >= this.#options.segmentBytes) await this.#close(this.#current);
    this.#current ??= await this.#begin();
    return this.#current;
  }

  async #begin(): Promise<Current> {
    const { files } = this.#options;
    const name = segmentName(this.#nextSegment);
    this.#nextSegment += 1;
    const salt = randomBytes(4).readUInt32LE();
    const file = await files.create(name);
    try {
      await file.write(encodeHeader({ salt, first: this.#next }), 0);
      await files.sync();
    } catch (error) {
      await this.#try(() => file.close(), name);
      if (!(await this.#try(() => files.remove(name), name))) this.#closed.push({ name, last: 0 });
      throw error;
    }
    return { name, file, salt, end: headerBytes, last: this.#next - 1, since: performance.now() };
  }

  /** Leaves a segment to which a write has failed, cut back to its last whole entry if the disk lets that be done. */
  async #leave(current: Current): Promise<void> {
    await this.#try(() => current.file.truncate(current.end), current.name);
    await this.#close(current);
  }

  async #close({ name, file, last }: Current): Promise<void> {
    this.#closed.push({ name, last });
    this.#current = null;
    await this.#try(() => file.close(), name);
  }

  /** What is only tidy: its failure is told and changes nothing. Answers whether it was done. */
  async #try(work: () => Promise<void>, name: string): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      this.#options.log.warn({ segment: name, error: String(error) }, 'a segment of the journal could not be tidied');
      return false;
    }
  }

  /** Entries up to `through` are needed no more: the segments that hold nothing else go, oldest first. */
  async release(through: number, { all = false } = {}): Promise<void> {
    const { files, segmentMs } = this.#options;
    const current = this.#current;
    const isOld = current !== null && (all || performance.now() - current.since >= segmentMs);
    if (current && isOld && !this.#writing && current.last <= through) await this.#close(current);
    for (let oldest = this.#closed[0]; oldest && oldest.last <= through; oldest = this.#closed[0]) {
      await files.remove(oldest.name);
      // One by one: after a power cut a middle one must not be missing between others that came back.
      await files.sync();
      this.#closed.shift();
    }
  }

  /** Lets go of the file; what it holds stays. */
  async close(): Promise<void> {
    if (this.#current) await this.#close(this.#current);
  }
}
