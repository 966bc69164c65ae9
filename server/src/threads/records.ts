import type { Attachment, Quote } from '@concert/domain/threads/api.ts';
import type { Reaction } from '@concert/domain/threads/reactions.ts';
import type { Visibility } from '@concert/domain/threads/rules.ts';
import type { BodyJson } from '@concert/editor/body-json.ts';
import type { MessageMention } from '@concert/editor/message.ts';
import type { Subject } from '../platform/access/access.ts';

/** Who did something, and when. */
export type Mark = { readonly by: string; readonly at: Date };

/** A thread beside its replies. */
export type ThreadRecord = {
  readonly id: string;
  /** Of its subject, which says where it is when the two differ for a moment. */
  readonly workspaceId: string;
  readonly subject: Subject;
  readonly visibility: Visibility;
  readonly title: string | null;
  readonly openedBy: string;
  readonly createdAt: Date;
  /** The place of the last reply taken in (rule T9); some may be empty, after a crash. */
  readonly seq: number;
  readonly lastReplyAt: Date;
  /** Who wrote in it, in the order of their first replies. */
  readonly participantIds: readonly string[];
  readonly resolved: Mark | null;
  readonly pinned: Mark | null;
  readonly locked: Mark | null;
  readonly answerId: string | null;
  /** The passage that it is about; absent in threads that are older than such. */
  readonly anchor?: (Quote & { readonly id: string }) | null;
  /** Set while it is being deleted: from then on it is nowhere to be seen. */
  readonly removed: Mark | null;
};

/** One reply. The first of a thread is what it was opened with. */
export type ReplyRecord = {
  readonly id: string;
  readonly threadId: string;
  readonly seq: number;
  readonly authorId: string;
  /** Null once it is deleted. */
  readonly body: BodyJson | null;
  readonly mentions: readonly MessageMention[];
  /** Absent in replies that are older than attachments. */
  readonly attachments?: readonly Attachment[];
  readonly reactions: Readonly<Partial<Record<Reaction, readonly string[]>>>;
  readonly createdAt: Date;
  readonly editedAt: Date | null;
  /** What it said before, oldest first. */
  readonly edits: readonly { readonly body: BodyJson; readonly at: Date }[];
  readonly deleted: Mark | null;
  /** Grows with every change of its text. */
  readonly rev: number;
};
