import type { Basis, DecisionState } from '@concert/domain/decisions/api.ts';
import type { CalledVote } from '@concert/domain/polls/called.ts';

/** A text that was voted on; its content lies beside, under the ids of the decision and the document. */
export type PaperRecord = {
  readonly documentId: string;
  readonly versionId: string;
  readonly title: string;
  readonly kind: string;
  readonly hash: string;
  readonly frozenAt: Date;
};

export type SignatureRecord = {
  readonly personId: string;
  readonly role: string;
  readonly seatTitle?: string;
  readonly at: Date;
  readonly hash: string;
};

export type VoteRecord = CalledVote & { readonly pollId: string; readonly closedAt?: Date };

/** A decision. From its adoption on nothing of it changes but its state, its signatures, and that it was published. */
export type DecisionRecord = {
  readonly id: string;
  readonly rev: number;
  readonly bodyId: string;
  readonly title: string;
  readonly text: string;
  readonly basis: Basis;
  readonly grounds: string;
  readonly recommendation?: string;
  readonly effects: readonly string[];
  readonly meeting?: {
    readonly id: string;
    readonly title: string;
    readonly itemId: string;
    readonly itemTitle: string;
  };
  readonly vote?: VoteRecord;
  readonly papers: readonly PaperRecord[];
  readonly decidedAt: Date;
  /** [R4] The year by which it is counted. */
  readonly year: number;
  /** Once it is adopted. */
  readonly seq?: number;
  readonly reviewOn?: string;
  readonly supersedes?: string;
  readonly supersededBy?: string;
  readonly state: DecisionState;
  readonly published: boolean;
  readonly signatures: readonly SignatureRecord[];
  /** [R7] Canonical JSON of what was adopted, and its SHA-256. */
  readonly content?: string;
  readonly hash?: string;
  readonly adoptedAt?: Date;
  readonly adoptedBy?: string;
  readonly publishedAt?: Date;
  readonly annulledAt?: Date;
  readonly annulledReason?: string;
  /** When its people were reminded to review it. */
  readonly remindedAt?: Date;
  /** [R4] [R7] Unique: its number, and what it supersedes, once it is adopted; its own id before. */
  readonly place: string;
  readonly replaces: string;
  /** By which lists are ordered, the last first: when it was adopted; drafts before all. */
  readonly sortAt: Date;
  readonly createdBy: string;
  readonly createdAt: Date;
};
