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

type Thing = Exclude<MentionKind, 'person'>;

/** What is offered beside people where no kind was asked for: at most so many of each, documents last and as many as fit. */
const OFFERED: readonly (readonly [Thing, number])[] = [
  ['body', 3],
  ['meeting', 2],
  ['decision', 2],
  ['document', Number.POSITIVE_INFINITY],
];

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

  const things = async (actor: Actor, kind: Thing, { q, limit }: Wanted): Promise<Suggestion[]> => {
    const found = (await sources.of(kind)?.find(actor, q, limit)) ?? [];
    return found.map((thing) => ({ kind, ...thing }));
  };

  return async (present: Present, subject: Subject, wanted: Wanted): Promise<Suggestion[]> => {
    const { actor } = present;
    const { kind, limit } = wanted;
    if (kind === 'person') return people(present, subject, wanted);
    if (kind !== undefined) return things(actor, kind, wanted);
    const [persons, offered] = await Promise.all([
      people(present, subject, wanted),
      Promise.all(OFFERED.map(async ([thing, most]) => (await things(actor, thing, wanted)).slice(0, most))),
    ]);
    // Each kind has room, however many of another there are.
    const share = Math.ceil(limit / 2);
    const rest = offered.flat().slice(0, Math.max(limit - Math.min(persons.length, share), 0));
    return [...persons.slice(0, limit - Math.min(rest.length, limit - share)), ...rest].slice(0, limit);
  };
}
