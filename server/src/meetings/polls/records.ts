import type { PollResult, PollState } from '@concert/domain/meetings/polls-api.ts';
import type { BallotLimits, Choice, PollMajority, PollMethod, PollOption, Secrecy } from '@concert/domain/polls/api.ts';
import type { QuorumResult } from '@concert/domain/polls/quorum.ts';
import type { RegisterEntry, Via } from '@concert/domain/polls/types.ts';

/** A seat of the register as it is kept: with its title, which the body may change later. */
export type RegisterRecord = RegisterEntry & { readonly title: string };

/** Who chose what, of a named poll. */
export type NamedBallotRecord = {
  readonly personId: string;
  readonly via: Via;
  readonly choice: Choice;
  readonly at: Date;
};

/** A poll. Of a named one it holds the ballots too; those of a secret one lie in a box that holds nothing else. */
export type PollRecord = {
  readonly id: string;
  readonly rev: number;
  readonly meetingId: string;
  readonly bodyId: string;
  readonly itemId: string;
  readonly question: string;
  readonly method: PollMethod;
  readonly options: readonly PollOption[];
  readonly limits: BallotLimits;
  readonly secrecy: Secrecy;
  readonly majority: PollMajority;
  readonly byHands: boolean;
  readonly state: PollState;
  /** Order drawn for ties, when it was prepared. */
  readonly lot: readonly string[];
  readonly openedAt?: Date;
  readonly closesAt?: Date;
  readonly closedAt?: Date;
  readonly register: readonly RegisterRecord[];
  readonly quorum?: QuorumResult;
  /** By seat id. */
  readonly ballots: Readonly<Record<string, NamedBallotRecord>>;
  readonly hands?: readonly { readonly key: string; readonly count: number }[];
  /** Of a secret poll that is closed: which seats have voted, in the order of the register. */
  readonly votedSeats?: readonly string[];
  /** How many ballots were cast, once it is closed. */
  readonly castCount?: number;
  readonly castingVote?: 'yes' | 'no';
  readonly result?: PollResult;
  readonly annulledReason?: string;
  readonly supersedes?: string;
  readonly createdBy: string;
  readonly createdAt: Date;
};
