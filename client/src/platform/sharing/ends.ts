import { aheadOfUtc } from '../zone-offset.ts';

const ZONE = 'Europe/Paris';

/** Milliseconds by which the region’s clocks are ahead of UTC at an instant. */
const ahead = (at: number): number => aheadOfUtc(at, ZONE);

const midnight = (day: string, later: number): number => {
  const utc = Date.parse(`${day}T00:00:00Z`) + later * 86_400_000;
  return utc - ahead(utc - ahead(utc));
};

/** The instant at which a right ends that is held until a day, that day included: the midnight after it, in the region. */
export const endOf = (day: string): string => new Date(midnight(day, 1)).toISOString();

/** The instant at which a calendar day begins in the region. */
export const startOf = (day: string): string => new Date(midnight(day, 0)).toISOString();

/** The calendar day of an instant in the region, `2027-06-30`. */
export const dayOf = (instant: string | number): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, dateStyle: 'short' }).format(new Date(instant));

/** The last day on which something holds that ends at an instant. */
export const lastDayOf = (until: string): string => dayOf(Date.parse(until) - 1);
