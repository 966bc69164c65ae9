import { mayMakeWorkspaces } from '@concert/domain/access/rights.ts';
import { IconFolder, IconPlus } from '@tabler/icons-react';
import { useNavigate } from 'react-router';
import { ref, useText } from '../platform/i18n.ts';
import { common } from '../platform/messages.ts';
import type { Command } from '../platform/module.ts';
import { useMe } from '../platform/session.tsx';
import { messages } from './messages.ts';
import { openCreateWorkspace } from './parts/create-dialog.tsx';
import { useMyWorkspaces } from './queries.ts';

/** In the palette: going to a workspace, creating one. */
export function useWorkspaceCommands(): readonly Command[] {
  const t = useText(messages);
  const navigate = useNavigate();
  const { platformRole } = useMe();
  const { active } = useMyWorkspaces();
  return [
    ...active.map(({ id, name, description }) => ({
      id: `workspace ${id}`,
      group: ref(messages, 'nav.workspaces'),
      label: name,
      ...(description ? { detail: description } : {}),
      icon: IconFolder,
      run: () => void navigate(`/workspaces/${id}`),
    })),
    ...(mayMakeWorkspaces(platformRole).ok
      ? [
          {
            id: 'create workspace',
            group: ref(common, 'palette.do'),
            label: t('palette.create'),
            icon: IconPlus,
            run: openCreateWorkspace,
          },
        ]
      : []),
  ];
}
