import { type Actor, Problem } from '@concert/contract';
import { administrationApi } from '@concert/domain/administration/api.ts';
import { implement } from '@orpc/server';
import type { Context } from '../platform/http/route.ts';
import { requireActor } from '../platform/http/route.ts';
import { requireAdministrator, requireStaff } from './guard.ts';
import { readHealth } from './health.ts';
import type { AdministrationParts } from './parts.ts';
import { peopleService } from './people.ts';
import { personalRoutes } from './personal-routes.ts';
import { managedViews, mustVerify } from './views.ts';

const notFound = (): Problem => new Problem('NOT_FOUND', 'not-found');

function peopleRoutes({ platform, erasure, invitations }: AdministrationParts) {
  const { directory, status } = platform;
  const os = implement(administrationApi).$context<Context>().use(requireActor);
  const views = managedViews(platform);
  const service = peopleService(platform);
  const detail = async (actor: Actor, id: string) => {
    const situation = await status.situation(id);
    if (situation === null) throw notFound();
    return views.detail(actor, situation);
  };
  return {
    people: os.people.handler(async ({ input: { cursor, limit, ...query }, context: { actor } }) => {
      requireStaff(actor);
      const found = await directory.list({ ...query, limit, after: cursor, mustVerify: await mustVerify(platform) });
      const shown = found.slice(0, limit);
      const more = found.length > shown.length;
      return { items: await views.people(shown), ...(more ? { next: shown.at(-1)?.id } : {}) };
    }),
    person: os.person.handler(async ({ input: { id }, context: { actor } }) => {
      requireStaff(actor);
      return detail(actor, id);
    }),
    updatePerson: os.updatePerson.handler(async ({ input: { id, ...change }, context: { actor } }) => {
      requireAdministrator(actor);
      await service.change(actor, id, change);
      return detail(actor, id);
    }),
    endSessions: os.endSessions.handler(async ({ input: { id }, context: { actor } }) => {
      requireAdministrator(actor);
      await service.endSessions(actor, id);
      return {};
    }),
    erasePerson: os.erasePerson.handler(async ({ input: { id }, context: { actor } }) => {
      requireAdministrator(actor);
      return { state: await erasure.begin(actor, id) };
    }),
    invite: os.invite.handler(async ({ input, context: { actor, locale } }) => {
      requireAdministrator(actor);
      const id = await invitations.invite(actor, { ...input, locale: input.locale ?? locale });
      return detail(actor, id);
    }),
    inviteAgain: os.inviteAgain.handler(async ({ input: { id }, context: { actor } }) => {
      requireAdministrator(actor);
      await invitations.again(actor, id);
      return {};
    }),
  };
}

function installationRoutes({ platform, instanceId }: AdministrationParts) {
  const { audit, settings } = platform;
  const os = implement(administrationApi).$context<Context>().use(requireActor);
  return {
    settings: os.settings.handler(async ({ context: { actor } }) => {
      requireAdministrator(actor);
      return settings.get();
    }),
    changeSettings: os.changeSettings.handler(async ({ input: { rev, ...change }, context: { actor } }) => {
      requireAdministrator(actor);
      const saved = await settings.change(rev, change, actor.personId);
      await audit.record({
        event: 'administration.settings-changed',
        actorId: actor.personId,
        credentialId: actor.credentialId,
        subject: { kind: 'settings', id: 'installation' },
        data: { rev: saved.rev, fields: Object.keys(change).join(' ') },
      });
      return saved;
    }),
    health: os.health.handler(async ({ context: { actor } }) => {
      requireStaff(actor);
      return readHealth(platform, instanceId);
    }),
  };
}

/** The routes of the contract. */
export const administrationRoutes = (parts: AdministrationParts) =>
  implement(administrationApi)
    .$context<Context>()
    .router({ ...peopleRoutes(parts), ...installationRoutes(parts), ...personalRoutes(parts) });
