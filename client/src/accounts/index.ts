import {
  IconAdjustments,
  IconDatabaseExport,
  IconDevices,
  IconKey,
  IconMailbox,
  IconShieldLock,
  IconUser,
  IconUsers,
} from '@tabler/icons-react';
import { lazy } from 'react';
import { ref } from '../platform/i18n.ts';
import type { ClientModule } from '../platform/module.ts';
import { orpc } from '../platform/query.ts';
import { messages } from './messages.ts';
import { useProfileWaiting } from './waiting.ts';

export const accounts: ClientModule = {
  name: 'accounts',
  messages,
  routes: [
    { path: 'sign-in', audience: 'public', load: () => import('./sign-in-page.tsx') },
    { path: 'sign-up', audience: 'public', load: () => import('./sign-up-page.tsx') },
    { path: 'forgot-password', audience: 'public', load: () => import('./forgot-page.tsx') },
    { path: 'reset-password', audience: 'public', load: () => import('./reset-page.tsx') },
    { path: 'verify-email', audience: 'public', load: () => import('./verify-page.tsx') },
    { path: 'confirm-email', audience: 'public', load: () => import('./confirm-email-page.tsx') },
    { path: 'claim', audience: 'public', load: () => import('./claim-page.tsx') },
    { path: 'people', load: () => import('./people-page.tsx') },
    { path: 'outbox', load: () => import('./outbox-page.tsx') },
    { path: 'settings/:page?', load: () => import('./settings-page.tsx') },
  ],
  nav: [
    { id: 'people', label: ref(messages, 'nav.people'), icon: IconUsers, to: '/people', order: 20 },
    { id: 'outbox', label: ref(messages, 'nav.outbox'), icon: IconMailbox, to: '/outbox', order: 90, demoOnly: true },
  ],
  settingsPages: [
    {
      id: 'profile',
      label: ref(messages, 'profile.title'),
      icon: IconUser,
      order: 0,
      Page: lazy(async () => ({ default: (await import('./parts/profile-form.tsx')).ProfileForm })),
    },
    {
      id: 'security',
      label: ref(messages, 'security.title'),
      icon: IconShieldLock,
      order: 4,
      Page: lazy(async () => ({ default: (await import('./parts/security-form.tsx')).SecurityForm })),
    },
    {
      id: 'sessions',
      label: ref(messages, 'sessions.title'),
      icon: IconDevices,
      order: 6,
      Page: lazy(async () => ({ default: (await import('./parts/session-list.tsx')).SessionList })),
    },
    {
      id: 'data',
      label: ref(messages, 'data.title'),
      icon: IconDatabaseExport,
      order: 30,
      Page: lazy(async () => ({ default: (await import('./parts/my-data.tsx')).MyData })),
    },
    {
      id: 'preferences',
      label: ref(messages, 'preferences.title'),
      icon: IconAdjustments,
      order: 2,
      Page: lazy(async () => ({ default: (await import('./parts/preferences-form.tsx')).PreferencesForm })),
    },
    {
      id: 'tokens',
      label: ref(messages, 'tokens.title'),
      icon: IconKey,
      order: 20,
      Page: lazy(async () => ({ default: (await import('./parts/token-list.tsx')).TokenList })),
    },
  ],
  useWaiting: useProfileWaiting,
  live: { 'workspace.changed': () => [orpc.accounts.people.key()] },
};
