/** How the times of late were spread, in milliseconds; null when nothing was measured. */
export type Latency = {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
} | null;

const KEPT = 2_048;
/** What is older says nothing about now. */
const MAX_AGE_MS = 300_000;

/** The last times that were measured, for a reading of their quantiles within the process. */
export class RecentTimes {
  readonly #times = new Float64Array(KEPT);
  readonly #at = new Float64Array(KEPT).fill(Number.NEGATIVE_INFINITY);
  readonly #now: () => number;
  #next = 0;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  add(ms: number): void {
    this.#times[this.#next] = ms;
    this.#at[this.#next] = this.#now();
    this.#next = (this.#next + 1) % KEPT;
  }

  /** Of at most the last 2 048 times, none of them older than five minutes. */
  read(): Latency {
    const since = this.#now() - MAX_AGE_MS;
    const times = this.#times.filter((_, place) => (this.#at[place] ?? 0) >= since).sort();
    if (times.length === 0) return null;
    // Nearest rank: a time that was really measured.
    const quantile = (share: number): number =>
      Math.round((times[Math.ceil(share * times.length) - 1] ?? 0) * 100) / 100;
    return { count: times.length, p50: quantile(0.5), p95: quantile(0.95), p99: quantile(0.99) };
  }
}
