import { Cron } from 'croner';
import type { Reason } from './rules.ts';

/** [N8] When somebody is sent what they were told. */
export const MAIL_MODES = ['at-once', 'daily', 'weekly', 'off'] as const;
export type MailMode = (typeof MAIL_MODES)[number];

/** [N8] What is chosen separately: resolved and reopened are one, and so is what happens in meetings. */
export const MAILED = [
  'mentioned',
  'answered',
  'replied',
  'opened',
  'settled',
  'meeting',
  'decided',
  'action',
  'due',
] as const;
export type Mailed = (typeof MAILED)[number];

const MAILED_AS: Readonly<Record<Reason, Mailed | null>> = {
  mentioned: 'mentioned',
  answered: 'answered',
  replied: 'replied',
  opened: 'opened',
  resolved: 'settled',
  reopened: 'settled',
  // [N16] The convocation is a letter already, with its entry for a calendar, and so is every change of it.
  'meeting-called': null,
  'meeting-changed': null,
  'meeting-postponed': null,
  'meeting-cancelled': null,
  'item-accepted': 'meeting',
  'item-refused': 'meeting',
  'proxy-offered': 'meeting',
  'proxy-accepted': 'meeting',
  'proxy-refused': 'meeting',
  'proxy-revoked': 'meeting',
  'conflict-assessed': 'meeting',
  'vote-opened': 'meeting',
  'result-known': 'decided',
  'decision-adopted': 'decided',
  'decision-annulled': 'decided',
  'decision-review': 'due',
  'action-given': 'action',
  'action-done': 'action',
  'action-soon': 'due',
  'action-late': 'due',
};

/** Under which choice an event is mailed; null for what is in the inbox alone. */
export const mailedAs = (reason: Reason): Mailed | null => MAILED_AS[reason];

/** A time of day, `HH:MM`. */
export type TimeOfDay = string;

/** How somebody wants to be told outside the pages. */
export type Preferences = {
  readonly mail: Readonly<Record<Mailed, MailMode>>;
  /** The hour of digests, 0 to 23, and the day of the weekly one, 1 (Monday) to 7. */
  readonly digestHour: number;
  readonly digestDay: number;
  /** IANA name, for example `Europe/Paris`. */
  readonly timeZone: string;
  /** [N9] Between these times of day nothing is sent; null for never. */
  readonly quiet: { readonly from: TimeOfDay; readonly to: TimeOfDay } | null;
};

/** Of somebody who has chosen nothing: what names them at once, the rest once a day, nothing at night. */
export const DEFAULT_PREFERENCES: Preferences = {
  mail: {
    mentioned: 'at-once',
    answered: 'at-once',
    replied: 'daily',
    opened: 'daily',
    settled: 'daily',
    meeting: 'at-once',
    decided: 'daily',
    action: 'at-once',
    due: 'at-once',
  },
  digestHour: 8,
  digestDay: 1,
  timeZone: 'Europe/Paris',
  quiet: { from: '20:00', to: '07:00' },
};

const EVERY_DAY = '*';

/** The first moment after `at` with this time of day in this zone; the zone's changes of clock are its own affair. */
function next(at: Date, time: TimeOfDay, timeZone: string, days = EVERY_DAY): Date {
  const [hour = '0', minute = '0'] = time.split(':');
  const found = new Cron(`${Number(minute)} ${Number(hour)} * * ${days}`, { timezone: timeZone }).nextRun(at);
  if (found === null) throw new Error(`there is no ${time} in ${timeZone}`);
  return found;
}

/** [N9] When something may be sent that could be sent at this moment: then, or at the end of the quiet hours. */
export function afterQuiet(at: Date, { quiet, timeZone }: Pick<Preferences, 'quiet' | 'timeZone'>): Date {
  if (quiet === null || quiet.from === quiet.to) return at;
  const ends = next(at, quiet.to, timeZone);
  // Whoever meets the end before the next beginning is in the quiet hours.
  return ends < next(at, quiet.from, timeZone) ? ends : at;
}

/** [N8] [N9] When somebody is sent an event of this moment, and whether with others in a digest; null when not at all. */
export function mailDue(reason: Reason, preferences: Preferences, at: Date): { at: Date; digest: boolean } | null {
  const { mail, digestHour, digestDay, timeZone } = preferences;
  const kind = mailedAs(reason);
  const mode = kind === null ? 'off' : mail[kind];
  if (mode === 'off') return null;
  if (mode === 'at-once') return { at: afterQuiet(at, preferences), digest: false };
  const time = `${digestHour}:00`;
  const days = mode === 'weekly' ? String(digestDay % 7) : EVERY_DAY;
  return { at: afterQuiet(next(at, time, timeZone, days), preferences), digest: true };
}
