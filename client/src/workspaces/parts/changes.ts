import type { Workspace } from '@concert/domain/workspaces/api.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useText } from '../../platform/i18n.ts';
import { orpc } from '../../platform/query.ts';
import { sayDone } from '../../ui/notify.ts';
import { offerUndo } from '../../ui/undo.tsx';
import { messages } from '../messages.ts';

/** Changes a workspace and reads its lists again. */
export function useUpdateWorkspace() {
  const queries = useQueryClient();
  return useMutation(
    orpc.workspaces.update.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: orpc.workspaces.key() }),
    }),
  );
}

/** Takes a workspace out of the archive. */
export function useReopen({ id }: Pick<Workspace, 'id'>) {
  const t = useText(messages);
  const update = useUpdateWorkspace();
  return {
    isPending: update.isPending,
    run: () => update.mutate({ id, state: 'active' }, { onSuccess: () => sayDone(t('settings.reopened')) }),
  };
}

/** Puts a workspace into the archive, and offers to take it back. */
export function useArchive({ id }: Pick<Workspace, 'id'>) {
  const t = useText(messages);
  const update = useUpdateWorkspace();
  const reopen = useReopen({ id });
  return {
    isPending: update.isPending,
    run: () =>
      update.mutate(
        { id, state: 'archived' },
        { onSuccess: () => offerUndo(t('settings.archived'), () => reopen.run()) },
      ),
  };
}
