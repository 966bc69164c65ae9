import type { Actor } from '@concert/contract';
import type { MentionKind } from '@concert/domain/threads/api.ts';
import type { Visibility } from '@concert/domain/threads/rules.ts';
import type { Subject } from '../platform/access/access.ts';
import type { Platform } from '../platform/module.ts';
import { knownAudience } from './messages.ts';
import type { Present } from './standing.ts';

export type Suggestion = {
  readonly kind: MentionKind;
  readonly id: string;
  readonly name: string;
  readonly color?: string;
  readonly detail?: string;
  readonly unreachable?: boolean;
};

const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

const wordsOf = (text: string): string[] =>
  fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

/** Whether each word of a question begins a word of a name. */
export function isNamed(name: string, words: readonly string[]): boolean {
  const parts = wordsOf(name);
  return words.every((word) => parts.some((part) => part.startsWith(word)));
}

type Wanted = {
  readonly q: string;
  readonly kind?: MentionKind | undefined;
  readonly visibility: Visibility;
  readonly limit: number;
};

/** [T11] What somebody may mention about a subject: first who can see it, then others they work with, then things. */
export function createMentionable(platform: Platform) {
  const { access, auth, lookups, mentions: sources } = platform;

  const people = async (present: Present, subject: Subject, wanted: Wanted): Promise<Suggestion[]> => {
    const { actor, participant } = present;
    const { q, visibility, limit } = wanted;
    const [audience, around] = await Promise.all([
      knownAudience(platform, participant, subject, visibility),
      access.coMembersOf(actor),
    ]);
    // Who sees nobody else here cannot be told who does not.
    const tellsReach = participant.workspaceRole !== null;
    const words = wordsOf(q);
    const known = await auth.people.byIds([...new Set([...audience, ...around.keys()])]);
    const found = [...known.values()]
      .filter(({ id, name, suspended }) => id !== actor.personId && !suspended && isNamed(name, words))
      .map((person) => ({ person, reachable: audience.has(person.id) }))
      .sort((a, b) => Number(b.reachable) - Number(a.reachable) || a.person.name.localeCompare(b.person.name, 'fr'))
      .slice(0, limit);
    const organisations = await lookups.organisationNames.of(
      found.flatMap(({ person }) => person.organisationId ?? []),
    );
    return found.map(({ person: { id, name, color, title, organisationId }, reachable }) => {
      const detail = title ?? organisations.get(organisationId ?? '');
      return {
        kind: 'person',
        id,
        name,
        color,
        ...(detail === undefined ? {} : { detail }),
        ...(reachable || !tellsReach ? {} : { unreachable: true }),
      };
    });
  };

  const things = async (actor: Actor, kind: 'body' | 'document', { q, limit }: Wanted): Promise<Suggestion[]> => {
    const found = (await sources.of(kind)?.find(actor, q, limit)) ?? [];
    return found.map((thing) => ({ kind, ...thing }));
  };

  return async (present: Present, subject: Subject, wanted: Wanted): Promise<Suggestion[]> => {
    const { actor } = present;
    const { kind, limit } = wanted;
    const [persons, bodies, documents] = await Promise.all([
      kind === undefined || kind === 'person' ? people(present, subject, wanted) : [],
      kind === undefined || kind === 'body' ? things(actor, 'body', wanted) : [],
      kind === undefined || kind === 'document' ? things(actor, 'document', wanted) : [],
    ]);
    if (kind !== undefined) return [...persons, ...bodies, ...documents].slice(0, limit);
    // Each kind has room, however many of another there are.
    const share = Math.ceil(limit / 2);
    const rest = [...bodies.slice(0, 3), ...documents].slice(0, Math.max(limit - Math.min(persons.length, share), 0));
    return [...persons.slice(0, limit - Math.min(rest.length, limit - share)), ...rest].slice(0, limit);
  };
}
