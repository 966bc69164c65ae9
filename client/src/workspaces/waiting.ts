import { IconMailQuestion } from '@tabler/icons-react';
import { useQueries } from '@tanstack/react-query';
import { useText } from '../platform/i18n.ts';
import type { WaitingItem } from '../platform/module.ts';
import { orpc } from '../platform/query.ts';
import { messages } from './messages.ts';
import { useMyWorkspaces } from './queries.ts';

/** Each owned workspace costs one request, so only this many are asked. */
const ASKED = 8;

/** Invitations to my workspaces that nobody answered yet. */
export function useInvitationsWaiting(): readonly WaitingItem[] {
  const t = useText(messages);
  const { active } = useMyWorkspaces();
  const owned = active.filter(({ role }) => role === 'owner').slice(0, ASKED);
  const pending = useQueries({
    queries: owned.map(({ id }) => orpc.workspaces.invitations.queryOptions({ input: { id }, staleTime: 60_000 })),
  });
  return owned.flatMap(({ id, name }, at) => {
    const count = pending[at]?.data?.items.length ?? 0;
    if (count === 0) return [];
    return [
      {
        id: `invitations ${id}`,
        icon: IconMailQuestion,
        title: t('waiting.invitations', { count }),
        detail: name,
        to: `/workspaces/${id}/members`,
      },
    ];
  });
}
