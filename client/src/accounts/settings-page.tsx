import { Box, Grid } from '@mantine/core';
import { Suspense } from 'react';
import { useParams } from 'react-router';
import { useRefText, useText } from '../platform/i18n.ts';
import { inOrder } from '../platform/module.ts';
import { useModules } from '../platform/modules-context.tsx';
import { usePage } from '../platform/page.tsx';
import { Missing } from '../platform/router.tsx';
import { PageBody } from '../ui/page-body.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { SideNav } from '../ui/side-nav.tsx';
import { ListSkeleton } from '../ui/skeletons.tsx';
import { messages } from './messages.ts';

/** `/settings/{page}`: the pages that slices contribute, the first of them by default. */
export function Page() {
  const t = useText(messages);
  const say = useRefText();
  const modules = useModules();
  const { page } = useParams();
  const pages = inOrder(modules.flatMap(({ settingsPages }) => settingsPages ?? []));
  const open = page ? pages.find(({ id }) => id === page) : pages[0];
  usePage(open ? say(open.label) : t('settings.title'), open ? [{ label: t('settings.title'), to: '/settings' }] : []);

  if (!open) return <Missing />;
  return (
    <PageBody>
      <PageHeader title={t('settings.title')} />
      <Grid gap="xl">
        <Grid.Col span={{ base: 12, sm: 3 }}>
          <SideNav
            label={t('settings.title')}
            items={pages.map(({ id, label, icon }) => ({
              to: `/settings/${id}`,
              label: say(label),
              icon,
              open: open.id === id,
            }))}
          />
        </Grid.Col>
        <Grid.Col span={{ base: 12, sm: 9 }}>
          <Box maw="38rem">
            <Suspense fallback={<ListSkeleton />}>
              <open.Page />
            </Suspense>
          </Box>
        </Grid.Col>
      </Grid>
    </PageBody>
  );
}
