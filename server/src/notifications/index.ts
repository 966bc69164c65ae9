import { defineModule } from '../platform/module.ts';
import { notificationData } from './personal-data.ts';
import { notificationRoutes } from './routes.ts';
import { notificationIndexes, notificationStore } from './store.ts';
import { createTelling } from './telling.ts';

/** What people are told of what happens where they work, and how much of it they want to hear. */
export const notifications = defineModule((platform) => {
  const store = notificationStore(platform.db);
  platform.notices.carriedOutBy(createTelling({ platform, store }));
  return {
    router: notificationRoutes({ platform, store }),
    indexes: notificationIndexes,
    personalData: notificationData(platform),
  };
});
