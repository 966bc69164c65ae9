import { IconEyeCheck, IconHome, IconSettings, IconUsers } from '@tabler/icons-react';
import { lazy } from 'react';
import { ref } from '../platform/i18n.ts';
import type { ClientModule } from '../platform/module.ts';
import { orpc } from '../platform/query.ts';
import { useWorkspaceCommands } from './commands.ts';
import { messages } from './messages.ts';
import { CreateWorkspaceDialog } from './parts/create-dialog.tsx';
import { WorkspaceNav } from './parts/workspace-nav.tsx';
import { useInvitationsWaiting } from './waiting.ts';

export const workspaces: ClientModule = {
  name: 'workspaces',
  messages,
  routes: [
    { path: '', load: () => import('./home-page.tsx') },
    { path: 'workspaces/:workspaceId/:tab?', load: () => import('./workspace-page.tsx') },
    { path: 'invitations', audience: 'public', load: () => import('./invitation-page.tsx') },
  ],
  nav: [{ id: 'home', label: ref(messages, 'nav.home'), icon: IconHome, to: '/', order: 0 }],
  NavSection: WorkspaceNav,
  Everywhere: CreateWorkspaceDialog,
  workspaceTabs: [
    {
      id: 'members',
      label: ref(messages, 'tab.members'),
      icon: IconUsers,
      order: 50,
      Tab: lazy(async () => ({ default: (await import('./members-tab.tsx')).MembersTab })),
      count: ({ memberCount }) => memberCount,
    },
    {
      id: 'access',
      label: ref(messages, 'tab.access'),
      icon: IconEyeCheck,
      order: 60,
      Tab: lazy(async () => ({ default: (await import('./access-tab.tsx')).AccessTab })),
    },
    {
      id: 'settings',
      label: ref(messages, 'tab.settings'),
      icon: IconSettings,
      order: 100,
      Tab: lazy(async () => ({ default: (await import('./settings-tab.tsx')).SettingsTab })),
    },
  ],
  useWaiting: useInvitationsWaiting,
  useCommands: useWorkspaceCommands,
  live: {
    'workspace.changed': () => [orpc.workspaces.key(), orpc.sharing.key()],
    // Counts of documents stand on the cards.
    'document.changed': ({ workspaceId }) => [
      orpc.workspaces.list.key(),
      orpc.workspaces.get.key({ input: { id: workspaceId } }),
    ],
  },
};
