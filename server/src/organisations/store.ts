import { Problem } from '@concert/contract';
import type { OrganisationKind } from '@concert/domain/organisations/api.ts';
import type { Db, Filter, IndexDescription } from 'mongodb';
import { isDuplicate } from '../platform/mongo/errors.ts';
import { literally } from '../platform/mongo/pattern.ts';

/** An organisation of the region. */
export type OrganisationRecord = {
  readonly id: string;
  readonly name: string;
  readonly kind: OrganisationKind;
  readonly state: 'pending' | 'verified';
  /** Department or NUTS3 code of its seat. */
  readonly territory?: string;
  /** Whose verified addresses make somebody a member without being asked. */
  readonly domain?: string;
  readonly createdAt: Date;
  /** Who proposed it; absent for what came with the installation. */
  readonly createdBy?: string;
};

type OrganisationDoc = Omit<OrganisationRecord, 'id'> & {
  _id: string;
  /** The name without case and accents: order, search, and one organisation per name. */
  nameKey: string;
};

export const organisationIndexes: Readonly<Record<string, readonly IndexDescription[]>> = {
  organisations: [{ key: { nameKey: 1 }, unique: true }],
};

/** Names that differ only in case, accents or spaces are one. */
export const nameKey = (name: string): string =>
  name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();

const toRecord = ({ _id, nameKey: _key, ...rest }: OrganisationDoc): OrganisationRecord => ({ id: _id, ...rest });

/** Organisations in the collection `organisations`. */
export function organisationStore(db: Db) {
  const collection = db.collection<OrganisationDoc>('organisations');
  return {
    /** In the order of names, behind the organisation `after`; one more than `limit` when there is a next page. */
    list: async (query: {
      q?: string | undefined;
      kind?: OrganisationKind | undefined;
      after?: string | undefined;
      limit: number;
    }): Promise<readonly OrganisationRecord[]> => {
      const filters: Filter<OrganisationDoc>[] = [];
      if (query.kind !== undefined) filters.push({ kind: { $eq: query.kind } });
      if (query.q) filters.push({ nameKey: { $regex: literally(nameKey(query.q)) } });
      if (query.after !== undefined) {
        const place = await collection.findOne({ _id: { $eq: query.after } });
        if (place === null) throw new Problem('BAD_REQUEST', 'bad-cursor');
        filters.push({ nameKey: { $gt: place.nameKey } });
      }
      const docs = await collection
        .find(filters.length === 0 ? {} : { $and: filters })
        .sort({ nameKey: 1 })
        .limit(query.limit + 1)
        .toArray();
      return docs.map(toRecord);
    },
    names: async (ids: readonly string[]): Promise<ReadonlyMap<string, string>> => {
      const docs = await collection.find({ _id: { $in: [...ids] } }, { projection: { name: 1 } }).toArray();
      return new Map(docs.map(({ _id, name }) => [_id, name]));
    },
    /** Domains of those that are verified and have one. */
    domains: async (ids: readonly string[]): Promise<ReadonlyMap<string, string>> => {
      const docs = await collection.find({ _id: { $in: [...ids] } }).toArray();
      return new Map(
        docs.flatMap(({ _id, state, domain }) => (state === 'verified' && domain ? [[_id, domain] as const] : [])),
      );
    },
    /** Null when there is no such organisation; a domain of null takes it away. */
    update: async (
      id: string,
      { domain, ...rest }: { readonly state?: OrganisationRecord['state']; readonly domain?: string | null },
    ): Promise<OrganisationRecord | null> => {
      const set = { ...rest, ...(typeof domain === 'string' ? { domain } : {}) };
      const self = { _id: { $eq: id } };
      const update = {
        ...(Object.keys(set).length > 0 ? { $set: set } : {}),
        ...(domain === null ? { $unset: { domain: '' as const } } : {}),
      };
      const doc =
        Object.keys(update).length === 0
          ? await collection.findOne(self)
          : await collection.findOneAndUpdate(self, update, { returnDocument: 'after' });
      return doc === null ? null : toRecord(doc);
    },
    /** @throws Problem CONFLICT `already-there` when an organisation has that name */
    insert: async ({ id, ...rest }: OrganisationRecord): Promise<void> => {
      try {
        await collection.insertOne({ _id: id, ...rest, nameKey: nameKey(rest.name) });
      } catch (cause) {
        throw isDuplicate(cause) ? new Problem('CONFLICT', 'already-there', { cause }) : cause;
      }
    },
  };
}
