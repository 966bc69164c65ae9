/** What happened to an edit at the gate: taken, met with a question, or turned away and why. */
export type EditVerdict =
  | 'taken'
  | 'gap'
  | 'read-only'
  | 'document-too-big'
  | 'backlog-full'
  | 'malformed'
  | 'foreign-client'
  | 'refused';

/** Work of the store that can fail. */
export type StoreOperation = 'append' | 'load' | 'claim' | 'compact';

/**
 * Watches an engine. Called on the way of every edit: what it does must be quick and must not throw. Times are in
 * milliseconds.
 */
export interface Meter {
  /** The gate has judged one update or step 2 of a client. */
  judged(verdict: EditVerdict): void;
  /**
   * From the arrival of an update to the moment in which its author was told that it is durable; for a client that does
   * not ask for message 4, in which it could have been told.
   */
  acknowledged(ms: number): void;
  /** From the arrival of an update to the moment in which it was written to the others' sockets. */
  relayed(ms: number): void;
  /** A group commit is durable: `updates` of `documents` in one write that took `ms`, its repetitions included. */
  committed(commit: { updates: number; documents: number; bytes: number; ms: number }): void;
  /** The store has failed; `append` and `claim` are repeated until it takes them. */
  storeFailed(operation: StoreOperation): void;
  /** A socket was closed by the engine with this code. */
  closed(code: number): void;
}

export const noMeter: Meter = {
  judged: () => {},
  acknowledged: () => {},
  relayed: () => {},
  committed: () => {},
  storeFailed: () => {},
  closed: () => {},
};

/** The verdict under which a refusal of the gate is counted: a closed list, whatever the reason says. */
export function verdictOf(reason: string): EditVerdict {
  if (reason.startsWith('malformed')) return 'malformed';
  return reason === 'foreign-client' ? 'foreign-client' : 'refused';
}
