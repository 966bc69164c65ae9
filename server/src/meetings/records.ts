import type { RulesRecord } from '@concert/domain/governance/rule-set.ts';
import type { MinutesState } from '@concert/domain/meetings/minutes-api.ts';
import type { Answered, MeetingFacts } from '@concert/domain/meetings/model.ts';
import type { RoomConnection } from '@concert/domain/meetings/rooms.ts';
import type { RoomProvider } from '@concert/domain/meetings/shapes.ts';

/** A date that was proposed, with what people say to it. */
export type DateOptionRecord = {
  readonly id: string;
  readonly startAt: Date;
  readonly endAt: Date;
  readonly answers: readonly { readonly personId: string; readonly answer: 'yes' | 'maybe' | 'no' }[];
};

/** The minutes of a meeting: where their text is, and how far they have come. What was submitted lies beside. */
export type MinutesFacts = {
  readonly documentId: string;
  readonly state: MinutesState;
  /** How often they were opened again. */
  readonly edition: number;
  readonly submitted?: {
    readonly at: Date;
    readonly by: string;
    readonly versionId: string;
    readonly hash: string;
    readonly recordHash: string;
  };
  readonly approved?: {
    readonly at: Date;
    readonly by: string;
    readonly meetingId: string;
    readonly itemId: string;
    readonly pollId?: string;
  };
  readonly reopened: readonly {
    readonly at: Date;
    readonly by: string;
    readonly from: 'submitted' | 'approved';
    readonly reason?: string;
  }[];
};

/**
 * A meeting with its agenda and its sitting in one record: that one item is open, and no vote is under way when it ends, are
 * each judged and written at once.
 */
export type MeetingRecord = Omit<MeetingFacts, 'rules'> & {
  readonly id: string;
  readonly rev: number;
  readonly bodyId: string;
  readonly title: string;
  readonly note: string;
  readonly timeZone: string;
  readonly place?: string;
  readonly roomUrl?: string;
  /** [M40] The room made for it, by its name at the provider. */
  readonly room?: { readonly provider: RoomProvider; readonly name: string };
  /** [M43] The devices in it; until the meeting ends. */
  readonly roomConnections?: readonly RoomConnection[];
  readonly workspaceId?: string;
  readonly convenedAt?: Date;
  readonly urgency?: string;
  readonly cancelReason?: string;
  /** When a meeting that was put off would have been: calendars must be told what to take out. */
  readonly putOffFrom?: { readonly startAt: Date; readonly endAt?: Date };
  /** [M5] The rules it goes by; absent until it is convened, for then those of the body are in force. */
  readonly rulesKept?: RulesRecord;
  readonly openedAt?: Date;
  readonly endedAt?: Date;
  readonly minutes?: MinutesFacts;
  readonly guestIds: readonly string[];
  readonly answers: readonly Answered[];
  readonly dateOptions: readonly DateOptionRecord[];
  /** Counts up with each convocation, change of date and cancellation (RFC 5545, SEQUENCE). */
  readonly sequence: number;
  readonly createdBy: string;
  readonly createdAt: Date;
  /** By which lists are ordered: when it begins, or when it was prepared while it has no date. */
  readonly sortAt: Date;
};
