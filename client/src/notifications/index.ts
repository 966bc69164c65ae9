import { IconBell, IconInbox } from '@tabler/icons-react';
import { lazy } from 'react';
import { ref } from '../platform/i18n.ts';
import type { ClientModule } from '../platform/module.ts';
import { orpc } from '../platform/query.ts';
import { onSignOut } from '../platform/session.tsx';
import { messages } from './messages.ts';
import { Bell } from './parts/bell.tsx';
import { KeepPush } from './parts/keep-push.tsx';
import { WatchMenu } from './parts/watch-menu.tsx';
import { forgetPush } from './push.ts';
import { useMentionsWaiting } from './waiting.ts';

onSignOut(forgetPush);

export const notifications: ClientModule = {
  name: 'notifications',
  messages,
  routes: [
    { path: 'inbox', load: () => import('./inbox-page.tsx') },
    { path: 'unsubscribe', audience: 'public', load: () => import('./unsubscribe-page.tsx') },
  ],
  nav: [{ id: 'inbox', label: ref(messages, 'nav.inbox'), icon: IconInbox, to: '/inbox', order: 5 }],
  TopBarItem: Bell,
  Everywhere: KeepPush,
  SubjectActions: WatchMenu,
  settingsPages: [
    {
      id: 'notifications',
      label: ref(messages, 'settings.title'),
      icon: IconBell,
      order: 3,
      Page: lazy(async () => ({ default: (await import('./settings.tsx')).NotificationSettings })),
    },
  ],
  useWaiting: useMentionsWaiting,
  live: {
    'notifications.changed': () => [orpc.notifications.list.key(), orpc.notifications.count.key()],
  },
};
