import type { Meeting } from '@concert/domain/meetings/shapes.ts';
import { Anchor, Box } from '@mantine/core';
import { IconCalendarQuestion, IconFileText, IconHistory, IconListNumbers, IconUsers } from '@tabler/icons-react';
import { Link, useParams, useSearchParams } from 'react-router';
import { useText } from '../platform/i18n.ts';
import { MeetingParts } from '../platform/meeting-parts.tsx';
import { usePage } from '../platform/page.tsx';
import { problemOf } from '../platform/query.ts';
import { Missing } from '../platform/router.tsx';
import { useMe } from '../platform/session.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { PageBody } from '../ui/page-body.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { PageSkeleton } from '../ui/skeletons.tsx';
import { TabLinks } from '../ui/tab-links.tsx';
import { AgendaView } from './agenda/agenda-view.tsx';
import { DatesView } from './dates/dates-view.tsx';
import { StateBadge } from './list/state-badge.tsx';
import { LogView } from './log/log-view.tsx';
import { agendaParts } from './logic/agenda.ts';
import { messages } from './messages.ts';
import { MinutesView } from './minutes/minutes-view.tsx';
import { hasMinutes } from './minutes/queries.ts';
import { WaitingHint } from './minutes/waiting-hint.tsx';
import { PeopleView } from './people/people-view.tsx';
import { Banners } from './plan/banners.tsx';
import { Facts } from './plan/facts.tsx';
import { MeetingActions } from './plan/meeting-actions.tsx';
import { useMeeting } from './queries.ts';
import { useFocusKept } from './use-focus-kept.ts';
import { useMeetingSeen } from './use-meeting-seen.ts';

/** `/meetings/{id}`: the plan of a meeting, and afterwards how it went. */
export function Page() {
  const t = useText(messages);
  const { meetingId = '' } = useParams();
  const meeting = useMeeting(meetingId);
  usePage(meeting.data?.title ?? '', [{ label: t('title'), to: '/meetings' }]);
  if (meeting.isPending) return <PageSkeleton />;
  const status = meeting.isError ? problemOf(meeting.error).status : 0;
  if (status === 404 || status === 400) return <Missing />;
  // What was read stays while it cannot be read again.
  if (meeting.data) return <Plan meeting={meeting.data} />;
  return (
    <PageBody>
      <ErrorState error={meeting.error} onRetry={() => void meeting.refetch()} />
    </PageBody>
  );
}

const VIEWS = ['agenda', 'people', 'dates', 'minutes', 'log'] as const;
type View = (typeof VIEWS)[number];
const SIGNS = {
  agenda: IconListNumbers,
  people: IconUsers,
  dates: IconCalendarQuestion,
  minutes: IconFileText,
  log: IconHistory,
} as const;

/** Which parts a meeting has: a date is looked for before it is convened, what happened is told once it was opened. */
function viewsOf(meeting: Meeting): readonly View[] {
  const { state, startAt, openedAt, dateOptions } = meeting;
  const seeking = state === 'draft' || state === 'postponed';
  const dates = seeking && (startAt === undefined || state === 'postponed' || dateOptions.length > 0);
  const shown = { agenda: true, people: true, dates, minutes: hasMinutes(meeting), log: openedAt !== undefined };
  return VIEWS.filter((view) => shown[view]);
}

function Plan({ meeting }: { meeting: Meeting }) {
  const t = useText(messages);
  const { platformRole } = useMe();
  const body = useFocusKept();
  const [params] = useSearchParams();
  const { id, bodyId, bodyName, mode, title, state, agenda, attendees } = meeting;
  useMeetingSeen(meeting);
  const views = viewsOf(meeting);
  const first: View = state === 'ended' && views.includes('log') ? 'log' : 'agenda';
  const view = views.find((one) => one === params.get('view')) ?? first;
  const counts = {
    agenda: agendaParts(agenda).listed.length,
    people: attendees.length,
    dates: undefined,
    minutes: undefined,
    log: undefined,
  };
  return (
    <PageBody maw="58rem">
      <PageHeader
        title={title}
        badges={<StateBadge state={state} />}
        detail={
          <>
            {platformRole === 'guest' ? (
              bodyName
            ) : (
              <Anchor component={Link} to={`/bodies/${bodyId}`} c="inherit" underline="always">
                {bodyName}
              </Anchor>
            )}
            {' · '}
            {t(`mode.${mode}`)}
          </>
        }
        actions={<MeetingActions meeting={meeting} />}
      />
      <div ref={body} tabIndex={-1} style={{ outline: 'none' }}>
        <Banners meeting={meeting} />
        <WaitingHint meeting={meeting} />
        <Facts meeting={meeting} />
        <TabLinks
          label={t('views')}
          tabs={views.map((each) => ({
            to: `/meetings/${id}?view=${each}`,
            label: t(`view.${each}`),
            icon: SIGNS[each],
            open: each === view,
            count: counts[each],
          }))}
        />
        {view === 'agenda' && <AgendaView meeting={meeting} />}
        {view === 'agenda' && (
          <Box mt="2rem">
            <MeetingParts meetingId={id} bodyId={bodyId} conducts={meeting.me.conducts} />
          </Box>
        )}
        {view === 'people' && <PeopleView meeting={meeting} />}
        {view === 'dates' && <DatesView meeting={meeting} />}
        {view === 'minutes' && <MinutesView meeting={meeting} />}
        {view === 'log' && <LogView meeting={meeting} />}
      </div>
    </PageBody>
  );
}
