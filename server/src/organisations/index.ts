import { defineModule } from '../platform/module.ts';
import { organisationData } from './personal-data.ts';
import { organisationRoutes } from './routes.ts';
import { organisationIndexes, organisationStore } from './store.ts';

/** The organisations of the region. */
export const organisations = defineModule((platform) => {
  const store = organisationStore(platform.db);
  platform.lookups.organisationNames.answeredBy(store.names);
  platform.lookups.organisationDomains.answeredBy(store.domains);
  return {
    router: organisationRoutes({ platform, store }),
    indexes: organisationIndexes,
    personalData: organisationData(platform.db),
  };
});
