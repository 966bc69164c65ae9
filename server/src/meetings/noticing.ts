import type { Deed } from '@concert/domain/activity/rules.ts';
import { calledTo } from '@concert/domain/meetings/people.ts';
import type { Happening } from '@concert/domain/notifications/rules.ts';
import type { DomainEvent } from '../platform/events.ts';
import type { Notice } from '../platform/notices.ts';
import type { Reactions } from '../platform/outbox/outbox.ts';
import { momentOf, type Parts } from './parts.ts';
import type { MeetingRecord } from './records.ts';
import { seenMeetings } from './seen.ts';
import { itemStep, meetingStep } from './subjects.ts';

const textIn = ({ data }: DomainEvent, key: string): string => {
  const value = data[key];
  return typeof value === 'string' ? value : '';
};

/** What became of a convocation, and of a proposed item or a proxy. */
const CALLED: Readonly<Record<string, Happening>> = { convened: 'meeting-called', changed: 'meeting-changed' };
const CANCELLED: Readonly<Record<string, Happening>> = {
  postponed: 'meeting-postponed',
  cancelled: 'meeting-cancelled',
};
const SETTLED: Readonly<Record<string, Happening>> = { scheduled: 'item-accepted', refused: 'item-refused' };
const PROXIES: Readonly<Record<string, Happening>> = {
  given: 'proxy-offered',
  accepted: 'proxy-accepted',
  refused: 'proxy-refused',
  revoked: 'proxy-revoked',
};

/** Telling who sees a meeting what has happened in it; with an item, who is not barred from that. */
function telling({ platform }: Pick<Parts, 'platform'>) {
  const { activity, auth, bodies, notices, ports } = platform;

  /** [N5] [N18] Those among these people who see it now. */
  const audience = async (meeting: MeetingRecord, itemId: string | undefined, personIds: readonly string[]) => {
    const people = [...(await auth.people.byIds(personIds)).values()].filter(({ suspended }) => !suspended);
    const told = await Promise.all(
      people.map(async ({ id: personId, platformRole }) => {
        const seen = (await seenMeetings(platform, { personId, platformRole }, [meeting])).get(meeting.id);
        return seen === undefined || seen.barred.has(itemId ?? '') ? [] : [personId];
      }),
    );
    return new Set(told.flat());
  };

  const tell = async (
    event: DomainEvent,
    meeting: MeetingRecord,
    { what, to, itemId }: { what: Happening | undefined; to: readonly string[]; itemId?: string },
  ): Promise<void> => {
    if (what === undefined || to.length === 0) return;
    const path: Notice['path'] =
      itemId === undefined ? [meetingStep(meeting.id)] : [itemStep(itemId), meetingStep(meeting.id)];
    await notices.tell({
      ...{ eventId: event.id, what, by: event.actorId, at: event.at, path, mentioned: [], participants: to },
      audience: (personIds) => audience(meeting, itemId, personIds),
    });
  };

  const called = async (meeting: MeetingRecord): Promise<readonly string[]> => {
    const body = (await bodies.byIds([meeting.bodyId])).get(meeting.bodyId);
    if (body === undefined) return [];
    return calledTo(body, meeting.guestIds, momentOf(meeting, ports.now())).map(({ personId }) => personId);
  };

  /** [AC7] What is done in a meeting is done in its workspace, if it has one. */
  const note = async (event: DomainEvent, meeting: MeetingRecord, deed: Deed, itemId?: string): Promise<void> => {
    const { workspaceId } = meeting;
    if (workspaceId === undefined || event.actorId === undefined) return;
    const subject = itemId === undefined ? meetingStep(meeting.id) : itemStep(itemId);
    const path: [typeof subject, typeof subject] = [subject, { kind: 'workspace', id: workspaceId }];
    await activity.note({ id: event.id, deed, by: event.actorId, at: event.at, path });
  };

  return { called, note, tell };
}

/** [N16] What people are told of meetings. Harmless to repeat. */
export function meetingNotices(parts: Parts): Reactions {
  const { store, polls } = parts;
  const { called, note, tell } = telling(parts);
  /** What follows an event, with its meeting as it is now. */
  const about =
    (follow: (event: DomainEvent, meeting: MeetingRecord) => Promise<void>) =>
    async (event: DomainEvent): Promise<void> => {
      const meeting = await store.get(textIn(event, 'meetingId'));
      if (meeting !== null) await follow(event, meeting);
    };
  return {
    'meetings.convened': about(async (event, meeting) => {
      const [what, personId] = [textIn(event, 'what'), textIn(event, 'personId')];
      if (what === 'guest') return tell(event, meeting, { what: 'meeting-called', to: [personId] });
      if (what === 'convened') await note(event, meeting, 'meeting-convened');
      await tell(event, meeting, { what: CALLED[what], to: await called(meeting) });
    }),
    'meetings.cancelled': about(async (event, meeting) => {
      const how = textIn(event, 'how');
      if (how === 'cancelled') await note(event, meeting, 'meeting-cancelled');
      await tell(event, meeting, { what: CANCELLED[how], to: await called(meeting) });
    }),
    'meetings.opened': about((event, meeting) => note(event, meeting, 'meeting-opened')),
    'meetings.ended': about((event, meeting) => note(event, meeting, 'meeting-ended')),
    'meetings.item-settled': about(async (event, meeting) => {
      const item = meeting.agenda.find(({ id }) => id === textIn(event, 'itemId'));
      if (item === undefined) return;
      await tell(event, meeting, { what: SETTLED[textIn(event, 'as')], to: [item.proposedBy], itemId: item.id });
    }),
    'meetings.proxy': about(async (event, meeting) => {
      const proxy = meeting.proxies.find(({ id }) => id === textIn(event, 'proxyId'));
      const as = textIn(event, 'as');
      if (proxy === undefined) return;
      const to = as === 'given' || as === 'revoked' ? proxy.toId : proxy.fromId;
      await tell(event, meeting, { what: PROXIES[as], to: [to] });
    }),
    'meetings.conflict-assessed': about(async (event, meeting) => {
      const conflict = meeting.conflicts.find(({ id }) => id === textIn(event, 'conflictId'));
      // [N18] Of the meeting: who is barred from the item would not be shown what is about it.
      if (conflict !== undefined) await tell(event, meeting, { what: 'conflict-assessed', to: [conflict.personId] });
    }),
    'meetings.vote-opened': about(async (event, meeting) => {
      // Who votes in a sitting is there, and sees it.
      if (meeting.mode !== 'written') return;
      const poll = await polls.get(textIn(event, 'pollId'));
      if (poll?.state !== 'open') return;
      const voters = [...new Set(poll.register.flatMap(({ voterId }) => voterId ?? []))];
      await tell(event, meeting, { what: 'vote-opened', to: voters, itemId: poll.itemId });
    }),
    'meetings.result-known': about(async (event, meeting) => {
      const poll = await polls.get(textIn(event, 'pollId'));
      if (poll?.state !== 'published') return;
      await note(event, meeting, 'result-published', poll.itemId);
      await tell(event, meeting, { what: 'result-known', to: await called(meeting), itemId: poll.itemId });
    }),
  };
}
