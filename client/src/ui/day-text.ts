/** How a day is written in each of the three languages: day, month, year. */
export const DAY_FORMAT = 'DD/MM/YYYY';

const ISO = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;
const DAY_FIRST = /^(\d{1,2})[/.\-\s](\d{1,2})[/.\-\s](\d{4})$/;
const DIGITS = /^(\d{2})(\d{2})(\d{4})$/;
const SHORT_YEAR = /^(\d{1,2})[/.\-\s](\d{1,2})[/.\-\s](\d{2})$/;

/** "31/12/2028", "31.12.2028", "31122028" or "2028-12-31" → "2028-12-31"; null for what is no day of the calendar. */
export function parseDay(typed: string): string | null {
  const text = typed.trim();
  const iso = ISO.exec(text);
  if (iso) return isoDay(iso[1], iso[2], iso[3]);
  const dayFirst = DAY_FIRST.exec(text) ?? DIGITS.exec(text);
  return dayFirst ? isoDay(dayFirst[3], dayFirst[2], dayFirst[1]) : null;
}

/** As `parseDay`, once typing has ended: "31/12/28" is then the year 2028, which it could not be known to be before. */
export function parseFinishedDay(typed: string): string | null {
  const short = SHORT_YEAR.exec(typed.trim());
  return short ? isoDay(`20${short[3]}`, short[2], short[1]) : parseDay(typed);
}

function isoDay(year = '', month = '', day = ''): string | null {
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const date = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso) ? iso : null;
}
