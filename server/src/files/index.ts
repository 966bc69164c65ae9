import { defineModule } from '../platform/module.ts';
import { fileData } from './personal-data.ts';
import { fileRoutes } from './routes.ts';

/** Images of documents. Their rights are those of the document they belong to. */
export const files = defineModule((platform) => ({
  router: fileRoutes(platform),
  personalData: fileData(platform.db),
}));
