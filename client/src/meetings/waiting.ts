import type { MeetingLine } from '@concert/domain/meetings/shapes.ts';
import { IconArrowsExchange, IconBroadcast, IconCalendarQuestion, IconChecklist } from '@tabler/icons-react';
import { useLocale, useText } from '../platform/i18n.ts';
import type { WaitingItem } from '../platform/module.ts';
import { useMe } from '../platform/session.tsx';
import { shortDayText, timeText } from './logic/times.ts';
import { messages } from './messages.ts';
import { periodParts } from './proxies/period-lists.ts';
import { usePeriods } from './proxies/queries.ts';
import { useComing } from './queries.ts';

export type WaitsFor = 'vote' | 'join' | 'proxy' | 'answer';

/** For what a meeting waits, when it waits for the reader [M55]: what cannot wait first. */
export function meetingWaitsFor(meeting: MeetingLine): readonly WaitsFor[] {
  const { called, answer, state, mode, openVotes, proxyOffers } = meeting;
  const coming = state === 'convened' || state === 'frozen';
  // In writing nobody comes anywhere, so nobody is asked whether they do.
  const asked = called && mode !== 'written';
  const joins = asked && state === 'in-session' && answer !== 'excused' && openVotes === 0;
  return [
    ...(openVotes > 0 ? (['vote'] as const) : []),
    ...(joins ? (['join'] as const) : []),
    ...(proxyOffers > 0 ? (['proxy'] as const) : []),
    ...(asked && coming && answer === undefined ? (['answer'] as const) : []),
  ];
}

const SIGNS = {
  vote: IconChecklist,
  join: IconBroadcast,
  proxy: IconArrowsExchange,
  answer: IconCalendarQuestion,
} as const;

/** Votes and sittings that are open, votes that others would put into the reader's hands, convocations not answered. */
export function useMeetingsWaiting(): readonly WaitingItem[] {
  const t = useText(messages);
  const locale = useLocale();
  const { data } = useComing();
  const periods = usePeriods();
  const { id: myId } = useMe();
  const detailOf = (meeting: MeetingLine, what: WaitsFor): string => {
    const { startAt, timeZone, openVotes, proxyOffers } = meeting;
    if (what === 'vote') return t('waiting.vote', { count: openVotes });
    if (what === 'proxy') return t('waiting.proxy', { count: proxyOffers });
    if (what === 'join') return t('waiting.join');
    const when = startAt ? `${shortDayText(locale, startAt, timeZone)}, ${timeText(locale, startAt, timeZone)}` : '';
    return t('waiting.answer', { when });
  };
  const meetings = (data?.items ?? []).flatMap((meeting) =>
    meetingWaitsFor(meeting).map(
      (what): WaitingItem => ({
        ...{ id: `meeting ${meeting.id} ${what}`, icon: SIGNS[what], title: meeting.title },
        detail: detailOf(meeting, what),
        to: what === 'vote' || what === 'join' ? `/meetings/${meeting.id}/sitting` : `/meetings/${meeting.id}`,
      }),
    ),
  );
  const offers = periodParts(periods.data?.items ?? [], myId).offered.map(
    ({ id, from, bodyName }): WaitingItem => ({
      ...{ id: `proxy ${id}`, icon: SIGNS.proxy, title: bodyName, to: '/meetings/proxies' },
      detail: t('waiting.period', { name: from.name }),
    }),
  );
  return [...meetings, ...offers];
}
