import type { ClientModule } from '../platform/module.ts';
import { messages } from './messages.ts';

/** `/dev/ui`: the shared parts side by side, for those who build pages and those who review them. */
export const gallery: ClientModule = {
  name: 'gallery',
  messages,
  routes: [{ path: 'dev/ui', audience: 'public', load: () => import('./gallery-page.tsx') }],
};
