import type { Actor } from '@concert/contract';
import type { SearchResult } from '@concert/domain/search/api.ts';
import { marked } from '@concert/domain/search/passages.ts';
import { fold, termsOf, wantedOf, wordsOf } from '@concert/domain/search/words.ts';
import type { Platform } from '../platform/module.ts';

type Asked = { readonly question: string; readonly workspaceId?: string | undefined; readonly limit: number };

/** The words of a name that begin with what was asked for; null when something of it is not in the name. */
function foundIn(name: string, question: string): ReadonlySet<string> | null {
  const words = [...wordsOf(name)].map(({ text }) => text);
  const hits = new Set<string>();
  for (const { word } of wantedOf(question)) {
    const found = words.filter((text) => fold(text).startsWith(word));
    if (found.length === 0) return null;
    for (const term of found.flatMap((text) => termsOf(text))) hits.add(term);
  }
  return hits;
}

/** [Q8] People with whom somebody shares a workspace, by their names. */
export async function findPeople(
  { access, auth, lookups }: Pick<Platform, 'access' | 'auth' | 'lookups'>,
  actor: Actor,
  { question, workspaceId, limit }: Asked,
): Promise<SearchResult[]> {
  // A limited token is limited to subjects, and people are none (access rule A13).
  if (actor.limits !== undefined || wantedOf(question).length === 0) return [];
  const around = await access.coMembersOf(actor);
  const ids = [...around].filter(([, shared]) => workspaceId === undefined || shared.includes(workspaceId));
  const people = [...(await auth.people.byIds(ids.map(([id]) => id))).values()];
  const found = people.flatMap((person) => {
    const hits = person.suspended ? null : foundIn(person.name, question);
    return hits === null ? [] : [{ person, hits }];
  });
  const shown = found.sort((a, b) => a.person.name.localeCompare(b.person.name, 'fr')).slice(0, limit);
  const organisations = await lookups.organisationNames.of(shown.flatMap(({ person }) => person.organisationId ?? []));
  return shown.map(({ person: { id, name, color, title, organisationId }, hits }) => {
    const detail = [title, organisations.get(organisationId ?? '')].filter(Boolean).join(' · ');
    return {
      kind: 'person',
      id,
      title: [...marked(name, hits)],
      path: `/people?q=${encodeURIComponent(name)}`,
      passage: detail === '' ? [] : [{ text: detail, hit: false }],
      person: { id, name, color },
    };
  });
}
