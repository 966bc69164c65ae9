import type { Document } from 'mongodb';
import type { Platform } from '../platform/module.ts';
import type { PersonalData } from '../platform/personal-data.ts';
import type { DeliveryStore } from './deliveries.ts';
import type { PreferencesStore } from './preferences-store.ts';
import type { DeviceStore } from './push/devices.ts';

/** What somebody was told and how much they want to hear: theirs alone, and goes with them. */
type Parts = {
  readonly platform: Pick<Platform, 'db'>;
  readonly preferences: PreferencesStore;
  readonly deliveries: DeliveryStore;
  readonly devices: DeviceStore;
};

export function notificationData({ platform: { db }, preferences, deliveries, devices }: Parts): PersonalData {
  const of = (name: string) => db.collection<Document & { _id: string }>(name);
  return {
    export: async (personId) => ({
      notifications: (
        await of('notifications')
          .find({ personId: { $eq: personId } })
          .toArray()
      ).map(({ subject, events, unread, lastAt, snoozedUntil }) => ({ subject, events, unread, lastAt, snoozedUntil })),
      watches: (
        await of('watches')
          .find({ personId: { $eq: personId } })
          .toArray()
      ).map(({ subject, level }) => ({
        subject,
        level,
      })),
      preferences: await preferences.of(personId),
      waitingLetters: await deliveries.of(personId),
      pushDevices: (await devices.of(personId)).map(({ endpoint, createdAt }) => ({
        service: new URL(endpoint).host,
        createdAt,
      })),
    }),
    erase: async ({ personId }) => {
      await of('notifications').deleteMany({ personId: { $eq: personId } });
      await of('watches').deleteMany({ personId: { $eq: personId } });
      await Promise.all([preferences.forget(personId), deliveries.forget(personId), devices.forget(personId)]);
    },
  };
}
