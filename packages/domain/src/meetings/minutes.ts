import { no, type Verdict, yes } from '@concert/contract';
import { numbersOf } from './agenda.ts';
import type { MinutesState } from './minutes-api.ts';
import type { RecordPart, RecordRef } from './minutes-record.ts';
import type { Item, MeetingFacts, StoredState } from './model.ts';

/** [M70] From which states each step leads, and where to. */
export const MINUTES_TRANSITIONS = {
  submit: { draft: 'submitted' },
  approve: { submitted: 'approved' },
  reopen: { submitted: 'draft', approved: 'draft' },
} as const satisfies Readonly<Record<string, Readonly<Partial<Record<MinutesState, MinutesState>>>>>;

export type MinutesRefusal =
  | 'minutes-begun'
  | 'minutes-not-begun'
  | 'minutes-not-so'
  | 'meeting-not-convened'
  | 'meeting-not-ended'
  | 'minutes-without-workspace'
  | 'not-a-later-meeting'
  | 'not-about-these-minutes'
  | 'item-not-opened'
  | 'open-poll'
  | 'not-adopted'
  | 'later-minutes'
  | 'reason-missing';

/** In which a meeting has minutes: once people are called to it, until it is known that it will not be held. */
const HELD: ReadonlySet<StoredState> = new Set(['convened', 'in-session', 'suspended', 'ended']);

/** [M70] Whether minutes of a meeting may be begun: once it is convened, in a workspace. */
export function mayBegin(
  meeting: Pick<MeetingFacts, 'state'> & { readonly begun: boolean; readonly workspaceId: string | undefined },
): Verdict<MinutesRefusal> {
  if (meeting.begun) return no('minutes-begun');
  if (!HELD.has(meeting.state)) return no('meeting-not-convened');
  return meeting.workspaceId === undefined ? no('minutes-without-workspace') : yes;
}

/** [M72] Whether minutes may be laid before the body: after the meeting. */
export function maySubmit(
  meeting: Pick<MeetingFacts, 'state'>,
  state: MinutesState | undefined,
): Verdict<MinutesRefusal> {
  if (state === undefined) return no('minutes-not-begun');
  if (state !== 'draft') return no('minutes-not-so');
  return meeting.state === 'ended' ? yes : no('meeting-not-ended');
}

/** A meeting in which minutes are approved, as far as it matters. */
export type Approving = Pick<MeetingFacts, 'state' | 'agenda'> & { readonly bodyId: string; readonly openedAt?: Date };

/** The polls on an item, the first first: open, or with what they have come to. */
export type ItemPolls = readonly { readonly open: boolean; readonly outcome: string | undefined }[];

/**
 * [M73] Whether a body approves minutes now: in a meeting of the same body that was opened after the one they are of had
 * ended, on an item about them that has been opened. Without a vote nobody has objected; where there were votes the last one
 * has to have been adopted.
 */
export function mayApprove(
  minutes: {
    readonly meetingId: string;
    readonly bodyId: string;
    readonly state: MinutesState;
    readonly endedAt?: Date;
  },
  later: Approving,
  item: Pick<Item, 'minutesOf' | 'startedAt'> | undefined,
  polls: ItemPolls,
): Verdict<MinutesRefusal> {
  if (minutes.state !== 'submitted') return no('minutes-not-so');
  const { openedAt, bodyId, state } = later;
  const isLater = openedAt !== undefined && minutes.endedAt !== undefined && openedAt >= minutes.endedAt;
  const isHeld = state === 'in-session' || state === 'suspended' || state === 'ended';
  if (bodyId !== minutes.bodyId || !isLater || !isHeld) return no('not-a-later-meeting');
  if (item?.minutesOf !== minutes.meetingId) return no('not-about-these-minutes');
  if (item.startedAt === undefined) return no('item-not-opened');
  if (polls.some(({ open }) => open)) return no('open-poll');
  const last = polls.findLast(({ outcome }) => outcome !== undefined);
  return last === undefined || last.outcome === 'adopted' ? yes : no('not-adopted');
}

/**
 * [M74] Whether minutes are opened again: submitted ones at any time; approved ones with a reason, and only while no later
 * meeting of the body has submitted or approved its own, which rest on them.
 */
export function mayReopen(
  state: MinutesState | undefined,
  { later, reason }: { readonly later: boolean; readonly reason: string | undefined },
): Verdict<MinutesRefusal> {
  if (state === undefined) return no('minutes-not-begun');
  if (state === 'draft') return no('minutes-not-so');
  if (state === 'submitted') return yes;
  if (later) return no('later-minutes');
  return reason === undefined ? no('reason-missing') : yes;
}

/** A block that minutes hold, and under which item it stands; an item brings its heading. */
export type WantedBlock = RecordRef & { readonly under?: string; readonly heading?: string };

/** What has happened on items, in order. */
export type Happened = {
  readonly polls: readonly { readonly id: string; readonly itemId: string }[];
  readonly decisions: readonly { readonly id: string; readonly itemId?: string | undefined }[];
  readonly actions: readonly { readonly id: string; readonly itemId?: string | undefined }[];
};

/**
 * [M71] The blocks that minutes hold, in their order: attendance, what earlier meetings left open, then each item of the
 * agenda with its votes, decisions and actions. What belongs to no item comes at the end.
 */
export function wantedBlocks(
  meeting: { readonly id: string; readonly agenda: readonly Item[] },
  { polls, decisions, actions }: Happened,
): readonly WantedBlock[] {
  const numbers = numbersOf(meeting.agenda);
  const items = meeting.agenda.filter(({ id }) => numbers.has(id));
  const known = new Set(items.map(({ id }) => id));
  const below = (part: RecordPart, of: readonly { id: string; itemId?: string | undefined }[], itemId?: string) =>
    of
      .filter((one) => (itemId === undefined ? !known.has(one.itemId ?? '') : one.itemId === itemId))
      .map(({ id }): WantedBlock => ({ part, ref: id, ...(itemId === undefined ? {} : { under: itemId }) }));
  const everything = (itemId?: string): readonly WantedBlock[] => [
    ...below('poll', polls, itemId),
    ...below('decision', decisions, itemId),
    ...below('action', actions, itemId),
  ];
  return [
    { part: 'attendance', ref: meeting.id },
    { part: 'carried', ref: meeting.id },
    ...items.flatMap(({ id, title }) => [
      { part: 'item' as const, ref: id, under: id, heading: `${numbers.get(id)}. ${title}` },
      ...everything(id),
    ]),
    ...everything(),
  ];
}
