import { idOfOngoing } from '@concert/domain/activity/rules.ts';
import type { Activity } from '../platform/activity.ts';
import { isDeath } from '../platform/documents/workers.ts';
import type { Live } from '../platform/live/live.ts';
import type { SearchPort } from '../platform/search.ts';
import { stepsOf } from '../platform/subjects.ts';
import { keepLastValid, type LastValidParts } from './last-valid.ts';
import type { NotedEdits } from './noted-edits.ts';
import type { DocumentRecord } from './records.ts';
import { DOCUMENTS } from './searching.ts';
import type { DocumentStore } from './store.ts';
import type { Waiting } from './waiting-texts.ts';

/** Everybody's texts are read by the same workers: one that is made to keep them busy must not do so for long. */
const READ_MS = 4_000;
const READ_BYTES_PER_MS = 4_000;
const budgetFor = (bytes: number): number => READ_MS + bytes / READ_BYTES_PER_MS;

/** The update that holds nothing. */
const EMPTY = Uint8Array.of(0, 0);

export type ProjectorParts = LastValidParts & {
  readonly documents: DocumentStore;
  readonly live: Live;
  readonly search: Pick<SearchPort, 'changed'>;
  readonly activity: Pick<Activity, 'note'>;
  readonly edits: NotedEdits;
};

/** What is known of a text that was read a moment ago: it need not be looked up again. */
export type Facts = Pick<DocumentRecord, 'kind' | 'workspaceId'>;

type Together = { readonly id: string; readonly item: Waiting; readonly facts: Facts | undefined };

/** Reads several texts with one job and one write. Answers those that need a closer look. */
export async function projectTogether(parts: ProjectorParts, items: readonly Together[]): Promise<readonly string[]> {
  const { documents, rooms, workers, live, ports } = parts;
  const texts = await Promise.all(
    items.map(async ({ id, item, facts }) => ({ id, item, facts, ...(await rooms.read(id)) })),
  );
  const known = texts.flatMap(({ facts, ...text }) => (facts === undefined ? [] : [{ ...text, ...facts }]));
  const read = await workers.run(
    'projectMany',
    known.map(({ kind, update: state }) => ({ kind, state })),
    budgetFor(known.reduce((bytes, { update }) => bytes + update.length, 0)),
  );
  const changes = known.flatMap(({ id, workspaceId, seq, item, update }, i) => {
    const result = read[i];
    if (!result?.ok) return [];
    parts.validTexts.keep(id, { state: update, seq });
    const edited = item.editors.size > 0 ? { updatedAt: ports.now(), updatedBy: item.lastEditor } : {};
    const projection = { ...result.projection, seq };
    return [{ id, workspaceId, projection, editors: Object.fromEntries(item.editors), ...edited }];
  });
  if (changes.length > 0 && !(await documents.projectMany(changes))) return items.map(({ id }) => id);
  for (const { id, workspaceId } of changes)
    live.toWorkspace(workspaceId, 'document.changed', { workspaceId, documentId: id });
  parts.search.changed(
    DOCUMENTS,
    changes.map(({ id }) => id),
  );
  for (const { id, workspaceId, editors } of changes) noteEdits(parts, { id, workspaceId }, Object.keys(editors));
  const done = new Set(changes.map(({ id }) => id));
  return items.flatMap(({ id }) => (done.has(id) ? [] : [id]));
}

/** Answers what is worth knowing for the next reading; nothing when that must look again. */
export async function project(
  parts: ProjectorParts,
  documentId: string,
  { editors, lastEditor }: Waiting,
): Promise<Facts | null> {
  const { documents, rooms, ports } = parts;
  const record = await documents.get(documentId);
  // A document that is being made has its text before it has its record, which then comes with its projection.
  if (record === null) return null;
  const { update: state, seq } = await rooms.read(documentId);
  // Read already, with the document's making or by another instance: only who wrote it may be news.
  if (seq <= record.projection.seq) {
    await documents.noteEditors(documentId, Object.fromEntries(editors));
    return null;
  }
  const read = await parts.workers.run('project', { kind: record.kind, state }, budgetFor(state.length));
  if (!read.ok) {
    await quarantine(parts, record, { seq, reason: read.reason });
    return null;
  }
  parts.validTexts.keep(documentId, { state, seq });
  const edited = editors.size > 0;
  const before = await documents.project(documentId, {
    projection: { ...read.projection, seq },
    editors: Object.fromEntries(editors),
    ...(edited ? { updatedAt: ports.now(), updatedBy: lastEditor } : {}),
  });
  if (before === null) return null;
  if (before.quarantined) await rooms.invalidate({ documentId });
  parts.live.toWorkspace(before.workspaceId, 'document.changed', { workspaceId: before.workspaceId, documentId });
  parts.search.changed(DOCUMENTS, [documentId]);
  noteEdits(parts, before, [...editors.keys()]);
  return before;
}

/**
 * Notes who writes, now and then: a text that is being written is read every second. A note that fails costs a line in a
 * list, and no reading.
 */
function noteEdits(
  { activity, edits, ports, log }: ProjectorParts,
  { id, workspaceId }: Pick<DocumentRecord, 'id' | 'workspaceId'>,
  personIds: readonly string[],
): void {
  const at = ports.now();
  for (const by of personIds) {
    if (!edits.isNew(id, by, at)) continue;
    activity
      .note({
        id: idOfOngoing('document-edited', id, by, at),
        deed: 'document-edited',
        by,
        at,
        path: stepsOf({ kind: 'document', id }, workspaceId),
      })
      .catch((error: unknown) => log.warn({ err: error, documentId: id }, 'an edit could not be noted'));
  }
}

/** A text is blamed only while an empty one can be read: a machine short of memory must not quarantine anybody. */
export async function workersAreWell({ workers }: ProjectorParts): Promise<boolean> {
  try {
    await workers.run('project', { kind: 'note', state: EMPTY });
    return true;
  } catch (error) {
    if (isDeath(error)) return false;
    throw error;
  }
}

export async function giveUp(parts: ProjectorParts, documentId: string): Promise<void> {
  const record = await parts.documents.get(documentId);
  const seq = await parts.rooms.head(documentId);
  if (record !== null) await quarantine(parts, record, { seq, reason: 'no worker survives reading it' });
}

async function quarantine(
  parts: ProjectorParts,
  record: DocumentRecord,
  fault: { seq: number; reason: string },
): Promise<void> {
  const { id, workspaceId } = record;
  if (!record.quarantined) await keepLastValid(parts, record);
  const isNew = await parts.documents.quarantine(id, fault.seq);
  if (!isNew) return;
  parts.log.warn(
    { documentId: id, reason: fault.reason },
    'a text breaks the schema: it is read-only until it is restored',
  );
  await parts.rooms.invalidate({ documentId: id });
  parts.live.toWorkspace(workspaceId, 'document.changed', { workspaceId, documentId: id });
}
