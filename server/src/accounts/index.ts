import { defineModule } from '../platform/module.ts';
import { accountRoutes } from './routes.ts';

/** People's own accounts; signing in and out is the platform's. */
export const accounts = defineModule((platform) => ({ router: accountRoutes(platform) }));
