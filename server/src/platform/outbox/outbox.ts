import type { DomainEvent } from '../events.ts';

/** Makes events for the `outbox` array of a changed document, and sees to it that they are carried out. */
export type Outbox = {
  event(type: string, data: Record<string, unknown>, actorId?: string): DomainEvent;
  /** Says that a collection has new events: the poller need not wait for its next turn. */
  wake(collection: string): void;
};
