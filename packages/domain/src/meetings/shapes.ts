import { Color, DocumentId, Id, Instant, PersonId, WorkspaceId } from '@concert/contract';
import { z } from 'zod';
import { RuleSet } from '../governance/rule-set.ts';

/** How people meet: in a room, at a distance, both, or in writing until a deadline. */
export const MEETING_MODES = ['room', 'remote', 'hybrid', 'written'] as const;
export const MeetingMode = z.enum(MEETING_MODES);
export type MeetingMode = z.infer<typeof MeetingMode>;

/** States of a meeting; `frozen` is `convened` once its agenda is fixed [M6]. */
export const MEETING_STATES = [
  'draft',
  'convened',
  'frozen',
  'in-session',
  'suspended',
  'ended',
  'postponed',
  'cancelled',
] as const;
export const MeetingState = z.enum(MEETING_STATES);
export type MeetingState = z.infer<typeof MeetingState>;

/** What an item of the agenda is for. */
export const ITEM_KINDS = ['info', 'discussion', 'decision', 'election'] as const;
export const ItemKind = z.enum(ITEM_KINDS);
export type ItemKind = z.infer<typeof ItemKind>;

/** Where an item is: proposed and not yet accepted, to come, open now, set aside, dealt with, put off, withdrawn. */
export const ITEM_STATES = [
  'proposed',
  'scheduled',
  'active',
  'paused',
  'done',
  'deferred',
  'withdrawn',
  'refused',
] as const;
export const ItemState = z.enum(ITEM_STATES);
export type ItemState = z.infer<typeof ItemState>;

/** A clock that everybody sees: when it ends while it runs, what is left while it does not [M12]. */
export const Clock = z.union([
  z.object({ endsAt: Instant }).strict(),
  z.object({ remainingMs: z.number().int() }).strict(),
]);

/** A document that belongs to an item. The title is absent for who may not read it. */
export const Paper = z.object({
  documentId: DocumentId,
  title: z.string().optional(),
  /** The state that was sent with the convocation, and its SHA-256. */
  versionId: Id.optional(),
  hash: z.string().optional(),
});

/** An item of the agenda. */
export const AgendaItem = z.object({
  id: Id,
  /** 1, 2, 3; L1, L2 for late ones; absent for those that are only proposed, refused or withdrawn. */
  number: z.string().optional(),
  title: z.string(),
  note: z.string(),
  kind: ItemKind,
  state: ItemState,
  late: z.boolean(),
  plannedSec: z.number().int(),
  presenterId: PersonId.optional(),
  proposedBy: PersonId,
  papers: z.array(Paper),
  startedAt: Instant.optional(),
  endedAt: Instant.optional(),
  /** Milliseconds it has been open, without interruptions; while it is open, until `runningSince`. */
  spentMs: z.number().int(),
  runningSince: Instant.optional(),
  clock: Clock.optional(),
  /** When it begins by the plan, and by how the meeting has gone so far [M13]. */
  plannedAt: Instant.optional(),
  expectedAt: Instant.optional(),
  /** Whether one may still ask to speak. */
  queueOpen: z.boolean(),
  /** [M73] The meeting whose minutes are to be approved on it. */
  minutesOf: Id.optional(),
  /** Set for who is kept from it by a conflict of interest: the item is there, and nothing of it. */
  barred: z.boolean(),
});
export type AgendaItem = z.infer<typeof AgendaItem>;

/** What somebody has answered to a convocation. */
export const ANSWERS = ['accepted', 'excused'] as const;
export const Answer = z.enum(ANSWERS);

/** In what quality somebody is there. */
export const QUALITIES = ['voter', 'alternate', 'secretary', 'observer', 'guest'] as const;
export const Quality = z.enum(QUALITIES);
export type Quality = z.infer<typeof Quality>;

/** Somebody who is called to a meeting, and where they are now. */
export const Attendee = z.object({
  personId: PersonId,
  name: z.string(),
  color: Color,
  title: z.string().optional(),
  quality: Quality,
  role: z.string().optional(),
  seatTitle: z.string().optional(),
  college: z.string().optional(),
  answer: Answer.optional(),
  /** When they changed it, for who conducts the meeting [M58]. */
  answerChangedAt: Instant.optional(),
  presence: z.enum(['in', 'remote', 'out']),
});
export type Attendee = z.infer<typeof Attendee>;

/** A day of the calendar, `2027-06-30`. */
export const Day = z.iso.date();

/** A vote that somebody has put into another's hands. */
export const VoteProxyState = z.enum(['given', 'accepted', 'refused', 'revoked']);
export const VoteProxy = z.object({
  id: Id,
  seatId: Id,
  fromId: PersonId,
  toId: PersonId,
  /** For one item alone. */
  itemId: Id.optional(),
  /** For all meetings of the body that begin from one day to another, both included [M50]. */
  period: z.object({ from: Day, until: Day }).optional(),
  /** Of a period, and without effect here: its giver has come, or has given another for this meeting [M52] [M53]. */
  rests: z.literal(true).optional(),
  state: VoteProxyState,
  at: Instant,
});
export type VoteProxy = z.infer<typeof VoteProxy>;

/** What a declared conflict of interest leads to. */
export const ASSESSMENTS = ['no-action', 'no-vote', 'leave-room', 'barred'] as const;
export const Assessment = z.enum(ASSESSMENTS);
export type Assessment = z.infer<typeof Assessment>;

/** A conflict of interest in an item. */
export const Conflict = z.object({
  id: Id,
  personId: PersonId,
  itemId: Id,
  /** For the person concerned and those who conduct the meeting. */
  note: z.string().optional(),
  declaredBy: PersonId,
  /** Reported by another member: without effect until it is assessed [M60]. */
  notice: z.literal(true).optional(),
  at: Instant,
  /** Absent: not yet assessed; what was declared keeps out of the vote meanwhile [M10]. */
  assessment: Assessment.optional(),
  lifted: z.boolean(),
});
export type Conflict = z.infer<typeof Conflict>;

/** For what somebody asks to speak, the first served first [M11]. */
export const SPEECH_KINDS = ['question', 'order', 'speech'] as const;
export const SpeechKind = z.enum(SPEECH_KINDS);
export type SpeechKind = z.infer<typeof SpeechKind>;

export const STANCES = ['pro', 'contra'] as const;

/** Somebody on the list of speakers of an item. */
export const Speaker = z.object({
  id: Id,
  itemId: Id,
  personId: PersonId,
  kind: SpeechKind,
  stance: z.enum(STANCES).optional(),
  note: z.string().optional(),
  college: z.string().optional(),
  state: z.enum(['waiting', 'speaking', 'paused', 'done']),
  askedAt: Instant,
  spentMs: z.number().int(),
  runningSince: Instant.optional(),
});
export type Speaker = z.infer<typeof Speaker>;

/** Whether enough are there, now and for the item that is open. */
export const QuorumNow = z.object({
  /** False where the rules ask for none. */
  asked: z.boolean(),
  reached: z.boolean(),
  needed: z.number().int(),
  present: z.number().int(),
  of: z.number().int(),
  unit: z.enum(['heads', 'weight']),
  secondCall: z.boolean(),
});
export type QuorumNow = z.infer<typeof QuorumNow>;

/** Who provides rooms for voice and video. */
export const ROOM_PROVIDERS = ['jitsi', 'bbb', 'livekit'] as const;
export const RoomProvider = z.enum(ROOM_PROVIDERS);
export type RoomProvider = z.infer<typeof RoomProvider>;

/** An instant at which a meeting might be, and what people say to it. */
export const DateOption = z.object({
  id: Id,
  startAt: Instant,
  endAt: Instant,
  answers: z.array(z.object({ personId: PersonId, answer: z.enum(['yes', 'maybe', 'no']) })),
});
export type DateOption = z.infer<typeof DateOption>;

/** What the reader may do here, so that pages offer nothing that would be refused. */
export const OwnPart = z.object({
  /** Convenes, arranges the agenda, conducts the sitting. */
  conducts: z.boolean(),
  /** Proposes items, declares conflicts, gives proxies, asks to speak. */
  takesPart: z.boolean(),
  quality: Quality.optional(),
  seatIds: z.array(Id),
  answer: Answer.optional(),
  presence: z.enum(['in', 'remote', 'out']),
});

/** A meeting as a line of a list. */
export const MeetingLine = z.object({
  id: Id,
  bodyId: Id,
  bodyName: z.string(),
  title: z.string(),
  mode: MeetingMode,
  state: MeetingState,
  startAt: Instant.optional(),
  endAt: Instant.optional(),
  timeZone: z.string(),
  place: z.string().optional(),
  itemCount: z.number().int(),
  /** The reader's own answer, where one is expected. */
  answer: Answer.optional(),
  called: z.boolean(),
  /** Votes that are open, and that the reader has not cast for every seat for which they vote. */
  openVotes: z.number().int(),
  /** Proxies for this meeting that wait for the reader's answer. */
  proxyOffers: z.number().int(),
});
export type MeetingLine = z.infer<typeof MeetingLine>;

/** A meeting with all that its page shows. */
export const Meeting = MeetingLine.omit({
  ...{ itemCount: true, answer: true, called: true, openVotes: true, proxyOffers: true },
}).extend({
  /** Differs whenever anything here does. */
  rev: z.number().int(),
  /** The server's clock at the answer: clocks of pages are set by it. */
  now: Instant,
  note: z.string(),
  /** The address of a room for voice and video, where it has one of its own. */
  roomUrl: z.string().optional(),
  /** The room that opens beside the agenda: one made for this meeting, or its own address at a provider known here. */
  room: z.object({ provider: RoomProvider, made: z.boolean() }).optional(),
  /** Where the minutes and papers of the meeting are kept. */
  workspaceId: WorkspaceId.optional(),
  convenedAt: Instant.optional(),
  frozenAt: Instant.optional(),
  /** Why it was convened later than the rules ask. */
  urgency: z.string().optional(),
  /** The meeting without quorum that this one follows [M9]. */
  secondCallOf: Id.optional(),
  cancelReason: z.string().optional(),
  rulesVersion: z.number().int(),
  rules: RuleSet,
  openedAt: Instant.optional(),
  endedAt: Instant.optional(),
  /** When the meeting ends by how it has gone so far. */
  expectedEnd: Instant.optional(),
  currentItemId: Id.optional(),
  agenda: z.array(AgendaItem),
  attendees: z.array(Attendee),
  proxies: z.array(VoteProxy),
  conflicts: z.array(Conflict),
  speakers: z.array(Speaker),
  quorum: QuorumNow,
  dateOptions: z.array(DateOption),
  /** The polls that run now. */
  openPollIds: z.array(Id),
  me: OwnPart,
});
export type Meeting = z.infer<typeof Meeting>;

/** One line of the log of attendance: it is only ever added to. */
export const AttendanceEvent = z.object({
  id: Id,
  personId: PersonId,
  what: z.enum(['in', 'remote', 'out']),
  at: Instant,
  by: PersonId,
  itemId: Id.optional(),
  /** The provider of the room that has told it; absent where somebody has noted it. */
  source: RoomProvider.optional(),
});
export type AttendanceEvent = z.infer<typeof AttendanceEvent>;
