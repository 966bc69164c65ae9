import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { WORKSPACE_ROLES } from '../access/roles.ts';
import {
  type Membership,
  mayBeDenied,
  mayChangeRole,
  mayInvite,
  mayLeave,
  mayManage,
  mayRemove,
  type Team,
} from './rules.ts';

const team = (roles: Record<string, Membership['role']>, state: Team['state'] = 'active'): Team => ({
  state,
  members: Object.entries(roles).map(([personId, role]) => ({ personId, role })),
});
const refused = (reason: string) => ({ ok: false, reason });

describe('who is in a workspace', () => {
  const alone = team({ ada: 'owner', bob: 'editor' });

  test('[W1] the last owner can neither leave, nor be removed, nor step down', () => {
    expect(mayLeave(alone, 'ada')).toEqual(refused('last-owner'));
    expect(mayRemove(alone, 'ada', 'ada')).toEqual(refused('last-owner'));
    expect(mayChangeRole(alone, 'ada', { personId: 'ada', role: 'editor' })).toEqual(refused('last-owner'));
    expect(mayChangeRole(alone, 'ada', { personId: 'ada', role: 'owner' }).ok).toBe(true);
  });

  test('[W1] one of two owners may step down or be removed by the other', () => {
    const two = team({ ada: 'owner', bob: 'owner' });
    expect(mayChangeRole(two, 'ada', { personId: 'ada', role: 'viewer' }).ok).toBe(true);
    expect(mayRemove(two, 'ada', 'bob').ok).toBe(true);
  });

  test('[W1] [A16] owners whose membership ends, or who are kept out, do not count as the one that must remain', () => {
    const soon = new Date('2027-01-01T00:00:00Z');
    const two: Team = {
      ...team({ ada: 'owner' }),
      members: [
        { personId: 'ada', role: 'owner' },
        { personId: 'bob', role: 'owner', until: soon },
      ],
    };
    expect(mayLeave(two, 'ada')).toEqual(refused('last-owner'));
    expect(mayLeave(two, 'bob').ok).toBe(true);
    expect(mayChangeRole(two, 'ada', { personId: 'ada', until: soon })).toEqual(refused('last-owner'));
    expect(mayChangeRole(two, 'ada', { personId: 'bob', until: null }).ok).toBe(true);
    expect(mayBeDenied(two, new Set(['ada']))).toEqual(refused('last-owner'));
    const kept: Team = { ...team({ ada: 'owner', bob: 'owner' }), denied: new Set(['bob']) };
    expect(mayLeave(kept, 'ada')).toEqual(refused('last-owner'));
    expect(mayBeDenied(kept, new Set(['ada']))).toEqual(refused('last-owner'));
    expect(mayManage(kept, 'bob')).toEqual(refused('not-a-member'));
    expect(mayBeDenied(team({ ada: 'owner', bob: 'owner' }), new Set(['bob'])).ok).toBe(true);
  });

  test('[W5] in an archived workspace nobody stays longer than before', () => {
    const soon = new Date('2027-01-01T00:00:00Z');
    const archived: Team = {
      state: 'archived',
      members: [
        { personId: 'ada', role: 'owner' },
        { personId: 'bob', role: 'editor', until: soon },
      ],
    };
    const change = (until: Date | null) => mayChangeRole(archived, 'ada', { personId: 'bob', until });
    expect(change(null)).toEqual(refused('workspace-archived'));
    expect(change(new Date('2028-01-01T00:00:00Z'))).toEqual(refused('workspace-archived'));
    expect(change(new Date('2026-12-01T00:00:00Z')).ok).toBe(true);
  });

  test('[W2] only owners add, change and remove others', () => {
    expect(mayInvite(alone, 'bob', 'viewer')).toEqual(refused('not-an-owner'));
    expect(mayChangeRole(alone, 'bob', { personId: 'ada', role: 'viewer' })).toEqual(refused('not-an-owner'));
    expect(mayRemove(alone, 'bob', 'ada')).toEqual(refused('not-an-owner'));
    expect(mayInvite(alone, 'stranger', 'viewer')).toEqual(refused('not-a-member'));
    expect(mayRemove(alone, 'ada', 'stranger')).toEqual(refused('not-a-member'));
    expect(mayChangeRole(alone, 'ada', { personId: 'stranger', role: 'viewer' })).toEqual(refused('not-a-member'));
  });

  test('[W3] an owner may give any role, up to the own', () => {
    for (const role of WORKSPACE_ROLES) expect(mayInvite(alone, 'ada', role).ok).toBe(true);
  });

  test('[W4] everybody else may leave', () => {
    expect(mayRemove(alone, 'bob', 'bob').ok).toBe(true);
    expect(mayLeave(alone, 'stranger')).toEqual(refused('not-a-member'));
  });

  test('[W5] nobody enters an archived workspace or rises in it, but people can be removed', () => {
    const archived = team({ ada: 'owner', bob: 'editor' }, 'archived');
    expect(mayInvite(archived, 'ada', 'viewer')).toEqual(refused('workspace-archived'));
    expect(mayChangeRole(archived, 'ada', { personId: 'bob', role: 'owner' })).toEqual(refused('workspace-archived'));
    expect(mayChangeRole(archived, 'ada', { personId: 'bob', role: 'viewer' }).ok).toBe(true);
    expect(mayRemove(archived, 'ada', 'bob').ok).toBe(true);
  });

  test('[W1] [W2] no sequence of allowed steps leaves a workspace without an owner, or lets a non-owner change others', () => {
    const people = fc.constantFrom('ada', 'bob', 'eve', 'joe');
    const step = fc.record({
      what: fc.constantFrom('invite', 'change', 'remove', 'leave'),
      actor: people,
      person: people,
      role: fc.constantFrom(...WORKSPACE_ROLES),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const members = new Map<string, Membership['role']>([['ada', 'owner']]);
        for (const { what, actor, person, role } of steps) {
          const now = team(Object.fromEntries(members));
          const isOwner = members.get(actor) === 'owner';
          if (what === 'invite' && !members.has(person) && mayInvite(now, actor, role).ok) {
            expect(isOwner).toBe(true);
            members.set(person, role);
          }
          if (what === 'change' && mayChangeRole(now, actor, { personId: person, role }).ok) {
            expect(isOwner).toBe(true);
            members.set(person, role);
          }
          if (what === 'remove' && mayRemove(now, actor, person).ok) {
            expect(isOwner || actor === person).toBe(true);
            members.delete(person);
          }
          if (what === 'leave' && mayLeave(now, actor).ok) members.delete(actor);
          expect([...members.values()]).toContain('owner');
        }
      }),
    );
  });
});
