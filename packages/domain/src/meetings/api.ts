import { Id, Instant, listOf, Page, PersonId, WorkspaceId } from '@concert/contract';
import { oc } from '@orpc/contract';
import { z } from 'zod';
import {
  Answer,
  Assessment,
  AttendanceEvent,
  ItemKind,
  Meeting,
  MeetingLine,
  MeetingMode,
  RoomProvider,
  SpeechKind,
  STANCES,
} from './shapes.ts';

const Title = z.string().trim().min(1).max(200);
const Note = z.string().trim().max(4_000);
const Why = z.string().trim().min(1).max(1_000);
const Place = z.string().trim().min(1).max(300);
const TimeZone = z.string().min(1).max(64);
/** Only https: what is opened beside the agenda is opened for everybody. */
const RoomUrl = z.url({ protocol: /^https$/ }).max(500);
/** At most a day for one item. */
const PlannedSec = z.number().int().min(0).max(86_400);

const route = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: `/${string}`, summary: string) =>
  oc.route({ method, path, tags: ['meetings'], summary });

const meeting = z.object({ id: Id });
const item = meeting.extend({ itemId: Id });
const done = z.object({});

const terms = {
  mode: MeetingMode,
  startAt: Instant,
  endAt: Instant,
  timeZone: TimeZone,
  place: Place,
  roomUrl: RoomUrl,
  note: Note,
  workspaceId: WorkspaceId,
};

export const meetingsApi = {
  list: route('GET', '/meetings', 'Meetings: the next first, or the last first')
    .input(Page.extend({ bodyId: Id.optional(), when: z.enum(['coming', 'past']).optional() }).strict())
    .output(listOf(MeetingLine)),
  create: route('POST', '/meetings', 'Prepare a meeting')
    .input(
      z
        .object({ bodyId: Id, title: Title, mode: terms.mode, timeZone: terms.timeZone })
        .extend({
          startAt: terms.startAt.optional(),
          endAt: terms.endAt.optional(),
          place: terms.place.optional(),
          roomUrl: terms.roomUrl.optional(),
          /** A room made for the meeting there, in place of an address of its own. */
          room: RoomProvider.optional(),
          note: terms.note.optional(),
          workspaceId: terms.workspaceId.optional(),
          secondCallOf: Id.optional(),
        })
        .strict(),
    )
    .output(Meeting),
  get: route('GET', '/meetings/{id}', 'One meeting').input(meeting.strict()).output(Meeting),
  update: route('PATCH', '/meetings/{id}', 'Change what was planned; null: without')
    .input(
      meeting
        .extend({
          title: Title.optional(),
          mode: terms.mode.optional(),
          timeZone: terms.timeZone.optional(),
          startAt: terms.startAt.nullable().optional(),
          endAt: terms.endAt.nullable().optional(),
          place: terms.place.nullable().optional(),
          roomUrl: terms.roomUrl.nullable().optional(),
          room: RoomProvider.nullable().optional(),
          note: terms.note.optional(),
          workspaceId: terms.workspaceId.nullable().optional(),
        })
        .strict(),
    )
    .output(Meeting),
  remove: route('DELETE', '/meetings/{id}', 'Remove a meeting that was never convened')
    .input(meeting.strict())
    .output(done),
  convene: route('POST', '/meetings/{id}/convene', 'Convene it; within the notice of the rules, or with a reason')
    .input(meeting.extend({ urgency: Why.optional() }).strict())
    .output(Meeting),
  cancel: route('POST', '/meetings/{id}/cancel', 'Cancel or put off a meeting that was convened')
    .input(meeting.extend({ how: z.enum(['cancelled', 'postponed']), reason: Why }).strict())
    .output(Meeting),
  open: route('POST', '/meetings/{id}/open', 'Open the sitting, or go on after a suspension')
    .input(meeting.strict())
    .output(Meeting),
  suspend: route('POST', '/meetings/{id}/suspend', 'Suspend the sitting').input(meeting.strict()).output(Meeting),
  end: route('POST', '/meetings/{id}/end', 'End it').input(meeting.strict()).output(Meeting),

  addItem: route('POST', '/meetings/{id}/agenda', 'Put an item on the agenda, or propose one')
    .input(
      meeting
        .extend({
          title: Title,
          kind: ItemKind.optional(),
          note: Note.optional(),
          plannedSec: PlannedSec.optional(),
          presenterId: PersonId.optional(),
          /** A meeting of the body whose submitted minutes are to be approved; they become its paper. */
          minutesOf: Id.optional(),
        })
        .strict(),
    )
    .output(Meeting),
  changeItem: route(
    'PATCH',
    '/meetings/{id}/agenda/{itemId}',
    'Change an item; `before`: put it before that one, null: last',
  )
    .input(
      item
        .extend({
          title: Title.optional(),
          kind: ItemKind.optional(),
          note: Note.optional(),
          plannedSec: PlannedSec.optional(),
          presenterId: PersonId.nullable().optional(),
          before: Id.nullable().optional(),
          queueOpen: z.boolean().optional(),
        })
        .strict(),
    )
    .output(Meeting),
  settleItem: route(
    'POST',
    '/meetings/{id}/agenda/{itemId}/settle',
    'Accept or refuse a proposal, withdraw or put off an item',
  )
    .input(item.extend({ as: z.enum(['scheduled', 'refused', 'withdrawn', 'deferred']) }).strict())
    .output(Meeting),
  removeItem: route('DELETE', '/meetings/{id}/agenda/{itemId}', 'Take an item off the agenda of a draft')
    .input(item.strict())
    .output(Meeting),
  addPaper: route('POST', '/meetings/{id}/agenda/{itemId}/papers', 'Attach a document')
    .input(item.extend({ documentId: Id }).strict())
    .output(Meeting),
  removePaper: route('DELETE', '/meetings/{id}/agenda/{itemId}/papers/{documentId}', 'Take a document off')
    .input(item.extend({ documentId: Id }).strict())
    .output(Meeting),

  answer: route('POST', '/meetings/{id}/answer', 'Say whether one comes; for somebody else as who conducts it')
    .input(meeting.extend({ answer: Answer, personId: PersonId.optional() }).strict())
    .output(Meeting),
  addGuest: route('POST', '/meetings/{id}/guests', 'Call somebody who has no mandate')
    .input(meeting.extend({ personId: PersonId }).strict())
    .output(Meeting),
  removeGuest: route('DELETE', '/meetings/{id}/guests/{personId}', 'Call them no more')
    .input(meeting.extend({ personId: PersonId }).strict())
    .output(Meeting),
  giveProxy: route(
    'POST',
    '/meetings/{id}/proxies',
    'Put one’s vote into the hands of another, for the meeting or an item',
  )
    .input(meeting.extend({ toId: PersonId, seatId: Id.optional(), itemId: Id.optional() }).strict())
    .output(Meeting),
  settleProxy: route('POST', '/meetings/{id}/proxies/{proxyId}', 'Accept or refuse a proxy, or take one’s own back')
    .input(meeting.extend({ proxyId: Id, as: z.enum(['accepted', 'refused', 'revoked']) }).strict())
    .output(Meeting),
  declareConflict: route('POST', '/meetings/{id}/conflicts', 'Declare a conflict of interest in an item')
    .input(meeting.extend({ itemId: Id, personId: PersonId.optional(), note: Note.optional() }).strict())
    .output(Meeting),
  assessConflict: route('POST', '/meetings/{id}/conflicts/{conflictId}', 'Assess or lift a declared conflict')
    .input(meeting.extend({ conflictId: Id, as: Assessment.or(z.literal('lifted')) }).strict())
    .output(Meeting),

  proposeDates: route('POST', '/meetings/{id}/dates', 'Ask for a date')
    .input(
      meeting
        .extend({
          options: z
            .array(z.object({ startAt: Instant, endAt: Instant }).strict())
            .min(1)
            .max(40),
        })
        .strict(),
    )
    .output(Meeting),
  removeDate: route('DELETE', '/meetings/{id}/dates/{optionId}', 'Take a proposed date back')
    .input(meeting.extend({ optionId: Id }).strict())
    .output(Meeting),
  answerDates: route('POST', '/meetings/{id}/dates/answer', 'Say which dates suit')
    .input(
      meeting
        .extend({
          answers: z
            .array(z.object({ optionId: Id, answer: z.enum(['yes', 'maybe', 'no']) }).strict())
            .min(1)
            .max(40),
        })
        .strict(),
    )
    .output(Meeting),
  chooseDate: route('POST', '/meetings/{id}/dates/choose', 'Take one of the dates')
    .input(meeting.extend({ optionId: Id }).strict())
    .output(Meeting),

  turnTo: route(
    'POST',
    '/meetings/{id}/current',
    'Turn to an item; null: to none. The one before is dealt with, or paused',
  )
    .input(meeting.extend({ itemId: Id.nullable(), leave: z.enum(['done', 'paused']).optional() }).strict())
    .output(Meeting),
  clock: route('POST', '/meetings/{id}/clock', 'Run, stop or set the clock of the current item')
    .input(
      meeting
        .extend({
          do: z.enum(['run', 'stop', 'reset', 'add']),
          seconds: z.number().int().min(-36_000).max(36_000).optional(),
        })
        .strict(),
    )
    .output(Meeting),
  attend: route('POST', '/meetings/{id}/attendance', 'Come or leave; for somebody else as who conducts it')
    .input(meeting.extend({ what: z.enum(['in', 'remote', 'out']), personId: PersonId.optional() }).strict())
    .output(Meeting),
  attendance: route('GET', '/meetings/{id}/attendance', 'The log of attendance, in the order of events')
    .input(meeting.strict())
    .output(z.object({ items: z.array(AttendanceEvent) })),
  askToSpeak: route(
    'POST',
    '/meetings/{id}/speakers',
    'Ask to speak on the current item; for somebody else as who conducts it',
  )
    .input(
      meeting
        .extend({
          kind: SpeechKind,
          stance: z.enum(STANCES).optional(),
          note: z.string().trim().max(250).optional(),
          personId: PersonId.optional(),
        })
        .strict(),
    )
    .output(Meeting),
  speaker: route('POST', '/meetings/{id}/speakers/{speakerId}', 'Give or take the floor, strike off')
    .input(
      meeting
        .extend({ speakerId: Id, do: z.enum(['start', 'pause', 'resume', 'end', 'remove', 'first', 'last']) })
        .strict(),
    )
    .output(Meeting),

  calendar: route('GET', '/calendar', 'The address of one’s own calendar of meetings; absent where none is open')
    .input(z.object({}).strict())
    .output(z.object({ path: z.string().optional() })),
  openCalendar: route('POST', '/calendar', 'Open one’s calendar under a new address; the one before ends')
    .input(z.object({}).strict())
    .output(z.object({ path: z.string() })),
  closeCalendar: route('DELETE', '/calendar', 'Close it').input(z.object({}).strict()).output(done),
  readCalendar: oc
    .route({
      method: 'GET',
      path: '/calendar/{feedKey}',
      tags: ['meetings'],
      summary: 'Somebody’s meetings as iCalendar (RFC 5545), for whoever has the address',
      outputStructure: 'detailed',
    })
    .input(z.object({ feedKey: z.string().max(200) }).strict())
    .output(z.object({ headers: z.record(z.string(), z.string()), body: z.instanceof(Blob) })),
};
