import type { Thread } from '@concert/domain/threads/api.ts';

/** Where what a discussion is about is shown. */
export const pathOfSubject = ({ kind, id }: Pick<Thread['subject'], 'kind' | 'id'>): string =>
  kind === 'workspace' ? `/workspaces/${id}/discussion` : `/documents/${id}`;

/** The address of a message, to be kept and shared. */
export const linkOf = (threadId: string, replyId?: string): string =>
  `${window.location.origin}/threads/${threadId}${replyId === undefined ? '' : `#message-${replyId}`}`;
