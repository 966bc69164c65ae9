/** The clock by which days and years are counted here: that of the region. */
const ZONE = 'Europe/Paris';

/** The calendar day of an instant in the region, `2027-06-30`. */
export const dayOf = (at: Date): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, dateStyle: 'short' }).format(at);

/** [R4] The year in which something was decided, in the region. */
export const yearOf = (at: Date): number => Number(dayOf(at).slice(0, 4));

/** The middle of a calendar day in the region, summer and winter. */
export const noonOf = (day: string): Date => new Date(`${day}T11:00:00.000Z`);

/** [R4] A number as it is written: `2026-07`. */
export const numberText = (year: number, seq: number): string => `${year}-${String(seq).padStart(2, '0')}`;

/** [R11] [AI6] The day so many days after another. */
export const daysAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
