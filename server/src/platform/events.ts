/**
 * A fact of the business, pushed into the `outbox` array of the document it changes by the same atomic update,
 * and carried out by a leased poller: it is delivered at least once, so reactions are idempotent by `id`.
 */
export type DomainEvent = {
  readonly id: string;
  /** `<slice>.<what-happened>`, for example `workspaces.invited`. */
  readonly type: string;
  readonly at: Date;
  /** The person who caused it; absent for the system. */
  readonly actorId?: string;
  readonly data: Readonly<Record<string, unknown>>;
};
