import type { Actor } from '@concert/contract';
import { standing } from '@concert/domain/meetings/attendance.ts';
import type { DeclaredConflict, Item } from '@concert/domain/meetings/model.ts';
import type { Parts } from './parts.ts';
import type { MeetingRecord } from './records.ts';

/**
 * [M4] Freezes the papers of a meeting as they are sent with its convocation: a version of each, with its hash. What the
 * convener cannot read any more stays on the agenda as it was, unfrozen.
 */
export async function freezePapers(
  { platform }: Parts,
  actor: Actor,
  meeting: MeetingRecord,
): Promise<(agenda: readonly Item[]) => readonly Item[]> {
  const { access, papers } = platform;
  const ids = [...new Set(meeting.agenda.flatMap((item) => item.papers.map(({ documentId }) => documentId)))];
  const frozen = new Map<string, { versionId: string; hash: string }>();
  for (const id of ids) {
    if ((await access.standing(actor, { kind: 'document', id })) === null) continue;
    const version = await papers.freeze(id, actor.personId, meeting.title);
    if (version !== null) frozen.set(id, version);
  }
  return (agenda) =>
    agenda.map((item) => ({
      ...item,
      papers: item.papers.map((paper) => ({ ...paper, ...frozen.get(paper.documentId) })),
    }));
}

/** Keeps the papers of items from whom a conflict bars from them, and gives them back where none does any more [M10]. */
export async function settleBars(
  { platform: { papers } }: Pick<Parts, 'platform'>,
  meeting: MeetingRecord,
): Promise<void> {
  for (const conflict of meeting.conflicts) {
    const item = meeting.agenda.find(({ id }) => id === conflict.itemId);
    const barred = standing(conflict) && conflict.assessment === 'barred';
    const kept = { id: denialOf(conflict), personId: conflict.personId, by: conflict.declaredBy, since: conflict.at };
    for (const { documentId } of item?.papers ?? [])
      await (barred ? papers.keepFrom(documentId, kept) : papers.giveBack(documentId, kept));
  }
}

/** The denial that a conflict of interest in an item puts on its papers: the same whenever it is put. */
export const denialOf = ({ id }: Pick<DeclaredConflict, 'id'>): string => `meeting-${id}`;
