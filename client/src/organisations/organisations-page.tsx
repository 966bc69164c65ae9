import { TERRITORIES } from '@concert/domain/codes/territories.ts';
import { ORGANISATION_KINDS, type Organisation, OrganisationKind } from '@concert/domain/organisations/api.ts';
import { Badge, Button, Group, Select, Text, Tooltip } from '@mantine/core';
import { useDebouncedValue, useDisclosure } from '@mantine/hooks';
import { IconBuildingCommunity, IconPlus, IconZoomQuestion } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocale, useText } from '../platform/i18n.ts';
import { common } from '../platform/messages.ts';
import { usePage } from '../platform/page.tsx';
import { nextCursor, orpc } from '../platform/query.ts';
import { useMe } from '../platform/session.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { LoadMore } from '../ui/load-more.tsx';
import { PageBody } from '../ui/page-body.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Rows } from '../ui/rows.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { ListSkeleton } from '../ui/skeletons.tsx';
import { ManageDialog } from './manage-dialog.tsx';
import { messages } from './messages.ts';
import { ProposeDialog } from './propose-dialog.tsx';

/** `/organisations`: those of the region, by name and type. */
export function Page() {
  const t = useText(messages);
  usePage(t('title'));
  const [proposing, { open, close }] = useDisclosure(false);
  const [typed, setTyped] = useState('');
  const [kind, setKind] = useState<OrganisationKind>();
  const [q] = useDebouncedValue(typed.trim(), 200);
  const list = useInfiniteQuery({
    ...orpc.organisations.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        limit: 50,
        ...(cursor ? { cursor } : {}),
        ...(q ? { q } : {}),
        ...(kind ? { kind } : {}),
      }),
      initialPageParam: undefined,
      getNextPageParam: nextCursor,
    }),
    placeholderData: keepPreviousData,
  });
  const found = list.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <PageBody>
      <PageHeader
        title={t('title')}
        detail={t('detail')}
        actions={
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={open}>
            {t('propose')}
          </Button>
        }
      />
      <Group mb="md">
        <SearchField label={t('search')} value={typed} onChange={setTyped} />
        <KindFilter value={kind} onChange={setKind} />
      </Group>
      {list.isPending && <ListSkeleton count={6} />}
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && found.length === 0 && <Nothing filtered={q !== '' || kind !== undefined} />}
      <Rows label={t('title')}>
        {found.map((organisation) => (
          <OrganisationRow key={organisation.id} organisation={organisation} />
        ))}
      </Rows>
      <LoadMore list={list} />
      <ProposeDialog opened={proposing} onClose={close} />
    </PageBody>
  );
}

type FilterProps = {
  readonly value: OrganisationKind | undefined;
  readonly onChange: (kind: OrganisationKind | undefined) => void;
};

function KindFilter({ value, onChange }: FilterProps) {
  const t = useText(messages);
  const say = useText(common);
  return (
    <Select
      aria-label={t('kindLabel')}
      placeholder={t('kindAll')}
      clearable
      w="13rem"
      data={ORGANISATION_KINDS.map((kind) => ({ value: kind, label: say(`organisationKind.${kind}`) }))}
      value={value ?? null}
      onChange={(next) => onChange(OrganisationKind.safeParse(next).data)}
    />
  );
}

function Nothing({ filtered }: { filtered: boolean }) {
  const t = useText(messages);
  return filtered ? (
    <EmptyState icon={IconZoomQuestion} title={t('none')}>
      {t('noneDetail')}
    </EmptyState>
  ) : (
    <EmptyState icon={IconBuildingCommunity} title={t('empty')}>
      {t('emptyDetail')}
    </EmptyState>
  );
}

function OrganisationRow({ organisation }: { organisation: Organisation }) {
  const t = useText(messages);
  const say = useText(common);
  const locale = useLocale();
  const { platformRole } = useMe();
  const manages = platformRole === 'administrator' || platformRole === 'secretariat';
  const [opened, { open, close }] = useDisclosure(false);
  const action = organisation.state === 'pending' ? 'manage.verify' : 'manage.open';
  const territory = TERRITORIES.find(({ code }) => code === organisation.territory);
  return (
    <Group py="sm" gap="md" justify="space-between" wrap="nowrap">
      <div style={{ flex: 1, minWidth: 0 }}>
        <Group gap="xs">
          <Text size="sm" fw={560}>
            {organisation.name}
          </Text>
          {organisation.state === 'pending' && (
            <Tooltip label={t('pendingDetail')}>
              <Badge size="sm" variant="default">
                {t('pending')}
              </Badge>
            </Tooltip>
          )}
        </Group>
        <Text size="xs" c="dimmed">
          {say(`organisationKind.${organisation.kind}`)}
          {manages && organisation.domain && ` · @${organisation.domain}`}
          {territory && (
            <Text component="span" inherit hiddenFrom="sm">
              {` · ${territory.label[locale]}`}
            </Text>
          )}
        </Text>
      </div>
      <Text size="sm" c="dimmed" w="12rem" visibleFrom="sm">
        {territory?.label[locale] ?? ''}
      </Text>
      {manages && (
        <>
          <Button
            variant="default"
            size="xs"
            miw="5rem"
            aria-label={`${t(action)}: ${organisation.name}`}
            onClick={open}
          >
            {t(action)}
          </Button>
          <ManageDialog organisation={organisation} opened={opened} onClose={close} />
        </>
      )}
    </Group>
  );
}
