import { Problem } from '@concert/contract';
import { MENTION_KINDS } from '@concert/domain/threads/api.ts';
import { MESSAGE_LIMITS, type Participant, seesThread, type Visibility } from '@concert/domain/threads/rules.ts';
import { type MessageMention, type ReadMessage, readMessage } from '@concert/editor/message.ts';
import type { Seer, Subject } from '../platform/access/access.ts';
import type { Reader } from '../platform/mentions.ts';
import type { Platform } from '../platform/module.ts';
import type { Present } from './standing.ts';

type Read = Extract<ReadMessage, { ok: true }>;

/**
 * [T10] What somebody sent, in canonical form.
 * @throws Problem BAD_REQUEST with the reason for which it is no message
 */
export function messageFrom(sent: unknown): Read {
  const read = readMessage(sent, MESSAGE_LIMITS);
  if (!read.ok) throw new Problem('BAD_REQUEST', read.reason);
  return read;
}

export const keyOfMention = ({ kind, id }: MessageMention): string => `${kind}:${id}`;

const idsOf = (mentions: readonly MessageMention[], kind: string): string[] => [
  ...new Set(mentions.filter((one) => one.kind === kind).map(({ id }) => id)),
];

/** The names of mentions that a reader may know, by kind and id. People are named to whoever reads the message. */
export async function mentionNames(
  { auth, mentions: sources }: Pick<Platform, 'auth' | 'mentions'>,
  reader: Reader,
  mentions: readonly MessageMention[],
): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  await Promise.all(
    MENTION_KINDS.map(async (kind) => {
      const ids = idsOf(mentions, kind);
      if (ids.length === 0) return;
      const known =
        kind === 'person'
          ? new Map([...(await auth.people.byIds(ids))].map(([id, { name }]) => [id, name]))
          : ((await sources.of(kind)?.names(reader, ids)) ?? new Map<string, string>());
      for (const [id, name] of known) names.set(`${kind}:${id}`, name);
    }),
  );
  return names;
}

/** The people who can see a thread of this visibility about this subject, of those that `counts` lets through. */
export async function audienceOf(
  { access, auth }: Pick<Platform, 'access' | 'auth'>,
  subject: Subject,
  visibility: Visibility,
  counts: (seer: Seer) => boolean = () => true,
): Promise<ReadonlySet<string>> {
  const seers = ((await access.whoSees(subject)) ?? []).filter((seer) => seer.role !== null && counts(seer));
  const people = await auth.people.byIds(seers.map(({ personId }) => personId));
  return new Set(
    seers
      .filter(({ personId, role, held }) => {
        const person = people.get(personId);
        if (person === undefined || person.suspended || role === null) return false;
        const around = held.find((grant) => grant.subject.kind === 'workspace')?.role ?? null;
        const { platformRole } = person;
        return seesThread({ personId, platformRole, role, workspaceRole: around }, visibility);
      })
      .map(({ personId }) => personId),
  );
}

/**
 * The people among those who can see a thread whom this participant may know of (access rule A18): whoever has a right
 * on a document alone knows nobody by it, and guests know the members by name.
 */
export async function knownAudience(
  platform: Pick<Platform, 'access' | 'auth'>,
  { platformRole, workspaceRole }: Participant,
  subject: Subject,
  visibility: Visibility,
): Promise<ReadonlySet<string>> {
  if (workspaceRole === null) return new Set();
  const isMember = ({ held }: Seer): boolean => held.some(({ principal }) => principal.type === 'person');
  return audienceOf(platform, subject, visibility, platformRole === 'guest' ? isMember : undefined);
}

/** Where a message is written, and by whom; in a thread also who takes part in it already. */
export type Place = Pick<Present, 'actor' | 'participant'> & {
  readonly subject: Subject;
  readonly participantIds?: readonly string[];
};

/**
 * [T11] That the writer may see everything that a message mentions: people they share a workspace with, people of whom
 * they know that they see the subject, those who have written in the thread, and what other slices let them see.
 * @throws Problem BAD_REQUEST `unknown-mention`
 */
export async function requireMentionable(
  platform: Pick<Platform, 'access' | 'auth' | 'mentions'>,
  { actor, participant, subject, participantIds = [] }: Place,
  mentions: readonly MessageMention[],
): Promise<void> {
  if (mentions.length === 0) return;
  const names = await mentionNames(platform, actor, mentions);
  if (mentions.some((mention) => !names.has(keyOfMention(mention)))) throw unknown();
  const present = new Set([actor.personId, ...participantIds]);
  const people = idsOf(mentions, 'person').filter((id) => !present.has(id));
  if (people.length === 0) return;
  const around = await platform.access.coMembersOf(actor);
  if (people.every((id) => around.has(id))) return;
  const audience = await knownAudience(platform, participant, subject, 'everyone');
  if (people.some((id) => !around.has(id) && !audience.has(id))) throw unknown();
}

const unknown = (): Problem => new Problem('BAD_REQUEST', 'unknown-mention');
