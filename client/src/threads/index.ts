import { IconMessages } from '@tabler/icons-react';
import { lazy } from 'react';
import { ref } from '../platform/i18n.ts';
import type { ClientModule } from '../platform/module.ts';
import { orpc } from '../platform/query.ts';
import { onSignOut } from '../platform/session.tsx';
import { eraseDrafts } from './drafts.ts';
import { messages } from './messages.ts';
import { DocumentDiscussion } from './parts/document-discussion.tsx';
import { DocumentPassages } from './passages/document-passages.tsx';

onSignOut(eraseDrafts);

const lists = () => [orpc.threads.list.key(), orpc.threads.workspaces.list.key(), orpc.threads.documents.list.key()];

export const threads: ClientModule = {
  name: 'threads',
  messages,
  routes: [
    { path: 'discussions', load: () => import('./discussions-page.tsx') },
    { path: 'threads/:threadId', load: () => import('./thread-page.tsx') },
  ],
  nav: [
    { id: 'discussions', label: ref(messages, 'nav.discussions'), icon: IconMessages, to: '/discussions', order: 20 },
  ],
  workspaceTabs: [
    {
      id: 'discussion',
      label: ref(messages, 'tab.discussion'),
      icon: IconMessages,
      order: 20,
      Tab: lazy(async () => ({ default: (await import('./threads-tab.tsx')).ThreadsTab })),
    },
  ],
  DocumentActions: DocumentDiscussion,
  DocumentMargin: DocumentPassages,
  live: {
    'thread.changed': ({ threadId: id }) => [
      ...lists(),
      orpc.threads.get.key({ input: { id } }),
      orpc.threads.replies.key({ input: { id } }),
    ],
    'thread.read': ({ threadId: id }) => [...lists(), orpc.threads.get.key({ input: { id } })],
  },
};
