import type { Principal } from '@concert/domain/access/grants.ts';
import type { DocumentKind } from '@concert/domain/documents/api.ts';
import type { Collection, Db, Filter, IndexDescription } from 'mongodb';
import type { DocumentFacts } from '../platform/access/access.ts';
import { denialsOn, grantsOn, principalIds, type RightsRecord } from '../platform/access/rights-records.ts';
import type { DomainEvent } from '../platform/events.ts';
import type { DatedPlace } from '../platform/http/cursor.ts';
import { behind } from '../platform/http/cursor.ts';
import type { DocumentPlace } from '../platform/lookups.ts';
import { folded } from '../platform/mongo/pattern.ts';
import { OUTBOX_INDEX } from '../platform/outbox/outbox.ts';
import type { DocumentRecord, DocumentSummary, Projection } from './records.ts';
import { NO_RIGHTS } from './records.ts';

type Rights = Pick<DocumentRecord, 'grants' | 'denials' | 'rightsRev'>;

/** Rights are absent in documents that are older than such rights. */
type Stored = Omit<DocumentRecord, 'id' | keyof Rights> &
  Partial<Rights> & { readonly _id: string; readonly outbox: readonly DomainEvent[] };

export const documentIndexes: Readonly<Record<string, readonly IndexDescription[]>> = {
  documents: [
    { key: { workspaceId: 1, trashedAt: 1, updatedAt: -1, _id: -1 } },
    { key: { updatedAt: -1, _id: -1 } },
    { key: { 'grants.principal.id': 1 } },
    { key: { 'denials.principal.id': 1 } },
    OUTBOX_INDEX,
  ],
};

/** Which documents may be shown. It comes from the access module, never from a request. */
export type Readable = {
  readonly workspaceIds: readonly string[];
  /** Documents outside those workspaces. */
  readonly ids?: Iterable<string>;
  /** Documents inside them that must not be shown. */
  readonly without?: Iterable<string>;
};

/** Which documents a list holds. */
type ListFilter = Readable & {
  readonly trashed: boolean;
  readonly kind?: DocumentKind | undefined;
  /** Words as typed; every one of them must occur in title or text. */
  readonly q?: string | undefined;
  readonly after?: DatedPlace | undefined;
  readonly limit: number;
};

/** What a change of a document's record may touch. */
export type DocumentChange = Partial<
  Pick<DocumentRecord, 'workspaceId' | 'trashedAt' | 'trashedBy' | 'updatedAt' | 'grants' | 'denials'>
>;

type ProjectionChange = {
  readonly projection: Projection;
  readonly editors: Readonly<Record<string, number>>;
  /** Absent when nobody is known to have edited since, as after a crash. */
  readonly updatedAt?: Date;
  readonly updatedBy?: string | undefined;
};

type Place = { readonly id: string; readonly workspaceId: string };

/** A document as search reads it. */
export type Searchable = Pick<DocumentRecord, 'id' | 'kind' | 'workspaceId' | 'updatedAt' | 'rev'> & {
  readonly title: string;
  /** Title, text and fields. */
  readonly text: string;
  readonly authorIds: readonly string[];
};

/** Documents beside their texts. */
export type DocumentStore = {
  /** Adds documents that are not there yet; those that are stay as they are. */
  add(records: readonly DocumentRecord[], event: (record: DocumentRecord) => DomainEvent): Promise<void>;
  get(id: string): Promise<DocumentRecord | null>;
  /** Those of the ids that may be shown and are in no trash. */
  byIds(ids: readonly string[], readable: Readable): Promise<DocumentSummary[]>;
  /** Newest edit first; one more than `limit` when there are more. */
  list(filter: ListFilter): Promise<DocumentSummary[]>;
  /** How many documents each workspace holds outside its trash. */
  counts(workspaceIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Where documents are and in what state, for the access module; those that there are, by id. */
  locations(ids: readonly string[]): Promise<ReadonlyMap<string, DocumentFacts>>;
  /** What documents are called and where they are; those that there are, by id. */
  places(ids: readonly string[]): Promise<ReadonlyMap<string, DocumentPlace>>;
  /** Every document on which one of these was given or denied something on it alone. */
  naming(principals: readonly Principal[]): Promise<readonly DocumentFacts[]>;
  /** Changes the rights on a document unless they have changed since they were read; null then, or when it has gone. */
  changeRights(known: DocumentRecord, rights: RightsRecord, event: DomainEvent): Promise<DocumentRecord | null>;
  /** Seals a document, or takes the seal off; its workspace, or null when that was so already or it is gone. */
  seal(id: string, sealed: boolean): Promise<string | null>;
  /** Changes a document as it was read; null when it has changed or gone since. */
  change(known: DocumentRecord, change: DocumentChange, event: DomainEvent): Promise<DocumentRecord | null>;
  /**
   * Takes over what was read from a valid text, unless a later reading is there, and ends its quarantine.
   * Answers the record before, or null when nothing was done.
   */
  project(id: string, change: ProjectionChange): Promise<DocumentRecord | null>;
  /**
   * Takes over what was read from several valid texts at once. False when it did not fit all of them: one has moved, is
   * in quarantine or was read by somebody else meanwhile. Those that it fitted are done.
   */
  projectMany(changes: readonly (ProjectionChange & Place)[]): Promise<boolean>;
  /** Remembers who wrote what is projected already. */
  noteEditors(id: string, editors: ProjectionChange['editors']): Promise<void>;
  /** Marks a text that breaks the schema; what was projected from it last stays. True when it was not marked before. */
  quarantine(id: string, seq: number): Promise<boolean>;
  /** Every document outside the trash, with the number that grows with every change of it. */
  revisions(): AsyncIterable<{ id: string; rev: number }>;
  /** What search needs of those of the ids that there are outside the trash. */
  searchable(ids: readonly string[]): Promise<Searchable[]>;
  /** Ids with the number of the record up to which each is projected, for catching up after a restart. */
  projected(): AsyncIterable<{ id: string; seq: number }>;
};

type StoredSummary = Omit<DocumentSummary, 'id'> & { readonly _id: string };

/** What lists do not read: together it may be megabytes. */
const WITHOUT_BIG = {
  outbox: 0,
  editors: 0,
  grants: 0,
  denials: 0,
  rightsRev: 0,
  'projection.fields': 0,
  'projection.invalid': 0,
  'projection.search': 0,
} as const;

const toSummary = ({ _id, ...rest }: StoredSummary): DocumentSummary => ({ id: _id, ...rest });

const toRecord = ({ _id, outbox: _, ...rest }: Stored): DocumentRecord => ({ id: _id, ...NO_RIGHTS, ...rest });

const WHERE = { workspaceId: 1, trashedAt: 1, quarantined: 1, sealed: 1, grants: 1, denials: 1 } as const;

type StoredWhere = Pick<Stored, '_id' | 'workspaceId' | 'trashedAt' | 'quarantined' | 'sealed' | 'grants' | 'denials'>;

const toFacts = ({ _id: id, workspaceId, trashedAt, quarantined, ...stored }: StoredWhere): DocumentFacts => {
  const { sealed = false, grants, denials } = stored;
  const subject = { kind: 'document', id } as const;
  const rights = { grants: grantsOn(subject, grants ?? []), denials: denialsOn(subject, denials ?? []) };
  return { id, workspaceId, trashed: trashedAt !== null, quarantined, sealed, ...rights };
};

/** The two places in which a readable document may be: one question each, so that each is found by an index. */
function placesOf({ workspaceIds, ids = [], without = [] }: Readable): Filter<Stored>[] {
  const [single, hidden] = [[...ids], [...without]];
  const inside: Filter<Stored> = {
    workspaceId: { $in: [...workspaceIds] },
    ...(hidden.length === 0 ? {} : { _id: { $nin: hidden } }),
  };
  return [...(workspaceIds.length === 0 ? [] : [inside]), ...(single.length === 0 ? [] : [{ _id: { $in: single } }])];
}

/** That no right has changed since the document was read; older documents hold no number before their first change. */
const rightsAs = ({ rightsRev }: DocumentRecord): Filter<Stored> =>
  rightsRev === 0 ? { $or: [{ rightsRev: 0 }, { rightsRev: { $exists: false } }] } : { rightsRev };

const newestFirst = (one: DocumentSummary, other: DocumentSummary): number =>
  other.updatedAt.getTime() - one.updatedAt.getTime() || (one.id < other.id ? 1 : -1);

function filterOf(place: Filter<Stored>, { trashed, kind, q, after }: ListFilter): Filter<Stored> {
  const words = q === undefined ? [] : q.split(/\s+/).filter(Boolean).slice(0, 8);
  const conditions: Filter<Stored>[] = [
    { ...place, trashedAt: trashed ? { $ne: null } : null },
    ...(kind === undefined ? [] : [{ kind: { $eq: kind } }]),
    ...words.map((word) => ({ 'projection.search': { $regex: folded(word), $options: 'i' } })),
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

type Projections = Pick<DocumentStore, 'project' | 'projectMany' | 'noteEditors' | 'quarantine' | 'projected'>;

/** What is read from texts. */
function projections(documents: Collection<Stored>): Projections {
  return {
    project: async (id, change) => {
      const filter = { _id: id, 'projection.seq': { $lte: change.projection.seq } };
      const found = await documents.findOneAndUpdate(filter, projectionUpdate(change), { returnDocument: 'before' });
      return found === null ? null : toRecord(found);
    },
    projectMany: async (changes) => {
      const { matchedCount } = await documents.bulkWrite(
        changes.map(({ id, workspaceId, ...change }) => {
          const filter = { _id: id, workspaceId, quarantined: false, 'projection.seq': { $lt: change.projection.seq } };
          return { updateOne: { filter, update: projectionUpdate(change) } };
        }),
        { ordered: false },
      );
      return matchedCount === changes.length;
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

/** Keeping a text as it is [A22]. */
const sealing = (documents: Collection<Stored>): Pick<DocumentStore, 'seal'> => ({
  seal: async (id, sealed) => {
    const found = await documents.findOneAndUpdate(
      { _id: id, sealed: sealed ? { $ne: true } : true },
      { $set: { sealed }, $inc: { rev: 1 } },
      { returnDocument: 'after' },
    );
    return found?.workspaceId ?? null;
  },
});

/** What search reads. */
function searchPart(documents: Collection<Stored>): Pick<DocumentStore, 'revisions' | 'searchable'> {
  return {
    revisions: async function* () {
      for await (const { _id, rev } of documents.find({ trashedAt: null }, { projection: { rev: 1 } }))
        yield { id: _id, rev };
    },
    searchable: async (ids) => {
      const found = documents.find({ _id: { $in: [...ids] }, trashedAt: null });
      const fields = { kind: 1, workspaceId: 1, updatedAt: 1, rev: 1, createdBy: 1, editors: 1 } as const;
      const all = found.project<Stored>({ ...fields, 'projection.title': 1, 'projection.search': 1 });
      return (await all.toArray()).map(({ _id: id, projection, createdBy, editors, ...rest }) => ({
        id,
        kind: rest.kind,
        workspaceId: rest.workspaceId,
        updatedAt: rest.updatedAt,
        rev: rest.rev,
        title: projection.title,
        text: projection.search,
        authorIds: [...new Set([createdBy, ...Object.keys(editors)])],
      }));
    },
  };
}

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
    byIds: async (ids, readable) => {
      if (ids.length === 0) return [];
      const found = await Promise.all(
        placesOf(readable).map((place) => {
          const filter: Filter<Stored> = { $and: [{ _id: { $in: [...ids] }, trashedAt: null }, place] };
          return documents.find(filter).project<StoredSummary>(WITHOUT_BIG).toArray();
        }),
      );
      return found.flat().map(toSummary);
    },
    list: async (filter) => {
      const found = await Promise.all(
        placesOf(filter).map((place) =>
          documents
            .find(filterOf(place, filter))
            .sort({ updatedAt: -1, _id: -1 })
            .limit(filter.limit + 1)
            .project<StoredSummary>(WITHOUT_BIG)
            .toArray(),
        ),
      );
      return found
        .flat()
        .map(toSummary)
        .sort(newestFirst)
        .slice(0, filter.limit + 1);
    },
    counts: async (workspaceIds) => {
      const filter: Filter<Stored> = { workspaceId: { $in: [...workspaceIds] }, trashedAt: null };
      const grouped = documents.aggregate<{ _id: string; count: number }>([
        { $match: filter },
        // Before grouping, so that neither texts nor fields are carried along only to be counted.
        { $project: { _id: 0, workspaceId: 1 } },
        { $group: { _id: '$workspaceId', count: { $sum: 1 } } },
      ]);
      return new Map((await grouped.toArray()).map(({ _id, count }) => [_id, count]));
    },
    locations: async (ids) => {
      const found = documents.find({ _id: { $in: [...ids] } }).project<StoredWhere>(WHERE);
      return new Map((await found.toArray()).map((doc) => [doc._id, toFacts(doc)]));
    },
    places: async (ids) => {
      const found = documents
        .find({ _id: { $in: [...ids] } })
        .project<Pick<Stored, '_id' | 'workspaceId' | 'trashedAt'> & { projection: { title: string } }>({
          workspaceId: 1,
          trashedAt: 1,
          'projection.title': 1,
        });
      return new Map(
        (await found.toArray()).map(({ _id, workspaceId, trashedAt, projection: { title } }) => [
          _id,
          { title, workspaceId, trashed: trashedAt !== null },
        ]),
      );
    },
    naming: async (principals) => {
      const ids = principalIds(principals);
      const found = await Promise.all(
        ['grants.principal.id', 'denials.principal.id'].map((path) =>
          documents
            .find({ [path]: { $in: ids } })
            .project<StoredWhere>(WHERE)
            .toArray(),
        ),
      );
      return [...new Map(found.flat().map((doc) => [doc._id, toFacts(doc)])).values()];
    },
    changeRights: async (known, { grants, denials }, event) => {
      const found = await documents.findOneAndUpdate(
        { _id: known.id, workspaceId: known.workspaceId, ...rightsAs(known) },
        { $set: { grants, denials }, $inc: { rightsRev: 1, rev: 1 }, $push: { outbox: event } },
        { returnDocument: 'after' },
      );
      return found === null ? null : toRecord(found);
    },
    change: async (known, change, event) => {
      const place = { _id: known.id, workspaceId: known.workspaceId, trashedAt: known.trashedAt };
      // A move takes rights along and leaves rights behind: those that it knows of, and no others.
      const moves = change.grants !== undefined || change.denials !== undefined;
      const filter = moves ? { ...place, ...rightsAs(known) } : place;
      const increase = moves ? { rev: 1, rightsRev: 1 } : { rev: 1 };
      const update = { $set: change, $inc: increase, $push: { outbox: event } };
      const found = await documents.findOneAndUpdate(filter, update, { returnDocument: 'after' });
      return found === null ? null : toRecord(found);
    },
    ...searchPart(documents),
    ...projections(documents),
    ...sealing(documents),
  };
}
