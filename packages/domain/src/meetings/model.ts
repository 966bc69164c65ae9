import type { z } from 'zod';
import type { RuleSet } from '../governance/rule-set.ts';
import type {
  Answer,
  Assessment,
  ItemKind,
  ItemState,
  MeetingMode,
  RoomProvider,
  SpeechKind,
  STANCES,
  VoteProxyState,
} from './shapes.ts';

/** States that are stored; that an agenda is frozen is told from the clock [M6]. */
export type StoredState = 'draft' | 'convened' | 'in-session' | 'suspended' | 'ended' | 'postponed' | 'cancelled';

/** A clock as it is stored: its end while it runs, the rest while it does not [M12]. */
export type ClockState = { readonly endsAt: Date } | { readonly remainingMs: number };

/** A stretch of time that is added up, and may be running. */
export type Stretch = { readonly spentMs: number; readonly runningSince?: Date };

export type Item = Stretch & {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  readonly kind: ItemKind;
  readonly state: ItemState;
  readonly late: boolean;
  readonly plannedSec: number;
  readonly presenterId?: string;
  readonly proposedBy: string;
  readonly papers: readonly { readonly documentId: string; readonly versionId?: string; readonly hash?: string }[];
  readonly startedAt?: Date;
  readonly endedAt?: Date;
  readonly clock?: ClockState;
  readonly queueOpen: boolean;
  /** [M73] The meeting whose minutes are to be approved on it. */
  readonly minutesOf?: string;
};

export type Presence = 'in' | 'remote' | 'out';

/** One line of the log of attendance. */
export type Attended = {
  readonly id: string;
  readonly personId: string;
  readonly what: Presence;
  readonly at: Date;
  readonly by: string;
  readonly itemId?: string;
  /** The provider of the room that has told it [M42]. */
  readonly source?: RoomProvider;
};

/** From one day of the calendar to another, both included: `2027-06-30`. */
export type Period = { readonly from: string; readonly until: string };

/** A vote that somebody has put into another's hands, as it stands in one meeting. */
export type GivenProxy = {
  readonly id: string;
  readonly seatId: string;
  readonly fromId: string;
  readonly toId: string;
  readonly itemId?: string;
  /** Given for a time, not for this meeting [M50]. */
  readonly period?: Period;
  /** Given for a time, and without effect in this meeting [M52] [M53]. */
  readonly rests?: true;
  readonly state: z.infer<typeof VoteProxyState>;
  readonly at: Date;
};

export type DeclaredConflict = {
  readonly id: string;
  readonly personId: string;
  readonly itemId: string;
  readonly note?: string;
  readonly declaredBy: string;
  /** Reported by somebody who does not conduct the meeting [M60]. */
  readonly notice?: true;
  readonly at: Date;
  readonly assessment?: z.infer<typeof Assessment>;
  readonly lifted: boolean;
};

export type Speech = Stretch & {
  readonly id: string;
  readonly itemId: string;
  readonly personId: string;
  readonly kind: SpeechKind;
  readonly stance?: (typeof STANCES)[number];
  readonly note?: string;
  readonly state: 'waiting' | 'speaking' | 'paused' | 'done';
  readonly askedAt: Date;
  /** What the chair has put first comes before the others of its kind, the last put first before all. */
  readonly place: number;
};

/** Who has said whether they come. */
export type Answered = {
  readonly personId: string;
  readonly answer: z.infer<typeof Answer>;
  readonly at: Date;
  /** When it was changed last [M58]. */
  readonly changedAt?: Date;
};

/** A meeting as the rules see it. */
export type MeetingFacts = {
  readonly state: StoredState;
  readonly mode: MeetingMode;
  readonly startAt?: Date;
  readonly endAt?: Date;
  readonly rules: RuleSet;
  readonly secondCallOf?: string;
  readonly agenda: readonly Item[];
  readonly currentItemId?: string;
  readonly attendance: readonly Attended[];
  readonly proxies: readonly GivenProxy[];
  readonly conflicts: readonly DeclaredConflict[];
  readonly speeches: readonly Speech[];
  readonly openPollIds: readonly string[];
};
