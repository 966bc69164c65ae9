import { IconFiles, IconUserShare } from '@tabler/icons-react';
import { lazy } from 'react';
import { eraseCopiesOf } from '../platform/editor/local-copies.ts';
import { ref } from '../platform/i18n.ts';
import type { ClientModule } from '../platform/module.ts';
import { orpc } from '../platform/query.ts';
import { onSignOut } from '../platform/session.tsx';
import { useDocumentCommands } from './commands.ts';
import { HereSection, RecentSection } from './home-sections.tsx';
import { messages } from './messages.ts';
import { CreateDocumentDialog } from './parts/create-dialog.tsx';
import { useDocumentsWaiting } from './waiting.ts';

// A browser keeps the documents of a person for work without a network, until they sign out.
onSignOut(eraseCopiesOf);

export const documents: ClientModule = {
  name: 'documents',
  messages,
  routes: [
    { path: 'documents/:documentId', load: () => import('./document-page.tsx') },
    { path: 'shared', load: () => import('./shared-page.tsx') },
  ],
  nav: [{ id: 'shared', label: ref(messages, 'shared.title'), icon: IconUserShare, to: '/shared', order: 10 }],
  Everywhere: CreateDocumentDialog,
  // The editor is fetched where it is first opened.
  DocumentPane: lazy(async () => ({ default: (await import('./document-pane.tsx')).DocumentPane })),
  homeSections: [
    { id: 'recent-documents', order: 10, column: 'main', Section: RecentSection },
    { id: 'here-now', order: 10, column: 'side', Section: HereSection },
  ],
  workspaceTabs: [
    {
      id: 'documents',
      label: ref(messages, 'tab.documents'),
      icon: IconFiles,
      order: 10,
      Tab: lazy(async () => ({ default: (await import('./documents-tab.tsx')).DocumentsTab })),
      count: ({ documentCount }) => documentCount,
    },
  ],
  useWaiting: useDocumentsWaiting,
  useCommands: useDocumentCommands,
  live: {
    'document.changed': ({ documentId }) => [
      orpc.documents.list.key(),
      orpc.documents.recent.key(),
      orpc.sharing.documents.key(),
      orpc.documents.get.key({ input: { id: documentId } }),
    ],
    'versions.changed': () => [orpc.documents.versions.key()],
    'presence.changed': () => [orpc.documents.presence.key()],
  },
};
