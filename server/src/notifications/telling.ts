import { mailDue, type Preferences } from '@concert/domain/notifications/preferences.ts';
import { isPushed } from '@concert/domain/notifications/push.ts';
import { levelOf, reasonFor } from '@concert/domain/notifications/rules.ts';
import type { Platform } from '../platform/module.ts';
import type { Notice, Notices } from '../platform/notices.ts';
import { type DeliveryStore, type LetterItem, letterIdOf } from './deliveries.ts';
import type { PreferencesStore } from './preferences-store.ts';
import type { DeviceStore } from './push/devices.ts';
import type { NotificationStore, ToldEvent } from './store.ts';

type Parts = {
  readonly platform: Platform;
  readonly store: NotificationStore;
  readonly preferences: PreferencesStore;
  readonly deliveries: DeliveryStore;
  readonly devices: Pick<DeviceStore, 'among'>;
  /** Says that a letter may be due. */
  readonly wake: () => void;
};

/** Writes down what people are told, and says so to their browsers. */
export function createTelling({ platform, store, preferences, deliveries, devices, wake }: Parts): Notices {
  const { live, ports } = platform;
  const { delivers: mails } = platform.mail;
  const say = (personIds: Iterable<string>): void => {
    for (const personId of new Set(personIds)) live.toPerson(personId, 'notifications.changed', {});
  };

  /** [N8] Has an event mailed. When it was due is told by when it happened, so that to repeat this changes nothing. */
  const mail = async (personId: string, wish: Preferences, item: LetterItem): Promise<void> => {
    for (const moment of [item.at, ports.now()]) {
      const due = mailDue(item.reason, wish, moment);
      if (due === null) return;
      const id = letterIdOf(personId, item.eventId, due);
      const added = await deliveries.add({ id, personId, digest: due.digest, dueAt: due.at }, item);
      if (added === 'added' && due.at <= ports.now()) wake();
      // That digest has gone without it: the next one takes it.
      if (added !== 'late') return;
    }
  };

  /** [N14] Has an event shown by somebody's browsers; when that may be is decided when it is sent. */
  const push = async (personId: string, item: LetterItem): Promise<void> => {
    const id = letterIdOf(personId, `push:${item.eventId}`, { at: item.at, digest: false });
    const added = await deliveries.add({ id, personId, digest: false, channel: 'push', dueAt: item.at }, item);
    if (added === 'added') wake();
  };

  const tell = async ({ audience, ...notice }: Notice): Promise<void> => {
    const { path, by, mentioned, participants } = notice;
    const followers = await store.followers(path);
    const candidates = [...new Set([...mentioned, ...participants, ...followers])].filter((id) => id !== by);
    if (candidates.length === 0) return;
    const [levels, visible] = await Promise.all([store.levels(candidates, path), audience(candidates)]);
    const told = candidates.flatMap((personId) => {
      const reason = reasonFor(notice.what, {
        level: levelOf(path.map((step) => levels.get(store.levelKey(personId, step)))),
        own: personId === by,
        mentioned: mentioned.includes(personId),
        participates: participants.includes(personId),
      });
      return reason === null || !visible.has(personId) ? [] : [{ personId, reason }];
    });
    const { eventId: id, at, anchor, day } = notice;
    const reached = told.map(({ personId }) => personId);
    const [wishes, pushed] = await Promise.all([preferences.among(mails ? reached : []), devices.among(reached)]);
    for (const { personId, reason } of told) {
      const event: ToldEvent = {
        ...{ id, reason, at },
        ...(by === undefined ? {} : { by }),
        ...(anchor === undefined ? {} : { anchor }),
        ...(day === undefined ? {} : { day }),
      };
      if (await store.add(personId, path[0], event, ports.newId())) say([personId]);
      const [{ id: eventId, ...rest }, wish] = [event, wishes.get(personId)];
      const item = { ...rest, eventId, subject: path[0] };
      if (wish !== undefined) await mail(personId, wish, item);
      if (pushed.has(personId) && isPushed(reason)) await push(personId, item);
    }
  };

  return {
    tell,
    takeBack: async (eventId) => {
      await deliveries.dropEvent(eventId);
      say(await store.takeBack(eventId));
    },
    forget: async (subject) => {
      await deliveries.dropSubject(subject);
      say(await store.forget(subject));
    },
    read: async (personId, subject) => {
      if (await store.markRead(personId, [subject])) say([personId]);
    },
  };
}
