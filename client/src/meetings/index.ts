import { IconCalendarEvent } from '@tabler/icons-react';
import { ref } from '../platform/i18n.ts';
import type { ClientModule } from '../platform/module.ts';
import { orpc } from '../platform/query.ts';
import { ComingSection } from './home-section.tsx';
import { messages } from './messages.ts';
import { AroundMinutes } from './minutes/around.tsx';
import { allMinutes, minutesOfMeeting } from './minutes/queries.ts';
import { useMeetingsWaiting } from './waiting.ts';

export const meetings: ClientModule = {
  name: 'meetings',
  messages,
  routes: [
    { path: 'meetings', load: () => import('./meetings-page.tsx') },
    { path: 'meetings/proxies', load: () => import('./proxies-page.tsx') },
    { path: 'meetings/:meetingId', load: () => import('./meeting-page.tsx') },
    { path: 'meetings/:meetingId/sitting', load: () => import('./sitting/sitting-page.tsx') },
    { path: 'meetings/:meetingId/screen', load: () => import('./sitting/screen-page.tsx') },
  ],
  nav: [{ id: 'meetings', label: ref(messages, 'title'), icon: IconCalendarEvent, to: '/meetings', order: 27 }],
  homeSections: [{ id: 'coming-meetings', order: 4, column: 'main', Section: ComingSection }],
  useWaiting: useMeetingsWaiting,
  DocumentFrame: AroundMinutes,
  live: {
    'meeting.changed': ({ meetingId: id }) => [
      orpc.meetings.get.key({ input: { id } }),
      orpc.meetings.attendance.key({ input: { id } }),
      orpc.meetings.list.key(),
      ...minutesOfMeeting(id),
    ],
    // A proxy for a time counts in meetings that were read without it.
    'proxies.changed': () => [orpc.proxies.key(), orpc.meetings.get.key()],
    'poll.changed': ({ meetingId, pollId: id }) => [
      orpc.polls.list.key({ input: { id: meetingId } }),
      orpc.polls.get.key({ input: { id } }),
      ...minutesOfMeeting(meetingId),
      // Lists count the votes that wait for the reader.
      orpc.meetings.list.key(),
    ],
    'decisions.changed': allMinutes,
    'actions.changed': allMinutes,
    // Who is called, and who conducts, depends on mandates.
    'bodies.changed': () => [orpc.meetings.key(), ...allMinutes()],
  },
};
