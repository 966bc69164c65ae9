import type { MeetingLine } from '@concert/domain/meetings/shapes.ts';
import { Anchor } from '@mantine/core';
import { Link } from 'react-router';
import { useText } from '../platform/i18n.ts';
import { ErrorState } from '../ui/error-state.tsx';
import { Rows } from '../ui/rows.tsx';
import { Section } from '../ui/section.tsx';
import { MeetingRow } from './list/meeting-row.tsx';
import { messages } from './messages.ts';
import { useComing } from './queries.ts';

const SHOWN = 4;

/** Sittings that are open, then the next meetings to which the reader is called. */
export function nextMeetings(lines: readonly MeetingLine[]): readonly MeetingLine[] {
  const open = lines.filter(({ state }) => state === 'in-session' || state === 'suspended');
  const called = lines.filter((line) => line.called);
  const convened = called.filter(({ state }) => state === 'convened' || state === 'frozen');
  return [...open, ...convened].slice(0, SHOWN);
}

/** On the home page: the next meetings, answered or joined in place. Nothing while there are none. */
export function ComingSection() {
  const t = useText(messages);
  const coming = useComing();
  const lines = nextMeetings(coming.data?.items ?? []);
  if (!coming.isError && lines.length === 0) return null;
  const all = (
    <Anchor component={Link} to="/meetings" size="sm">
      {t('home.all')}
    </Anchor>
  );
  return (
    <Section title={t('home.title')} action={all}>
      {coming.isError && <ErrorState error={coming.error} onRetry={() => void coming.refetch()} />}
      <Rows label={t('home.title')}>
        {lines.map((meeting) => (
          <MeetingRow key={meeting.id} meeting={meeting} />
        ))}
      </Rows>
    </Section>
  );
}
