import { GRANTED_ROLES, type GrantItem } from '@concert/domain/access/api.ts';
import { ActionIcon, Group, Text, Tooltip } from '@mantine/core';
import { type Icon, IconBuildingCommunity, IconUser, IconUsersGroup, IconX } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { ErrorState } from '../../ui/error-state.tsx';
import { RoleBadge } from '../../ui/role-badge.tsx';
import { Rows } from '../../ui/rows.tsx';
import { ListSkeleton } from '../../ui/skeletons.tsx';
import { offerUndo } from '../../ui/undo.tsx';
import { UntilField } from '../../ui/until-field.tsx';
import { useFormat } from '../format.ts';
import { useText } from '../i18n.ts';
import { endOf, lastDayOf } from './ends.ts';
import { messages } from './messages.ts';
import { RoleSelect } from './role-select.tsx';
import { type GranteeType, routesOf, type Subject, useRightsChanged } from './subject.ts';

const SIGN: Record<GranteeType, Icon> = {
  body: IconUsersGroup,
  organisation: IconBuildingCommunity,
  person: IconUser,
};

/** What was given on the subject beside the membership of its workspace. Owners change it and take it back. */
export function Grants({ subject }: { subject: Subject }) {
  const t = useText(messages);
  const grants = useQuery(routesOf(subject).grants.queryOptions({ input: { id: subject.id } }));
  const items = grants.data?.items ?? [];
  return (
    <>
      {grants.isPending && <ListSkeleton count={2} />}
      {grants.isError && <ErrorState error={grants.error} onRetry={() => void grants.refetch()} />}
      {grants.isSuccess && items.length === 0 && (
        <Text size="sm" c="dimmed">
          {t(`grants.none.${subject.kind}`)}
        </Text>
      )}
      <Rows label={t('grants.title')}>
        {items.map((grant) => (
          <GrantRow key={grant.id} grant={grant} subject={subject} />
        ))}
      </Rows>
    </>
  );
}

function GrantRow({ grant, subject }: { grant: GrantItem; subject: Subject }) {
  const t = useText(messages);
  const format = useFormat();
  const { principal, peopleCount, until, by } = grant;
  const Sign = SIGN[principal.type];
  const name = principal.name || t('gone');
  const about = [
    principal.type === 'person' ? '' : t('grants.people', { count: peopleCount }),
    t('grants.by', { name: by.name }),
    !subject.owned && until ? t('reason.until', { date: format.date(lastDayOf(until)) }) : '',
  ];
  return (
    <Group py="sm" gap="sm" justify="space-between">
      <Group gap="sm" wrap="nowrap" flex="1 1 13rem" miw={0}>
        <Sign size={22} stroke={1.5} aria-hidden style={{ flex: 'none' }} />
        <div style={{ minWidth: 0 }}>
          <Text size="sm" fw={560} lineClamp={2}>
            {name}
          </Text>
          <Text size="xs" c="dimmed">
            {about.filter(Boolean).join(' · ')}
          </Text>
        </div>
      </Group>
      {subject.owned ? <GrantControls grant={grant} subject={subject} name={name} /> : <RoleBadge role={grant.role} />}
    </Group>
  );
}

type ControlsProps = { readonly grant: GrantItem; readonly subject: Subject; readonly name: string };

function GrantControls({ grant, subject, name }: ControlsProps) {
  const t = useText(messages);
  const changed = useRightsChanged();
  const routes = routesOf(subject);
  const change = useMutation(routes.changeGrant.mutationOptions({ onSettled: changed }));
  const give = useMutation(routes.grant.mutationOptions({ onSettled: changed }));
  const end = useMutation(
    routes.endGrant.mutationOptions({
      onSettled: changed,
      onSuccess: () => {
        if (!subject.open) return;
        const { type, id } = grant.principal;
        const again = { id: subject.id, principal: { type, id }, role: grant.role };
        offerUndo(t('grants.ended', { name }), () =>
          give.mutate({ ...again, ...(grant.until ? { until: grant.until } : {}) }),
        );
      },
    }),
  );
  const at = { id: subject.id, grantId: grant.id };
  const locked = !subject.open || change.isPending;
  return (
    <Group gap="xs" wrap="nowrap">
      <UntilField
        name={t('grants.untilOf', { name })}
        value={grant.until ? lastDayOf(grant.until) : null}
        disabled={locked}
        onChange={(day) => change.mutate({ ...at, until: day ? endOf(day) : null })}
      />
      <RoleSelect
        roles={GRANTED_ROLES}
        name={t('grants.roleOf', { name })}
        value={grant.role}
        disabled={locked}
        onChange={(role) => change.mutate({ ...at, role })}
      />
      <Tooltip label={t('grants.end')}>
        <ActionIcon aria-label={t('grants.endOf', { name })} loading={end.isPending} onClick={() => end.mutate(at)}>
          <IconX size={17} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </Group>
  );
}
