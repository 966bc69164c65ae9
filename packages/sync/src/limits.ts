/** Every bound of the engine in one place. Sizes in bytes, times in milliseconds, rates per second. */
export type Limits = {
  socketsPerPerson: number;
  socketsPerDocument: number;
  /** Updates and every other message but step 2. */
  updateBytes: number;
  step2Bytes: number;
  documentBytes: number;
  /** Accepted but not yet durable, over all rooms; beyond it senders are closed with 4503. */
  backlogBytes: number;
  /** Appends that take longer count as failed and are repeated. */
  appendTimeoutMs: number;
  retryMinMs: number;
  retryMaxMs: number;
  /** One record of the store; MongoDB takes 16 MB a document. */
  recordBytes: number;
  /** One group commit over all rooms; MongoDB takes 48 MB a message. */
  commitBytes: number;
  clientIdsPerConnection: number;
  /** Gate work that is done on the main thread; more goes to a worker. A struct costs 10 steps. */
  inlineScanSteps: number;
  /** Updates with more structs, or more new deletes, than this are applied in a worker before they are accepted. */
  inlineStructs: number;
  /** Time an update may take to be applied in a worker, on top of loading the document there. */
  checkBudgetMs: number;
  /** Length that new GC and deleted structs of one update may claim. */
  tombstoneLength: number;
  /** Updates of one connection that wait for its step 2. */
  parkedBytes: number;
  parkedUpdates: number;
  /** Messages of one connection that wait to be judged, before its socket is no longer read. */
  queueBytes: number;
  presenceStateBytes: number;
  presencePerSecond: number;
  presenceTickMs: number;
  /** A presence state that is not renewed is removed (clients renew every 15 s). */
  presenceMaxAgeMs: number;
  messagesPerSecond: number;
  messagesBurst: number;
  /** A socket that lets more than this wait is closed with 4208. */
  bufferedBytes: number;
  /** Presence is not sent to a socket that lets more than this wait. */
  presenceBufferedBytes: number;
  /** Something is sent to every socket at least this often; must stay below 20 s. */
  keepaliveMs: number;
  /** Rooms without sockets are kept this long. */
  roomIdleMs: number;
  /** How often the store is looked into for what other instances wrote, while they cannot be heard. */
  lookMs: number;
  compactRecords: number;
  compactBytes: number;
  compactBudgetMs: number;
  /** States up to this size are merged, cut and scanned on the main thread. */
  inlineStateBytes: number;
  recheckMs: number;
  /** After a downgrade, an update that was under way closes with 4205 instead of 4403. */
  downgradeGraceMs: number;
  drainMs: number;
};

export const defaultLimits: Limits = {
  socketsPerPerson: 60,
  socketsPerDocument: 250,
  updateBytes: 2_000_000,
  step2Bytes: 8_000_000,
  documentBytes: 32_000_000,
  backlogBytes: 64_000_000,
  appendTimeoutMs: 10_000,
  retryMinMs: 50,
  retryMaxMs: 2_000,
  recordBytes: 12_000_000,
  commitBytes: 24_000_000,
  clientIdsPerConnection: 64,
  inlineScanSteps: 40_000,
  inlineStructs: 2_000,
  checkBudgetMs: 1_000,
  tombstoneLength: 16_000_000,
  parkedBytes: 2_000_000,
  parkedUpdates: 2_000,
  queueBytes: 4_000_000,
  presenceStateBytes: 4_096,
  presencePerSecond: 20,
  presenceTickMs: 30,
  presenceMaxAgeMs: 35_000,
  messagesPerSecond: 300,
  messagesBurst: 3_000,
  bufferedBytes: 4_000_000,
  presenceBufferedBytes: 256_000,
  keepaliveMs: 15_000,
  roomIdleMs: 30_000,
  lookMs: 2_000,
  compactRecords: 500,
  compactBytes: 256_000,
  compactBudgetMs: 60_000,
  inlineStateBytes: 1_000_000,
  recheckMs: 1_000,
  downgradeGraceMs: 2_000,
  drainMs: 5_000,
};

/** The limits without those on connections and rates, for load tests. The gate and all sizes stay. */
export const withoutRateLimits = (limits: Limits): Limits => ({
  ...limits,
  socketsPerPerson: Number.POSITIVE_INFINITY,
  socketsPerDocument: Number.POSITIVE_INFINITY,
  messagesPerSecond: Number.POSITIVE_INFINITY,
  messagesBurst: Number.POSITIVE_INFINITY,
  presencePerSecond: Number.POSITIVE_INFINITY,
});
