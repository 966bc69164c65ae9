import type { ClientModule } from '../platform/module.ts';
import { useSearchCommands } from './commands.ts';
import { messages } from './messages.ts';

export const search: ClientModule = {
  name: 'search',
  messages,
  routes: [{ path: 'search', load: () => import('./search-page.tsx') }],
  useCommands: useSearchCommands,
};
