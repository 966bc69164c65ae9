export { createBus, type PubSub } from './bus.ts';
export type { ConnectOptions } from './connection.ts';
export { createSyncEngine } from './engine.ts';
export type { EngineSocket } from './engine-socket.ts';
export { defaultLimits, type Limits, withoutRateLimits } from './limits.ts';
export { MemoryStore } from './memory-store.ts';
export type { EditVerdict, Meter, StoreOperation } from './meter.ts';
export {
  AppendConflict,
  type AppendRecord,
  type Authorize,
  type Bus,
  type Claim,
  type Clock,
  type Compaction,
  type Grant,
  type InvalidationMatch,
  type Log,
  type News,
  type Refusal,
  type RefusedEdit,
  type RemoteState,
  type StoredDocument,
  type Turn,
  type UpdateStore,
} from './ports.ts';
export { closeCode } from './protocol.ts';
export { createRefusalServer, createSocketServer, turnAway } from './socket.ts';
export { EditRefused, type Present, type SyncEngine, type SyncEngineOptions, type SyncStats } from './sync-engine.ts';
export { BudgetExceeded, createWorkerPool, JobFailed, WorkerLost, type WorkerPool } from './workers/pool.ts';
