import type { MeetingLine } from '@concert/domain/meetings/shapes.ts';
import { IconBroadcast, IconCalendarQuestion } from '@tabler/icons-react';
import { useLocale, useText } from '../platform/i18n.ts';
import type { WaitingItem } from '../platform/module.ts';
import { shortDayText, timeText } from './logic/times.ts';
import { messages } from './messages.ts';
import { useComing } from './queries.ts';

/** For what a meeting waits, when it waits for the reader. */
export function meetingWaitsFor({ called, answer, state, mode }: MeetingLine): 'join' | 'answer' | undefined {
  // In writing nobody comes anywhere, so nobody is asked whether they do.
  if (!called || mode === 'written') return undefined;
  if (state === 'in-session' && answer !== 'excused') return 'join';
  return (state === 'convened' || state === 'frozen') && answer === undefined ? 'answer' : undefined;
}

/** Sittings that are open, and convocations that the reader has not answered. */
export function useMeetingsWaiting(): readonly WaitingItem[] {
  const t = useText(messages);
  const locale = useLocale();
  const { data } = useComing();
  return (data?.items ?? []).flatMap((meeting): WaitingItem[] => {
    const what = meetingWaitsFor(meeting);
    const { id, title, startAt, timeZone } = meeting;
    if (what === undefined) return [];
    if (what === 'join')
      return [
        { id: `meeting ${id}`, icon: IconBroadcast, title, detail: t('waiting.join'), to: `/meetings/${id}/sitting` },
      ];
    const when = startAt ? `${shortDayText(locale, startAt, timeZone)}, ${timeText(locale, startAt, timeZone)}` : '';
    return [
      {
        id: `meeting ${id}`,
        icon: IconCalendarQuestion,
        title,
        detail: t('waiting.answer', { when }),
        to: `/meetings/${id}`,
      },
    ];
  });
}
