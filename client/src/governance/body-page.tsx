import type { Body } from '@concert/domain/governance/api.ts';
import { Badge, Button, Group, Menu, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconArchive, IconArchiveOff, IconDots, IconPencil, IconTrash, IconUsersGroup } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { useText } from '../platform/i18n.ts';
import { common } from '../platform/messages.ts';
import { usePage } from '../platform/page.tsx';
import { nextCursor, orpc, problemOf } from '../platform/query.ts';
import { Missing } from '../platform/router.tsx';
import { ConfirmDialog } from '../ui/confirm-button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { LoadMore } from '../ui/load-more.tsx';
import { sayDone } from '../ui/notify.ts';
import { PageBody } from '../ui/page-body.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Rows } from '../ui/rows.tsx';
import { Section } from '../ui/section.tsx';
import { ListSkeleton, PageSkeleton } from '../ui/skeletons.tsx';
import { messages } from './messages.ts';
import { BodyDialog } from './parts/body-dialog.tsx';
import { GiveMandate } from './parts/give-mandate.tsx';
import { useManages } from './parts/manages.ts';
import { MandateRow } from './parts/mandate-row.tsx';

/** `/bodies/{id}`: what a body is there for, and who has a mandate in it until when. */
export function Page() {
  const t = useText(messages);
  const { bodyId = '' } = useParams();
  const body = useQuery(orpc.governance.get.queryOptions({ input: { id: bodyId } }));
  usePage(body.data?.name ?? '', [{ label: t('title'), to: '/bodies' }]);
  if (body.isPending) return <PageSkeleton />;
  if (body.isError) {
    if (problemOf(body.error).status === 404 || problemOf(body.error).status === 400) return <Missing />;
    return (
      <PageBody>
        <ErrorState error={body.error} onRetry={() => void body.refetch()} />
      </PageBody>
    );
  }
  return <BodyView body={body.data} />;
}

function BodyView({ body }: { body: Body }) {
  const t = useText(messages);
  const say = useText(common);
  const manages = useManages();
  return (
    <PageBody>
      <PageHeader
        title={body.name}
        detail={
          <>
            <div>{t(`kind.${body.kind}`)}</div>
            {body.remit && <div>{body.remit}</div>}
          </>
        }
        badges={
          <>
            {body.myRoles.map((role) => (
              <Badge key={role} radius="sm" variant="light">
                {t('mine', { role: t(`role.${role}`) })}
              </Badge>
            ))}
            {body.state === 'archived' && (
              <Badge radius="sm" variant="default">
                {say('state.archived')}
              </Badge>
            )}
          </>
        }
        actions={manages && <BodyMenu body={body} />}
      />
      <Stack gap="2.5rem">
        <Mandates body={body} manages={manages} />
      </Stack>
    </PageBody>
  );
}

function BodyMenu({ body }: { body: Body }) {
  const t = useText(messages);
  const say = useText(common);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [changing, { open, close }] = useDisclosure(false);
  const [removing, asking] = useDisclosure(false);
  const archived = body.state === 'archived';
  const remove = useMutation(
    orpc.governance.remove.mutationOptions({
      onSuccess: async () => {
        sayDone(t('removed', { name: body.name }));
        await navigate('/bodies');
        queries.removeQueries({ queryKey: orpc.governance.get.key({ input: { id: body.id } }) });
        return queries.invalidateQueries({ queryKey: orpc.governance.key() });
      },
    }),
  );
  const turn = useMutation(
    orpc.governance.update.mutationOptions({
      onSuccess: () => {
        sayDone(t(archived ? 'reopened' : 'archived', { name: body.name }));
        return queries.invalidateQueries({ queryKey: orpc.governance.key() });
      },
    }),
  );
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" leftSection={<IconDots size={17} aria-hidden />}>
            {say('actions')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={open}>
            {t('form.change')}
          </Menu.Item>
          <Menu.Item
            leftSection={archived ? <IconArchiveOff size={16} aria-hidden /> : <IconArchive size={16} aria-hidden />}
            onClick={() => turn.mutate({ id: body.id, state: archived ? 'active' : 'archived' })}
          >
            {t(archived ? 'reopen' : 'archive')}
          </Menu.Item>
          {/* Whether it was ever used the server knows: ended mandates and given rights count too. */}
          {body.memberCount === 0 && (
            <Menu.Item color="red" leftSection={<IconTrash size={16} aria-hidden />} onClick={asking.open}>
              {t('remove')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <BodyDialog opened={changing} onClose={close} body={body} />
      <ConfirmDialog
        opened={removing}
        onClose={asking.close}
        title={t('removeTitle', { name: body.name })}
        action={t('remove')}
        onConfirm={() => remove.mutateAsync({ id: body.id })}
      >
        {t('removeDetail')}
      </ConfirmDialog>
    </>
  );
}

function Mandates({ body, manages }: { body: Body; manages: boolean }) {
  const t = useText(messages);
  const [ended, setEnded] = useState(false);
  const list = useInfiniteQuery(
    orpc.governance.mandates.infiniteOptions({
      input: (cursor: string | undefined) => ({
        id: body.id,
        limit: 100,
        ...(ended ? { ended: 'true' } : {}),
        ...(cursor ? { cursor } : {}),
      }),
      initialPageParam: undefined,
      getNextPageParam: nextCursor,
    }),
  );
  const mandates = list.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Section
      title={t('mandates.title')}
      detail={t(body.state === 'archived' ? 'mandates.archived' : 'mandates.detail')}
    >
      {manages && body.state === 'active' && <GiveMandate body={body} />}
      {list.isPending && <ListSkeleton count={5} />}
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && mandates.length === 0 && (
        <EmptyState icon={IconUsersGroup} title={t('mandates.none')} compact>
          {t('mandates.noneDetail')}
        </EmptyState>
      )}
      <Rows label={t('mandates.title')}>
        {mandates.map((mandate) => (
          <MandateRow key={mandate.id} mandate={mandate} body={body} manages={manages} />
        ))}
      </Rows>
      <LoadMore list={list} />
      <Group mt="sm">
        <Button variant="subtle" color="gray" size="compact-sm" onClick={() => setEnded(!ended)}>
          {t(ended ? 'mandates.hideEnded' : 'mandates.showEnded')}
        </Button>
      </Group>
    </Section>
  );
}
