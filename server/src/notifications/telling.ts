import { levelOf, reasonFor } from '@concert/domain/notifications/rules.ts';
import type { Platform } from '../platform/module.ts';
import type { Notice, Notices } from '../platform/notices.ts';
import type { NotificationStore } from './store.ts';

type Parts = { readonly platform: Platform; readonly store: NotificationStore };

/** Writes down what people are told, and says so to their browsers. */
export function createTelling({ platform: { live, ports }, store }: Parts): Notices {
  const say = (personIds: Iterable<string>): void => {
    for (const personId of new Set(personIds)) live.toPerson(personId, 'notifications.changed', {});
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
    const { eventId: id, at, anchor } = notice;
    for (const { personId, reason } of told) {
      const event = { id, reason, by, at, ...(anchor === undefined ? {} : { anchor }) };
      if (await store.add(personId, path[0], event, ports.newId())) say([personId]);
    }
  };

  return {
    tell,
    takeBack: async (eventId) => say(await store.takeBack(eventId)),
    forget: async (subject) => say(await store.forget(subject)),
    read: async (personId, subject) => {
      if (await store.markRead(personId, subject)) say([personId]);
    },
  };
}
