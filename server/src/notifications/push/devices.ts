import { createHash } from 'node:crypto';
import { MOST_DEVICES } from '@concert/domain/notifications/push.ts';
import type { Db, IndexDescription } from 'mongodb';

/** A browser that is to be reached, as the Push API names it. */
export type Subscription = {
  readonly endpoint: string;
  readonly keys: { readonly p256dh: string; readonly auth: string };
};

/** Whose it is, and by which session it was switched on: it goes silent with it. */
type Device = Subscription & { readonly personId: string; readonly sessionId: string; readonly createdAt: Date };
type DeviceDoc = Device & { _id: string };

const DEVICES = 'push_devices';

export const deviceIndexes: Readonly<Record<string, readonly IndexDescription[]>> = {
  [DEVICES]: [{ key: { personId: 1, createdAt: 1 } }],
};

const keyOf = (endpoint: string): string => createHash('sha256').update(endpoint).digest('base64url');

/** The browsers in which people have switched push on. */
export function deviceStore(db: Db) {
  const devices = db.collection<DeviceDoc>(DEVICES);
  const of = async (personId: string): Promise<readonly Device[]> =>
    devices
      .find({ personId: { $eq: personId } })
      .sort({ createdAt: 1 })
      .toArray();
  return {
    of,
    /** Which of these people have switched it on anywhere. */
    among: async (personIds: readonly string[]): Promise<ReadonlySet<string>> => {
      if (personIds.length === 0) return new Set();
      const found = devices.find({ personId: { $in: [...personIds] } }, { projection: { personId: 1 } });
      return new Set((await found.toArray()).map(({ personId }) => personId));
    },
    /** A browser is somebody's who switched it on there last; of too many the oldest goes. */
    add: async (device: Device): Promise<void> => {
      await devices.updateOne({ _id: keyOf(device.endpoint) }, { $set: device }, { upsert: true });
      const spare = (await of(device.personId)).slice(0, -MOST_DEVICES);
      for (const { endpoint } of spare) await devices.deleteOne({ _id: keyOf(endpoint) });
    },
    remove: async (personId: string, endpoint: string): Promise<void> => {
      await devices.deleteOne({ _id: keyOf(endpoint), personId: { $eq: personId } });
    },
    forget: async (personId: string): Promise<void> => {
      await devices.deleteMany({ personId: { $eq: personId } });
    },
  };
}
export type DeviceStore = ReturnType<typeof deviceStore>;
