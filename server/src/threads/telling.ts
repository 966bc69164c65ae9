import type { ServerEvents } from '@concert/contract';
import type { Parts } from './parts.ts';
import type { ThreadRecord } from './records.ts';
import { REPLIES, THREADS } from './store.ts';

type ThreadEvent = Parameters<ServerEvents['thread.changed']>[0];

/** What a thread's live events say. */
const eventOf = ({ id, subject, workspaceId }: ThreadRecord): ThreadEvent => ({
  workspaceId,
  threadId: id,
  ...(subject.kind === 'document' ? { documentId: subject.id } : {}),
});

/** Tells browsers of a thread: of one for staff, staff alone (rule T2). */
export function createTelling({ platform: { live, outbox } }: Parts) {
  const tell = (thread: ThreadRecord): void => {
    const to = thread.visibility === 'staff' ? live.toStaff : live.toWorkspace;
    to(thread.workspaceId, 'thread.changed', eventOf(thread));
  };
  const typing = (thread: ThreadRecord, personId: string): void => {
    const to = thread.visibility === 'staff' ? live.toStaff : live.toWorkspace;
    to(thread.workspaceId, 'thread.typing', { ...eventOf(thread), personId });
  };
  /** Says that there are events to carry out. */
  const wake = (): void => {
    outbox.wake(THREADS);
    outbox.wake(REPLIES);
  };
  return { tell, typing, wake };
}
