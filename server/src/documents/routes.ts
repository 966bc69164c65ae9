import type { Actor, Locale } from '@concert/contract';
import { Problem } from '@concert/contract';
import { documentsApi } from '@concert/domain/documents/api.ts';
import { implement } from '@orpc/server';
import type { Reach, Standing } from '../platform/access/access.ts';
import { pageByDate, readDateCursor } from '../platform/http/cursor.ts';
import type { Context } from '../platform/http/route.ts';
import { requireActorWithinLimits } from '../platform/http/route.ts';
import { createContent } from './content.ts';
import { createFromTemplate, duplicate } from './create.ts';
import { moveEffect, rightsAfterMove, tellKept } from './moving.ts';
import type { Parts } from './parts.ts';
import { presentDetail, presentItems, presentVersions } from './present.ts';
import { authorsAmong, createProvenance } from './provenance.ts';
import { readableFor, readableIn } from './readable.ts';
import type { DocumentRecord, VersionRecord } from './records.ts';
import type { DocumentChange } from './store.ts';

const documentOf = (id: string) => ({ kind: 'document', id }) as const;
const workspaceOf = (id: string) => ({ kind: 'workspace', id }) as const;

const copyTitle: Readonly<Record<Locale, (title: string) => string>> = {
  fr: (title) => `Copie de ${title}`,
  en: (title) => `Copy of ${title}`,
  it: (title) => `Copia di ${title}`,
};

/** The routes of documents. Each first asks the access module; what follows may rely on its answer. */
export function documentRoutes(parts: Parts) {
  const os = implement(documentsApi).$context<Context>().use(requireActorWithinLimits);
  return os.router({
    ...listRoutes(parts, os),
    ...documentRoutesOf(parts, os),
    ...authorRoutes(parts, os),
    ...versionRoutes(parts, os),
  });
}

type Builder = ReturnType<typeof builder>;
const builder = () => implement(documentsApi).$context<Context>().use(requireActorWithinLimits);

async function recordOf({ documents }: Parts, id: string): Promise<DocumentRecord> {
  const record = await documents.get(id);
  if (record === null) throw new Problem('NOT_FOUND', 'not-found');
  return record;
}

/** The page of a document as it is now, for a caller whose standing has been looked up. */
const detail = async (parts: Parts, id: string, standing: Standing) =>
  presentDetail(parts.platform, await recordOf(parts, id), standing);

function listRoutes(parts: Parts, os: Builder) {
  const { platform, documents } = parts;
  const { access, rooms } = platform;
  const list = async (filter: Parameters<typeof documents.list>[0], reach: Reach) => {
    const found = await documents.list(filter);
    const page = pageByDate(found, filter.limit, ({ updatedAt, id }) => ({ at: updatedAt, id }));
    return { ...page, items: await presentItems(platform, page.items, reach) };
  };
  return {
    recent: os.recent.handler(async ({ input, context }) => {
      const reach = await access.reach(context.actor);
      const { kind, q, limit, shared } = input;
      const all = readableFor(reach);
      const readable = shared === undefined ? all : { ...all, workspaceIds: [] };
      const after = readDateCursor(input.cursor);
      return list({ ...readable, trashed: false, kind, q, limit, after }, reach);
    }),
    list: os.list.handler(async ({ input, context }) => {
      const { workspaceId, kind, q, limit, trashed = false } = input;
      await access.require(context.actor, 'workspace.read', workspaceOf(workspaceId));
      const reach = await access.reach(context.actor);
      const after = readDateCursor(input.cursor);
      return list({ ...readableIn(workspaceId, reach), trashed, kind, q, limit, after }, reach);
    }),
    presence: os.presence.handler(async ({ input, context }) => {
      const { workspaceId } = input;
      if (workspaceId !== undefined) await access.require(context.actor, 'workspace.read', workspaceOf(workspaceId));
      const reach = await access.reach(context.actor);
      const present = rooms.present();
      const readable = workspaceId === undefined ? readableFor(reach) : readableIn(workspaceId, reach);
      const found = await documents.byIds([...present.keys()], readable);
      const items = found.map(({ id, workspaceId: where, kind, projection }) => ({
        documentId: id,
        workspaceId: where,
        title: projection.title,
        kind,
        people: [...(present.get(id) ?? [])],
      }));
      return { items };
    }),
  };
}

type Changing = { readonly actor: Actor; readonly standing: Standing; readonly event: string };

/**
 * Changes a record where the right to do so was found. Whoever was faster wins, and the caller is told: a document
 * that has moved meanwhile is under other rights.
 */
async function change(
  parts: Parts,
  id: string,
  how: Changing,
  what: (before: DocumentRecord) => DocumentChange,
): Promise<void> {
  const { platform, documents } = parts;
  const { access, outbox, live } = platform;
  const before = await recordOf(parts, id);
  if (before.workspaceId !== how.standing.workspaceId) throw new Problem('CONFLICT', 'changed-meanwhile');
  const wanted = what(before);
  const data = { documentId: id, workspaceId: wanted.workspaceId ?? before.workspaceId };
  const after = await documents.change(before, wanted, outbox.event(how.event, data, how.actor.personId));
  if (after === null) throw new Problem('CONFLICT', 'changed-meanwhile');
  await access.changed({ documentId: id });
  // Where it has come to, the news of it must not reach those from whom it is kept.
  if (after.workspaceId !== before.workspaceId) await tellKept(parts, after);
  outbox.wake('documents');
  for (const workspaceId of new Set([before.workspaceId, after.workspaceId]))
    live.toWorkspace(workspaceId, 'document.changed', { workspaceId, documentId: id });
}

async function rename({ platform, workers, projector }: Parts, actor: Actor, id: string, title: string): Promise<void> {
  await platform.rooms.edit(id, actor.personId, async (state) => {
    const update = await workers.run('rename', { state, title });
    // Others may have come first, and the right may have gone meanwhile.
    await platform.access.require(actor, 'document.edit', documentOf(id));
    return update;
  });
  await projector.refresh(id);
}

function documentRoutesOf(parts: Parts, os: Builder) {
  const { platform } = parts;
  const { access, ports } = platform;
  const content = createContent(parts);
  return {
    create: os.create.handler(async ({ input, context: { actor, locale } }) => {
      const { workspaceId, kind, title } = input;
      const standing = await access.require(actor, 'document.create', workspaceOf(workspaceId));
      const stillMay = () => access.require(actor, 'document.create', workspaceOf(workspaceId));
      const given = { workspaceId, kind, title, locale: input.locale ?? locale, personId: actor.personId, stillMay };
      return presentDetail(platform, await createFromTemplate(parts, given), standing);
    }),
    get: os.get.handler(async ({ input: { id }, context: { actor } }) =>
      detail(parts, id, await access.require(actor, 'document.read', documentOf(id))),
    ),
    update: os.update.handler(async ({ input: { id, title, workspaceId }, context: { actor } }) => {
      const standing = await access.require(actor, 'document.read', documentOf(id));
      const moves = workspaceId !== undefined && workspaceId !== standing.workspaceId;
      // Every right is asked for before anything is done, so that a refusal changes nothing.
      if (title !== undefined) await access.require(actor, 'document.edit', documentOf(id));
      if (moves) {
        await access.require(actor, 'document.move', documentOf(id));
        await access.require(actor, 'document.create', workspaceOf(workspaceId));
      }
      if (title !== undefined) await rename(parts, actor, id, title);
      if (moves) {
        const kept = await access.denialsOf(documentOf(id));
        const tellsWhy = standing.workspaceRole === 'owner';
        const rights = (before: DocumentRecord) => rightsAfterMove(before, kept, { ports, tellsWhy });
        const how = { actor, standing, event: 'documents.moved' };
        await change(parts, id, how, (before) => ({ workspaceId, ...rights(before) }));
      }
      return detail(parts, id, await access.require(actor, 'document.read', documentOf(id)));
    }),
    moveEffect: os.moveEffect.handler(async ({ input: { id, workspaceId }, context: { actor } }) => {
      await access.require(actor, 'document.move', documentOf(id));
      await access.require(actor, 'document.create', workspaceOf(workspaceId));
      return moveEffect(parts, await recordOf(parts, id), workspaceId);
    }),
    trash: os.trash.handler(async ({ input: { id }, context: { actor } }) => {
      const standing = await access.require(actor, 'document.trash', documentOf(id));
      const marked = { trashedAt: ports.now(), trashedBy: actor.personId };
      await change(parts, id, { actor, standing, event: 'documents.trashed' }, () => marked);
      return {};
    }),
    restore: os.restore.handler(async ({ input: { id }, context: { actor } }) => {
      const standing = await access.require(actor, 'document.restore', documentOf(id));
      const cleared = { trashedAt: null, trashedBy: null };
      if (standing.trashed) await change(parts, id, { actor, standing, event: 'documents.restored' }, () => cleared);
      return detail(parts, id, await access.require(actor, 'document.read', documentOf(id)));
    }),
    duplicate: os.duplicate.handler(async ({ input, context: { actor, locale } }) => {
      const original = await access.require(actor, 'document.duplicate', documentOf(input.id));
      const workspaceId = input.workspaceId ?? original.workspaceId;
      const standing = await access.require(actor, 'document.create', workspaceOf(workspaceId));
      const source = await recordOf(parts, input.id);
      const title = input.title ?? copyTitle[locale](source.projection.title).slice(0, 300);
      const kept = await access.denialsOf(documentOf(input.id));
      const { denials } = rightsAfterMove(source, kept, { ports, tellsWhy: original.workspaceRole === 'owner' });
      const stillMay = async () => {
        await access.require(actor, 'document.duplicate', documentOf(input.id));
        await access.require(actor, 'document.create', workspaceOf(workspaceId));
      };
      const made = { workspaceId, kind: source.kind, title, locale: source.locale, personId: actor.personId };
      return presentDetail(platform, await duplicate(parts, source, { ...made, denials, stillMay }), standing);
    }),
    content: os.content.handler(async ({ input: { id, format, locale: wanted }, context: { actor, locale } }) => {
      await access.require(actor, 'document.read', documentOf(id));
      return content(await recordOf(parts, id), { format, locale: wanted ?? locale, asker: actor });
    }),
  };
}

/** [D7] Who may read a text may read who wrote it. */
function authorRoutes(parts: Parts, os: Builder) {
  const { access } = parts.platform;
  const provenance = createProvenance(parts);
  return {
    provenance: os.provenance.handler(async ({ input: { id, limit, cursor }, context: { actor } }) => {
      await access.require(actor, 'document.read', documentOf(id));
      return provenance(await recordOf(parts, id), { limit, cursor });
    }),
    authors: os.authors.handler(async ({ input: { id, clients }, context: { actor } }) => {
      await access.require(actor, 'document.read', documentOf(id));
      return { items: await authorsAmong(parts, id, clients) };
    }),
  };
}

function versionRoutes(parts: Parts, os: Builder) {
  const { platform, versions, versionStore } = parts;
  const { access } = platform;
  const present = async (version: VersionRecord) => {
    const [shown] = await presentVersions(platform, [version]);
    if (shown === undefined) throw new Error('a version was not presented');
    return shown;
  };
  /** A version is looked up within the document that access was asked about: another document's does not exist. */
  const versionOf = async (documentId: string, versionId: string): Promise<VersionRecord> => {
    const version = await versionStore.get(documentId, versionId);
    if (version === null) throw new Problem('NOT_FOUND', 'not-found');
    return version;
  };
  return {
    versions: os.versions.handler(async ({ input: { id, limit, cursor }, context: { actor } }) => {
      await access.require(actor, 'document.read', documentOf(id));
      const found = await versionStore.list(id, readDateCursor(cursor), limit);
      const page = pageByDate(found, limit, (version) => ({ at: version.createdAt, id: version.id }));
      return { ...page, items: await presentVersions(platform, page.items) };
    }),
    createVersion: os.createVersion.handler(async ({ input: { id, label, expectedHash }, context: { actor } }) => {
      await access.require(actor, 'version.create', documentOf(id));
      const wanted = { personId: actor.personId, label, expectedHash };
      return present(await versions.create(id, wanted));
    }),
    version: os.version.handler(async ({ input: { id, versionId }, context: { actor } }) => {
      await access.require(actor, 'document.read', documentOf(id));
      const version = await versionOf(id, versionId);
      return { ...(await present(version)), content: JSON.parse(await versions.content(version)) };
    }),
    restoreVersion: os.restoreVersion.handler(async ({ input: { id, versionId }, context: { actor } }) => {
      await access.require(actor, 'version.restore', documentOf(id));
      const version = await versionOf(id, versionId);
      const stillMay = () => access.require(actor, 'version.restore', documentOf(id));
      return present(await versions.restore(await recordOf(parts, id), version, { by: actor.personId, stillMay }));
    }),
  };
}
