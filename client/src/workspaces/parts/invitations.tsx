import type { Invitation } from '@concert/domain/workspaces/api.ts';
import { ActionIcon, Badge, Group, Text, Tooltip } from '@mantine/core';
import { IconMail, IconX } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useFormat } from '../../platform/format.ts';
import { useText } from '../../platform/i18n.ts';
import { orpc } from '../../platform/query.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { sayDone } from '../../ui/notify.ts';
import { RoleBadge } from '../../ui/role-badge.tsx';
import { Rows } from '../../ui/rows.tsx';
import { Section } from '../../ui/section.tsx';
import { messages } from '../messages.ts';

/** Invitations that wait for an answer; nothing at all when there is none. */
export function Invitations({ workspaceId }: { workspaceId: string }) {
  const t = useText(messages);
  const pending = useQuery(orpc.workspaces.invitations.queryOptions({ input: { id: workspaceId } }));
  if (pending.isError) return <ErrorState error={pending.error} onRetry={() => void pending.refetch()} />;
  if (!pending.data || pending.data.items.length === 0) return null;
  return (
    <Section title={t('invitations.title')}>
      <Rows label={t('invitations.title')}>
        {pending.data.items.map((invitation) => (
          <InvitationRow key={invitation.id} invitation={invitation} workspaceId={workspaceId} />
        ))}
      </Rows>
    </Section>
  );
}

function InvitationRow({ invitation, workspaceId }: { invitation: Invitation; workspaceId: string }) {
  const t = useText(messages);
  const format = useFormat();
  const queries = useQueryClient();
  const { id, email, role, invitedBy, expiresAt } = invitation;
  const expired = Date.parse(expiresAt) < Date.now();
  const revoke = useMutation(
    orpc.workspaces.revokeInvitation.mutationOptions({
      onSuccess: () => {
        sayDone(t('invitations.revoked', { email }));
        return queries.invalidateQueries({ queryKey: orpc.workspaces.invitations.key() });
      },
    }),
  );
  return (
    <Group py="sm" gap="sm" justify="space-between" wrap="nowrap">
      <Group gap="sm" wrap="nowrap" miw={0}>
        <IconMail size={20} stroke={1.5} aria-hidden style={{ flex: 'none' }} />
        <div style={{ minWidth: 0 }}>
          <Text size="sm" fw={560} truncate>
            {email}
          </Text>
          <Text size="xs" c="dimmed">
            {t('invitations.by', { name: invitedBy, date: format.date(expiresAt) })}
          </Text>
        </div>
      </Group>
      <Group gap="xs" wrap="nowrap">
        {expired ? <Badge color="gray">{t('invitations.expired')}</Badge> : <RoleBadge role={role} />}
        <Tooltip label={t('invitations.revoke')}>
          <ActionIcon
            aria-label={t('invitations.revokeFor', { email })}
            loading={revoke.isPending}
            onClick={() => revoke.mutate({ id: workspaceId, invitationId: id })}
          >
            <IconX size={17} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Group>
    </Group>
  );
}
