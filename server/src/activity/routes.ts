import type { Actor } from '@concert/contract';
import { type ActivityEntry, activityApi } from '@concert/domain/activity/api.ts';
import { implement } from '@orpc/server';
import { readDateCursor, writeCursor } from '../platform/http/cursor.ts';
import type { Context } from '../platform/http/route.ts';
import { requireActorWithinLimits } from '../platform/http/route.ts';
import type { Platform } from '../platform/module.ts';
import type { Card } from '../platform/subjects.ts';
import type { ActivityRecord, ActivityStore, Lookable } from './store.ts';

type Seen = { readonly record: ActivityRecord; readonly card: Card };

const NO_COLOR = '#495057';
/** So many entries that may not be shown are passed over for one page; what is behind them comes with the next. */
const PATIENCE = 10;

/** [AC3] What happened, as far as its reader may see what it happened to. */
export function activityRoutes({ platform, store }: { platform: Platform; store: ActivityStore }) {
  const { access, auth, subjects } = platform;
  const os = implement(activityApi).$context<Context>().use(requireActorWithinLimits);

  const lookableFor = async (actor: Actor, workspaceId: string | undefined): Promise<Lookable> => {
    if (workspaceId !== undefined)
      await access.require(actor, 'workspace.read', { kind: 'workspace', id: workspaceId });
    const { workspaces, documents, denied } = await access.reach(actor);
    if (workspaceId !== undefined) return { workspaceIds: [workspaceId], documentIds: [], without: [...denied] };
    return { workspaceIds: [...workspaces.keys()], documentIds: [...documents.keys()], without: [...denied] };
  };

  const visible = async (actor: Actor, records: readonly ActivityRecord[]): Promise<Seen[]> => {
    const kinds = [...new Set(records.map(({ subject }) => subject.kind))];
    const cards = new Map<string, Card>();
    await Promise.all(
      kinds.map(async (kind) => {
        const ids = records.flatMap(({ subject }) => (subject.kind === kind ? [subject.id] : []));
        for (const [id, card] of (await subjects.of(kind)?.cards(actor, [...new Set(ids)])) ?? [])
          cards.set(`${kind}:${id}`, card);
      }),
    );
    return records.flatMap((record) => {
      const card = cards.get(`${record.subject.kind}:${record.subject.id}`);
      return card === undefined ? [] : [{ record, card }];
    });
  };

  const show = async (seen: readonly Seen[]): Promise<ActivityEntry[]> => {
    const ids = seen.flatMap(({ record: { by, personId } }) => (personId === null ? [by] : [by, personId]));
    const people = await auth.people.byIds([...new Set(ids)]);
    return seen.map(({ record: { id, deed, at, by, personId, subject }, card: { title, path, context } }) => ({
      id,
      deed,
      at: at.toISOString(),
      by: { id: by, name: people.get(by)?.name ?? '', color: people.get(by)?.color ?? NO_COLOR },
      subject: { ...subject, title, path, ...(context === undefined ? {} : { context }) },
      ...(personId === null ? {} : { person: { id: personId, name: people.get(personId)?.name ?? '' } }),
    }));
  };

  return os.router({
    list: os.list.handler(async ({ input, context: { actor } }) => {
      const { workspaceId, documentId, since, others, limit, cursor } = input;
      if (documentId !== undefined) await access.require(actor, 'document.read', { kind: 'document', id: documentId });
      const lookable = await lookableFor(actor, workspaceId);
      const narrowed = {
        ...{ documentId, limit },
        since: since === undefined ? undefined : new Date(since),
        notBy: others === undefined ? undefined : actor.personId,
      };
      const kept: Seen[] = [];
      let after = readDateCursor(cursor);
      let more = true;
      for (let round = 0; more && kept.length < limit && round < PATIENCE; round += 1) {
        const found = await store.list({ ...lookable, ...narrowed, after });
        more = found.length > limit;
        const batch = found.slice(0, limit);
        const last = batch.at(-1);
        if (last === undefined) break;
        after = { at: last.at, id: last.id };
        kept.push(...(await visible(actor, batch)));
      }
      const shown = kept.slice(0, limit);
      const end = kept.length > limit ? shown.at(-1)?.record : undefined;
      const next = end ?? (more ? after : undefined);
      const items = await show(shown);
      return next === undefined ? { items } : { items, next: writeCursor([next.at.getTime(), next.id]) };
    }),
  });
}
