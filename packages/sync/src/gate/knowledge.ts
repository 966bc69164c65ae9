import { RangeSet } from './range-set.ts';
import type { Scan } from './scan.ts';

/** A range of one client's clock. */
export type Fresh = { client: number; start: number; end: number };

/** What a document contains, as numbers: how far each client's structs reach, and which of them are deleted. */
export class Knowledge {
  readonly clocks = new Map<number, number>();
  readonly deleted = new RangeSet();
  readonly #base: ReadonlyMap<number, number> | undefined;

  /** @param base clocks that are known already, and stay as they are */
  constructor(base?: ReadonlyMap<number, number>) {
    this.#base = base;
  }

  clock(client: number): number {
    return this.clocks.get(client) ?? this.#base?.get(client) ?? 0;
  }

  /** The parts of an update's structs that lie beyond what is known. */
  fresh(scan: Scan): Fresh[] {
    const fresh: Fresh[] = [];
    for (const { client, start, end } of scan.sections) {
      const known = this.clock(client);
      if (end > known) fresh.push({ client, start: Math.max(start, known), end });
    }
    return fresh;
  }

  /** Takes in what an update adds. `deletes` holds groups of client, start, end. */
  absorb(fresh: readonly Fresh[], deletes: readonly number[]): void {
    for (const { client, end } of fresh) this.clocks.set(client, Math.max(this.clock(client), end));
    this.deleted.addAll(deletes);
  }

  /** Whether a state vector misses no struct of this document. */
  coveredBy(clocks: ReadonlyMap<number, number>): boolean {
    for (const [client, clock] of this.clocks) if ((clocks.get(client) ?? 0) < clock) return false;
    return true;
  }
}
