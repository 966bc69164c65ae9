import type { IndexDescription } from 'mongodb';
import type { DomainEvent } from '../events.ts';

/** What to do after committed events, by their type. Repeated deliveries must be harmless. */
export type Reactions = Readonly<Record<string, (event: DomainEvent) => Promise<void>>>;

/** Finds the documents of a collection whose events wait; every watched collection declares it. */
export const OUTBOX_INDEX: IndexDescription = { key: { 'outbox.id': 1 }, sparse: true };

/** Makes events for the `outbox` array of a changed document, and sees to it that they are carried out. */
export type Outbox = {
  event(type: string, data: Record<string, unknown>, actorId?: string): DomainEvent;
  /** Says that a collection has documents with an `outbox` array, and the index for it: its events are carried out from now on. */
  watch(collection: string): void;
  /** Says that a collection has new events: the poller need not wait for its next turn. */
  wake(collection: string): void;
  /**
   * How many documents have events that wait for their reactions, and how many events were put aside after failing
   * too often.
   */
  waiting(): Promise<{ waiting: number; failed: number }>;
  /** Starts carrying events out; answers how to stop after the one under way. */
  start(reactions: readonly Reactions[]): Promise<() => Promise<void>>;
};
