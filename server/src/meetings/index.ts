import { meetingsApi } from '@concert/domain/meetings/api.ts';
import { pollsApi } from '@concert/domain/meetings/polls-api.ts';
import { implement } from '@orpc/server';
import type { DomainEvent } from '../platform/events.ts';
import type { Context } from '../platform/http/route.ts';
import { defineModule } from '../platform/module.ts';
import { calendarRoutes } from './calendar/feeds.ts';
import { letterIndexes, writeToCalled } from './calendar/letters.ts';
import { meetingMentions } from './mentions.ts';
import { meetingNotices } from './noticing.ts';
import { settleBars } from './papers.ts';
import type { Parts } from './parts.ts';
import { meetingData } from './personal-data.ts';
import { ballotIndexes, ballotStore } from './polls/ballots.ts';
import { pollLifecycle } from './polls/lifecycle.ts';
import { pollRoutes } from './polls/routes.ts';
import { POLLS, pollIndexes, pollStore } from './polls/store.ts';
import { createResolutions } from './resolutions.ts';
import { agendaRoutes } from './routes/agenda.ts';
import { peopleRoutes } from './routes/people.ts';
import { planningRoutes } from './routes/planning.ts';
import { sittingRoutes } from './routes/sitting.ts';
import { FOUND_MEETINGS, meetingSearch } from './searching.ts';
import { MEETINGS, meetingIndexes, meetingStore } from './store.ts';
import { ITEM, itemSubjects, MEETING, meetingSubjects } from './subjects.ts';
import { meetingTelling } from './telling.ts';

/** Meetings of bodies: convocation, agenda, sitting and votes. */
export const meetings = defineModule((platform) => {
  const { bodies, db, outbox } = platform;
  const parts: Parts = {
    platform,
    store: meetingStore(db),
    polls: pollStore(db),
    ballots: ballotStore(db),
    telling: meetingTelling(platform),
  };
  const lifecycle = pollLifecycle(parts);
  bodies.usedBy(parts.store.ofBody);
  platform.resolutions.answeredBy(createResolutions(parts));
  for (const collection of [MEETINGS, POLLS]) outbox.watch(collection);
  platform.subjects.register(MEETING, meetingSubjects(parts));
  platform.subjects.register(ITEM, itemSubjects(parts));
  platform.mentions.register('meeting', meetingMentions(parts));
  platform.search.register(FOUND_MEETINGS, meetingSearch(parts));
  const notices = meetingNotices(parts);
  const called = async ({ data }: DomainEvent): Promise<void> => {
    if (typeof data.meetingId === 'string') await writeToCalled(parts, data.meetingId);
  };
  return {
    router: implement(meetingsApi)
      .$context<Context>()
      .router({
        ...planningRoutes(parts),
        ...agendaRoutes(parts),
        ...peopleRoutes(parts),
        ...sittingRoutes(parts),
        ...calendarRoutes(parts),
      }),
    otherRouters: { polls: implement(pollsApi).$context<Context>().router(pollRoutes(parts, lifecycle)) },
    indexes: { ...meetingIndexes, ...pollIndexes, ...ballotIndexes, ...letterIndexes },
    personalData: meetingData(parts),
    reactions: {
      ...notices,
      // The inbox before the letters: those may wait for a mail server.
      'meetings.convened': async (event) => {
        await notices['meetings.convened']?.(event);
        await called(event);
      },
      'meetings.cancelled': async (event) => {
        await notices['meetings.cancelled']?.(event);
        await called(event);
      },
      // A crash between the assessment and the papers must not leave them open to who is barred.
      'meetings.papers-concerned': async ({ data }) => {
        const meeting = typeof data.meetingId === 'string' ? await parts.store.get(data.meetingId) : null;
        if (meeting !== null) await settleBars(parts, meeting);
      },
    },
    start: async () => {
      await lifecycle.takeUp();
      return async () => {
        parts.telling.stop();
        await lifecycle.stop();
      };
    },
  };
});
