import { type Actor, Problem, type Verdict } from '@concert/contract';
import { may } from '@concert/domain/access/rights.ts';
import {
  isStaff,
  type Participant,
  seesThread,
  type ThreadRefusal,
  type ThreadState,
  type Visibility,
} from '@concert/domain/threads/rules.ts';
import type { Reach, Standing, Subject } from '../platform/access/access.ts';
import type { Reader } from '../platform/mentions.ts';
import type { Parts } from './parts.ts';
import type { ReplyRecord, ThreadRecord } from './records.ts';
import type { ReadableThreads } from './store.ts';

const notFound = (): Problem => new Problem('NOT_FOUND', 'not-found');

export const forbid = (verdict: Verdict<ThreadRefusal>): void => {
  if (!verdict.ok) throw new Problem('FORBIDDEN', verdict.reason);
};

/** Somebody at a subject whose discussion they may read. */
export type Present = { readonly actor: Actor; readonly standing: Standing; readonly participant: Participant };

/** Somebody in a thread that they may read. */
export type InThread = Present & { readonly thread: ThreadRecord };

const participantOf = (actor: Reader, { role, workspaceRole }: Standing): Participant => ({
  personId: actor.personId,
  platformRole: actor.platformRole,
  role,
  workspaceRole,
  limited: actor.limits !== undefined,
});

/** What the rules of threads must know of one. */
export const stateOf = ({ openedBy, locked, participantIds }: ThreadRecord): ThreadState => ({
  openedBy,
  locked: locked !== null,
  hasOthers: participantIds.some((id) => id !== openedBy),
});

/** The way to subjects, threads and replies: what somebody may not see is answered like what there is not. */
export function doors({ platform: { access }, store }: Parts) {
  const at = async (actor: Actor, subject: Subject): Promise<Present> => {
    const standing = await access.require(actor, 'thread.read', subject);
    return { actor, standing, participant: participantOf(actor, standing) };
  };
  const thread = async (actor: Actor, id: string): Promise<InThread> => {
    const found = await store.get(id);
    const standing = found === null ? null : await access.standing(actor, found.subject);
    if (found === null || standing === null) throw notFound();
    const participant = participantOf(actor, standing);
    if (!seesThread(participant, found.visibility)) throw notFound();
    return { actor, standing, participant, thread: found };
  };
  /** Those among the threads that this reader may see. Rights are asked for together: see `platform/mongo/together`. */
  const visible = async (reader: Reader, ids: readonly string[]): Promise<readonly ThreadRecord[]> => {
    const found = await store.getAll([...new Set(ids)]);
    const seen = await Promise.all(
      found.map(async ({ subject, visibility }) => {
        const standing = await access.standing(reader, subject);
        return standing !== null && seesThread(participantOf(reader, standing), visibility);
      }),
    );
    return found.filter((_, at) => seen[at]);
  };
  const reply = async (actor: Actor, id: string): Promise<InThread & { readonly reply: ReplyRecord }> => {
    const found = await store.reply(id);
    if (found === null) throw notFound();
    return { ...(await thread(actor, found.threadId)), reply: found };
  };
  return { at, thread, visible, reply };
}

/** [T1] Whether the subject lets anybody write about it now. */
export const mayWriteAt = ({ standing }: Pick<Present, 'standing'>): Verdict<string> => may('thread.write', standing);

/** @throws Problem FORBIDDEN with the reason for which nobody writes here now */
export function requireWritable(present: Pick<Present, 'standing'>): void {
  const verdict = mayWriteAt(present);
  if (!verdict.ok) throw new Problem('FORBIDDEN', verdict.reason);
}

/** [T2] For whom threads may be that somebody reads and opens here. */
export function visibilitiesFor(participant: Omit<Participant, 'personId' | 'role'>): readonly Visibility[] {
  return isStaff(participant) ? ['everyone', 'staff'] : ['everyone'];
}

/** All threads that somebody may read, as a question to the store. */
export function readableFor(actor: Actor, { workspaces, documents, denied }: Reach): ReadableThreads {
  const inWorkspaces = {
    platformRole: actor.platformRole,
    workspaceRole: 'viewer',
    limited: actor.limits !== undefined,
  } as const;
  return {
    workspaces: [{ ids: [...workspaces.keys()], visibilities: visibilitiesFor(inWorkspaces) }],
    documentIds: [...documents.keys()],
    without: [...denied],
  };
}
