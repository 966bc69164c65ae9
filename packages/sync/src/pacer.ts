import type { Clock } from './ports.ts';

/** Beside the sockets that it goes to, an edit served alone costs a commit, which is as dear as so many writes. */
const commitInWrites = 120;
/** Writes a second at which commits are furthest apart: about half of one core. */
const fullRate = 44_000;
const longestMs = 16;
/** The rate is that of about the last half second. */
const memoryMs = 500;

/**
 * Says how far apart commits should begin, and with them what rooms send. Commits and writes are what edits cost, and
 * both are shared by edits that go together; so the wait grows with what it would cost to serve each edit alone, and with
 * its square, because time is only worth saving when it grows scarce: none for a few people who type, 4 ms for a hundred
 * edits a second to a hundred sockets, 16 ms at most. It follows the demand and not the cost, which itself depends on
 * the wait, so that it does not swing.
 */
export class Pacer {
  readonly #clock: Clock;
  #rate = 0;
  #at: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#at = clock.now();
  }

  /** An edit came in that goes to so many sockets. */
  edit(receivers: number): void {
    this.#decay();
    this.#rate += ((commitInWrites + receivers) * 1_000) / memoryMs;
  }

  /** The least time between the beginnings of two commits, in milliseconds. */
  interval(): number {
    this.#decay();
    const interval = longestMs * Math.min(1, this.#rate / fullRate) ** 2;
    return interval < 1 ? 0 : interval;
  }

  #decay(): void {
    const now = this.#clock.now();
    this.#rate *= Math.exp((this.#at - now) / memoryMs);
    this.#at = now;
  }
}
