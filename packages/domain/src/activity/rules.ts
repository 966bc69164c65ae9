/** [AC1] What is noted. */
export const DEEDS = [
  'document-created',
  'document-edited',
  'document-moved',
  'document-trashed',
  'document-restored',
  'version-named',
  'thread-opened',
  'thread-replied',
  'thread-resolved',
  'thread-reopened',
  'thread-answered',
  'member-added',
  'member-changed',
  'member-removed',
  'meeting-convened',
  'meeting-cancelled',
  'meeting-opened',
  'meeting-ended',
  'result-published',
  'decision-adopted',
  'decision-published',
  'decision-annulled',
  'action-closed',
] as const;
export type Deed = (typeof DEEDS)[number];

const HOUR_MS = 3_600_000;

/** [AC2] Of deeds that go on for a while: those of one person, in one place, within one hour have the same id. */
export const idOfOngoing = (deed: Deed, subjectId: string, personId: string, at: Date): string =>
  [deed, subjectId, personId, Math.floor(at.getTime() / HOUR_MS)].join(':');

/** [AC6] In seconds. */
export const KEPT_SECONDS = 2 * 365 * 24 * 3600;

/** What happened, with its instant as ISO 8601. */
type Dated = { readonly at: string };

/** The entries of each day of here, the newest day first, in the order in which they came. */
export function byDay<Entry extends Dated>(
  entries: readonly Entry[],
): readonly (readonly [string, readonly Entry[]])[] {
  const days = new Map<string, Entry[]>();
  for (const entry of entries) {
    const at = new Date(entry.at);
    const day = new Date(at.getFullYear(), at.getMonth(), at.getDate(), 12).toISOString();
    const known = days.get(day);
    if (known) known.push(entry);
    else days.set(day, [entry]);
  }
  return [...days];
}
