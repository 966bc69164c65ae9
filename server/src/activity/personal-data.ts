import type { Document } from 'mongodb';
import type { Platform } from '../platform/module.ts';
import type { PersonalData } from '../platform/personal-data.ts';
import { ACTIVITY } from './store.ts';

/** What somebody did belongs to the workspaces in which they did it, and goes with time; who did it is an id. */
export function activityData({ db }: Pick<Platform, 'db'>): PersonalData {
  const activity = db.collection<Document & { _id: string }>(ACTIVITY);
  return {
    indexes: { [ACTIVITY]: [{ key: { by: 1 } }] },
    export: async (personId) => ({
      activity: (await activity.find({ by: { $eq: personId } }).toArray()).map(
        ({ deed, at, subject, workspaceId }) => ({
          ...{ deed, at, subject, workspaceId },
        }),
      ),
    }),
    // There is only the id, whose name is gone by itself.
    erase: async () => undefined,
  };
}
