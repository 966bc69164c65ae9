import type { Bus, InvalidationMatch } from './ports.ts';

type BusRecord = { seq: number; updates: Uint8Array[] };

/** Connects the engines of one process: one of them, usually. */
export function createLocalBus(): Bus {
  const rooms = new Map<string, Set<(record: BusRecord) => void>>();
  const invalidated = new Set<(match: InvalidationMatch) => void>();
  return {
    publish(documentId, record) {
      for (const listener of rooms.get(documentId) ?? []) listener(record);
    },
    subscribe(documentId, listener) {
      const listeners = rooms.get(documentId) ?? new Set();
      rooms.set(documentId, listeners.add(listener));
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0 && rooms.get(documentId) === listeners) rooms.delete(documentId);
      };
    },
    publishInvalidation(match) {
      for (const listener of invalidated) listener(match);
    },
    onInvalidation(listener) {
      invalidated.add(listener);
      return () => invalidated.delete(listener);
    },
  };
}
