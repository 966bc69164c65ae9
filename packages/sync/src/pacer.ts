import type { Clock } from './ports.ts';

const windowMs = 100;
const busyWrites = 2_000;
const veryBusyWrites = 5_000;

/**
 * Says how long rooms should gather updates before they write to their sockets. Writing is what fan-out costs, so
 * the wait depends on how many writes the process made a moment ago: none when idle, 8 ms from about 20 000 writes a
 * second, 16 ms from about 50 000.
 */
export class Pacer {
  readonly #clock: Clock;
  #windowStart = 0;
  #writes = 0;
  #previous = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  record(writes: number): void {
    this.#turn();
    this.#writes += writes;
  }

  /** The least time between two flushes of a room, in milliseconds. */
  interval(): number {
    this.#turn();
    const recent = Math.max(this.#writes, this.#previous);
    return recent < busyWrites ? 0 : recent < veryBusyWrites ? 8 : 16;
  }

  #turn(): void {
    const now = this.#clock.now();
    if (now - this.#windowStart < windowMs) return;
    this.#previous = now - this.#windowStart < 2 * windowMs ? this.#writes : 0;
    this.#writes = 0;
    this.#windowStart = now;
  }
}
