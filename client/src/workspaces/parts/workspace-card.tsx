import type { Workspace } from '@concert/domain/workspaces/api.ts';
import { Badge, Group, Text } from '@mantine/core';
import { Link } from 'react-router';
import { useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { RoleBadge } from '../../ui/role-badge.tsx';
import { messages } from '../messages.ts';
import styles from './workspace-card.module.css';
import { WorkspaceMark } from './workspace-mark.tsx';

/** A workspace on the home page: what it is, how large, and my role in it. */
export function WorkspaceCard({ workspace }: { workspace: Workspace }) {
  const t = useText(messages);
  const say = useText(common);
  const { id, name, description, state, role, memberCount, documentCount } = workspace;
  return (
    <Link to={`/workspaces/${id}`} className={styles.card} data-archived={state === 'archived' || undefined}>
      <Group gap="sm" wrap="nowrap" align="center">
        <WorkspaceMark id={id} name={name} size={30} />
        <Text fw={600} lineClamp={2} lh={1.3} flex={1}>
          {name}
        </Text>
      </Group>
      {description && (
        <Text size="sm" c="dimmed" lineClamp={2} mt={8}>
          {description}
        </Text>
      )}
      <Group justify="space-between" gap="xs" mt="auto" pt="sm" wrap="nowrap">
        <Text size="xs" c="dimmed" component="div">
          {t('card.documents', { count: documentCount })} · {t('card.members', { count: memberCount })}
        </Text>
        {state === 'archived' ? <Badge color="gray">{say('state.archived')}</Badge> : <RoleBadge role={role} />}
      </Group>
    </Link>
  );
}
