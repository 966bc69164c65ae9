import { Problem } from '@concert/contract';
import {
  DEFAULT_SETTINGS,
  type Settings,
  type SettingsChange,
  SettingsFields,
} from '@concert/domain/administration/settings.ts';
import type { Db } from 'mongodb';
import { isDuplicate } from '../mongo/errors.ts';
import type { Ports } from '../ports.ts';
import type { SettingsPort } from './settings.ts';

/** Only what was changed is stored, so that a later default reaches whoever never decided otherwise. */
type SettingsDoc = SettingsChange & { _id: string; rev: number; changedAt: Date; changedBy: string };

const ID = 'installation';

const toSettings = (doc: SettingsDoc | null): Settings => {
  if (doc === null) return { ...DEFAULT_SETTINGS, rev: 0 };
  const { _id, rev, changedAt, changedBy, ...fields } = doc;
  return {
    ...SettingsFields.parse({ ...DEFAULT_SETTINGS, ...fields }),
    rev,
    changedAt: changedAt.toISOString(),
    changedBy,
  };
};

/** The record `installation` of the collection `settings`. */
export function createSettings({ db, ports }: { db: Db; ports: Ports }): SettingsPort {
  const collection = db.collection<SettingsDoc>('settings');
  return {
    get: async () => toSettings(await collection.findOne({ _id: ID })),
    change: async (rev, change, personId) => {
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      const update = { $set: { ...given, changedAt: ports.now(), changedBy: personId }, $inc: { rev: 1 } };
      try {
        // The first change makes the record: of two at once one finds it there already, and is refused like a stale one.
        const saved = await collection.findOneAndUpdate(
          { _id: ID, rev: rev === 0 ? { $exists: false } : rev },
          update,
          {
            returnDocument: 'after',
            upsert: rev === 0,
          },
        );
        if (saved !== null) return toSettings(saved);
      } catch (error) {
        if (!isDuplicate(error)) throw error;
      }
      throw new Problem('CONFLICT', 'changed-meanwhile');
    },
  };
}
