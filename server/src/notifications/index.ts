import { defineModule } from '../platform/module.ts';
import { deliveryIndexes, deliveryStore, type WaitingLetter } from './deliveries.ts';
import { notificationData } from './personal-data.ts';
import { createPost } from './post.ts';
import { preferencesStore } from './preferences-store.ts';
import { deviceIndexes, deviceStore } from './push/devices.ts';
import { createPush } from './push/push.ts';
import { notificationRoutes } from './routes.ts';
import { notificationIndexes, notificationStore } from './store.ts';
import { createTelling } from './telling.ts';
import { createWriting } from './writing.ts';

/** What people are told of what happens where they work, how much of it they want to hear, and by which way. */
export const notifications = defineModule((platform) => {
  const { db } = platform;
  const store = notificationStore(db);
  const [preferences, deliveries] = [preferencesStore(db), deliveryStore(db)];
  const devices = deviceStore(db);
  const push = createPush({ platform, devices });
  const writing = createWriting({ platform, store, preferences });
  const send = async (waiting: WaitingLetter): Promise<void> => {
    if (waiting.channel === 'push') {
      const notice = await writing.notice(waiting);
      if (notice !== null) await push.send(waiting.personId, notice);
      return;
    }
    const letter = await writing.letter(waiting);
    if (letter !== null) await platform.mail.send(letter);
  };
  const post = createPost({ platform, deliveries, preferences, send });
  platform.notices.carriedOutBy(createTelling({ platform, store, preferences, deliveries, devices, wake: post.wake }));
  const sendDigests = async (personId: string): Promise<number> => {
    const letters = await deliveries.dueNow(personId, platform.ports.now());
    if (letters > 0) post.wake();
    return letters;
  };
  return {
    router: notificationRoutes({ platform, store, preferences, sendDigests, devices, push }),
    indexes: { ...notificationIndexes, ...deliveryIndexes, ...deviceIndexes },
    personalData: notificationData({ platform, preferences, deliveries, devices }),
    start: post.start,
  };
});
