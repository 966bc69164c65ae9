import type { Claims } from './claims.ts';
import type { Committer } from './committer.ts';
import type { Limits } from './limits.ts';
import type { Meter } from './meter.ts';
import type { Bus, Clock, Log, RefusedEdit, UpdateStore } from './ports.ts';
import type { WorkerPool } from './workers/pool.ts';

/** What rooms and connections of one engine share. */
export type Context = {
  readonly store: UpdateStore;
  /** Null for an engine that is alone. */
  readonly bus: Bus | null;
  readonly limits: Limits;
  readonly clock: Clock;
  readonly log: Log;
  readonly workers: WorkerPool;
  readonly committer: Committer;
  readonly claims: Claims;
  readonly meter: Meter;
  onRefused(edit: RefusedEdit): void;
  onDurable(documentId: string, commit: { seq: number; personIds: string[] }): void;
  onPresence(documentId: string): void;
};
