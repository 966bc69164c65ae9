import { Problem } from '@concert/contract';
import { keptPeriods, type PeriodProxy } from '@concert/domain/meetings/period-proxies.ts';
import type { Collection, Db, IndexDescription } from 'mongodb';
import { isDuplicate } from '../../platform/mongo/errors.ts';
import { together } from '../../platform/mongo/together.ts';

export const BODY_PROXIES = 'body_proxies';

/** The proxies for a time of one body: that a seat gives one, and nobody holds too many, is judged and written at once. */
type BodyProxiesDoc = { _id: string; rev: number; proxies: readonly PeriodProxy[] };

/** A proxy with the body it is given in. */
export type PlacedProxy = PeriodProxy & { readonly bodyId: string };

export const periodIndexes: Readonly<Record<string, readonly IndexDescription[]>> = {
  [BODY_PROXIES]: [{ key: { 'proxies.id': 1 } }, { key: { 'proxies.fromId': 1 } }, { key: { 'proxies.toId': 1 } }],
};

/** Tries of one change against those of others before it is given up. */
const MAX_TRIES = 20;

const placed = ({ _id, proxies }: BodyProxiesDoc): readonly PlacedProxy[] =>
  proxies.map((one) => ({ ...one, bodyId: _id }));

/** Proxies for a time in the collection `body_proxies`. */
export function periodStore(db: Db) {
  const collection: Collection<BodyProxiesDoc> = db.collection(BODY_PROXIES);
  const of = together(async (bodyIds) => {
    const docs = await collection.find({ _id: { $in: [...bodyIds] } }).toArray();
    return new Map(docs.map(({ _id, proxies }) => [_id, proxies]));
  });
  /** Writes them unless somebody else has since they were read. */
  const written = async (before: BodyProxiesDoc | null, bodyId: string, proxies: readonly PeriodProxy[]) => {
    if (before !== null) {
      const { modifiedCount } = await collection.updateOne(
        { _id: { $eq: bodyId }, rev: { $eq: before.rev } },
        { $set: { proxies }, $inc: { rev: 1 } },
      );
      return modifiedCount === 1;
    }
    try {
      await collection.insertOne({ _id: bodyId, rev: 0, proxies });
      return true;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  };
  return {
    of: async (bodyId: string): Promise<readonly PeriodProxy[]> => (await of(bodyId)) ?? [],
    /** Those that somebody has given or was offered. */
    ofPerson: async (personId: string): Promise<readonly PlacedProxy[]> => {
      const mine = { $or: [{ 'proxies.fromId': { $eq: personId } }, { 'proxies.toId': { $eq: personId } }] };
      const docs = await collection.find(mine).toArray();
      return docs.flatMap(placed).filter(({ fromId, toId }) => fromId === personId || toId === personId);
    },
    byId: async (id: string): Promise<PlacedProxy | undefined> => {
      const doc = await collection.findOne({ 'proxies.id': { $eq: id } });
      return doc === null ? undefined : placed(doc).find((one) => one.id === id);
    },
    /** Judges and replaces those of a body, on the newest state; what `decide` throws changes nothing. */
    change: async (
      bodyId: string,
      now: Date,
      decide: (proxies: readonly PeriodProxy[]) => readonly PeriodProxy[],
    ): Promise<void> => {
      for (let tries = 1; tries <= MAX_TRIES; tries += 1) {
        const doc = await collection.findOne({ _id: { $eq: bodyId } });
        if (await written(doc, bodyId, keptPeriods(decide(doc?.proxies ?? []), now))) return;
      }
      throw new Problem('SERVICE_UNAVAILABLE', 'too-busy');
    },
  };
}
export type PeriodStore = ReturnType<typeof periodStore>;
