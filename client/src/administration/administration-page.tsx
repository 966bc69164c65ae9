import { maySeePeople } from '@concert/domain/administration/rules.ts';
import { IconActivityHeartbeat, IconAdjustmentsCog, IconUsers } from '@tabler/icons-react';
import { useParams } from 'react-router';
import { useText } from '../platform/i18n.ts';
import { usePage } from '../platform/page.tsx';
import { Missing } from '../platform/router.tsx';
import { useMe } from '../platform/session.tsx';
import { PageBody } from '../ui/page-body.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { TabLinks } from '../ui/tab-links.tsx';
import { messages } from './messages.ts';
import { HealthTab } from './parts/health-tab.tsx';
import { PeopleTab } from './parts/people-tab.tsx';
import { SettingsTab } from './parts/settings-tab.tsx';

const TABS = [
  { id: 'people', icon: IconUsers, Tab: PeopleTab },
  { id: 'settings', icon: IconAdjustmentsCog, Tab: SettingsTab },
  { id: 'health', icon: IconActivityHeartbeat, Tab: HealthTab },
] as const;

/** `/administration/{tab}`: people, settings, health. For everybody else the page does not exist. */
export function Page() {
  const t = useText(messages);
  const { platformRole } = useMe();
  const { tab = 'people' } = useParams();
  const shown = TABS.filter(({ id }) => id !== 'settings' || platformRole === 'administrator');
  const open = maySeePeople(platformRole) ? shown.find(({ id }) => id === tab) : undefined;
  usePage(open ? t(`tab.${open.id}`) : '', open ? [{ label: t('title'), to: '/administration' }] : []);
  if (!open) return <Missing />;
  return (
    <PageBody>
      <PageHeader title={t('title')} />
      <TabLinks
        label={t('tabs')}
        tabs={shown.map(({ id, icon }) => ({
          to: id === 'people' ? '/administration' : `/administration/${id}`,
          label: t(`tab.${id}`),
          icon,
          open: id === open.id,
        }))}
      />
      <open.Tab />
    </PageBody>
  );
}
