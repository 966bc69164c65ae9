import { Problem } from '@concert/contract';
import { type Organisation, organisationsApi } from '@concert/domain/organisations/api.ts';
import { implement } from '@orpc/server';
import { readNameCursor, writeNameCursor } from '../platform/http/cursor.ts';
import type { Context } from '../platform/http/route.ts';
import { requireActor } from '../platform/http/route.ts';
import type { Platform } from '../platform/module.ts';
import type { OrganisationRecord, organisationStore } from './store.ts';

const view = ({ createdBy: _createdBy, createdAt, ...rest }: OrganisationRecord): Organisation => ({
  ...rest,
  createdAt: createdAt.toISOString(),
});

/** Organisations are known to everybody who is signed in; who proposed one is not. */
export function organisationRoutes({
  platform: { audit, ports },
  store,
}: {
  platform: Platform;
  store: ReturnType<typeof organisationStore>;
}) {
  const os = implement(organisationsApi).$context<Context>().use(requireActor);
  return os.router({
    list: os.list.handler(async ({ input: { cursor, ...query } }) => {
      // The key of a name may be many times as long as the name: its place is told by the id.
      const after = cursor === undefined ? undefined : readNameCursor(cursor).id;
      const found = await store.list({ ...query, after });
      const items = found.slice(0, query.limit);
      const last = items.at(-1);
      const more = found.length > items.length && last !== undefined;
      return {
        items: items.map(view),
        ...(more ? { next: writeNameCursor({ name: '', id: last.id }) } : {}),
      };
    }),
    create: os.create.handler(async ({ input, context }) => {
      const organisation: OrganisationRecord = {
        id: ports.newId(),
        ...input,
        state: 'pending',
        createdAt: ports.now(),
        createdBy: context.actor.personId,
      };
      await store.insert(organisation);
      return view(organisation);
    }),
    update: os.update.handler(async ({ input: { id, state, domain }, context: { actor } }) => {
      if ((await store.names([id])).size === 0) throw new Problem('NOT_FOUND', 'not-found');
      if (actor.platformRole !== 'administrator' && actor.platformRole !== 'secretariat')
        throw new Problem('FORBIDDEN', 'secretariat-only');
      const change = { ...(state === undefined ? {} : { state }), ...(domain === undefined ? {} : { domain }) };
      const organisation = await store.update(id, change);
      if (organisation === null) throw new Problem('NOT_FOUND', 'not-found');
      // A domain of a verified organisation gives its rights to everybody with an address of it.
      await audit.record({
        event: 'organisations.changed',
        actorId: actor.personId,
        credentialId: actor.credentialId,
        subject: { kind: 'organisation', id },
        data: change,
      });
      return view(organisation);
    }),
  });
}
