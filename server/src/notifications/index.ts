import { defineModule } from '../platform/module.ts';
import { deliveryIndexes, deliveryStore } from './deliveries.ts';
import { notificationData } from './personal-data.ts';
import { createPost } from './post.ts';
import { preferencesStore } from './preferences-store.ts';
import { notificationRoutes } from './routes.ts';
import { notificationIndexes, notificationStore } from './store.ts';
import { createTelling } from './telling.ts';
import { createWriting } from './writing.ts';

/** What people are told of what happens where they work, how much of it they want to hear, and by which way. */
export const notifications = defineModule((platform) => {
  const { db } = platform;
  const store = notificationStore(db);
  const [preferences, deliveries] = [preferencesStore(db), deliveryStore(db)];
  const write = createWriting({ platform, store, preferences });
  const post = createPost({ platform, deliveries, preferences, write });
  platform.notices.carriedOutBy(createTelling({ platform, store, preferences, deliveries, wake: post.wake }));
  const sendDigests = async (personId: string): Promise<number> => {
    const letters = await deliveries.dueNow(personId, platform.ports.now());
    if (letters > 0) post.wake();
    return letters;
  };
  return {
    router: notificationRoutes({ platform, store, preferences, sendDigests }),
    indexes: { ...notificationIndexes, ...deliveryIndexes },
    personalData: notificationData({ platform, preferences, deliveries }),
    start: post.start,
  };
});
