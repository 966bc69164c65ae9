import type { DocumentKind } from '@concert/domain/documents/api.ts';
import type { Collection, Db, Filter, IndexDescription } from 'mongodb';
import type { DomainEvent } from '../platform/events.ts';
import type { DatedPlace } from '../platform/http/cursor.ts';
import { behind } from '../platform/http/cursor.ts';
import { literally } from '../platform/mongo/pattern.ts';
import { OUTBOX_INDEX } from '../platform/outbox/outbox.ts';
import type { DocumentRecord, DocumentSummary, Projection } from './records.ts';
import { fold } from './records.ts';

type Stored = Omit<DocumentRecord, 'id'> & { readonly _id: string; readonly outbox: readonly DomainEvent[] };

export const documentIndexes: Readonly<Record<string, readonly IndexDescription[]>> = {
  documents: [
    { key: { workspaceId: 1, trashedAt: 1, updatedAt: -1, _id: -1 } },
    { key: { updatedAt: -1, _id: -1 } },
    OUTBOX_INDEX,
  ],
};

/** Which documents a list holds. The workspaces come from the access module, never from a request. */
type ListFilter = {
  readonly workspaceIds: readonly string[];
  readonly trashed: boolean;
  readonly kind?: DocumentKind | undefined;
  /** Words as typed; every one of them must occur in title or text. */
  readonly q?: string | undefined;
  readonly after?: DatedPlace | undefined;
  readonly limit: number;
};

/** What a change of a document's record may touch. */
export type DocumentChange = Partial<Pick<DocumentRecord, 'workspaceId' | 'trashedAt' | 'trashedBy' | 'updatedAt'>>;

type ProjectionChange = {
  readonly projection: Projection;
  readonly editors: Readonly<Record<string, number>>;
  /** Absent when nobody is known to have edited since, as after a crash. */
  readonly updatedAt?: Date;
  readonly updatedBy?: string | undefined;
};

/** Documents beside their texts. */
export type DocumentStore = {
  /** Adds documents that are not there yet; those that are stay as they are. */
  add(records: readonly DocumentRecord[], event: (record: DocumentRecord) => DomainEvent): Promise<void>;
  get(id: string): Promise<DocumentRecord | null>;
  byIds(ids: readonly string[], workspaceIds: readonly string[]): Promise<DocumentSummary[]>;
  /** Newest edit first; one more than `limit` when there are more. */
  list(filter: ListFilter): Promise<DocumentSummary[]>;
  /** How many documents each workspace holds outside its trash. */
  counts(workspaceIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Where a document is and in what state, for the access module. */
  location(id: string): Promise<{ workspaceId: string; trashed: boolean; quarantined: boolean } | null>;
  /** Changes a document as it was read; null when it has changed or gone since. */
  change(known: DocumentRecord, change: DocumentChange, event: DomainEvent): Promise<DocumentRecord | null>;
  /**
   * Takes over what was read from a valid text, unless a later reading is there, and ends its quarantine.
   * Answers the record before, or null when nothing was done.
   */
  project(id: string, change: ProjectionChange): Promise<DocumentRecord | null>;
  /** Remembers who wrote what is projected already. */
  noteEditors(id: string, editors: ProjectionChange['editors']): Promise<void>;
  /** Marks a text that breaks the schema; what was projected from it last stays. True when it was not marked before. */
  quarantine(id: string, seq: number): Promise<boolean>;
  /** Ids with the number of the record up to which each is projected, for catching up after a restart. */
  projected(): AsyncIterable<{ id: string; seq: number }>;
};

type StoredSummary = Omit<DocumentSummary, 'id'> & { readonly _id: string };

/** What lists do not read: together it may be megabytes. */
const WITHOUT_BIG = {
  outbox: 0,
  editors: 0,
  'projection.fields': 0,
  'projection.invalid': 0,
  'projection.search': 0,
} as const;

const toSummary = ({ _id, ...rest }: StoredSummary): DocumentSummary => ({ id: _id, ...rest });

const toRecord = ({ _id, outbox: _, ...rest }: Stored): DocumentRecord => ({ id: _id, ...rest });

function filterOf({ workspaceIds, trashed, kind, q, after }: ListFilter): Filter<Stored> {
  const words = q === undefined ? [] : fold(q).split(/\s+/).filter(Boolean).slice(0, 8);
  const conditions: Filter<Stored>[] = [
    { workspaceId: { $in: [...workspaceIds] }, trashedAt: trashed ? { $ne: null } : null },
    ...(kind === undefined ? [] : [{ kind: { $eq: kind } }]),
    ...words.map((word) => ({ 'projection.search': { $regex: literally(word) } })),
    ...(after === undefined ? [] : [behind('updatedAt', after)]),
  ];
  return { $and: conditions };
}

async function addAll(documents: Collection<Stored>, added: readonly Stored[]): Promise<void> {
  if (added.length === 0) return;
  await documents.bulkWrite(
    added.map((stored) => ({
      updateOne: { filter: { _id: stored._id }, update: { $setOnInsert: stored }, upsert: true },
    })),
  );
}

const latestOf = (editors: ProjectionChange['editors']) =>
  Object.fromEntries(Object.entries(editors).map(([person, seq]) => [`editors.${person}`, seq]));

const projectionUpdate = ({ projection, editors, updatedAt, updatedBy }: ProjectionChange) => {
  const latest = latestOf(editors);
  return {
    $set: {
      projection,
      quarantined: false,
      ...(updatedAt === undefined ? {} : { updatedAt }),
      ...(updatedBy === undefined ? {} : { updatedBy }),
    },
    ...(Object.keys(latest).length > 0 ? { $max: latest } : {}),
    $inc: { rev: 1 },
  };
};

/** Documents in MongoDB. */
export function createDocumentStore(db: Db): DocumentStore {
  const documents: Collection<Stored> = db.collection('documents');
  return {
    add: (records, event) =>
      addAll(
        documents,
        records.map(({ id, ...rest }) => ({ _id: id, ...rest, outbox: [event({ id, ...rest })] })),
      ),
    get: async (id) => {
      const found = await documents.findOne({ _id: { $eq: id } });
      return found === null ? null : toRecord(found);
    },
    byIds: async (ids, workspaceIds) => {
      if (ids.length === 0 || workspaceIds.length === 0) return [];
      const filter: Filter<Stored> = {
        _id: { $in: [...ids] },
        workspaceId: { $in: [...workspaceIds] },
        trashedAt: null,
      };
      return (await documents.find(filter).project<StoredSummary>(WITHOUT_BIG).toArray()).map(toSummary);
    },
    list: async (filter) => {
      if (filter.workspaceIds.length === 0) return [];
      const found = documents.find(filterOf(filter)).sort({ updatedAt: -1, _id: -1 });
      const summaries = found.limit(filter.limit + 1).project<StoredSummary>(WITHOUT_BIG);
      return (await summaries.toArray()).map(toSummary);
    },
    counts: async (workspaceIds) => {
      const filter: Filter<Stored> = { workspaceId: { $in: [...workspaceIds] }, trashedAt: null };
      const grouped = documents.aggregate<{ _id: string; count: number }>([
        { $match: filter },
        { $group: { _id: '$workspaceId', count: { $sum: 1 } } },
      ]);
      return new Map((await grouped.toArray()).map(({ _id, count }) => [_id, count]));
    },
    location: async (id) => {
      const fields = { workspaceId: 1, trashedAt: 1, quarantined: 1 } as const;
      const found = await documents.findOne({ _id: { $eq: id } }, { projection: fields });
      if (found === null) return null;
      return { workspaceId: found.workspaceId, trashed: found.trashedAt !== null, quarantined: found.quarantined };
    },
    change: async (known, change, event) => {
      const filter = { _id: known.id, workspaceId: known.workspaceId, trashedAt: known.trashedAt };
      const update = { $set: change, $inc: { rev: 1 }, $push: { outbox: event } };
      const found = await documents.findOneAndUpdate(filter, update, { returnDocument: 'after' });
      return found === null ? null : toRecord(found);
    },
    project: async (id, change) => {
      const filter = { _id: id, 'projection.seq': { $lte: change.projection.seq } };
      const found = await documents.findOneAndUpdate(filter, projectionUpdate(change), { returnDocument: 'before' });
      return found === null ? null : toRecord(found);
    },
    noteEditors: async (id, editors) => {
      if (Object.keys(editors).length > 0) await documents.updateOne({ _id: id }, { $max: latestOf(editors) });
    },
    quarantine: async (id, seq) => {
      const filter = { _id: id, 'projection.seq': { $lte: seq } };
      const before = await documents.findOneAndUpdate(
        filter,
        { $set: { quarantined: true, 'projection.seq': seq }, $inc: { rev: 1 } },
        { returnDocument: 'before' },
      );
      return before !== null && !before.quarantined;
    },
    projected: async function* () {
      for await (const found of documents.find({}, { projection: { 'projection.seq': 1 } }))
        yield { id: found._id, seq: found.projection.seq };
    },
  };
}
