import { IconGavel } from '@tabler/icons-react';
import { ref } from '../platform/i18n.ts';
import type { ClientModule } from '../platform/module.ts';
import { orpc } from '../platform/query.ts';
import { ActionDialog } from './actions/lazy-dialog.tsx';
import { CarriedActions, MyActions } from './actions/parts.tsx';
import { messages } from './messages.ts';

export const decisions: ClientModule = {
  name: 'decisions',
  messages,
  routes: [
    { path: 'decisions', load: () => import('./decisions-page.tsx') },
    { path: 'actions', load: () => import('./actions/actions-page.tsx') },
    { path: 'decisions/:decisionId', load: () => import('./decision-page.tsx') },
  ],
  nav: [{ id: 'decisions', label: ref(messages, 'title'), icon: IconGavel, to: '/decisions', order: 28 }],
  homeSections: [{ id: 'my-actions', order: 6, column: 'main', Section: MyActions }],
  MeetingParts: CarriedActions,
  ActionDialog,
  live: {
    'decisions.changed': () => [orpc.decisions.key(), orpc.actions.key()],
    'actions.changed': () => [orpc.actions.key()],
    // Who sees a decision, and who signs it, depends on mandates.
    'bodies.changed': () => [orpc.decisions.key(), orpc.actions.key()],
  },
};
