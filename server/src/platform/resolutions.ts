import type { CalledVote } from '@concert/domain/polls/called.ts';

/** A paper of an item, with the state of it that was frozen for the meeting, if one was. */
export type ItemPaper = { readonly documentId: string; readonly versionId?: string; readonly hash?: string };

/** An item of a meeting, as far as something may have been decided on it. */
export type ItemFacts = {
  readonly bodyId: string;
  readonly meetingId: string;
  readonly meetingTitle: string;
  readonly itemId: string;
  readonly itemTitle: string;
  readonly papers: readonly ItemPaper[];
  /** Of the meeting, if it has one. */
  readonly workspaceId?: string;
};

/** What can be said of a poll to somebody who writes down what was decided. */
export type Resolution = ItemFacts & {
  readonly pollId: string;
  /** Whether its result was made known; without, there is none here. */
  readonly published: boolean;
  readonly annulled: boolean;
  readonly vote?: CalledVote;
  readonly closedAt?: Date;
};

/** What was voted on: one slice holds the votes, others ask what became of them. Rights are the asking slice's task. */
export type Resolutions = {
  of(pollIds: readonly string[]): Promise<ReadonlyMap<string, Resolution>>;
  /** Null for an item that is not there. */
  item(meetingId: string, itemId: string): Promise<ItemFacts | null>;
  /** The items of these meetings from which a conflict of interest bars this person. */
  barredFrom(personId: string, meetingIds: readonly string[]): Promise<ReadonlySet<string>>;
};

/** The port, and the way for one slice to stand behind it. */
export type ResolutionsPort = Resolutions & { answeredBy(resolutions: Resolutions): void };

/** Nothing was voted on until a slice stands behind it. */
export function createResolutions(): ResolutionsPort {
  let behind: Resolutions = { of: async () => new Map(), item: async () => null, barredFrom: async () => new Set() };
  return {
    of: async (pollIds) => (pollIds.length === 0 ? new Map() : behind.of([...new Set(pollIds)])),
    item: (meetingId, itemId) => behind.item(meetingId, itemId),
    barredFrom: async (personId, meetingIds) =>
      meetingIds.length === 0 ? new Set() : behind.barredFrom(personId, [...new Set(meetingIds)]),
    answeredBy: (resolutions) => {
      behind = resolutions;
    },
  };
}
