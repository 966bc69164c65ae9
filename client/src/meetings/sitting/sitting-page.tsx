import type { Meeting } from '@concert/domain/meetings/shapes.ts';
import { useParams } from 'react-router';
import { usePage } from '../../platform/page.tsx';
import { problemOf } from '../../platform/query.ts';
import { Missing } from '../../platform/router.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { PageBody } from '../../ui/page-body.tsx';
import { PageSkeleton } from '../../ui/skeletons.tsx';
import { useMeetingSeen } from '../use-meeting-seen.ts';
import { Announcer } from './announcer.tsx';
import { useMeeting, usePolls } from './queries.ts';
import { useSay } from './say.ts';
import { SittingProvider } from './sitting-context.tsx';
import { SittingView } from './sitting-view.tsx';

/** `/meetings/{id}/sitting`: the meeting as it is held. One pointer to the agenda drives everybody's screen. */
export function Page() {
  const t = useSay();
  const { meetingId = '' } = useParams();
  const meeting = useMeeting(meetingId);
  const polls = usePolls(meetingId);
  useMeetingSeen(meeting.data);
  usePage(
    meeting.data ? t(meeting.data.mode === 'written' ? 'sitting.written.title' : 'sitting.title') : '',
    crumbsOf(meeting.data, t('sitting.meetings')),
  );
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
      <SittingView>
        {polls.isError && !polls.data && <ErrorState error={polls.error} onRetry={() => void polls.refetch()} />}
      </SittingView>
      <Announcer />
    </SittingProvider>
  );
}

const crumbsOf = (meeting: Meeting | undefined, all: string) => [
  { label: all, to: '/meetings' },
  ...(meeting ? [{ label: meeting.title, to: `/meetings/${meeting.id}` }] : []),
];
