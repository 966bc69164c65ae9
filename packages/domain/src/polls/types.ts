import type { z } from 'zod';
import type { BallotLimits, Choice, Majority, PollMethod } from './api.ts';

/** Weights are whole thousandths of a vote, so that sums and comparisons are exact: 1 000 is one vote. */
export const ONE_VOTE = 1_000;

/** How somebody votes for a seat: its holder, the holder's alternate, or who holds their proxy. */
export type Via = 'self' | 'alternate' | 'proxy';

/**
 * One voting seat in the register of a poll, as it was when the poll opened. Every voting seat of the body has its
 * entry, the vacant ones too: bases of a majority count them.
 */
export type RegisterEntry = {
  readonly seatId: string;
  readonly college?: string;
  /** Whole thousandths of a vote. */
  readonly weight: number;
  /** Who held the seat; absent: it was vacant. */
  readonly holderId?: string;
  /** Who may cast the vote of the seat; absent: nobody (vacant, or neither holder nor alternate nor proxy was there). */
  readonly voterId?: string;
  readonly via?: Via;
  /** Whether who may cast it was in the room or connected, as against represented by a proxy. */
  readonly present: boolean;
  /** Whether a declared conflict of interest keeps the seat out of this vote. */
  readonly recused: boolean;
};

/** The register of a poll: frozen when it opens, in the order of seats. */
export type Register = readonly RegisterEntry[];

/** What one seat has chosen; `weight` is the seat's. */
export type CountedBallot = {
  readonly weight: number;
  readonly college?: string;
  readonly choice: z.infer<typeof Choice>;
};

export type { Majority, PollMethod };

/** What the counting must know of a poll. */
export type PollForm = {
  readonly method: PollMethod;
  readonly options: readonly { readonly id: string }[];
  readonly limits?: z.infer<typeof BallotLimits>;
};

/** A number of votes in both units: seats, and thousandths of their weights. */
export type Count = { readonly heads: number; readonly weight: number };
