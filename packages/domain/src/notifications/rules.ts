/** [N2] How much somebody wants to hear of a subject. */
export const WATCH_LEVELS = ['everything', 'participating', 'mentions', 'muted'] as const;
export type WatchLevel = (typeof WATCH_LEVELS)[number];

/** [N2] Where nothing was set. */
export const DEFAULT_LEVEL: WatchLevel = 'participating';

/** What can happen in a discussion that somebody may want to hear of. */
const IN_DISCUSSIONS = ['opened', 'replied', 'resolved', 'reopened', 'answered'] as const;
/** [N16] What can happen in meetings. */
const IN_MEETINGS = [
  'meeting-called',
  'meeting-changed',
  'meeting-postponed',
  'meeting-cancelled',
  'item-accepted',
  'item-refused',
  'proxy-offered',
  'proxy-accepted',
  'proxy-refused',
  'proxy-revoked',
  'conflict-assessed',
  'vote-opened',
  'result-known',
] as const;
/** [N17] What becomes of decisions, and of what somebody is to do. */
const IN_REGISTERS = [
  'decision-adopted',
  'decision-annulled',
  'decision-review',
  'action-given',
  'action-done',
  'action-soon',
  'action-late',
] as const;
export const HAPPENINGS = [...IN_DISCUSSIONS, ...IN_MEETINGS, ...IN_REGISTERS] as const;
export type Happening = (typeof HAPPENINGS)[number];

/** Why somebody is told. */
export type Reason = 'mentioned' | 'answered' | Happening;

/** Somebody in relation to what has happened. */
export type Listener = {
  readonly level: WatchLevel;
  /** Whether they did it. */
  readonly own: boolean;
  readonly mentioned: boolean;
  readonly participates: boolean;
};

/** [N2] The nearest setting on the way from a subject to what contains it. */
export const levelOf = (settings: readonly (WatchLevel | undefined)[]): WatchLevel =>
  settings.find((level) => level !== undefined) ?? DEFAULT_LEVEL;

/** [N1] [N2] [N3] [N4] For which reason somebody is told of what has happened; null when they are not. */
export function reasonFor(what: Happening, { level, own, mentioned, participates }: Listener): Reason | null {
  if (own || level === 'muted') return null;
  if (mentioned) return 'mentioned';
  if (level === 'mentions') return null;
  return level === 'everything' || participates ? what : null;
}
