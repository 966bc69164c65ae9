import { createHash } from 'node:crypto';
import { type Deed, KEPT_SECONDS } from '@concert/domain/activity/rules.ts';
import type { Collection, Db, Filter, IndexDescription } from 'mongodb';
import type { DeedDone } from '../platform/activity.ts';
import { behind, type DatedPlace } from '../platform/http/cursor.ts';
import { isDuplicate } from '../platform/mongo/errors.ts';
import type { Step } from '../platform/subjects.ts';

export type ActivityRecord = {
  readonly id: string;
  readonly deed: Deed;
  readonly by: string;
  readonly at: Date;
  readonly subject: Step;
  readonly workspaceId: string;
  /** The document that it was done to, or that it is about. */
  readonly documentId: string | null;
  readonly personId: string | null;
};
type ActivityDoc = Omit<ActivityRecord, 'id'> & { _id: string };

export const ACTIVITY = 'activity';

export const activityIndexes: Readonly<Record<string, readonly IndexDescription[]>> = {
  [ACTIVITY]: [
    { key: { workspaceId: 1, at: -1, _id: -1 } },
    { key: { documentId: 1, at: -1, _id: -1 } },
    { key: { 'subject.id': 1 } },
    { key: { at: 1 }, expireAfterSeconds: KEPT_SECONDS },
  ],
};

/** Where somebody may look. It comes from the access module, never from a request. */
export type Lookable = {
  readonly workspaceIds: readonly string[];
  /** Documents outside those workspaces. */
  readonly documentIds: readonly string[];
  /** Documents inside them that must not be shown. */
  readonly without: readonly string[];
};

type Listing = Lookable & {
  readonly documentId?: string | undefined;
  readonly since?: Date | undefined;
  readonly notBy?: string | undefined;
  readonly after?: DatedPlace | undefined;
  readonly limit: number;
};

/** Short enough for a cursor, whatever the id was made of. */
const keyOf = (id: string): string => createHash('sha256').update(id).digest('base64url');

const toRecord = ({ _id, ...rest }: ActivityDoc): ActivityRecord => ({ id: _id, ...rest });

const newestFirst = (one: ActivityRecord, other: ActivityRecord): number =>
  other.at.getTime() - one.at.getTime() || (one.id < other.id ? 1 : -1);

/** One question for each place, so that each is found by an index. */
function placesOf({ workspaceIds, documentIds, without }: Lookable): Filter<ActivityDoc>[] {
  const hidden = without.length === 0 ? {} : { documentId: { $nin: [...without] } };
  return [
    ...(workspaceIds.length === 0 ? [] : [{ workspaceId: { $in: [...workspaceIds] }, ...hidden }]),
    ...(documentIds.length === 0 ? [] : [{ documentId: { $in: [...documentIds] } }]),
  ];
}

/** What people did, in MongoDB. */
export function activityStore(db: Db) {
  const activity: Collection<ActivityDoc> = db.collection(ACTIVITY);
  return {
    /** [AC4] Adds what was done; of what goes on, the time of its last alone is new. */
    note: async ({ id, deed, by, at, path, personId }: DeedDone): Promise<void> => {
      const workspace = path.find(({ kind }) => kind === 'workspace');
      const document = path.find(({ kind }) => kind === 'document');
      if (workspace === undefined) return;
      const rest = { deed, by, subject: path[0], workspaceId: workspace.id };
      const about = { documentId: document?.id ?? null, personId: personId ?? null };
      const write = (upsert: boolean) =>
        activity.updateOne({ _id: keyOf(id) }, { $max: { at }, $setOnInsert: { ...rest, ...about } }, { upsert });
      try {
        await write(true);
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        await write(false);
      }
    },
    moved: async (documentId: string, workspaceId: string): Promise<void> => {
      await activity.updateMany({ documentId: { $eq: documentId } }, { $set: { workspaceId } });
    },
    forget: async ({ kind, id }: Step): Promise<void> => {
      await activity.deleteMany({ 'subject.id': { $eq: id }, 'subject.kind': { $eq: kind } });
    },
    /** The newest first; one more than `limit` when there are more. */
    list: async ({ documentId, since, notBy, after, limit, ...lookable }: Listing): Promise<ActivityRecord[]> => {
      const narrowed: Filter<ActivityDoc>[] = [
        ...(documentId === undefined ? [] : [{ documentId: { $eq: documentId } }]),
        ...(since === undefined ? [] : [{ at: { $gt: since } }]),
        ...(notBy === undefined ? [] : [{ by: { $ne: notBy } }]),
        ...(after === undefined ? [] : [behind('at', after)]),
      ];
      const found = await Promise.all(
        placesOf(lookable).map((place) =>
          activity
            .find({ $and: [place, ...narrowed] })
            .sort({ at: -1, _id: -1 })
            .limit(limit + 1)
            .toArray(),
        ),
      );
      return found
        .flat()
        .map(toRecord)
        .sort(newestFirst)
        .slice(0, limit + 1);
    },
  };
}
export type ActivityStore = ReturnType<typeof activityStore>;
