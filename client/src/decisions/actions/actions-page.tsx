import { Button, Group, SegmentedControl, Select } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChecklist, IconPlus } from '@tabler/icons-react';
import { useSearchParams } from 'react-router';
import { useText } from '../../platform/i18n.ts';
import { usePage } from '../../platform/page.tsx';
import { usePlace } from '../../platform/use-place.ts';
import { useSeen } from '../../platform/use-seen.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { LoadMore } from '../../ui/load-more.tsx';
import { PageBody } from '../../ui/page-body.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Rows } from '../../ui/rows.tsx';
import { ListSkeleton } from '../../ui/skeletons.tsx';
import { messages } from '../messages.ts';
import { useBodies } from '../queries.ts';
import { ViewLinks } from '../register/view-links.tsx';
import { ActionRow } from './action-row.tsx';
import { ActionDialog } from './lazy-dialog.tsx';
import { useActions } from './queries.ts';

const SCOPES = ['mine', 'all', 'closed'] as const;
type Scope = (typeof SCOPES)[number];

/** `/actions`, `/actions?scope=all&body=`: what is to be done, the first due first. */
export function Page() {
  const t = useText(messages);
  usePage(t('actions.title'), [{ label: t('title'), to: '/decisions' }]);
  const [params] = useSearchParams();
  const { all, conducted } = useBodies();
  const [giving, { open, close }] = useDisclosure(false);
  const bodyId = params.get('body') ?? undefined;
  const scope = SCOPES.find((one) => one === params.get('scope')) ?? (bodyId ? 'all' : 'mine');
  // Something is given in the name of one body: of the one that is shown, or of the only one.
  const giver = conducted.find(({ id }) => id === bodyId) ?? (conducted.length === 1 ? conducted[0] : undefined);
  return (
    <PageBody maw="58rem">
      <PageHeader
        title={t('actions.title')}
        detail={t('actions.detail')}
        actions={
          giver && (
            <Button leftSection={<IconPlus size={17} aria-hidden />} onClick={open}>
              {t('actions.new')}
            </Button>
          )
        }
      />
      <ViewLinks open="actions" />
      <Filters scope={scope} bodyId={bodyId} bodies={all} />
      <Actions scope={scope} bodyId={bodyId} />
      {giver && <ActionDialog opened={giving} onClose={close} bodyId={giver.id} />}
    </PageBody>
  );
}

type FilterProps = {
  readonly scope: Scope;
  readonly bodyId: string | undefined;
  readonly bodies: readonly { readonly id: string; readonly name: string }[];
};

function Filters({ scope, bodyId, bodies }: FilterProps) {
  const t = useText(messages);
  const [params, setParams] = useSearchParams();
  const choose = (name: string, value: string | null) => {
    const next = new URLSearchParams(params);
    if (value) next.set(name, value);
    else next.delete(name);
    setParams(next, { replace: true });
  };
  const label = { mine: 'actions.mine', all: 'actions.all', closed: 'actions.closed' } as const;
  return (
    <Group mb="lg" gap="sm">
      <SegmentedControl
        aria-label={t('actions.scope')}
        data={SCOPES.map((value) => ({ value, label: t(label[value]) }))}
        value={scope}
        onChange={(value) => choose('scope', value)}
      />
      {bodies.length > 1 && (
        <Select
          aria-label={t('filter.body')}
          placeholder={t('filter.allBodies')}
          flex="1 1 14rem"
          maw="22rem"
          clearable
          clearButtonProps={{ 'aria-label': t('filter.allBodies') }}
          searchable
          data={bodies.map(({ id, name }) => ({ value: id, label: name }))}
          value={bodyId ?? null}
          onChange={(value) => choose('body', value)}
        />
      )}
    </Group>
  );
}

function Actions({ scope, bodyId }: { scope: Scope; bodyId: string | undefined }) {
  const t = useText(messages);
  const list = useActions({ mine: scope === 'mine', closed: scope === 'closed', bodyId });
  usePlace('action-', list.isSuccess);
  const actions = list.data?.pages.flatMap(({ items }) => items) ?? [];
  useSeen(actions.map(({ id }) => ({ kind: 'action', id })));
  return (
    <>
      {list.isPending && <ListSkeleton count={4} />}
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && actions.length === 0 && (
        <EmptyState icon={IconChecklist} title={t(scope === 'closed' ? 'actions.none.closed' : 'actions.none')}>
          {scope !== 'closed' && t(scope === 'mine' ? 'actions.none.mine' : 'actions.none.all')}
        </EmptyState>
      )}
      <Rows label={t('actions.title')}>
        {actions.map((action) => (
          <ActionRow key={action.id} action={action} own={scope === 'mine'} {...(bodyId ? { ofOne: 'body' } : {})} />
        ))}
      </Rows>
      <LoadMore list={list} />
    </>
  );
}
