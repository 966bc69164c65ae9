import type { Mandate, MandateRole } from '@concert/domain/governance/api.ts';
import { dayOf, endOf, lastDayOf, startOf } from '../../platform/sharing/ends.ts';

/** A mandate as it stands in its form. Days are calendar days of the region, the last one included. */
export type MandateValues = {
  readonly personId: string | null;
  readonly role: MandateRole;
  readonly seatId: string | null;
  readonly rank: number;
  readonly appointedBy: string;
  readonly from: string | null;
  readonly until: string | null;
};

export const EMPTY: MandateValues = {
  personId: null,
  role: 'member',
  seatId: null,
  rank: 1,
  appointedBy: '',
  from: null,
  until: null,
};

export const valuesOf = (mandate: Mandate): MandateValues => ({
  personId: mandate.personId,
  role: mandate.role,
  seatId: mandate.seatId ?? null,
  rank: mandate.rank ?? 1,
  appointedBy: mandate.appointedBy ?? '',
  from: dayOf(mandate.from),
  until: mandate.until ? lastDayOf(mandate.until) : null,
});

/** [G6] Observers hold no seat; only who stands in for the holder of a seat has a rank. */
function seatOf({ role, seatId, rank }: MandateValues): { seatId?: string; rank?: number } {
  if (seatId === null || role === 'observer') return {};
  return { seatId, ...(role === 'alternate' ? { rank } : {}) };
}

/** A new mandate. One from today runs from this moment, not from last midnight. */
export function given(values: MandateValues, now: number) {
  const { role, appointedBy, from, until } = values;
  return {
    role,
    ...seatOf(values),
    ...(appointedBy.trim() ? { appointedBy: appointedBy.trim() } : {}),
    ...(from && from !== dayOf(now) ? { from: startOf(from) } : {}),
    ...(until ? { until: endOf(until) } : {}),
  };
}

/** A changed mandate. Days that stay the same stay the instants that they were. */
export function changed(before: Mandate, values: MandateValues) {
  const { from, until } = valuesOf(before);
  const { seatId, rank } = seatOf(values);
  return {
    role: values.role,
    seatId: seatId ?? null,
    rank: rank ?? null,
    appointedBy: values.appointedBy.trim() || null,
    ...(values.from && values.from !== from ? { from: startOf(values.from) } : {}),
    ...(values.until === until ? {} : { until: values.until ? endOf(values.until) : null }),
  };
}
