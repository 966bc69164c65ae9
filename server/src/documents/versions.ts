import { Problem } from '@concert/contract';
import type { Activity } from '../platform/activity.ts';
import type { Rooms } from '../platform/documents/rooms.ts';
import { isDeath, type Workers } from '../platform/documents/workers.ts';
import type { Live } from '../platform/live/live.ts';
import type { Log } from '../platform/log.ts';
import type { PassagesPort } from '../platform/passages.ts';
import type { Ports } from '../platform/ports.ts';
import { stepsOf } from '../platform/subjects.ts';
import type { Projector } from './projector.ts';
import type { DocumentRecord, VersionRecord } from './records.ts';
import type { DocumentStore } from './store.ts';
import type { VersionStore } from './version-store.ts';
import type { Jobs } from './worker/jobs.ts';
import type { Frozen } from './worker/types.ts';

export type VersionParts = {
  readonly documents: DocumentStore;
  readonly store: VersionStore;
  readonly projector: Projector;
  readonly rooms: Rooms;
  readonly workers: Workers<Jobs>;
  readonly live: Live;
  readonly activity: Pick<Activity, 'note'>;
  readonly passages: Pick<PassagesPort, 'known'>;
  readonly log: Log;
  readonly ports: Ports;
};

/** What freezes, lists and restores states of texts. Rights are decided before. */
export type Versions = {
  /** Keeps what a new document begins with, before its record is there. */
  first(record: DocumentRecord, frozen: Frozen): Promise<void>;
  /** Freezes the text as it is. @throws Problem CONFLICT `text-moved`, `document-quarantined` */
  create(
    documentId: string,
    options: { personId: string; label?: string; expectedHash?: string },
  ): Promise<VersionRecord>;
  /** Freezes the text unless the newest version already holds it; answers null then, or when the text is broken. */
  automatic(documentId: string): Promise<VersionRecord | null>;
  /**
   * Brings the text back to a version as an ordinary edit, after keeping what it was.
   * @throws Problem CONFLICT `text-beyond-repair` when no worker survives opening it: only a copy helps then
   */
  restore(
    record: DocumentRecord,
    version: VersionRecord,
    /** `stillMay` is asked again before it is written. */
    who: { readonly by: string; readonly stillMay: () => Promise<unknown> },
  ): Promise<VersionRecord>;
  content(version: VersionRecord): Promise<string>;
  /** The hash that a version of the text as it is now would have; null when it is gone, or the text is broken. */
  hashNow(documentId: string): Promise<string | null>;
};

/** So many hashes are remembered. */
const MAX_HASHES = 1_000;

type Kept = Pick<VersionRecord, 'kind' | 'label' | 'createdBy'>;

/** A state of a text that has been read, with its place in the log. */
export type FrozenAt = { readonly frozen: Frozen; readonly seq: number };

export const BY_ITSELF: Kept = { kind: 'automatic', label: null, createdBy: null };

/** The version after `newest`, by those who have edited since. */
export function versionOf(
  { id: documentId, editors }: DocumentRecord,
  { frozen, seq }: FrozenAt,
  { now, ...made }: Kept & { readonly id: string; readonly now: Date },
  newest: VersionRecord | null,
): VersionRecord {
  const since = newest?.seq ?? 0;
  return {
    ...made,
    documentId,
    hash: frozen.hash,
    // Versions of one millisecond would have no order.
    createdAt: new Date(Math.max(now.getTime(), (newest?.createdAt.getTime() ?? 0) + 1)),
    authors: Object.entries(editors).flatMap(([person, last]) => (last > since ? [person] : [])),
    title: frozen.title,
    wordCount: frozen.wordCount,
    seq,
  };
}

/** Tells what texts say now, by their hashes: of those that stand as they were, from what was found then. */
function hashing(
  { documents, store, rooms }: Pick<VersionParts, 'documents' | 'store' | 'rooms'>,
  freeze: (record: DocumentRecord) => Promise<FrozenAt | null>,
): Versions['hashNow'] {
  const hashes = new Map<string, { readonly seq: number; readonly hash: string }>();
  return async (documentId) => {
    const record = await documents.get(documentId);
    if (record === null) return null;
    const [newest, head] = await Promise.all([store.newest(documentId), rooms.head(documentId)]);
    // Nothing was written since: what the newest version holds is what the text says.
    if (newest !== null && newest.seq === head) return newest.hash;
    const known = hashes.get(documentId);
    if (known?.seq === head) return known.hash;
    const at = await freeze(record);
    if (at === null) return null;
    if (hashes.size >= MAX_HASHES) hashes.clear();
    hashes.set(documentId, { seq: at.seq, hash: at.frozen.hash });
    return at.frozen.hash;
  };
}

export function createVersions(parts: VersionParts): Versions {
  const { documents, store, projector, rooms, workers, live, activity, passages, ports } = parts;
  const turns = new Map<string, Promise<unknown>>();

  /** One after the other for each document: an automatic version compares itself with the one before. */
  const inTurn = <T>(documentId: string, work: () => Promise<T>): Promise<T> => {
    const turn = (turns.get(documentId) ?? Promise.resolve()).then(work, work);
    turns.set(documentId, turn);
    const forget = () => {
      if (turns.get(documentId) === turn) turns.delete(documentId);
    };
    turn.then(forget, forget);
    return turn;
  };

  const freeze = async ({ id, kind }: DocumentRecord): Promise<FrozenAt | null> => {
    const { update: state, seq } = await rooms.read(id);
    const frozen = await workers.run('freeze', { kind, state });
    return frozen.ok ? { frozen, seq } : null;
  };

  const current = async (documentId: string): Promise<DocumentRecord> => {
    // The record must know who edited up to now: the authors of the version are read from it.
    await projector.refresh(documentId);
    const record = await documents.get(documentId);
    if (record === null) throw new Problem('NOT_FOUND', 'not-found');
    return record;
  };

  const keep = async (record: DocumentRecord, at: FrozenAt, kept: Kept): Promise<VersionRecord> => {
    const version = versionOf(
      record,
      at,
      { ...kept, id: ports.newId(), now: ports.now() },
      await store.newest(record.id),
    );
    await store.add(version, at.frozen.content);
    live.toWorkspace(record.workspaceId, 'versions.changed', {
      workspaceId: record.workspaceId,
      documentId: record.id,
    });
    return version;
  };

  const keepIfNew = async (record: DocumentRecord): Promise<VersionRecord | null> => {
    const at = await freeze(record);
    const newest = await store.newest(record.id);
    if (at === null || newest?.hash === at.frozen.hash) return null;
    return keep(record, at, BY_ITSELF);
  };

  const mustFreeze = async (record: DocumentRecord): Promise<FrozenAt> => {
    const at = await freeze(record);
    if (at === null) throw new Problem('CONFLICT', 'document-quarantined');
    return at;
  };

  return {
    first: async (record, frozen) => {
      const at = { frozen, seq: record.projection.seq };
      const kept = { ...BY_ITSELF, id: ports.newId(), now: record.createdAt };
      await store.add(versionOf(record, at, kept, null), frozen.content);
    },
    create: (documentId, { personId, label, expectedHash }) =>
      inTurn(documentId, async () => {
        const record = await current(documentId);
        const at = await mustFreeze(record);
        if (expectedHash !== undefined && expectedHash !== at.frozen.hash) throw new Problem('CONFLICT', 'text-moved');
        const version = await keep(record, at, { kind: 'named', label: label ?? null, createdBy: personId });
        const path = stepsOf({ kind: 'document', id: documentId }, record.workspaceId);
        await activity.note({ id: version.id, deed: 'version-named', by: personId, at: version.createdAt, path });
        return version;
      }),
    automatic: (documentId) => inTurn(documentId, async () => keepIfNew(await current(documentId))),
    restore: (record, version, { by: personId, stillMay }) =>
      inTurn(record.id, async () => {
        const before = await current(record.id);
        // What cannot be read is kept by nobody, and its last valid state is a version already.
        if (!before.quarantined) await keepIfNew(before);
        const [content, anchors] = await Promise.all([store.content(version.id), passages.known(record.id)]);
        await rooms.edit(record.id, personId, async (state) => {
          const update = await workers
            .run('restore', { kind: record.kind, state, content, anchors })
            .catch((error: unknown) => {
              // Some texts are made so that whoever opens them never comes to an end, be it to mend them.
              if (before.quarantined && isDeath(error)) throw new Problem('CONFLICT', 'text-beyond-repair');
              throw error;
            });
          await stillMay();
          return update;
        });
        const restored = await current(record.id);
        const at = await mustFreeze(restored);
        return keep(restored, at, { kind: 'restore', label: version.label, createdBy: personId });
      }),
    content: (version) => store.content(version.id),
    hashNow: hashing({ documents, store, rooms }, freeze),
  };
}
