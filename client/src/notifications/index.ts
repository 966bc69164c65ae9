import { IconInbox } from '@tabler/icons-react';
import { ref } from '../platform/i18n.ts';
import type { ClientModule } from '../platform/module.ts';
import { orpc } from '../platform/query.ts';
import { messages } from './messages.ts';
import { Bell } from './parts/bell.tsx';
import { WatchMenu } from './parts/watch-menu.tsx';
import { useMentionsWaiting } from './waiting.ts';

export const notifications: ClientModule = {
  name: 'notifications',
  messages,
  routes: [{ path: 'inbox', load: () => import('./inbox-page.tsx') }],
  nav: [{ id: 'inbox', label: ref(messages, 'nav.inbox'), icon: IconInbox, to: '/inbox', order: 5 }],
  TopBarItem: Bell,
  SubjectActions: WatchMenu,
  useWaiting: useMentionsWaiting,
  live: {
    'notifications.changed': () => [orpc.notifications.list.key(), orpc.notifications.count.key()],
  },
};
