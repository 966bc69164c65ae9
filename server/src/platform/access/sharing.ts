import type { Actor } from '@concert/contract';
import { Problem, type Verdict } from '@concert/contract';
import { type GranteeType, sharingApi } from '@concert/domain/access/api.ts';
import type { Principal } from '@concert/domain/access/grants.ts';
import { givesMore, mayDeny, mayGive, mayLift } from '@concert/domain/access/sharing.ts';
import { implement } from '@orpc/server';
import type { Context } from '../http/route.ts';
import { requireActorWithinLimits, tokenLimited } from '../http/route.ts';
import type { Platform } from '../module.ts';
import type { Subject } from './access.ts';
import { accessPage } from './access-page.ts';
import type { DenialRecord, GrantRecord, RightsRecord } from './rights-records.ts';
import { rightsViews } from './rights-views.ts';

/** More rights on one thing than this is a mistake of a program. */
const MAX_RIGHTS = 200;

/** Where the rights on one kind of thing are kept: in the record of the thing itself. */
export type RightsHolder = {
  get(id: string): Promise<RightsRecord | null>;
  /**
   * Reads, lets `decide` judge and change, and writes only if no right has changed meanwhile; otherwise decides again.
   * What `decide` throws ends it. `concerned` is remembered with the change until everybody concerned was told.
   * @throws Problem NOT_FOUND when the thing has gone
   */
  change(
    id: string,
    by: { readonly actor: Actor; readonly concerned: Principal; readonly denying?: ReadonlySet<string> },
    decide: (rights: RightsRecord) => RightsRecord,
  ): Promise<RightsRecord>;
  /** Invitations that wait in the workspace in question. */
  pendingInvitations(workspaceId: string): Promise<number>;
  /** Tells open pages of the thing that its rights have changed. */
  tell(id: string): Promise<void>;
};

type Parts = { readonly platform: Platform; readonly kind: Subject['kind']; readonly holder: RightsHolder };

/** A principal as a request names it. */
type Asked = { readonly type: GranteeType; readonly id: string } | { readonly type: 'person'; readonly email: string };

const enforce = (verdict: Verdict<string>): void => {
  if (!verdict.ok) throw new Problem('FORBIDDEN', verdict.reason);
};

/** [A13] A limited token gives and takes no rights. */
const unlimited = (actor: Actor): Actor => {
  if (actor.limits !== undefined) throw tokenLimited();
  return actor;
};

/**
 * Finds whom a request names.
 * @throws Problem NOT_FOUND `no-such-person|organisation|body`, TOO_MANY_REQUESTS `too-many-invitations`
 */
async function principalFrom({ auth, limits, lookups }: Platform, actor: Actor, asked: Asked): Promise<Principal> {
  const gone = () => new Problem('NOT_FOUND', `no-such-${asked.type}`);
  if ('email' in asked) {
    // The answer says whether the address has an account: nobody may ask that of a whole list.
    await limits.require('addressesOfPerson', actor.personId, 'too-many-invitations');
    const person = await auth.people.byEmail(asked.email);
    if (person === null) throw gone();
    return { type: 'person', id: person.id };
  }
  const { type, id } = asked;
  const known = await {
    person: () => auth.people.byIds([id]),
    organisation: () => lookups.organisationNames.of([id]),
    body: () => lookups.activeBodyNames.of([id]),
  }[type]();
  if (!known.has(id)) throw gone();
  return { type, id };
}

const samePrincipal = (one: Principal, other: Principal): boolean => one.type === other.type && one.id === other.id;

function found<Right extends { readonly id: string }>(rights: readonly Right[], id: string, reason: string): Right {
  const right = rights.find((one) => one.id === id);
  if (right === undefined) throw new Problem('NOT_FOUND', reason);
  return right;
}

/** An end as it came in. @throws Problem BAD_REQUEST `ends-in-the-past` */
function endFrom(until: string | null | undefined, now: Date): Date | undefined {
  if (until === undefined || until === null) return undefined;
  const end = new Date(until);
  if (end <= now) throw new Problem('BAD_REQUEST', 'ends-in-the-past');
  return end;
}

/** What every change of rights ends with: everybody concerned is told, wherever they are. */
const announcer =
  ({ platform: { access }, holder }: Parts) =>
  async (id: string, concerned: Principal): Promise<void> => {
    await access.changed({ personIds: await access.peopleOf([concerned]) });
    await holder.tell(id);
  };

const withTerms = (grant: GrantRecord, role: GrantRecord['role'], until: Date | undefined): GrantRecord => {
  const { until: _, ...rest } = grant;
  return { ...rest, role, ...(until === undefined ? {} : { until }) };
};

/** [A10] [A14] Rights of bodies, organisations and, on documents, people. */
function grantActions(parts: Parts) {
  const { platform, kind, holder } = parts;
  const { access, ports } = platform;
  const announce = announcer(parts);
  const manage = async (actor: Actor, id: string) => access.require(unlimited(actor), 'access.manage', { kind, id });
  return {
    give: async (
      actor: Actor,
      id: string,
      asked: { principal: Asked; role: GrantRecord['role']; until?: string | undefined },
    ): Promise<GrantRecord> => {
      const { workspaceRole, workspaceState } = await manage(actor, id);
      enforce(mayGive({ giverRole: workspaceRole, role: asked.role, workspaceState }));
      if (kind === 'workspace' && asked.principal.type === 'person')
        throw new Problem('BAD_REQUEST', 'people-are-members');
      const until = endFrom(asked.until, ports.now());
      const principal = await principalFrom(platform, actor, asked.principal);
      const base = { id: ports.newId(), principal, role: asked.role, since: ports.now(), by: actor.personId };
      const grant = withTerms(base, asked.role, until);
      await holder.change(id, { actor, concerned: principal }, ({ grants, denials }) => {
        const now = ports.now();
        // What has ended says nothing any more, and makes room.
        const current = grants.filter((one) => one.until === undefined || one.until > now);
        if (current.some((one) => samePrincipal(one.principal, principal)))
          throw new Problem('CONFLICT', 'already-granted');
        if (current.length >= MAX_RIGHTS) throw new Problem('CONFLICT', 'too-many-rights');
        return { grants: [...current, grant], denials };
      });
      await announce(id, principal);
      return grant;
    },
    change: async (
      actor: Actor,
      id: string,
      asked: { grantId: string; role?: GrantRecord['role'] | undefined; until?: string | null | undefined },
    ): Promise<GrantRecord> => {
      const { workspaceRole, workspaceState } = await manage(actor, id);
      const end = endFrom(asked.until, ports.now());
      const known = await holder.get(id);
      const { principal } = found(known?.grants ?? [], asked.grantId, 'no-such-right');
      const after = await holder.change(id, { actor, concerned: principal }, ({ grants, denials }) => {
        const before = found(grants, asked.grantId, 'no-such-right');
        const next = withTerms(before, asked.role ?? before.role, asked.until === undefined ? before.until : end);
        if (givesMore(before, next)) enforce(mayGive({ giverRole: workspaceRole, role: next.role, workspaceState }));
        return { grants: grants.map((one) => (one.id === asked.grantId ? next : one)), denials };
      });
      await announce(id, principal);
      return found(after.grants, asked.grantId, 'no-such-right');
    },
    end: async (actor: Actor, id: string, grantId: string): Promise<void> => {
      await manage(actor, id);
      const known = await holder.get(id);
      const { principal } = found(known?.grants ?? [], grantId, 'no-such-right');
      await holder.change(id, { actor, concerned: principal }, ({ grants, denials }) => {
        found(grants, grantId, 'no-such-right');
        return { grants: grants.filter((one) => one.id !== grantId), denials };
      });
      await announce(id, principal);
    },
  };
}

/** [A15] [A16] Conflicts of interest. */
function denialActions(parts: Parts) {
  const { platform, kind, holder } = parts;
  const { access, ports } = platform;
  const announce = announcer(parts);

  /** Whoever owns the thing and is not kept out by this must remain: somebody has to be able to lift it. */
  const othersRemain = async (id: string, denied: ReadonlySet<string>): Promise<void> => {
    const seers = (await access.whoSees({ kind, id })) ?? [];
    if (!seers.some(({ personId, role }) => role === 'owner' && !denied.has(personId)))
      throw new Problem('FORBIDDEN', 'last-owner');
  };
  const concernedIn = async (id: string, principal: Principal): Promise<ReadonlySet<string>> => {
    const seers = (await access.whoSees({ kind, id })) ?? [];
    const subject: Subject = { kind, id };
    return access.deniedAmong(
      seers.map(({ personId }) => personId),
      [{ principal, subject }],
    );
  };
  return {
    declare: async (
      actor: Actor,
      id: string,
      asked: { principal: Asked; note?: string | undefined },
    ): Promise<DenialRecord> => {
      const { workspaceRole } = await access.require(unlimited(actor), 'conflict.declare', { kind, id });
      const own = asked.principal.type === 'person' && 'id' in asked.principal && asked.principal.id === actor.personId;
      enforce(mayDeny({ actorRole: workspaceRole, ownConflict: own }));
      const principal = await principalFrom(platform, actor, asked.principal);
      const denying = await concernedIn(id, principal);
      await othersRemain(id, denying);
      const denial: DenialRecord = {
        id: ports.newId(),
        principal,
        reason: 'conflict-of-interest',
        ...(asked.note === undefined ? {} : { note: asked.note }),
        since: ports.now(),
        by: actor.personId,
      };
      await holder.change(id, { actor, concerned: principal, denying }, ({ grants, denials }) => {
        if (denials.some((one) => samePrincipal(one.principal, principal)))
          throw new Problem('CONFLICT', 'already-denied');
        if (denials.length >= MAX_RIGHTS) throw new Problem('CONFLICT', 'too-many-rights');
        return { grants, denials: [...denials, denial] };
      });
      await announce(id, principal);
      return denial;
    },
    lift: async (actor: Actor, id: string, denialId: string): Promise<void> => {
      const { workspaceRole } = await access.require(unlimited(actor), 'conflict.declare', { kind, id });
      enforce(mayLift({ actorRole: workspaceRole, ownConflict: false }));
      const known = await holder.get(id);
      const denial = found(known?.denials ?? [], denialId, 'no-such-denial');
      const concerned = await access.deniedAmong([actor.personId], [{ ...denial, subject: { kind, id } }]);
      enforce(mayLift({ actorRole: workspaceRole, ownConflict: concerned.has(actor.personId) }));
      await holder.change(id, { actor, concerned: denial.principal }, ({ grants, denials }) => {
        found(denials, denialId, 'no-such-denial');
        return { grants, denials: denials.filter((one) => one.id !== denialId) };
      });
      await announce(id, denial.principal);
    },
  };
}

/** The routes of rights on one kind of thing, over wherever its rights are kept. */
export function sharingRoutes(parts: Parts) {
  const { platform, kind, holder } = parts;
  const { access } = platform;
  const contract = kind === 'workspace' ? sharingApi.workspaces : sharingApi.documents;
  const os = implement(contract).$context<Context>().use(requireActorWithinLimits);
  const grants = grantActions(parts);
  const denials = denialActions(parts);
  const views = rightsViews(platform);
  const rightsOf = async (id: string): Promise<RightsRecord> => {
    const rights = await holder.get(id);
    if (rights === null) throw new Problem('NOT_FOUND', 'not-found');
    return rights;
  };
  const one = async <Item>(items: Promise<readonly Item[]>): Promise<Item> => {
    const [item] = await items;
    if (item === undefined) throw new Error('a right could not be shown');
    return item;
  };
  return os.router({
    grants: os.grants.handler(async ({ input: { id }, context: { actor } }) => {
      const subject = { kind, id } as const;
      await access.require(actor, 'access.manage', subject);
      return { items: await views.grants(subject, (await rightsOf(id)).grants) };
    }),
    grant: os.grant.handler(async ({ input: { id, ...asked }, context: { actor } }) =>
      one(views.grants({ kind, id }, [await grants.give(actor, id, asked)])),
    ),
    changeGrant: os.changeGrant.handler(async ({ input: { id, ...asked }, context: { actor } }) =>
      one(views.grants({ kind, id }, [await grants.change(actor, id, asked)])),
    ),
    endGrant: os.endGrant.handler(async ({ input: { id, grantId }, context: { actor } }) => {
      await grants.end(actor, id, grantId);
      return {};
    }),
    denials: os.denials.handler(async ({ input: { id }, context: { actor } }) => {
      const { workspaceRole } = await access.require(actor, 'conflict.declare', { kind, id });
      const shown = (await rightsOf(id)).denials;
      // Whoever is named cannot read this, so only owners have anything to see.
      return { items: workspaceRole === 'owner' ? await views.denials(shown) : [] };
    }),
    deny: os.deny.handler(async ({ input: { id, ...asked }, context: { actor } }) =>
      one(views.denials([await denials.declare(actor, id, asked)])),
    ),
    liftDenial: os.liftDenial.handler(async ({ input: { id, denialId }, context: { actor } }) => {
      await denials.lift(actor, id, denialId);
      return {};
    }),
    access: os.access.handler(async ({ input: { id, ...page }, context: { actor } }) => {
      const subject = { kind, id } as const;
      const standing = await access.require(actor, kind === 'workspace' ? 'members.read' : 'document.read', subject);
      const pendingInvitations = () => holder.pendingInvitations(standing.workspaceId);
      return accessPage(platform, { subject, actor, standing, pendingInvitations }, page);
    }),
  });
}
