import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type Grant,
  holdingOn,
  type Limit,
  limitOn,
  nextEnd,
  type Question,
  roleOn,
  type Subject,
  weaker,
} from './grants.ts';
import { may, mayMakeWorkspaces, NEEDED_ROLE, type WorkspaceAction } from './rights.ts';
import { WORKSPACE_ROLES, type WorkspaceRole } from './roles.ts';
import { givesMore, mayDeny, mayGive, mayLift } from './sharing.ts';

const now = new Date('2026-11-23T12:00:00Z');
const later = (ms: number): Date => new Date(now.getTime() + ms);
const workspace: Subject = { kind: 'workspace', id: 'w' };
const document: Subject = { kind: 'document', id: 'd' };
const path = [document, workspace];
const refused = (reason: string) => ({ ok: false, reason });
const anyRole = fc.constantFrom(...WORKSPACE_ROLES);
const anyRoleOrNone = fc.constantFrom<WorkspaceRole | null>(...WORKSPACE_ROLES, null);
const rank = (role: WorkspaceRole | null): number => (role === null ? 0 : 4 - WORKSPACE_ROLES.indexOf(role));

describe('giving', () => {
  test('[A14] only an owner gives, never in an archived workspace', () => {
    fc.assert(
      fc.property(anyRoleOrNone, anyRole, fc.constantFrom('active' as const, 'archived' as const), (...given) => {
        const [giverRole, role, workspaceState] = given;
        const { ok } = mayGive({ giverRole, role, workspaceState });
        expect(ok).toBe(giverRole === 'owner' && workspaceState === 'active');
        if (ok) expect(rank(giverRole)).toBeGreaterThanOrEqual(rank(role));
      }),
    );
  });

  test('[A14] a stronger role or a later end gives more; less, earlier or the same does not', () => {
    expect(givesMore({ role: 'viewer' }, { role: 'editor' })).toBe(true);
    expect(givesMore({ role: 'editor' }, { role: 'viewer' })).toBe(false);
    expect(givesMore({ role: 'viewer', until: later(1) }, { role: 'viewer' })).toBe(true);
    expect(givesMore({ role: 'viewer', until: later(1) }, { role: 'viewer', until: later(2) })).toBe(true);
    expect(givesMore({ role: 'viewer' }, { role: 'viewer', until: later(1) })).toBe(false);
    const anyTerms = fc.record({ role: anyRole, until: fc.constantFrom(later(1), later(2), undefined) });
    fc.assert(
      fc.property(anyTerms, anyTerms, (one, other) => {
        const terms = ({ role, until }: typeof one) => ({ role, ...(until === undefined ? {} : { until }) });
        expect(givesMore(terms(one), terms(one))).toBe(false);
        if (!givesMore(terms(one), terms(other)) && !givesMore(terms(other), terms(one)))
          expect(terms(one)).toEqual(terms(other));
      }),
    );
  });
});

describe('a conflict of interest', () => {
  test('[A15] is declared of oneself by anybody, of others by owners alone', () => {
    for (const actorRole of [...WORKSPACE_ROLES, null]) {
      expect(mayDeny({ actorRole, ownConflict: true }).ok).toBe(true);
      expect(mayDeny({ actorRole, ownConflict: false }).ok).toBe(actorRole === 'owner');
    }
  });

  test('[A15] is lifted by an owner, never by the person concerned', () => {
    expect(mayLift({ actorRole: 'owner', ownConflict: false }).ok).toBe(true);
    expect(mayLift({ actorRole: 'owner', ownConflict: true })).toEqual(refused('own-conflict'));
    expect(mayLift({ actorRole: 'editor', ownConflict: false })).toEqual(refused('not-an-owner'));
  });

  test('[A12] a claim is enough to be concerned, and not enough for a right', () => {
    const organisation = { type: 'organisation', id: 'o' } as const;
    const person = { type: 'person', id: 'p' } as const;
    const asks: Question = { platformRole: 'member', principals: [person], claimed: [organisation], path };
    const own: Grant = { principal: person, role: 'owner', subject: workspace };
    const through: Grant = { principal: organisation, role: 'owner', subject: workspace };
    expect(roleOn(asks, [through], [], now)).toBeNull();
    expect(roleOn(asks, [own], [], now)).toBe('owner');
    expect(roleOn(asks, [own], [{ principal: organisation, subject: document }], now)).toBeNull();
  });
});

describe('limits of a token', () => {
  const person = { type: 'person', id: 'p' } as const;
  const anySubject = fc.constantFrom<Subject>(workspace, document, { kind: 'document', id: 'other' });
  const anyLimit: fc.Arbitrary<Limit> = fc.record({ subject: anySubject, role: anyRole });

  test('[A13] never give more than the person has nor more than a limit says, and nothing without one', () => {
    fc.assert(
      fc.property(anyRoleOrNone, fc.array(anyLimit, { maxLength: 4 }), (held, limits) => {
        const grants: Grant[] = held === null ? [] : [{ principal: person, role: held, subject: workspace }];
        const bounded = roleOn({ platformRole: 'member', principals: [person], path, limits }, grants, [], now);
        expect(rank(bounded)).toBe(Math.min(rank(held), rank(limitOn(path, limits))));
        if (!limits.some(({ subject }) => subject.id !== 'other')) expect(bounded).toBeNull();
      }),
    );
  });

  test('[A13] the weaker of two roles is the weaker one, whatever their order', () => {
    fc.assert(
      fc.property(anyRoleOrNone, anyRoleOrNone, (one, other) => {
        expect(rank(weaker(one, other))).toBe(Math.min(rank(one), rank(other)));
        expect(weaker(one, other)).toBe(weaker(other, one));
      }),
    );
  });
});

describe('time', () => {
  test('[A19] nothing that counts now stops counting before the instant that is named', () => {
    const person = { type: 'person', id: 'p' } as const;
    const anyGrant = fc.record({
      principal: fc.constant(person),
      role: anyRole,
      subject: fc.constantFrom(workspace, document),
      until: fc.integer({ min: -5, max: 5 }).map(later),
    });
    fc.assert(
      fc.property(fc.array(anyGrant, { maxLength: 5 }), (grants) => {
        const asks: Question = { platformRole: 'member', principals: [person], path };
        const { role, held } = holdingOn(asks, grants, [], now);
        const end = nextEnd(held, now);
        if (end === undefined) return expect(held).toEqual([]);
        const before = new Date(end.getTime() - 1);
        expect(roleOn(asks, grants, [], before)).toBe(role);
        expect(holdingOn(asks, grants, [], end).held.length).toBeLessThan(held.length);
      }),
    );
  });
});

describe('a right on one document alone', () => {
  test('[A10] allows what is done in the document, and nothing about its place', () => {
    const actions = Object.keys(NEEDED_ROLE).filter((name): name is WorkspaceAction => name in NEEDED_ROLE);
    const differing = actions.filter(
      (action) =>
        may(action, { role: 'editor', workspaceState: 'active' }).ok !==
        may(action, { role: 'editor', workspaceRole: null, workspaceState: 'active' }).ok,
    );
    expect(differing).toEqual(['document.move', 'document.trash', 'document.restore']);
    expect(may('access.manage', { role: 'editor', workspaceRole: 'owner', workspaceState: 'active' }).ok).toBe(true);
  });

  test('[A20] guests make no workspaces, everybody else does', () => {
    expect(mayMakeWorkspaces('guest')).toEqual(refused('guests-are-invited'));
    for (const role of ['member', 'secretariat', 'administrator'] as const)
      expect(mayMakeWorkspaces(role).ok).toBe(true);
  });
});
