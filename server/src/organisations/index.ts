import { defineModule } from '../platform/module.ts';
import { organisationRoutes } from './routes.ts';
import { organisationIndexes, organisationStore } from './store.ts';

/** The organisations of the region. */
export const organisations = defineModule((platform) => {
  const store = organisationStore(platform.db);
  platform.lookups.organisationNames.answeredBy(store.names);
  return { router: organisationRoutes({ platform, store }), indexes: organisationIndexes };
});
