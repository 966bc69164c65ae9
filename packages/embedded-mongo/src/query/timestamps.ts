import { Timestamp } from '../bson/types.ts';

let last = { t: 0, i: 0 };

/** The current time as a timestamp, later than all that were given out before. */
export function nextTimestamp(): Timestamp {
  const now = Math.floor(Date.now() / 1000);
  last = now > last.t ? { t: now, i: 1 } : { t: last.t, i: last.i + 1 };
  return new Timestamp(last);
}
