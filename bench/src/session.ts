import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JobName, Jobs } from './load/main.ts';
import type { JobResult } from './load-process.ts';
import { LoadProcess } from './load-process.ts';
import type { Peer, Running } from './peers.ts';

/** One peer on a fresh directory, and the load generator beside it, for one run of a scenario. */
export class Session {
  readonly #peer: Peer;
  readonly #documents: number;
  readonly #dataDir: string;
  readonly #load = new LoadProcess();
  #running: Running | null = null;

  constructor(peer: Peer, documents: number) {
    this.#peer = peer;
    this.#documents = documents;
    this.#dataDir = mkdtempSync(join(tmpdir(), `bench-${peer.name}-`));
  }

  /** How long the server takes to put away a document that everybody has left. */
  get restMs(): number {
    return this.#peer.restMs;
  }

  /** Has the load generator do a job; starts the server when it does not run. */
  async run<N extends JobName>(name: N, job: Parameters<Jobs[N]>[1]): Promise<JobResult<N>> {
    this.#running ??= await this.#peer.start(this.#dataDir);
    return this.#load.run(name, await this.#running.documents(this.#documents), job);
  }

  /** Starts the server without load, so that its documents are made. */
  async prepare(): Promise<void> {
    this.#running ??= await this.#peer.start(this.#dataDir);
    await this.#running.documents(this.#documents);
  }

  /** Stops the server as an operator does; the next job starts it again on what it stored. */
  async stop(): Promise<void> {
    await this.#running?.process.stop();
    this.#running = null;
  }

  /** The server was killed, or is now. */
  async kill(): Promise<void> {
    await this.#running?.process.kill();
    this.#running = null;
  }

  async end(): Promise<void> {
    if (process.env.BENCH_PROFILE) await this.stop();
    await this.kill();
    await this.#load.end();
    rmSync(this.#dataDir, { recursive: true, force: true });
  }
}
