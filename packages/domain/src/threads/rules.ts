import { no, type PlatformRole, type Verdict, yes } from '@concert/contract';
import { atLeast, type WorkspaceRole } from '../access/roles.ts';

/** [T2] For whom a thread is. */
export const VISIBILITIES = ['everyone', 'staff'] as const;
export type Visibility = (typeof VISIBILITIES)[number];

/** Who reads or writes, in relation to the subject of a thread. */
export type Participant = {
  readonly personId: string;
  readonly platformRole: PlatformRole;
  /** What they hold on the subject. */
  readonly role: WorkspaceRole;
  /** What they hold in its workspace; null for a right on a document alone. */
  readonly workspaceRole: WorkspaceRole | null;
  /** Whether they came with a limited token (access rule A13). */
  readonly limited?: boolean;
};

/** [T2] */
export const isStaff = ({ platformRole, workspaceRole, limited }: Omit<Participant, 'personId' | 'role'>): boolean =>
  platformRole !== 'guest' && workspaceRole !== null && limited !== true;

/** [T2] */
export const seesThread = (participant: Participant, visibility: Visibility): boolean =>
  visibility === 'everyone' || isStaff(participant);

/** What the rules must know of a thread. */
export type ThreadState = {
  readonly openedBy: string;
  readonly locked: boolean;
  /** Whether somebody other than who opened it has replied. */
  readonly hasOthers?: boolean;
};

/** [T18] What a reply may carry: how many files, of how many bytes each, and how long one waits to be sent. */
export const ATTACHMENTS = { count: 10, bytes: 10 * 1024 * 1024, waitHours: 24 } as const;

export type ThreadRefusal =
  | 'thread-locked'
  | 'not-the-author'
  | 'not-an-editor'
  | 'not-a-commenter'
  | 'others-have-replied'
  | 'reply-deleted';

const moderates = ({ role }: Participant): boolean => atLeast(role, 'editor');

/** [T1] [T7] */
export const mayReply = (participant: Participant, thread: ThreadState): Verdict<ThreadRefusal> =>
  thread.locked && !moderates(participant) ? no('thread-locked') : yes;

/** A reply as the rules see it. */
export type ReplyState = { readonly authorId: string; readonly deleted: boolean };

/** [T4] [T7] */
export function mayEditReply(participant: Participant, thread: ThreadState, reply: ReplyState): Verdict<ThreadRefusal> {
  if (reply.deleted) return no('reply-deleted');
  if (reply.authorId !== participant.personId) return no('not-the-author');
  return mayReply(participant, thread);
}

/** [T5] [T7] what somebody wrote they may take back, in a locked thread too */
export function mayDeleteReply(participant: Participant, reply: ReplyState): Verdict<ThreadRefusal> {
  if (reply.deleted) return no('reply-deleted');
  return reply.authorId === participant.personId || moderates(participant) ? yes : no('not-the-author');
}

/** [T6] */
export function maySettle(participant: Participant, thread: ThreadState): Verdict<ThreadRefusal> {
  const may = thread.openedBy === participant.personId || atLeast(participant.role, 'commenter');
  return may ? mayReply(participant, thread) : no('not-a-commenter');
}

/** [T7] pin, lock, move */
export const mayModerate = (participant: Participant): Verdict<ThreadRefusal> =>
  moderates(participant) ? yes : no('not-an-editor');

/** [T7] another title · [T8] mark as answered */
export function mayArrange(participant: Participant, thread: ThreadState): Verdict<ThreadRefusal> {
  if (moderates(participant)) return yes;
  return thread.openedBy === participant.personId ? mayReply(participant, thread) : no('not-an-editor');
}

/** [T12] */
export function mayDeleteThread(participant: Participant, thread: ThreadState): Verdict<ThreadRefusal> {
  if (moderates(participant)) return yes;
  if (thread.openedBy !== participant.personId) return no('not-an-editor');
  return thread.hasOthers ? no('others-have-replied') : yes;
}

/** [T10] What a reply may hold at most. */
export const MESSAGE_LIMITS = { characters: 20_000, nodes: 2_000, depth: 16, mentions: 50 } as const;

/** [T4] How many earlier states of a reply are kept. */
export const MAX_EDITS = 50;
