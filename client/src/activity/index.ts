import { IconActivity } from '@tabler/icons-react';
import { lazy } from 'react';
import { ref } from '../platform/i18n.ts';
import type { ClientModule } from '../platform/module.ts';
import { orpc } from '../platform/query.ts';
import { messages } from './messages.ts';
import { DocumentActivity } from './parts/document-activity.tsx';
import { SinceSection } from './since-section.tsx';

const lists = () => [orpc.activity.list.key()];

export const activity: ClientModule = {
  name: 'activity',
  messages,
  homeSections: [{ id: 'since', order: 5, column: 'main', Section: SinceSection }],
  workspaceTabs: [
    {
      id: 'activity',
      label: ref(messages, 'tab.activity'),
      icon: IconActivity,
      order: 30,
      Tab: lazy(async () => ({ default: (await import('./activity-tab.tsx')).ActivityTab })),
    },
  ],
  DocumentActions: DocumentActivity,
  live: { 'activity.changed': lists, 'access.changed': lists },
};
