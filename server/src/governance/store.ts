import { Problem } from '@concert/contract';
import type { BodyKind, Publicity } from '@concert/domain/governance/api.ts';
import type { RulesRecord } from '@concert/domain/governance/rule-set.ts';
import type { SeatMandate, SeatTerms } from '@concert/domain/governance/seats.ts';
import type { Binary, Db, IndexDescription } from 'mongodb';
import type { Logo } from '../platform/bodies.ts';
import type { DomainEvent } from '../platform/events.ts';
import { OUTBOX_INDEX } from '../platform/outbox/outbox.ts';

/** The time for which somebody is something in a body. */
export type MandateRecord = SeatMandate & { readonly appointedBy?: string };

/** [G20] What stands at the head of what a body sends out. */
export type LetterheadRecord = { readonly lines: readonly string[]; readonly logo?: Logo };

/** A body with its mandates in one record, so that one write judges them together. */
export type BodyRecord = {
  readonly id: string;
  readonly name: string;
  readonly kind: BodyKind;
  readonly remit: string;
  readonly state: 'active' | 'archived';
  readonly parentId?: string | null;
  readonly publicity: Publicity;
  readonly seats: readonly SeatTerms[];
  readonly mandates: readonly MandateRecord[];
  /** [G9] Every version of its rules that was ever set, the last one in force. */
  readonly rules: readonly RulesRecord[];
  readonly createdAt: Date;
  readonly createdBy?: string;
};

/** What a change of a body replaces, and the facts it makes known. */
export type BodyChange = Partial<
  Pick<BodyRecord, 'name' | 'kind' | 'remit' | 'state' | 'parentId' | 'publicity' | 'seats' | 'mandates' | 'rules'>
> & {
  readonly 'letterhead.lines'?: readonly string[];
  /** Null: it has none any more. */
  readonly 'letterhead.logo'?: Logo | null;
  readonly events: readonly DomainEvent[];
};

type BodyDoc = Omit<BodyRecord, 'id'> & { _id: string; rev: number; outbox: readonly DomainEvent[] };

/** A logo as the database holds it. */
type StoredLogo = Omit<Logo, 'bytes'> & { readonly bytes: Binary };
type StoredLetterhead = { _id: string; letterhead?: { lines?: readonly string[]; logo?: StoredLogo | null } };

/** Bodies are read whenever somebody's rights are asked about: without what only a file and one page show. */
const WITHOUT_LETTERHEAD = { projection: { letterhead: 0 } } as const;

export const BODIES = 'bodies';

export const bodyIndexes: Readonly<Record<string, readonly IndexDescription[]>> = {
  [BODIES]: [{ key: { 'mandates.personId': 1 } }, { key: { state: 1 } }, OUTBOX_INDEX],
};

/** Tries of one change against others before it is given up: far more than a secretariat has people. */
const MAX_TRIES = 50;

/** Bodies that were founded before bodies had seats and rules have none. */
const NOTHING_SET = { publicity: 'members', seats: [], rules: [] } as const;

const toRecord = ({ _id, rev: _, outbox: __, ...rest }: BodyDoc): BodyRecord => ({ ...NOTHING_SET, id: _id, ...rest });

/** Bodies in the collection `bodies`. */
export function bodyStore(db: Db) {
  const collection = db.collection<BodyDoc>(BODIES);
  return {
    get: async (id: string): Promise<BodyRecord | null> => {
      const doc = await collection.findOne({ _id: { $eq: id } }, WITHOUT_LETTERHEAD);
      return doc === null ? null : toRecord(doc);
    },
    /** The letterhead of a body with its name; null when there is no such body. */
    letterhead: async (id: string): Promise<(LetterheadRecord & Pick<BodyRecord, 'name'>) | null> => {
      const projection = { name: 1, letterhead: 1 };
      const doc = await db
        .collection<StoredLetterhead & Pick<BodyRecord, 'name'>>(BODIES)
        .findOne({ _id: { $eq: id } }, { projection });
      if (doc === null) return null;
      const { lines = [], logo } = doc.letterhead ?? {};
      return { name: doc.name, lines, ...(logo == null ? {} : { logo: { ...logo, bytes: logo.bytes.value() } }) };
    },
    getAll: async (ids: readonly string[]): Promise<readonly BodyRecord[]> =>
      ids.length === 0
        ? []
        : (await collection.find({ _id: { $in: [...ids] } }, WITHOUT_LETTERHEAD).toArray()).map(toRecord),
    /** All bodies of a region: tens of them. */
    inState: async (states: readonly BodyRecord['state'][]): Promise<readonly BodyRecord[]> =>
      (await collection.find({ state: { $in: [...states] } }, WITHOUT_LETTERHEAD).toArray()).map(toRecord),
    withPeople: async (personIds: readonly string[]): Promise<readonly BodyRecord[]> =>
      personIds.length === 0
        ? []
        : (await collection.find({ 'mandates.personId': { $in: [...personIds] } }, WITHOUT_LETTERHEAD).toArray()).map(
            toRecord,
          ),
    insert: async ({ id, ...rest }: BodyRecord, events: readonly DomainEvent[]): Promise<void> => {
      await collection.insertOne({ _id: id, ...rest, rev: 0, outbox: [...events] });
    },
    /** Removes a body as it was read; false when it has changed since. */
    removeUnused: async (id: string): Promise<boolean> =>
      (await collection.deleteOne({ _id: { $eq: id }, mandates: { $size: 0 } })).deletedCount === 1,
    /**
     * Reads, lets `decide` judge and change, and writes only if nobody else has written meanwhile; otherwise decides
     * again on the newer state. What `decide` throws ends it.
     * @throws Problem NOT_FOUND when there is no such body
     */
    change: async (id: string, decide: (body: BodyRecord) => BodyChange): Promise<BodyRecord> => {
      for (let tries = 1; tries <= MAX_TRIES; tries += 1) {
        const doc = await collection.findOne({ _id: { $eq: id } }, WITHOUT_LETTERHEAD);
        if (doc === null) throw new Problem('NOT_FOUND', 'not-found');
        const { events, ...fields } = decide(toRecord(doc));
        const written = await collection.findOneAndUpdate(
          { _id: { $eq: id }, rev: { $eq: doc.rev } },
          { $set: fields, $inc: { rev: 1 }, $push: { outbox: { $each: [...events] } } },
          { returnDocument: 'after', ...WITHOUT_LETTERHEAD },
        );
        if (written !== null) return toRecord(written);
      }
      throw new Problem('SERVICE_UNAVAILABLE', 'too-busy');
    },
  };
}
export type BodyStore = ReturnType<typeof bodyStore>;
