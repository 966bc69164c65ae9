import { IconArrowsExchange, IconCalendarEvent, IconHistory } from '@tabler/icons-react';
import { useText } from '../../platform/i18n.ts';
import { TabLinks } from '../../ui/tab-links.tsx';
import { messages } from '../messages.ts';

type Tab = 'coming' | 'past' | 'proxies';

const addressOf = (tab: Tab, bodyId: string | undefined): string => {
  const params = new URLSearchParams({ ...(tab === 'past' ? { when: tab } : {}), ...(bodyId ? { body: bodyId } : {}) });
  const path = tab === 'proxies' ? '/meetings/proxies' : '/meetings';
  return params.size > 0 ? `${path}?${params}` : path;
};

/** What comes, what has been, and votes in another's hands; a body that was chosen stays chosen. */
export function MeetingTabs({ open, bodyId }: { open: Tab; bodyId: string | undefined }) {
  const t = useText(messages);
  const tab = (id: Tab, label: string, icon: typeof IconHistory) => ({
    ...{ to: addressOf(id, bodyId), label, icon, open: id === open },
  });
  return (
    <TabLinks
      label={t('title')}
      tabs={[
        tab('coming', t('coming'), IconCalendarEvent),
        tab('past', t('past'), IconHistory),
        tab('proxies', t('proxies.title'), IconArrowsExchange),
      ]}
    />
  );
}
