import type { AccessEntry, DenialItem, GrantItem, sharingApi } from '@concert/domain/access/api.ts';
import type { Body, governanceApi } from '@concert/domain/governance/api.ts';
import type { implement } from '@orpc/server';
import { ORPCError } from '@orpc/server';
import { NOW } from './region.ts';

/** What a region holds of sharing and of bodies. */
export type SharingHoldings = {
  grants: GrantItem[];
  denials: DenialItem[];
  access: AccessEntry[];
  bodies: Body[];
};

export const aGrant = (over: Partial<GrantItem> = {}): GrantItem => ({
  id: 'grant-1',
  principal: { type: 'body', id: 'committee', name: 'Steering committee' },
  role: 'viewer',
  since: NOW,
  by: { id: 'ada', name: 'Ada Martin' },
  peopleCount: 5,
  ...over,
});

export const aBody = (over: Partial<Body> = {}): Body => ({
  id: 'committee',
  name: 'Steering committee',
  kind: 'committee',
  remit: '',
  state: 'active',
  publicity: 'members',
  seatCount: 0,
  vacantCount: 0,
  rulesVersion: 0,
  memberCount: 5,
  myRoles: [],
  createdAt: NOW,
  ...over,
});

type Contract = { sharing: typeof sharingApi; governance: typeof governanceApi };
type Os = ReturnType<typeof implement<Contract>>;

/** The routes of sharing, for workspaces and documents alike, out of memory. */
export function sharingOf(os: Os['sharing'], held: SharingHoldings) {
  const one = (routes: Os['sharing']['workspaces'] | Os['sharing']['documents']) => {
    const of = routes as Os['sharing']['workspaces'];
    return {
      grants: of.grants.handler(() => ({ items: held.grants })),
      grant: of.grant.handler(({ input: { principal, role, until } }) => {
        if ('email' in principal) throw new ORPCError('NOT_FOUND', { data: { reason: 'no-such-person' } });
        const name = held.bodies.find(({ id }) => id === principal.id)?.name ?? '';
        const id = `grant-${held.grants.length + 1}`;
        const grant = aGrant({ id, principal: { ...principal, name }, role, ...(until ? { until } : {}) });
        held.grants = [...held.grants, grant];
        return grant;
      }),
      endGrant: of.endGrant.handler(({ input: { grantId } }) => {
        held.grants = held.grants.filter(({ id }) => id !== grantId);
        return {};
      }),
      denials: of.denials.handler(() => ({ items: held.denials })),
      access: of.access.handler(() => ({
        items: held.access,
        summary: { people: held.access.filter(({ role }) => role !== null).length },
      })),
    };
  };
  return { workspaces: one(os.workspaces), documents: one(os.documents) };
}

/** The list of bodies, out of memory. */
export const bodiesOf = (os: Os['governance'], held: SharingHoldings) => ({
  list: os.list.handler(() => ({ items: held.bodies })),
});
