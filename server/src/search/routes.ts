import { type Actor, Problem } from '@concert/contract';
import { type SearchResult, searchApi } from '@concert/domain/search/api.ts';
import { isStaff } from '@concert/domain/threads/rules.ts';
import { implement } from '@orpc/server';
import { z } from 'zod';
import { isTooMuch } from '../platform/documents/workers.ts';
import { readCursor, writeCursor } from '../platform/http/cursor.ts';
import type { Context } from '../platform/http/route.ts';
import { requireActorWithinLimits } from '../platform/http/route.ts';
import type { Platform } from '../platform/module.ts';
import type { SearchHit } from '../platform/search.ts';
import type { Searching } from './engine.ts';
import { findPeople } from './people.ts';
import type { Asked as AskedFor, Match, Scope } from './worker/types.ts';

/** Nobody reads further: who has not found it by then asks another question. */
const FURTHEST = 1_000;
const PEOPLE = 5;

const Offset = z.tuple([z.number().int().min(1).max(FURTHEST)]);

type Asked = z.infer<(typeof searchApi.find)['~orpc']['inputSchema'] & z.ZodType>;

type Narrowed = Pick<Asked, 'workspaceId' | 'authorId'>;

/** [Q6] What somebody may read, as the index asks it. */
async function scopeOf({ access }: Pick<Platform, 'access'>, actor: Actor): Promise<Scope> {
  const { workspaces, documents, denied } = await access.reach(actor);
  const { platformRole, limits } = actor;
  return {
    workspaces: [...workspaces.keys()],
    documents: [...documents.keys()],
    denied: [...denied],
    staff: isStaff({ platformRole, workspaceRole: 'viewer', limited: limits !== undefined }),
  };
}

/** [Q11] What somebody may see of what its slices decide on. */
async function allowedTo({ search }: Pick<Platform, 'search'>, actor: Actor, asks: AskedFor): Promise<AskedFor> {
  const answers = Object.entries(asks).map(async ([name, ids]): Promise<[string, readonly string[]]> => {
    const visible = await search.sources().get(name)?.visible?.(actor, ids);
    return [name, [...(visible ?? [])]];
  });
  return Object.fromEntries(await Promise.all(answers));
}

/** That whoever narrows a search by a workspace or an author may know of them: what they may not is not there. */
async function requireKnown({ access }: Pick<Platform, 'access'>, actor: Actor, { workspaceId, authorId }: Narrowed) {
  if (workspaceId !== undefined) await access.require(actor, 'workspace.read', { kind: 'workspace', id: workspaceId });
  if (authorId === undefined || authorId === actor.personId) return;
  if (!(await access.coMembersOf(actor)).has(authorId)) throw new Problem('NOT_FOUND', 'not-found');
}

/** Shows what was found as far as it may be seen now, in the order in which it was found. */
function createShowing({ auth, search }: Platform, searching: Searching) {
  const hitsOf = async (actor: Actor, matches: readonly Match[]): Promise<ReadonlyMap<Match, SearchHit>> => {
    const hits = new Map<Match, SearchHit>();
    for (const [name, source] of search.sources()) {
      const own = matches.filter((match) => match.source === name);
      if (own.length === 0) continue;
      const found = await source.hits(
        actor,
        own.map(({ id }) => id),
      );
      for (const match of own) {
        const hit = found.get(match.id);
        if (hit !== undefined) hits.set(match, hit);
      }
    }
    return hits;
  };

  return async (actor: Actor, matches: readonly Match[]): Promise<SearchResult[]> => {
    const hits = await hitsOf(actor, matches);
    const shown = matches.flatMap((match) => {
      const hit = hits.get(match);
      return hit === undefined ? [] : [{ match, hit }];
    });
    const [parts, people] = await Promise.all([
      searching.passages(shown.map(({ match: { terms }, hit: { title, text } }) => ({ title, text, terms }))),
      auth.people.byIds([...new Set(shown.flatMap(({ hit: { authorId } }) => authorId ?? []))]),
    ]);
    return shown.map(({ match, hit: { path, context, at, authorId } }, i) => {
      const author = people.get(authorId ?? '');
      return {
        kind: match.kind,
        id: match.id,
        title: [...(parts[i]?.title ?? [])],
        path,
        ...(context === undefined ? {} : { context }),
        passage: [...(parts[i]?.passage ?? [])],
        at: at.toISOString(),
        ...(author === undefined ? {} : { person: { id: author.id, name: author.name, color: author.color } }),
      };
    });
  };
}

/** The search. */
export function searchRoutes(platform: Platform, searching: Searching) {
  const { limits } = platform;
  const os = implement(searchApi).$context<Context>().use(requireActorWithinLimits);
  const show = createShowing(platform, searching);

  const millisecondsOf = (instant: string | undefined): number | undefined =>
    instant === undefined ? undefined : Date.parse(instant);

  const find = async (actor: Actor, { q, kind, workspaceId, authorId, from, until, limit }: Asked, offset: number) => {
    const narrowed = { kind, workspaceId, authorId, from: millisecondsOf(from), until: millisecondsOf(until) };
    const ask = (scope: Scope) =>
      searching.query({ question: q, scope, offset, limit, ...narrowed }).catch((error: unknown) => {
        // A question that takes too long is asked for less.
        if (isTooMuch(error)) throw new Problem('SERVICE_UNAVAILABLE', 'too-busy');
        throw error;
      });
    const scope = await scopeOf(platform, actor);
    const first = await ask(scope);
    const asked = Object.keys(first.asks).length > 0;
    const found = asked ? await ask({ ...scope, allowed: await allowedTo(platform, actor, first.asks) }) : first;
    return { ...found, items: await show(actor, found.matches) };
  };

  return os.router({
    find: os.find.handler(async ({ input, context: { actor } }) => {
      await limits.require('searchesOfPerson', actor.personId, 'too-many-searches');
      const { q, kind, workspaceId, authorId, from, until, cursor, limit } = input;
      const [offset] = cursor === undefined ? [0] : readCursor(cursor, Offset);
      await requireKnown(platform, actor, input);
      const about = kind === 'person' || (kind === undefined && authorId === undefined && !from && !until);
      const people =
        about && offset === 0
          ? await findPeople(platform, actor, { question: q, workspaceId, limit: kind === 'person' ? limit : PEOPLE })
          : [];
      if (kind === 'person') return { items: people, total: 0, incomplete: false };
      const { items, total, incomplete } = await find(actor, input, offset);
      const reached = offset + limit;
      const next = reached < total && reached <= FURTHEST ? { next: writeCursor([reached]) } : {};
      return { items: [...people, ...items], total, incomplete, ...next };
    }),
  });
}
