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
