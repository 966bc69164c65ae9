import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from 'react-router';
import { useText } from '../platform/i18n.ts';
import { usePage } from '../platform/page.tsx';
import { orpc, problemOf } from '../platform/query.ts';
import { Missing } from '../platform/router.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { PageBody } from '../ui/page-body.tsx';
import { PageSkeleton } from '../ui/skeletons.tsx';
import { messages } from './messages.ts';
import { pathOfSubject } from './parts/subject.ts';
import { ThreadView } from './parts/thread-view.tsx';

/** `/threads/{id}`: one discussion. */
export function Page() {
  const t = useText(messages);
  const { threadId = '' } = useParams();
  const navigate = useNavigate();
  const thread = useQuery(orpc.threads.get.queryOptions({ input: { id: threadId } }));
  const { subject, title } = thread.data ?? {};
  usePage(
    thread.isSuccess ? (title ?? t('thread.untitled')) : '',
    subject?.title ? [{ label: subject.title, to: pathOfSubject(subject) }] : [],
  );
  if (thread.isPending) return <PageSkeleton />;
  if (thread.isError) {
    const { status } = problemOf(thread.error);
    if (status === 404 || status === 400) return <Missing />;
    return (
      <PageBody>
        <ErrorState error={thread.error} onRetry={() => void thread.refetch()} />
      </PageBody>
    );
  }
  return (
    <PageBody maw="52rem">
      <ThreadView
        key={threadId}
        thread={thread.data}
        onGone={() => void navigate(pathOfSubject(thread.data.subject))}
      />
    </PageBody>
  );
}
