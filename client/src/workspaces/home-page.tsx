import { mayMakeWorkspaces } from '@concert/domain/access/rights.ts';
import { Button, Grid, SimpleGrid, Stack } from '@mantine/core';
import { IconPlus, IconSeeding } from '@tabler/icons-react';
import { useState } from 'react';
import { useText } from '../platform/i18n.ts';
import { type HomeSection, inOrder } from '../platform/module.ts';
import { useModules } from '../platform/modules-context.tsx';
import { usePage } from '../platform/page.tsx';
import { useMe } from '../platform/session.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { PageBody } from '../ui/page-body.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Section } from '../ui/section.tsx';
import { CardSkeleton } from '../ui/skeletons.tsx';
import { messages } from './messages.ts';
import { openCreateWorkspace } from './parts/create-dialog.tsx';
import { Waiting } from './parts/waiting-list.tsx';
import { WorkspaceCard } from './parts/workspace-card.tsx';
import { useMyWorkspaces } from './queries.ts';

const EVENING = 18;

/** `/`: my workspaces, and what every slice brings. */
export function Page() {
  const t = useText(messages);
  const me = useMe();
  const modules = useModules();
  usePage(t('nav.home'));
  const sections = inOrder(modules.flatMap(({ homeSections }) => homeSections ?? []));
  const column = (wanted: HomeSection['column']) =>
    sections.filter((each) => each.column === wanted).map(({ id, Section: Part }) => <Part key={id} />);
  const firstName = me.name.split(' ')[0] ?? me.name;
  return (
    <PageBody maw="74rem">
      <PageHeader title={t(new Date().getHours() >= EVENING ? 'home.evening' : 'home.morning', { name: firstName })} />
      <Grid gap={{ base: 'xl', md: '3rem' }}>
        <Grid.Col span={{ base: 12, md: 8 }}>
          <Stack gap="2.5rem">
            <MyWorkspaces />
            {column('main')}
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <Stack gap="2.5rem">
            <Waiting />
            {column('side')}
          </Stack>
        </Grid.Col>
      </Grid>
    </PageBody>
  );
}

function MyWorkspaces() {
  const t = useText(messages);
  const { platformRole } = useMe();
  const makes = mayMakeWorkspaces(platformRole).ok;
  const { query, active, archived } = useMyWorkspaces();
  const [withArchived, setWithArchived] = useState(false);
  const shown = withArchived ? [...active, ...archived] : active;
  const create = (
    <Button variant="default" size="xs" leftSection={<IconPlus size={15} />} onClick={openCreateWorkspace}>
      {t('create.open')}
    </Button>
  );
  return (
    <Section title={t('home.mine')} action={makes && query.isSuccess && create}>
      {query.isPending && <CardSkeleton />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && active.length === 0 && (
        <EmptyState
          icon={IconSeeding}
          title={t('home.empty')}
          action={makes && <Button onClick={openCreateWorkspace}>{t('create.submit')}</Button>}
        >
          {t(makes ? 'home.emptyDetail' : 'home.emptyGuest')}
        </EmptyState>
      )}
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
        {shown.map((workspace) => (
          <WorkspaceCard key={workspace.id} workspace={workspace} />
        ))}
      </SimpleGrid>
      {archived.length > 0 && (
        <Button variant="subtle" color="gray" size="compact-sm" mt="sm" onClick={() => setWithArchived(!withArchived)}>
          {withArchived ? t('home.hideArchived') : t('home.showArchived')} ({archived.length})
        </Button>
      )}
    </Section>
  );
}
