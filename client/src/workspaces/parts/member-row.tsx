import { WORKSPACE_ROLES, type WorkspaceRole } from '@concert/domain/access/roles.ts';
import type { Member, Workspace } from '@concert/domain/workspaces/api.ts';
import { ActionIcon, Box, Button, Group, Menu, Modal, Space, Text, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCalendarDue, IconDots, IconUserMinus } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useFormat } from '../../platform/format.ts';
import { useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { orpc } from '../../platform/query.ts';
import { useMe } from '../../platform/session.tsx';
import { endOf, lastDayOf } from '../../platform/sharing/ends.ts';
import { RoleSelect } from '../../platform/sharing/role-select.tsx';
import { ConfirmDialog } from '../../ui/confirm-button.tsx';
import { sayDone } from '../../ui/notify.ts';
import { PersonLine } from '../../ui/person-line.tsx';
import { RoleBadge } from '../../ui/role-badge.tsx';
import { offerUndo } from '../../ui/undo.tsx';
import { UntilField } from '../../ui/until-field.tsx';
import { messages } from '../messages.ts';
import { LeaveDialog } from './leave-button.tsx';

type Props = {
  readonly member: Member;
  readonly workspace: Workspace;
  /** Whether the reader may change roles and remove people. */
  readonly manages: boolean;
  readonly lastOwner: boolean;
};

/** One member: who they are, their role, and what may be done about it. */
export function MemberRow({ member, workspace, manages, lastOwner }: Props) {
  const t = useText(messages);
  const say = useText(common);
  const format = useFormat();
  const me = useMe();
  const mine = member.personId === me.id;
  const about = [member.title, member.organisationName].filter(Boolean).join(' · ') || member.email;
  const until = member.until ? ` · ${t('members.until', { date: format.date(lastDayOf(member.until)) })}` : '';
  return (
    <Group py="sm" gap="sm" justify="space-between">
      <div style={{ flex: '1 1 16rem', minWidth: 0 }}>
        <PersonLine
          person={member}
          detail={`${about}${until}`}
          size={38}
          mark={
            mine && (
              <Text size="xs" c="dimmed" component="span">
                ({say('you')})
              </Text>
            )
          }
        />
      </div>
      <Group gap="xs" justify="flex-end" ml={{ base: 50, sm: 0 }}>
        <Box w={manages ? '9.5rem' : undefined}>
          <Role member={member} workspace={workspace} manages={manages} lastOwner={lastOwner} />
        </Box>
        {mine && !lastOwner && <LeaveMenu member={member} workspace={workspace} />}
        {mine && lastOwner && <Space w={34} />}
        {manages && !mine && <RemoveMenu member={member} workspace={workspace} />}
      </Group>
    </Group>
  );
}

function useChangeRole(member: Member, workspace: Workspace) {
  const t = useText(messages);
  const say = useText(common);
  const queries = useQueryClient();
  const change = useMutation(
    orpc.workspaces.changeMember.mutationOptions({
      onSettled: () => queries.invalidateQueries({ queryKey: orpc.workspaces.key() }),
    }),
  );
  const set = (role: WorkspaceRole, onDone?: () => void) =>
    change.mutate({ id: workspace.id, personId: member.personId, role }, { onSuccess: onDone });
  return {
    busy: change.isPending,
    to: (role: WorkspaceRole) => {
      const before = member.role;
      const told = t('members.roleChanged', { name: member.name, role: say(`role.${role}`) });
      set(role, () => offerUndo(told, () => set(before)));
    },
  };
}

function Role({ member, workspace, manages, lastOwner }: Props) {
  const t = useText(messages);
  const change = useChangeRole(member, workspace);
  if (!manages) return <RoleBadge role={member.role} />;
  if (lastOwner) {
    return (
      <Tooltip label={t('members.lastOwner')} multiline w={260}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the explanation must be reachable without a mouse */}
        <span tabIndex={0} role="note" aria-label={t('members.lastOwner')}>
          <RoleBadge role={member.role} />
        </span>
      </Tooltip>
    );
  }
  return (
    <RoleSelect
      roles={WORKSPACE_ROLES}
      name={t('members.changeRole', { name: member.name })}
      value={member.role}
      onChange={change.to}
      disabled={change.busy}
    />
  );
}

type RowMenuProps = {
  readonly name: string;
  readonly action: string;
  readonly onAct: () => void;
  readonly children?: ReactNode;
};

/** The three dots of a row and what stands behind them. */
function RowMenu({ name, action, onAct, children }: RowMenuProps) {
  const t = useText(messages);
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={t('members.actions', { name })}>
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {children}
        <Menu.Item color="red" leftSection={<IconUserMinus size={16} aria-hidden />} onClick={onAct}>
          {action}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function LeaveMenu({ member, workspace }: { member: Member; workspace: Workspace }) {
  const t = useText(messages);
  const [asking, { open, close }] = useDisclosure(false);
  return (
    <>
      <RowMenu name={member.name} action={t('members.leave')} onAct={open} />
      <LeaveDialog workspace={workspace} opened={asking} onClose={close} />
    </>
  );
}

function RemoveMenu({ member, workspace }: { member: Member; workspace: Workspace }) {
  const t = useText(messages);
  const [endOpen, ending] = useDisclosure(false);
  const queries = useQueryClient();
  const [asking, { open, close }] = useDisclosure(false);
  const remove = useMutation(
    orpc.workspaces.removeMember.mutationOptions({
      onSuccess: () => {
        sayDone(t('members.removed', { name: member.name }));
        return queries.invalidateQueries({ queryKey: orpc.workspaces.key() });
      },
    }),
  );
  return (
    <>
      <RowMenu name={member.name} action={t('members.remove')} onAct={open}>
        <Menu.Item leftSection={<IconCalendarDue size={16} aria-hidden />} onClick={ending.open}>
          {t('members.setEnd')}
        </Menu.Item>
      </RowMenu>
      <EndDialog member={member} workspace={workspace} opened={endOpen} onClose={ending.close} />
      <ConfirmDialog
        opened={asking}
        onClose={close}
        title={t('members.removeTitle', { name: member.name })}
        action={t('members.removeAction')}
        onConfirm={() => remove.mutateAsync({ id: workspace.id, personId: member.personId })}
      >
        {t('members.removeDetail', { workspace: workspace.name })}
      </ConfirmDialog>
    </>
  );
}

type EndProps = {
  readonly member: Member;
  readonly workspace: Workspace;
  readonly opened: boolean;
  readonly onClose: () => void;
};

/** The last day of a membership, or that it has none. */
function EndDialog({ member, workspace, opened, onClose }: EndProps) {
  const t = useText(messages);
  const say = useText(common);
  const queries = useQueryClient();
  const [day, setDay] = useState(member.until ? lastDayOf(member.until) : null);
  const change = useMutation(
    orpc.workspaces.changeMember.mutationOptions({
      onSuccess: () => {
        onClose();
        return queries.invalidateQueries({ queryKey: orpc.workspaces.key() });
      },
    }),
  );
  const save = () => change.mutate({ id: workspace.id, personId: member.personId, until: day ? endOf(day) : null });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('members.endTitle', { name: member.name })}
      closeButtonProps={{ 'aria-label': say('close') }}
    >
      <Text size="sm" mb="md">
        {t('members.endDetail')}
      </Text>
      <UntilField label={say('until.label')} value={day} onChange={setDay} w="100%" />
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>
          {say('cancel')}
        </Button>
        <Button loading={change.isPending} onClick={save}>
          {say('save')}
        </Button>
      </Group>
    </Modal>
  );
}
