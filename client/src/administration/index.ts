import { maySeePeople } from '@concert/domain/administration/rules.ts';
import { IconShieldCog } from '@tabler/icons-react';
import { ref } from '../platform/i18n.ts';
import type { ClientModule } from '../platform/module.ts';
import { messages } from './messages.ts';

export const administration: ClientModule = {
  name: 'administration',
  messages,
  routes: [
    { path: 'administration/people/:personId', load: () => import('./person-page.tsx') },
    { path: 'administration/:tab?', load: () => import('./administration-page.tsx') },
  ],
  nav: [
    {
      id: 'administration',
      label: ref(messages, 'title'),
      icon: IconShieldCog,
      to: '/administration',
      order: 60,
      isFor: ({ platformRole }) => maySeePeople(platformRole),
    },
  ],
};
