import { IconBuildingCommunity } from '@tabler/icons-react';
import { ref } from '../platform/i18n.ts';
import type { ClientModule } from '../platform/module.ts';
import { messages } from './messages.ts';

export const organisations: ClientModule = {
  name: 'organisations',
  messages,
  routes: [{ path: 'organisations', load: () => import('./organisations-page.tsx') }],
  nav: [
    {
      id: 'organisations',
      label: ref(messages, 'nav.organisations'),
      icon: IconBuildingCommunity,
      to: '/organisations',
      order: 30,
    },
  ],
};
