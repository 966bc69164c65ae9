import { type Actor, Problem } from '@concert/contract';
import { mayMakeWorkspaces } from '@concert/domain/access/rights.ts';
import { workspacesApi } from '@concert/domain/workspaces/api.ts';
import { implement } from '@orpc/server';
import { pageByName } from '../platform/http/cursor.ts';
import type { Context } from '../platform/http/route.ts';
import { requireActorWithinLimits, tokenLimited } from '../platform/http/route.ts';
import type { Platform } from '../platform/module.ts';
import {
  announcer,
  currentMembers,
  endFrom,
  enforceManages,
  invitationService,
  openInvitations,
  teamService,
} from './service.ts';
import { WORKSPACES, type WorkspaceRecord, type WorkspaceStore } from './store.ts';
import { workspaceViews } from './views.ts';

type Parts = { readonly platform: Platform; readonly store: WorkspaceStore };

const subjectOf = (id: string) => ({ kind: 'workspace', id }) as const;

/** [A13] A limited token gives and takes no rights, and makes nothing that is not within its limits. */
const unlimited = (actor: Actor): Actor => {
  if (actor.limits !== undefined) throw tokenLimited();
  return actor;
};

const found = (workspace: WorkspaceRecord | null): WorkspaceRecord => {
  if (workspace === null) throw new Problem('NOT_FOUND', 'not-found');
  return workspace;
};

/** Workspaces themselves: list, create, read, rename, archive, reopen. */
function ownRoutes({ platform, store }: Parts) {
  const { access, outbox, ports } = platform;
  const os = implement(workspacesApi).$context<Context>().use(requireActorWithinLimits);
  const views = workspaceViews(platform);
  const announce = announcer(platform);
  return {
    list: os.list.handler(async ({ input, context }) => {
      const { workspaces: roles } = await access.reach(context.actor);
      const mine = (await store.getAll([...roles.keys()])).filter(
        ({ state }) => input.state === undefined || state === input.state,
      );
      const page = pageByName(mine, input, (workspace) => workspace);
      const shown = page.items.flatMap((workspace) => {
        const role = roles.get(workspace.id);
        return role === undefined ? [] : [{ workspace, role }];
      });
      return { ...page, items: await views.workspaces(shown) };
    }),
    create: os.create.handler(async ({ input, context }) => {
      const now = ports.now();
      const { personId, platformRole } = unlimited(context.actor);
      const verdict = mayMakeWorkspaces(platformRole);
      if (!verdict.ok) throw new Problem('FORBIDDEN', verdict.reason);
      const workspace: WorkspaceRecord = {
        id: ports.newId(),
        name: input.name,
        description: input.description ?? '',
        state: 'active',
        members: [{ personId, role: 'owner', since: now }],
        invitations: [],
        grants: [],
        denials: [],
        createdAt: now,
        updatedAt: now,
      };
      await store.insert(workspace, [outbox.event('workspaces.created', { workspaceId: workspace.id }, personId)]);
      outbox.wake(WORKSPACES);
      await announce.rights(workspace.id, personId);
      return views.one(workspace, 'owner');
    }),
    get: os.get.handler(async ({ input, context }) => {
      const { role } = await access.require(context.actor, 'workspace.read', subjectOf(input.id));
      return views.one(found(await store.get(input.id)), role);
    }),
    update: os.update.handler(async ({ input: { id, ...fields }, context }) => {
      if (fields.state !== undefined) await access.require(context.actor, 'workspace.archive', subjectOf(id));
      const texts = fields.name !== undefined || fields.description !== undefined;
      // Reopening and renaming at once: the name follows the state that the request itself asks for.
      if (texts && fields.state === undefined) await access.require(context.actor, 'workspace.update', subjectOf(id));
      const { role } = await access.require(context.actor, 'workspace.read', subjectOf(id));
      const now = ports.now();
      const event = outbox.event('workspaces.updated', { workspaceId: id, ...fields }, context.actor.personId);
      const saved = await store.change(id, now, async (workspace) => {
        await enforceManages(platform, workspace, context.actor.personId, now);
        if (texts && (fields.state ?? workspace.state) === 'archived' && workspace.state === 'archived')
          throw new Problem('FORBIDDEN', 'workspace-archived');
        return { ...definedOf(fields), events: [event] };
      });
      outbox.wake(WORKSPACES);
      if (fields.state === undefined) announce.facts(id);
      else await announce.everybody(id);
      return views.one(saved, role);
    }),
  };
}

const definedOf = <Fields extends Record<string, unknown>>(fields: Fields) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Fields]?: Exclude<Fields[Key], undefined>;
  };

/** Members of a workspace. */
function memberRoutes({ platform, store }: Parts) {
  const { access, auth, limits, ports } = platform;
  const os = implement(workspacesApi).$context<Context>().use(requireActorWithinLimits);
  const views = workspaceViews(platform);
  const team = teamService({ platform, store });
  const invitations = invitationService({ platform, store });
  const memberOf = async (workspace: WorkspaceRecord, personId: string) => {
    const members = currentMembers(workspace, ports.now()).filter((member) => member.personId === personId);
    const [member] = await views.members({ ...workspace, members });
    if (member === undefined) throw new Problem('NOT_FOUND', 'not-found');
    return member;
  };
  return {
    members: os.members.handler(async ({ input, context }) => {
      await access.require(context.actor, 'members.read', subjectOf(input.id));
      const all = await views.members(found(await store.get(input.id)));
      return pageByName(all, input, ({ name, personId }) => ({ name, id: personId }));
    }),
    addMember: os.addMember.handler(async ({ input: { id, email, role, until: end }, context }) => {
      await access.require(unlimited(context.actor), 'members.manage', subjectOf(id));
      const until = endFrom(end, ports.now());
      // The answer says whether the address has an account: nobody may ask that of a whole list.
      await limits.require('addressesOfPerson', context.actor.personId, 'too-many-invitations');
      const person = await auth.people.byEmail(email);
      if (person === null) {
        const invitation = await invitations.invite(context.actor, id, {
          email,
          role,
          ...(until === undefined ? {} : { until }),
        });
        const [shown] = await views.invitations([invitation]);
        if (shown === undefined) throw new Error('an invitation could not be shown');
        return { outcome: 'invited' as const, invitation: shown };
      }
      const saved = await team.add(context.actor, id, { personId: person.id, role, until });
      return { outcome: 'added' as const, member: await memberOf(saved, person.id) };
    }),
    changeMember: os.changeMember.handler(async ({ input: { id, until, ...change }, context }) => {
      await access.require(unlimited(context.actor), 'members.manage', subjectOf(id));
      const end = until === undefined ? {} : { until: until === null ? null : endFrom(until, ports.now()) };
      return memberOf(await team.changeRole(context.actor, id, { ...change, ...end }), change.personId);
    }),
    removeMember: os.removeMember.handler(async ({ input: { id, personId }, context }) => {
      const leaving = personId === context.actor.personId;
      await access.require(unlimited(context.actor), leaving ? 'members.read' : 'members.manage', subjectOf(id));
      await team.remove(context.actor, id, personId);
      return {};
    }),
  };
}

/** Invitations, on the inviting and on the invited side. */
function invitationRoutes({ platform, store }: Parts) {
  const { access, auth, ports } = platform;
  const open = implement(workspacesApi).$context<Context>();
  const os = open.use(requireActorWithinLimits);
  const views = workspaceViews(platform);
  const invitations = invitationService({ platform, store });
  return {
    invitations: os.invitations.handler(async ({ input, context }) => {
      await access.require(context.actor, 'members.manage', subjectOf(input.id));
      const workspace = found(await store.get(input.id));
      return { items: await views.invitations(openInvitations(workspace, ports.now())) };
    }),
    revokeInvitation: os.revokeInvitation.handler(async ({ input, context }) => {
      await access.require(unlimited(context.actor), 'members.manage', subjectOf(input.id));
      await invitations.revoke(context.actor, input.id, input.invitationId);
      return {};
    }),
    // Anybody who holds the link may look: it changes nothing, so that a mail scanner cannot use it up.
    invitation: open.invitation.handler(async ({ input }) => {
      const { workspace, invitation } = await invitations.find(input.token);
      const [shown] = await views.invitations([invitation]);
      return {
        workspaceName: workspace.name,
        invitedBy: shown?.invitedBy ?? '',
        email: invitation.email,
        role: invitation.role,
        expiresAt: invitation.expiresAt.toISOString(),
        known: (await auth.people.byEmail(invitation.email)) !== null,
      };
    }),
    acceptInvitation: os.acceptInvitation.handler(async ({ input, context }) => {
      const workspace = await invitations.accept(unlimited(context.actor), input.token);
      const member = workspace.members.find(({ personId }) => personId === context.actor.personId);
      return views.one(workspace, member?.role ?? 'viewer');
    }),
  };
}

/** The routes of the contract. */
export const workspaceRoutes = (parts: Parts) =>
  implement(workspacesApi)
    .$context<Context>()
    .router({ ...ownRoutes(parts), ...memberRoutes(parts), ...invitationRoutes(parts) });
