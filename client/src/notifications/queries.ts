import { useMutation, useQueryClient } from '@tanstack/react-query';
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

export type Preferences = Awaited<ReturnType<typeof client.notifications.preferences>>;
type PreferencesChange = Parameters<typeof client.notifications.setPreferences>[0];

/** Changes how one wants to be told: shown at once, and as it was again when it is not kept. */
export function usePreferencesChange(): (change: PreferencesChange) => void {
  const t = useText(messages);
  const queries = useQueryClient();
  const { queryKey } = orpc.notifications.preferences.queryOptions({ input: {} });
  const change = useMutation({
    meta: { saidInPlace: true },
    mutationFn: (wanted: PreferencesChange) => client.notifications.setPreferences(wanted),
    onMutate: (wanted) => {
      const before = queries.getQueryData<Preferences>(queryKey);
      if (before !== undefined)
        queries.setQueryData(queryKey, { ...before, ...wanted, mail: { ...before.mail, ...wanted.mail } });
      return { before };
    },
    onSuccess: (after) => queries.setQueryData(queryKey, after),
    onError: (error: unknown, _wanted, context) => {
      queries.setQueryData(queryKey, context?.before);
      sayProblem(error, t('settings.failed'));
    },
  });
  return change.mutate;
}
