import { defineModule } from '../platform/module.ts';
import { accountReactions } from './reactions.ts';
import { accountRoutes } from './routes.ts';

/** People's own accounts and the letters about them; signing in and out is the platform's. */
export const accounts = defineModule((platform) => ({
  router: accountRoutes(platform),
  reactions: accountReactions(platform),
}));
