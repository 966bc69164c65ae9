import { defineModule } from '../platform/module.ts';
import { activityData } from './personal-data.ts';
import { activityRoutes } from './routes.ts';
import { activityIndexes, activityStore } from './store.ts';

/** What people did where they work. */
export const activity = defineModule((platform) => {
  const store = activityStore(platform.db);
  platform.activity.carriedOutBy({
    ...store,
    note: async (done) => {
      await store.note(done);
      const place = (wanted: string) => done.path.find(({ kind }) => kind === wanted)?.id;
      const [workspaceId, documentId] = [place('workspace'), place('document')];
      if (workspaceId === undefined) return;
      const say = done.staff ? platform.live.toStaff : platform.live.toWorkspace;
      say(workspaceId, 'activity.changed', { workspaceId, ...(documentId === undefined ? {} : { documentId }) });
    },
  });
  return {
    router: activityRoutes({ platform, store }),
    indexes: activityIndexes,
    personalData: activityData(platform),
  };
});
