import { PLATFORM_ROLES } from '@concert/contract';
import { type ManagedPerson, PERSON_STATES } from '@concert/domain/administration/people.ts';
import {
  Anchor,
  Badge,
  Button,
  Group,
  Paper,
  Select,
  Stack,
  Table,
  Text,
  Tooltip,
  VisuallyHidden,
} from '@mantine/core';
import { useDebouncedValue, useDisclosure, useMediaQuery } from '@mantine/hooks';
import { IconRosetteDiscountCheck, IconUserPlus, IconUsersGroup, IconZoomQuestion } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { nextCursor, orpc } from '../../platform/query.ts';
import { useMe } from '../../platform/session.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { LoadMore } from '../../ui/load-more.tsx';
import { PersonAvatar } from '../../ui/person-avatar.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { ListSkeleton } from '../../ui/skeletons.tsx';
import { messages } from '../messages.ts';
import { InviteDialog } from './invite-dialog.tsx';
import { StateBadge } from './state-badge.tsx';

type State = (typeof PERSON_STATES)[number];
type Role = (typeof PLATFORM_ROLES)[number];
type Filters = { readonly state: State | undefined; readonly role: Role | undefined };

/** The people of the installation: found by name, state and role; each opens their page. */
export function PeopleTab() {
  const t = useText(messages);
  const { platformRole } = useMe();
  const [inviting, { open, close }] = useDisclosure(false);
  const [typed, setTyped] = useState('');
  const [filters, setFilters] = useState<Filters>({ state: undefined, role: undefined });
  const [q] = useDebouncedValue(typed.trim(), 200);
  const phone = useMediaQuery('(max-width: 52em)', undefined, { getInitialValueInEffect: false });
  const list = useInfiniteQuery({
    ...orpc.administration.people.infiniteOptions({
      input: (cursor: string | undefined) => ({
        limit: 50,
        ...(cursor ? { cursor } : {}),
        ...(q ? { q } : {}),
        ...(filters.state ? { state: filters.state } : {}),
        ...(filters.role ? { role: filters.role } : {}),
      }),
      initialPageParam: undefined,
      getNextPageParam: nextCursor,
    }),
    placeholderData: keepPreviousData,
  });
  const people = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const filtered = q !== '' || filters.state !== undefined || filters.role !== undefined;
  const People = phone ? PeopleCards : PeopleTable;
  return (
    <>
      <Group mb="md" gap="sm" justify="space-between">
        <Group gap="sm" flex="1 1 24rem">
          <SearchField label={t('people.search')} value={typed} onChange={setTyped} />
          <FilterSelects value={filters} onChange={setFilters} />
        </Group>
        {platformRole === 'administrator' && (
          <Button leftSection={<IconUserPlus size={17} aria-hidden />} onClick={open}>
            {t('invite.open')}
          </Button>
        )}
      </Group>
      {list.isPending && <ListSkeleton count={8} />}
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && people.length === 0 && <Nobody filtered={filtered} />}
      {people.length > 0 && <People people={people} />}
      <LoadMore list={list} />
      <InviteDialog opened={inviting} onClose={close} />
    </>
  );
}

function FilterSelects({ value, onChange }: { value: Filters; onChange: (next: Filters) => void }) {
  const t = useText(messages);
  const say = useText(common);
  return (
    <Group gap="sm" flex="1 1 20rem" maw="23rem">
      <Select
        aria-label={t('people.state')}
        placeholder={t('people.allStates')}
        clearable
        flex="1 1 9.5rem"
        data={PERSON_STATES.map((state) => ({ value: state, label: t(`state.${state}`) }))}
        value={value.state ?? null}
        onChange={(next) => onChange({ ...value, state: PERSON_STATES.find((state) => state === next) })}
      />
      <Select
        aria-label={t('people.role')}
        placeholder={t('people.allRoles')}
        clearable
        flex="1 1 9.5rem"
        data={PLATFORM_ROLES.map((role) => ({ value: role, label: say(`platformRole.${role}`) }))}
        value={value.role ?? null}
        onChange={(next) => onChange({ ...value, role: PLATFORM_ROLES.find((role) => role === next) })}
      />
    </Group>
  );
}

function Nobody({ filtered }: { filtered: boolean }) {
  const t = useText(messages);
  return (
    <EmptyState
      icon={filtered ? IconZoomQuestion : IconUsersGroup}
      title={t(filtered ? 'people.none' : 'people.empty')}
    >
      {t(filtered ? 'people.noneDetail' : 'people.emptyDetail')}
    </EmptyState>
  );
}

type ListProps = { readonly people: readonly ManagedPerson[] };

function PeopleTable({ people }: ListProps) {
  const t = useText(messages);
  const say = useText(common);
  return (
    <Table highlightOnHover verticalSpacing="xs" aria-label={t('tab.people')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('people.person')}</Table.Th>
          <Table.Th>{t('people.organisation')}</Table.Th>
          <Table.Th>{t('people.role')}</Table.Th>
          <Table.Th>{t('people.state')}</Table.Th>
          <Table.Th>{t('people.seen')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {people.map((person) => (
          <Table.Tr key={person.id}>
            <Table.Td maw="18rem">
              <Who person={person} />
            </Table.Td>
            <Table.Td maw="16rem">
              <OrganisationOf person={person} />
            </Table.Td>
            <Table.Td>
              <Text size="sm">{say(`platformRole.${person.platformRole}`)}</Text>
            </Table.Td>
            <Table.Td>
              <StateBadge state={person.state} />
            </Table.Td>
            <Table.Td>
              <Text size="sm" c="dimmed" component="div" style={{ whiteSpace: 'nowrap' }}>
                <Seen person={person} />
              </Text>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function PeopleCards({ people }: ListProps) {
  const t = useText(messages);
  const say = useText(common);
  return (
    <Stack gap="sm" component="ul" aria-label={t('tab.people')} m={0} p={0} style={{ listStyle: 'none' }}>
      {people.map((person) => (
        <Paper key={person.id} component="li" withBorder radius="lg" p="sm">
          <Who person={person} />
          <Stack gap={6} mt="xs" ml={46}>
            <OrganisationOf person={person} />
            <Group gap="xs">
              <Badge variant="default" radius="sm">
                {say(`platformRole.${person.platformRole}`)}
              </Badge>
              <StateBadge state={person.state} />
              <Text size="xs" c="dimmed" component="div">
                <Seen person={person} />
              </Text>
            </Group>
          </Stack>
        </Paper>
      ))}
    </Stack>
  );
}

function Who({ person }: { person: ManagedPerson }) {
  return (
    <Group gap="sm" wrap="nowrap" miw={0}>
      <PersonAvatar person={person} size={34} decorative />
      <div style={{ minWidth: 0 }}>
        <Anchor
          component={Link}
          to={`/administration/people/${person.id}`}
          size="sm"
          fw={560}
          c="var(--mantine-color-text)"
          display="block"
          truncate
        >
          {person.name}
        </Anchor>
        <Text size="xs" c="dimmed" truncate>
          {person.email ?? ' '}
        </Text>
      </div>
    </Group>
  );
}

function OrganisationOf({ person: { organisationName, organisationConfirmed } }: { person: ManagedPerson }) {
  const t = useText(messages);
  if (!organisationName) return null;
  return (
    <Group gap={4} wrap="nowrap" miw={0}>
      <Text size="sm" truncate>
        {organisationName}
      </Text>
      {organisationConfirmed && (
        <Tooltip label={t('organisation.confirmed')}>
          <span style={{ display: 'inline-flex', color: 'var(--concert-accent-text)' }}>
            <IconRosetteDiscountCheck size={16} stroke={1.8} aria-hidden />
            <VisuallyHidden>{t('organisation.confirmed')}</VisuallyHidden>
          </span>
        </Tooltip>
      )}
    </Group>
  );
}

function Seen({ person }: { person: ManagedPerson }) {
  const t = useText(messages);
  return person.lastSeenAt ? <RelativeTime at={person.lastSeenAt} /> : t('people.never');
}
