import { useQueryClient } from '@tanstack/react-query';
import { useText } from '../platform/i18n.ts';
import { client, orpc } from '../platform/query.ts';
import { sayProblem } from '../ui/notify.ts';
import { messages } from './messages.ts';

/** Reads the inbox and its number again. */
function useRefresh(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    const keys = [orpc.notifications.list.key(), orpc.notifications.count.key()];
    await Promise.all(keys.map((queryKey) => queries.invalidateQueries({ queryKey })));
  };
}

type Change = { readonly read?: boolean; readonly snoozedUntil?: string | null };

/** Changes one notification. */
export function useChange(id: string): (change: Change) => Promise<void> {
  const t = useText(messages);
  const refresh = useRefresh();
  return (change) =>
    client.notifications
      .update({ id, ...change })
      .then(refresh, (error: unknown) => sayProblem(error, t('notice.failed')));
}

/** Marks everything as read that is there now. */
export function useReadAll(): () => void {
  const t = useText(messages);
  const refresh = useRefresh();
  return () =>
    void client.notifications
      .readAll({ until: new Date().toISOString() })
      .then(refresh, (error: unknown) => sayProblem(error, t('notice.failed')));
}
