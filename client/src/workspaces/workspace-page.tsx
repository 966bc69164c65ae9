import type { Workspace } from '@concert/domain/workspaces/api.ts';
import { Alert, Badge, Button, Group } from '@mantine/core';
import { IconArchive } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Suspense } from 'react';
import { useParams } from 'react-router';
import { useRefText, useText } from '../platform/i18n.ts';
import { common } from '../platform/messages.ts';
import { inOrder, type WorkspaceTab } from '../platform/module.ts';
import { useModules } from '../platform/modules-context.tsx';
import { usePage } from '../platform/page.tsx';
import { orpc, problemOf } from '../platform/query.ts';
import { Missing } from '../platform/router.tsx';
import { SubjectActions } from '../platform/subject-actions.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { PageBody } from '../ui/page-body.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { ListSkeleton, PageSkeleton } from '../ui/skeletons.tsx';
import { TabLinks } from '../ui/tab-links.tsx';
import { messages } from './messages.ts';
import { useReopen } from './parts/changes.ts';
import { WorkspaceMark } from './parts/workspace-mark.tsx';

/** `/workspaces/{id}/{tab}`: the tabs are what slices contribute. */
export function Page() {
  const { workspaceId = '', tab } = useParams();
  const workspace = useQuery(orpc.workspaces.get.queryOptions({ input: { id: workspaceId } }));
  if (workspace.isPending) return <PageSkeleton />;
  if (workspace.isError) {
    if (problemOf(workspace.error).status === 404 || problemOf(workspace.error).status === 400) return <Missing />;
    return (
      <PageBody>
        <ErrorState error={workspace.error} onRetry={() => void workspace.refetch()} />
      </PageBody>
    );
  }
  return <WorkspaceView workspace={workspace.data} tab={tab} />;
}

function WorkspaceView({ workspace, tab }: { workspace: Workspace; tab: string | undefined }) {
  const modules = useModules();
  const say = useRefText();
  const tabs = inOrder(modules.flatMap(({ workspaceTabs }) => workspaceTabs ?? []));
  const open = tab ? tabs.find(({ id }) => id === tab) : tabs[0];
  const home = { label: workspace.name, to: `/workspaces/${workspace.id}` };
  usePage(open && tab ? say(open.label) : workspace.name, open && tab ? [home] : []);

  if (!open) return <Missing />;
  return (
    <PageBody>
      <WorkspaceHead workspace={workspace} />
      <Tabs tabs={tabs} open={open} workspace={workspace} />
      <Suspense fallback={<ListSkeleton />}>
        <open.Tab key={workspace.id} workspace={workspace} />
      </Suspense>
    </PageBody>
  );
}

function WorkspaceHead({ workspace }: { workspace: Workspace }) {
  const t = useText(messages);
  const say = useText(common);
  const modules = useModules();
  const reopen = useReopen(workspace);
  const archived = workspace.state === 'archived';
  return (
    <>
      {archived && (
        <Alert color="gray" icon={<IconArchive aria-hidden />} mb="lg">
          <Group justify="space-between">
            {t('archived.banner')}
            {workspace.role === 'owner' && (
              <Button size="xs" variant="default" loading={reopen.isPending} onClick={() => reopen.run()}>
                {t('archived.reopen')}
              </Button>
            )}
          </Group>
        </Alert>
      )}
      <PageHeader
        title={workspace.name}
        detail={workspace.description}
        mark={<WorkspaceMark id={workspace.id} name={workspace.name} size={34} />}
        badges={archived && <Badge color="gray">{say('state.archived')}</Badge>}
        actions={
          <>
            {modules.map(
              ({ name, WorkspaceActions }) => WorkspaceActions && <WorkspaceActions key={name} workspace={workspace} />,
            )}
            <SubjectActions kind="workspace" id={workspace.id} />
          </>
        }
      />
    </>
  );
}

type TabsProps = { tabs: readonly WorkspaceTab[]; open: WorkspaceTab; workspace: Workspace };

function Tabs({ tabs, open, workspace }: TabsProps) {
  const t = useText(messages);
  const say = useRefText();
  return (
    <TabLinks
      label={t('tabs.label')}
      tabs={tabs.map(({ id, label, icon, count }) => ({
        to: id === tabs[0]?.id ? `/workspaces/${workspace.id}` : `/workspaces/${workspace.id}/${id}`,
        label: say(label),
        icon,
        open: id === open.id,
        count: count?.(workspace),
      }))}
    />
  );
}
