import { withTimeout } from './committer.ts';
import type { Limits } from './limits.ts';
import type { Meter } from './meter.ts';
import type { Claim, Log, UpdateStore } from './ports.ts';

type Waiting = { claims: Claim[]; resolve(owners: Map<number, string>): void; reject(error: Error): void };

/** Claims of clientIDs over all rooms, in batches: while one batch is under way the next one gathers. */
export class Claims {
  readonly #store: UpdateStore;
  readonly #limits: Limits;
  readonly #log: Log;
  readonly #meter: Meter;
  #waiting: Waiting[] = [];
  #running = false;
  #stopped = false;
  #wake: (() => void) | null = null;

  constructor(store: UpdateStore, limits: Limits, log: Log, meter: Meter) {
    this.#store = store;
    this.#limits = limits;
    this.#log = log;
    this.#meter = meter;
  }

  /**
   * Answers who owns these clientIDs of a document now, durably. Waits while the store fails.
   * @throws when the engine stops
   */
  claim(documentId: string, clientIds: number[], personId: string): Promise<Map<number, string>> {
    return new Promise((resolve, reject) => {
      const claims = clientIds.map((clientId) => ({ documentId, clientId, personId }));
      this.#waiting.push({ claims, resolve, reject });
      if (!this.#running) void this.#run();
    });
  }

  stop(): void {
    this.#stopped = true;
    this.#wake?.();
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#waiting.length > 0) {
      await new Promise((resolve) => setImmediate(resolve));
      const batch = this.#waiting.splice(0);
      const owned = await this.#claimUntilStored(batch.flatMap(({ claims }) => claims));
      if (owned === null) for (const { reject } of batch) reject(new Error('the engine stops'));
      else for (const waiting of batch) waiting.resolve(ownersOf(waiting.claims, owned));
    }
    this.#running = false;
  }

  async #claimUntilStored(claims: Claim[]): Promise<Map<string, string> | null> {
    for (
      let backoff = this.#limits.retryMinMs;
      !this.#stopped;
      backoff = Math.min(backoff * 2, this.#limits.retryMaxMs)
    ) {
      try {
        const owned = await withTimeout(this.#store.claim(claims), this.#limits.appendTimeoutMs);
        return new Map(owned.map(({ documentId, clientId, ownerId }) => [`${clientId} ${documentId}`, ownerId]));
      } catch (error) {
        this.#meter.storeFailed('claim');
        this.#log.warn({ error: String(error), backoff }, 'store refused to claim client ids; trying again');
        await this.#pause(backoff);
      }
    }
    return null;
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

function ownersOf(claims: Claim[], owned: Map<string, string>): Map<number, string> {
  const owners = new Map<number, string>();
  for (const { clientId, documentId } of claims) {
    const owner = owned.get(`${clientId} ${documentId}`);
    if (owner !== undefined) owners.set(clientId, owner);
  }
  return owners;
}
