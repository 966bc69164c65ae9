import type { Workspace } from '@concert/domain/workspaces/api.ts';
import { Button, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { useText } from '../../platform/i18n.ts';
import { orpc } from '../../platform/query.ts';
import { useMe } from '../../platform/session.tsx';
import { ConfirmDialog } from '../../ui/confirm-button.tsx';
import { sayDone } from '../../ui/notify.ts';
import { messages } from '../messages.ts';
import { isLastOwner, useMembers } from './members.ts';

type DialogProps = { readonly workspace: Workspace; readonly opened: boolean; readonly onClose: () => void };

/** Asks before leaving, then goes home. */
export function LeaveDialog({ workspace, opened, onClose }: DialogProps) {
  const t = useText(messages);
  const me = useMe();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const leave = useMutation(
    orpc.workspaces.removeMember.mutationOptions({
      onSuccess: async () => {
        sayDone(t('members.left', { workspace: workspace.name }));
        await navigate('/');
        await queries.invalidateQueries();
      },
    }),
  );
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={t('members.leaveTitle', { workspace: workspace.name })}
      action={t('members.leave')}
      onConfirm={() => leave.mutateAsync({ id: workspace.id, personId: me.id })}
    >
      {t('members.leaveDetail')}
    </ConfirmDialog>
  );
}

/** Leaves the workspace; the last owner is told why they cannot. */
export function LeaveButton({ workspace }: { workspace: Workspace }) {
  const t = useText(messages);
  const me = useMe();
  const { members } = useMembers(workspace.id);
  const [asking, { open, close }] = useDisclosure(false);
  if (isLastOwner(members, me.id)) {
    return (
      <Text size="sm" c="dimmed" flex="1 1 100%">
        {t('members.lastOwner')}
      </Text>
    );
  }
  return (
    <>
      <Button variant="default" onClick={open}>
        {t('members.leave')}
      </Button>
      <LeaveDialog workspace={workspace} opened={asking} onClose={close} />
    </>
  );
}
