import { IconBook2, IconChecklist } from '@tabler/icons-react';
import { useText } from '../../platform/i18n.ts';
import { TabLinks } from '../../ui/tab-links.tsx';
import { messages } from '../messages.ts';

/** Between what was decided and what is to be done. */
export function ViewLinks({ open }: { open: 'register' | 'actions' }) {
  const t = useText(messages);
  return (
    <TabLinks
      label={t('title')}
      tabs={[
        { to: '/decisions', label: t('actions.register'), icon: IconBook2, open: open === 'register' },
        { to: '/actions', label: t('actions.title'), icon: IconChecklist, open: open === 'actions' },
      ]}
    />
  );
}
