import { stateOf } from '@concert/domain/governance/mandates.ts';
import type { MandateRecord } from './store.ts';

/**
 * The mandates of a body once one of them has ended now. What never began leaves nothing behind; what ran is kept: who
 * was what when is a fact.
 */
export function ended(mandates: readonly MandateRecord[], wanted: MandateRecord, now: Date): readonly MandateRecord[] {
  const state = stateOf(wanted, now);
  if (state === 'ended') return mandates;
  if (state === 'coming') return mandates.filter((one) => one.id !== wanted.id);
  return mandates.map((one) => (one.id === wanted.id ? { ...one, until: now } : one));
}

/** What may be changed of a mandate; null: without. */
type Change = {
  readonly role?: MandateRecord['role'] | undefined;
  readonly seatId?: string | null | undefined;
  readonly rank?: number | null | undefined;
  readonly appointedBy?: string | null | undefined;
  readonly from?: string | undefined;
  readonly until?: string | null | undefined;
};

const after = <Value>(before: Value | undefined, change: Value | null | undefined): Value | undefined =>
  change === undefined ? before : (change ?? undefined);

/** The mandate after a change. */
export function changed(before: MandateRecord, change: Change): MandateRecord {
  const seatId = after(before.seatId, change.seatId);
  const rank = seatId === undefined ? undefined : after(before.rank, change.rank);
  const appointedBy = after(before.appointedBy, change.appointedBy);
  const until = after(before.until?.toISOString(), change.until);
  return {
    id: before.id,
    personId: before.personId,
    role: change.role ?? before.role,
    from: change.from === undefined ? before.from : new Date(change.from),
    ...(seatId === undefined ? {} : { seatId }),
    ...(rank === undefined ? {} : { rank }),
    ...(appointedBy === undefined ? {} : { appointedBy }),
    ...(until === undefined ? {} : { until: new Date(until) }),
  };
}
