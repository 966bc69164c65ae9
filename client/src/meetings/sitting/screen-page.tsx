import { useParams } from 'react-router';
import { usePage } from '../../platform/page.tsx';
import { problemOf } from '../../platform/query.ts';
import { Missing } from '../../platform/router.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { PageBody } from '../../ui/page-body.tsx';
import { PageSkeleton } from '../../ui/skeletons.tsx';
import { useMeeting, usePolls } from './queries.ts';
import { useSay } from './say.ts';
import { Screen } from './screen/screen.tsx';
import { SittingProvider } from './sitting-context.tsx';

/** `/meetings/{id}/screen`: the sitting for a projector. It shows what everybody in the room may see, and has no controls. */
export function Page() {
  const t = useSay();
  const { meetingId = '' } = useParams();
  const meeting = useMeeting(meetingId);
  const polls = usePolls(meetingId);
  usePage(meeting.data ? t('sitting.screen') : '', [{ label: t('sitting.meetings'), to: '/meetings' }]);
  if (meeting.isPending) return <PageSkeleton />;
  if (!meeting.data) {
    const { status } = problemOf(meeting.error);
    if (status === 404 || status === 400) return <Missing />;
    return (
      <PageBody>
        <ErrorState error={meeting.error} onRetry={() => void meeting.refetch()} />
      </PageBody>
    );
  }
  return (
    <SittingProvider meeting={meeting.data} polls={polls.data?.items ?? []} receivedAt={meeting.dataUpdatedAt}>
      <Screen />
    </SittingProvider>
  );
}
