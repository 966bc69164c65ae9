import type { WorkspaceRole } from '@concert/domain/access/roles.ts';
import { Badge } from '@mantine/core';
import { useText } from '../platform/i18n.ts';
import { common } from '../platform/messages.ts';

/** A role in a workspace, in words. */
export function RoleBadge({ role }: { role: WorkspaceRole }) {
  const t = useText(common);
  return (
    <Badge variant={role === 'owner' ? 'light' : 'default'} size="md" radius="sm" autoContrast={false}>
      {t(`role.${role}`)}
    </Badge>
  );
}
