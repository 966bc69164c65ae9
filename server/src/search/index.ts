import { defineModule } from '../platform/module.ts';
import { createSearching } from './engine.ts';
import { searchRoutes } from './routes.ts';

/** Finding what other slices have, by its words. */
export const search = defineModule((platform) => {
  const searching = createSearching(platform);
  return { searching, router: searchRoutes(platform, searching), start: searching.start };
});
