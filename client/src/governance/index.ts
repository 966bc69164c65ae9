import { IconUsersGroup } from '@tabler/icons-react';
import { ref } from '../platform/i18n.ts';
import type { ClientModule } from '../platform/module.ts';
import { orpc } from '../platform/query.ts';
import { messages } from './messages.ts';

export const governance: ClientModule = {
  name: 'governance',
  messages,
  routes: [
    { path: 'bodies', load: () => import('./bodies-page.tsx') },
    { path: 'bodies/:bodyId', load: () => import('./body-page.tsx') },
    { path: 'bodies/:bodyId/:tab', load: () => import('./body-page.tsx') },
  ],
  // Who can see something, and why, depends on mandates.
  live: { 'bodies.changed': () => [orpc.governance.key(), orpc.sharing.key()] },
  nav: [
    {
      id: 'bodies',
      label: ref(messages, 'title'),
      icon: IconUsersGroup,
      to: '/bodies',
      order: 25,
      // Guests see no bodies.
      isFor: ({ platformRole }) => platformRole !== 'guest',
    },
  ],
};
