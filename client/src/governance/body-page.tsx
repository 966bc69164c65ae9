import type { Body } from '@concert/domain/governance/api.ts';
import { type Icon, IconArmchair, IconScale, IconUsersGroup } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ComponentType } from 'react';
import { useParams } from 'react-router';
import { useText } from '../platform/i18n.ts';
import { usePage } from '../platform/page.tsx';
import { orpc, problemOf } from '../platform/query.ts';
import { Missing } from '../platform/router.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { PageBody } from '../ui/page-body.tsx';
import { PageSkeleton } from '../ui/skeletons.tsx';
import { TabLinks } from '../ui/tab-links.tsx';
import { messages } from './messages.ts';
import { BodyHead } from './parts/body-head.tsx';
import { PeopleTab } from './parts/people-tab.tsx';
import { useBodies } from './parts/queries.ts';
import { RulesTab } from './rules/rules-tab.tsx';
import { SeatsTab } from './seats/seats-tab.tsx';
import { above } from './tree/tree.ts';

type Tab = {
  readonly id: 'seats' | 'people' | 'rules';
  readonly icon: Icon;
  readonly Tab: ComponentType<{ readonly body: Body }>;
  readonly count?: (body: Body) => number;
};

const TABS: readonly Tab[] = [
  { id: 'seats', icon: IconArmchair, Tab: SeatsTab, count: ({ seatCount }) => seatCount },
  { id: 'people', icon: IconUsersGroup, Tab: PeopleTab, count: ({ memberCount }) => memberCount },
  { id: 'rules', icon: IconScale, Tab: RulesTab },
];

/** `/bodies/{id}/{tab}`: who sits in a body, who has a mandate in it, and by which rules it goes. */
export function Page() {
  const t = useText(messages);
  const { bodyId = '', tab } = useParams();
  const body = useQuery(orpc.governance.get.queryOptions({ input: { id: bodyId } }));
  const bodies = useBodies('active');
  usePage(body.data?.name ?? '', [
    { label: t('title'), to: '/bodies' },
    ...above(bodies.data ?? [], bodyId).map(({ id, name }) => ({ label: name, to: `/bodies/${id}` })),
  ]);
  if (body.isPending) return <PageSkeleton />;
  if (body.isError) {
    if (problemOf(body.error).status === 404 || problemOf(body.error).status === 400) return <Missing />;
    return (
      <PageBody>
        <ErrorState error={body.error} onRetry={() => void body.refetch()} />
      </PageBody>
    );
  }
  return <BodyView body={body.data} tab={tab} />;
}

function BodyView({ body, tab }: { body: Body; tab: string | undefined }) {
  const t = useText(messages);
  // Where nobody sits there is nothing to see: the people come first then.
  const wanted = tab ?? (body.seatCount > 0 ? 'seats' : 'people');
  const open = TABS.find(({ id }) => id === wanted);
  if (!open) return <Missing />;
  return (
    <PageBody>
      <BodyHead body={body} />
      <TabLinks
        label={t('tabs')}
        tabs={TABS.map(({ id, icon, count }) => ({
          to: `/bodies/${body.id}/${id}`,
          label: t(`tab.${id}`),
          icon,
          open: id === open.id,
          count: count?.(body),
        }))}
      />
      <open.Tab key={body.id} body={body} />
    </PageBody>
  );
}
