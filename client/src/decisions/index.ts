import { IconGavel } from '@tabler/icons-react';
import { ref } from '../platform/i18n.ts';
import type { ClientModule } from '../platform/module.ts';
import { orpc } from '../platform/query.ts';
import { messages } from './messages.ts';

export const decisions: ClientModule = {
  name: 'decisions',
  messages,
  routes: [
    { path: 'decisions', load: () => import('./decisions-page.tsx') },
    { path: 'decisions/:decisionId', load: () => import('./decision-page.tsx') },
  ],
  nav: [{ id: 'decisions', label: ref(messages, 'title'), icon: IconGavel, to: '/decisions', order: 28 }],
  live: {
    'decisions.changed': () => [orpc.decisions.key()],
    // Who sees a decision, and who signs it, depends on mandates.
    'bodies.changed': () => [orpc.decisions.key()],
  },
};
