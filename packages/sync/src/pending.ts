import type { Accepted } from './edits.ts';
import { joinUpdates } from './gate/join.ts';

/** A bigger update stays by itself: reading it to join it with others costs more than they do apart. */
const joinedBytes = 16_000;

/** What a room has accepted and the store has not confirmed: first waiting, then in the commit under way. */
export class Pending {
  #waiting: Accepted[] = [];
  #inFlight: Accepted[] = [];
  #record: Uint8Array[] = [];
  #bytes = 0;

  get bytes(): number {
    return this.#bytes;
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0 && this.#inFlight.length === 0;
  }

  get hasWaiting(): boolean {
    return this.#waiting.length > 0;
  }

  /** In the order in which they were accepted. */
  updates(): Uint8Array[] {
    return [...this.#inFlight, ...this.#waiting].map(({ update }) => update);
  }

  add(accepted: Accepted): void {
    this.#waiting.push(accepted);
    this.#bytes += accepted.update.length;
  }

  /** Calls back when everything that is here now is settled: at once when there is nothing. */
  afterAll(settled: () => void, lost: () => void): void {
    const last = this.#waiting.at(-1) ?? this.#inFlight.at(-1);
    if (last) {
      last.settled.push(settled);
      last.lost.push(lost);
    } else settled();
  }

  /**
   * Moves what waits, up to about `maxBytes` but at least one update, into the next commit: how many edits, and the
   * updates that hold them, small ones joined.
   */
  begin(maxBytes: number): { updates: Uint8Array[]; edits: number } {
    let bytes = 0;
    let count = 0;
    for (const { update } of this.#waiting) {
      if (count > 0 && bytes + update.length > maxBytes) break;
      bytes += update.length;
      count += 1;
    }
    this.#inFlight = this.#waiting.splice(0, count);
    this.#record = joinSmall(this.#inFlight.map(({ update }) => update));
    return { updates: this.#record, edits: count };
  }

  /** The commit under way is durable: takes out what was in it, and the updates that hold it. */
  confirm(): { batch: Accepted[]; updates: Uint8Array[] } {
    const confirmed = { batch: this.#inFlight, updates: this.#record };
    this.#inFlight = [];
    this.#record = [];
    for (const { update } of confirmed.batch) this.#bytes -= update.length;
    return confirmed;
  }

  /** The commit under way has failed for good: what was in it waits again, before all else. */
  requeue(): void {
    this.#waiting = [...this.#inFlight, ...this.#waiting];
    this.#inFlight = [];
    this.#record = [];
  }

  /**
   * Judges what waits again. `judge` answers an update with what is still new in it, null when nothing is.
   * @returns by how many bytes less there is, and whom to tell that theirs is durable already
   */
  judgeAgain(judge: (accepted: Accepted) => Accepted | null): { freed: number; settled: (() => void)[] } {
    const settled: (() => void)[] = [];
    const kept: Accepted[] = [];
    const before = this.#bytes;
    for (const accepted of this.#waiting) {
      const still = judge(accepted);
      const last = kept.at(-1);
      if (still) kept.push(still);
      else if (last) {
        // What came before it is not durable yet.
        last.settled.push(...accepted.settled);
        last.lost.push(...accepted.lost);
      } else settled.push(...accepted.settled);
      this.#bytes += (still?.update.length ?? 0) - accepted.update.length;
    }
    this.#waiting = kept;
    return { freed: before - this.#bytes, settled };
  }

  /** Takes out everything, to be given up. */
  abandon(): Accepted[] {
    const all = [...this.#inFlight, ...this.#waiting];
    this.#inFlight = [];
    this.#record = [];
    this.#waiting = [];
    this.#bytes = 0;
    return all;
  }
}

/** Small updates that follow each other, as one; the others as they are. */
function joinSmall(updates: readonly Uint8Array[]): Uint8Array[] {
  const joined: Uint8Array[] = [];
  let small: Uint8Array[] = [];
  for (const update of updates) {
    if (update.length <= joinedBytes) small.push(update);
    else {
      joined.push(...together(small), update);
      small = [];
    }
  }
  joined.push(...together(small));
  return joined;
}

function together(updates: readonly Uint8Array[]): readonly Uint8Array[] {
  const one = updates.length > 1 ? joinUpdates(updates) : null;
  return one ? [one] : updates;
}
