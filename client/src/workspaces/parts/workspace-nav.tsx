import { mayMakeWorkspaces } from '@concert/domain/access/rights.ts';
import { ActionIcon, Skeleton, Tooltip } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { NavLink } from 'react-router';
import { useText } from '../../platform/i18n.ts';
import { useMe } from '../../platform/session.tsx';
import styles from '../../platform/shell/shell.module.css';
import { messages } from '../messages.ts';
import { useMyWorkspaces } from '../queries.ts';
import { openCreateWorkspace } from './create-dialog.tsx';
import { WorkspaceMark } from './workspace-mark.tsx';

/** My active workspaces in the navigation. */
export function WorkspaceNav({ onGo }: { onGo: () => void }) {
  const t = useText(messages);
  const { platformRole } = useMe();
  const { query, active } = useMyWorkspaces();
  return (
    <section aria-label={t('nav.workspaces')}>
      <div className={styles.group}>
        {t('nav.workspaces')}
        {mayMakeWorkspaces(platformRole).ok && (
          <Tooltip label={t('create.open')}>
            <ActionIcon
              size="sm"
              aria-label={t('create.open')}
              onClick={() => {
                onGo();
                openCreateWorkspace();
              }}
            >
              <IconPlus size={16} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
      {query.isPending && <Skeleton height={24} mx="xs" my={4} />}
      {active.map(({ id, name }) => (
        <NavLink key={id} to={`/workspaces/${id}`} className={styles.link} title={name} onClick={onGo}>
          <WorkspaceMark id={id} name={name} />
          <span>{name}</span>
        </NavLink>
      ))}
    </section>
  );
}
