import type { IndexDescription } from 'mongodb';

/** What happened that somebody may have to account for later. Ids, never names, addresses or secrets. */
export type AuditEvent = {
  /** Given for what may be told several times, and is to be written down once. */
  readonly id?: string;
  /** When it happened, where that was before it is written down. */
  readonly at?: Date;
  /** `<slice>.<what-happened>`, for example `administration.role-changed`. */
  readonly event: string;
  /** Who did it; null for nobody who is known, as a failed sign-in, and for the system. */
  readonly actorId: string | null;
  /** The session or the token by which they came. */
  readonly credentialId?: string;
  /** What it was done to. */
  readonly subject?: { readonly kind: string; readonly id: string };
  /** What else must be known: states before and after, a reason, a count. */
  readonly data?: Readonly<Record<string, string | number | boolean | null>>;
};

/** The record of security events: written, never changed. It outlives an erasure, because it holds ids alone. */
export type Audit = {
  readonly indexes: Readonly<Record<string, readonly IndexDescription[]>>;
  /** Resolves when the event is on disk. */
  record(event: AuditEvent): Promise<void>;
};
