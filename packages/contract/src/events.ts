/**
 * Live events (Socket.IO). They carry ids, not contents: who hears one reads again through the checked route,
 * so that an event can never show more than its reader may see.
 */
export type ServerEvents = {
  /** Name, state, members or invitations of a workspace changed. */
  'workspace.changed': (event: { workspaceId: string }) => void;
  /** A document appeared, moved, went to the trash, or its projected metadata changed. */
  'document.changed': (event: { workspaceId: string; documentId: string }) => void;
  /** A version of the document was added. */
  'versions.changed': (event: { workspaceId: string; documentId: string }) => void;
  /** Somebody opened or left a document. */
  'presence.changed': (event: { workspaceId: string; documentId: string }) => void;
  /** A thread was opened, written in, reacted to, settled, moved or deleted. Of one for staff, staff alone hear. */
  'thread.changed': (event: { workspaceId: string; documentId?: string; threadId: string }) => void;
  /** Somebody is writing a reply; true for some seconds after each. */
  'thread.typing': (event: { workspaceId: string; documentId?: string; threadId: string; personId: string }) => void;
  /** Somebody has read on in a thread in another of their browsers. */
  'thread.read': (event: { threadId: string }) => void;
  /** The receiving person was told something, or has read it in another of their browsers. */
  'notifications.changed': (event: Record<string, never>) => void;
  /** Somebody did something that is noted. Of what is for staff, staff alone hear. */
  'activity.changed': (event: { workspaceId: string; documentId?: string }) => void;
  /** A body appeared, changed or went, or its mandates changed. */
  'bodies.changed': (event: { bodyId: string }) => void;
  /** Something of a meeting changed: its plan, its agenda, or the sitting. */
  'meeting.changed': (event: { meetingId: string; bodyId: string }) => void;
  /** A proxy for a time was given in a body, accepted, refused or taken back. */
  'proxies.changed': (event: { bodyId: string }) => void;
  /** A poll of a meeting was prepared, opened, voted in, closed or made known. It says nothing of who voted, or how. */
  'poll.changed': (event: { meetingId: string; pollId: string }) => void;
  /** A decision of a body was drafted, adopted, signed, published, superseded or annulled. */
  'decisions.changed': (event: { bodyId: string; decisionId: string }) => void;
  /** An action item of a body was given, changed, done or closed. */
  'actions.changed': (event: { bodyId: string; actionId: string }) => void;
  /** The rights of the receiving person changed: everything cached may be stale. */
  'access.changed': (event: { workspaceId?: string }) => void;
  /** The session or token of this socket ended. */
  'session.ended': (event: Record<string, never>) => void;
};

/** Clients ask nothing over Socket.IO: rooms are joined by the server, from what the person may see. */
export type ClientEvents = Record<string, never>;

export const SERVER_EVENTS = [
  'workspace.changed',
  'document.changed',
  'versions.changed',
  'presence.changed',
  'thread.changed',
  'thread.typing',
  'thread.read',
  'notifications.changed',
  'activity.changed',
  'bodies.changed',
  'meeting.changed',
  'proxies.changed',
  'poll.changed',
  'decisions.changed',
  'actions.changed',
  'access.changed',
  'session.ended',
] as const satisfies readonly (keyof ServerEvents)[];
