import { meetingsApi } from '@concert/domain/meetings/api.ts';
import { minutesApi } from '@concert/domain/meetings/minutes-api.ts';
import { pollsApi } from '@concert/domain/meetings/polls-api.ts';
import { proxiesApi } from '@concert/domain/meetings/proxies-api.ts';
import { roomsApi } from '@concert/domain/meetings/rooms-api.ts';
import { implement } from '@orpc/server';
import type { DomainEvent } from '../platform/events.ts';
import type { Context } from '../platform/http/route.ts';
import { defineModule } from '../platform/module.ts';
import { longTextIndexes, longTexts } from '../platform/mongo/long-texts.ts';
import { calendarRoutes } from './calendar/feeds.ts';
import { letterIndexes, writeToCalled } from './calendar/letters.ts';
import { meetingMentions } from './mentions.ts';
import { feedMinutes } from './minutes/feeding.ts';
import { minutesBlocks } from './minutes/files.ts';
import { minutesRoutes } from './minutes/routes.ts';
import { MINUTES_TEXTS } from './minutes/views.ts';
import { meetingNotices } from './noticing.ts';
import { settleBars } from './papers.ts';
import type { Parts } from './parts.ts';
import { periodRoutes } from './periods/routes.ts';
import { periodIndexes, periodStore } from './periods/store.ts';
import { meetingData } from './personal-data.ts';
import { ballotIndexes, ballotStore } from './polls/ballots.ts';
import { pollLifecycle } from './polls/lifecycle.ts';
import { pollRoutes } from './polls/routes.ts';
import { POLLS, pollIndexes, pollStore } from './polls/store.ts';
import { createResolutions } from './resolutions.ts';
import { roomRoutes } from './rooms/routes.ts';
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
  const texts = longTexts(db, MINUTES_TEXTS);
  const parts: Parts = {
    platform,
    store: meetingStore(db),
    polls: pollStore(db),
    ballots: ballotStore(db),
    periods: periodStore(db),
    telling: meetingTelling(platform, (meetingId) => feeding.due(meetingId)),
    feed: (meetingId) => feeding.due(meetingId),
  };
  const feeding = feedMinutes(parts);
  platform.outcomes.onChanged(feeding.due);
  platform.recordBlocks.answeredBy(minutesBlocks(parts, texts));
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
    otherRouters: {
      polls: implement(pollsApi).$context<Context>().router(pollRoutes(parts, lifecycle)),
      minutes: implement(minutesApi)
        .$context<Context>()
        .router(minutesRoutes({ ...parts, texts, feeding })),
      rooms: implement(roomsApi).$context<Context>().router(roomRoutes(parts)),
      proxies: implement(proxiesApi).$context<Context>().router(periodRoutes(parts)),
    },
    indexes: {
      ...meetingIndexes,
      ...pollIndexes,
      ...ballotIndexes,
      ...letterIndexes,
      ...periodIndexes,
      [MINUTES_TEXTS]: longTextIndexes,
    },
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
      // A crash while minutes were being submitted must not leave them sealed and a draft.
      for (const documentId of await parts.store.draftMinutes()) await platform.papers.seal(documentId, false);
      return async () => {
        parts.telling.stop();
        await feeding.stop();
        await lifecycle.stop();
      };
    },
  };
});
