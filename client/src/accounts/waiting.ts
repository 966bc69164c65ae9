import { IconUserEdit } from '@tabler/icons-react';
import { useText } from '../platform/i18n.ts';
import type { WaitingItem } from '../platform/module.ts';
import { useMe } from '../platform/session.tsx';
import { messages } from './messages.ts';

/** A profile without a position or an organisation waits to be completed. */
export function useProfileWaiting(): readonly WaitingItem[] {
  const t = useText(messages);
  const me = useMe();
  if (me.title && me.organisationId) return [];
  return [
    {
      id: 'profile',
      icon: IconUserEdit,
      title: t('waiting.profile'),
      detail: t('waiting.profileDetail'),
      to: '/settings/profile',
    },
  ];
}
