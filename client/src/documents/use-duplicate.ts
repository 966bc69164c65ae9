import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { useText } from '../platform/i18n.ts';
import { orpc } from '../platform/query.ts';
import { sayDone, sayProblem } from '../ui/notify.ts';
import { messages } from './messages.ts';

/** Copies a document, or its last valid state while it is in quarantine, and goes to the copy. */
export function useDuplicate() {
  const t = useText(messages);
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useMutation(
    orpc.documents.duplicate.mutationOptions({
      onSuccess: (copy) => {
        void queries.invalidateQueries({ queryKey: orpc.documents.key() });
        sayDone(t('menu.duplicated'));
        void navigate(`/documents/${copy.id}`);
      },
      onError: (error) => sayProblem(error, t('menu.duplicate.failed')),
    }),
  );
}
