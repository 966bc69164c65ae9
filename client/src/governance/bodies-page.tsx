import type { Body } from '@concert/domain/governance/api.ts';
import { Button, Stack } from '@mantine/core';
import { IconPlus, IconUsersGroup } from '@tabler/icons-react';
import { useState } from 'react';
import { useText } from '../platform/i18n.ts';
import { usePage } from '../platform/page.tsx';
import { Missing } from '../platform/router.tsx';
import { useMe } from '../platform/session.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { PageBody } from '../ui/page-body.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { ListSkeleton } from '../ui/skeletons.tsx';
import { messages } from './messages.ts';
import { BodyDialog } from './parts/body-dialog.tsx';
import { EndingMandates } from './parts/ending-mandates.tsx';
import { useManages } from './parts/manages.ts';
import { useBodies } from './parts/queries.ts';
import { BodyTree } from './tree/body-tree.tsx';
import { treeOf } from './tree/tree.ts';

/** `/bodies`: the bodies of the governance structure as a tree, and my place in them. */
export function Page() {
  const { platformRole } = useMe();
  return platformRole === 'guest' ? <Missing /> : <Bodies />;
}

/** What is being founded: a body at the top, or one below another. */
type Founding = { readonly parent?: Body };

function Bodies() {
  const t = useText(messages);
  const manages = useManages();
  usePage(t('title'));
  const [founding, setFounding] = useState<Founding>();
  const found = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setFounding({})}>
      {t('found')}
    </Button>
  );
  return (
    <PageBody>
      <PageHeader title={t('title')} detail={t('detail')} actions={manages && found} />
      <Stack gap="2.5rem">
        <Tree onFound={manages ? (parent) => setFounding({ parent }) : undefined} />
        {manages && <EndingMandates />}
      </Stack>
      <BodyDialog
        opened={founding !== undefined}
        onClose={() => setFounding(undefined)}
        {...(founding?.parent ? { parent: founding.parent } : {})}
      />
    </PageBody>
  );
}

function Tree({ onFound }: { onFound: ((parent: Body) => void) | undefined }) {
  const t = useText(messages);
  const [archived, setArchived] = useState(false);
  const bodies = useBodies(archived ? 'archived' : 'active');
  return (
    <div>
      {bodies.isPending && <ListSkeleton count={6} />}
      {bodies.isError && <ErrorState error={bodies.error} onRetry={() => void bodies.refetch()} />}
      {bodies.data?.length === 0 && (
        <EmptyState icon={IconUsersGroup} title={t(archived ? 'none.archived' : 'none.active')}>
          {!archived && t(onFound ? 'none.manages' : 'none.reads')}
        </EmptyState>
      )}
      {bodies.data && bodies.data.length > 0 && (
        <BodyTree tree={treeOf(bodies.data)} label={t('title')} onFound={onFound} />
      )}
      <Button variant="subtle" color="gray" size="compact-sm" mt="md" onClick={() => setArchived(!archived)}>
        {t(archived ? 'show.active' : 'show.archived')}
      </Button>
    </div>
  );
}
