import { IconAt } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useText } from '../platform/i18n.ts';
import type { WaitingItem } from '../platform/module.ts';
import { orpc } from '../platform/query.ts';
import { messages } from './messages.ts';

/** Mentions that were not read yet, as one thing that waits. */
export function useMentionsWaiting(): readonly WaitingItem[] {
  const t = useText(messages);
  const list = useQuery(orpc.notifications.list.queryOptions({ input: { state: 'unread', limit: 50 } }));
  const mentions = (list.data?.items ?? []).filter(({ events }) => events.some(({ reason }) => reason === 'mentioned'));
  const [first] = mentions;
  if (first === undefined) return [];
  const detail = mentions.map(({ subject }) => subject.title || t('notice.untitled')).slice(0, 2);
  return [
    {
      id: 'mentions',
      icon: IconAt,
      title: t('waiting.mentions', { count: mentions.length }),
      detail: detail.join(' · '),
      to: mentions.length === 1 ? first.subject.path : '/inbox',
    },
  ];
}
