import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Denial, type Grant, type Principal, type Question, roleOn, type Subject } from './grants.ts';
import { may, NEEDED_ROLE, type WorkspaceAction } from './rights.ts';
import { atLeast, WORKSPACE_ROLES, type WorkspaceRole } from './roles.ts';

const ACTIONS: readonly string[] = Object.keys(NEEDED_ROLE);
const isAction = (name: string): name is WorkspaceAction => ACTIONS.includes(name);
const actions = ACTIONS.filter(isAction);

const allowed = (role: WorkspaceRole, state: Partial<Parameters<typeof may>[1]> = {}): string[] =>
  actions.filter((action) => may(action, { role, workspaceState: 'active', ...state }).ok);

describe('rights', () => {
  test('[A1] a stronger role may do all that a weaker one may', () => {
    for (const [at, role] of WORKSPACE_ROLES.entries()) {
      const weaker = WORKSPACE_ROLES[at + 1];
      if (weaker) expect(allowed(role)).toEqual(expect.arrayContaining(allowed(weaker)));
    }
    expect(allowed('owner')).toEqual(actions);
  });

  test('[A1] viewers read and take part in discussions, editors write, only owners manage', () => {
    expect(allowed('viewer')).toEqual([
      'workspace.read',
      'members.read',
      'conflict.declare',
      'document.read',
      'document.duplicate',
      'thread.read',
      'thread.write',
    ]);
    // What commenters do beyond that, resolve what others have asked, is a rule of threads (T6).
    expect(allowed('commenter')).toEqual(allowed('viewer'));
    expect(actions.filter((action) => !allowed('editor').includes(action))).toEqual([
      'workspace.update',
      'workspace.archive',
      'members.manage',
      'access.manage',
    ]);
  });

  test('[A2] an archived workspace is read-only, but can be reopened and rights in it taken away', () => {
    expect(allowed('owner', { workspaceState: 'archived' })).toEqual([
      'workspace.read',
      'workspace.archive',
      'members.read',
      'members.manage',
      'access.manage',
      'conflict.declare',
      'document.read',
      'document.duplicate',
      'thread.read',
    ]);
    expect(may('document.edit', { role: 'owner', workspaceState: 'archived' })).toEqual({
      ok: false,
      reason: 'workspace-archived',
    });
  });

  test('[A3] a document in the trash can be read and taken back', () => {
    const onDocument = allowed('owner', { trashed: true }).filter((action) =>
      /^(document|version|file|thread)/.test(action),
    );
    expect(onDocument).toEqual(['document.read', 'document.create', 'document.restore', 'thread.read']);
  });

  test('[A4] a document that broke the schema can be read, copied, moved away and brought back to a version', () => {
    const onDocument = allowed('owner', { quarantined: true }).filter((action) =>
      /^(document|version|file)/.test(action),
    );
    expect(onDocument).toEqual([
      'document.read',
      'document.create',
      'document.duplicate',
      'document.move',
      'document.trash',
      'document.restore',
      'version.restore',
    ]);
  });

  test('[A22] a sealed document is read, copied, moved and discussed, and stays as it is', () => {
    const refused = allowed('owner', {}).filter((action) => !allowed('owner', { sealed: true }).includes(action));
    expect(refused).toEqual(['document.edit', 'document.trash', 'version.restore', 'file.upload']);
    expect(may('document.edit', { role: 'owner', workspaceState: 'active', sealed: true })).toEqual({
      ok: false,
      reason: 'document-sealed',
    });
  });

  test('[A1] the first reason is the role, so that a stranger learns nothing of the state', () => {
    expect(may('document.edit', { role: 'viewer', workspaceState: 'archived', trashed: true })).toEqual({
      ok: false,
      reason: 'role-too-low',
    });
  });
});

const now = new Date('2026-11-23T12:00:00Z');
const workspace: Subject = { kind: 'workspace', id: 'w' };
const document: Subject = { kind: 'document', id: 'd' };
const ada: Principal = { type: 'person', id: 'ada' };
const committee: Principal = { type: 'body', id: 'committee' };
const asked: Question = { platformRole: 'member', principals: [ada, committee], path: [workspace, document] };
const grant = (principal: Principal, role: WorkspaceRole, over: Partial<Grant> = {}): Grant => ({
  principal,
  role,
  subject: workspace,
  ...over,
});

describe('grants', () => {
  test('[A5] the strongest grant wins, whoever it was given to', () => {
    expect(roleOn(asked, [grant(ada, 'viewer'), grant(committee, 'editor', { subject: document })], [], now)).toBe(
      'editor',
    );
  });

  test('[A5] a grant on one document says nothing about its workspace', () => {
    const onWorkspace = { ...asked, path: [workspace] };
    expect(roleOn(onWorkspace, [grant(ada, 'owner', { subject: document })], [], now)).toBeNull();
  });

  test('[A5] an id of another type is another principal', () => {
    expect(roleOn(asked, [grant({ type: 'organisation', id: 'ada' }, 'owner')], [], now)).toBeNull();
  });

  test('[A6] a denial overrides every grant, below what it is about too', () => {
    const grants = [grant(ada, 'owner'), grant(committee, 'owner', { subject: document })];
    expect(roleOn(asked, grants, [{ principal: committee, subject: workspace }], now)).toBeNull();
    expect(roleOn({ ...asked, path: [workspace] }, grants, [{ principal: ada, subject: document }], now)).toBe('owner');
  });

  test('[A7] a grant counts until its end, and not at it', () => {
    const until = (ms: number) => [grant(ada, 'editor', { until: new Date(now.getTime() + ms) })];
    expect([roleOn(asked, until(1), [], now), roleOn(asked, until(0), [], now)]).toEqual(['editor', null]);
  });

  test('[A8] a guest has only what was given by name', () => {
    const guest: Question = { ...asked, platformRole: 'guest' };
    expect(roleOn(guest, [grant(committee, 'owner')], [], now)).toBeNull();
    expect(roleOn(guest, [grant(committee, 'owner'), grant(ada, 'viewer')], [], now)).toBe('viewer');
  });

  test('[A9] an administrator has no role where none was given', () => {
    expect(roleOn({ ...asked, platformRole: 'administrator' }, [], [], now)).toBeNull();
  });

  const anyPrincipal = fc.constantFrom<Principal>(
    ada,
    committee,
    { type: 'token', id: 't' },
    { type: 'person', id: 'bob' },
  );
  const anySubject = fc.constantFrom(workspace, document, { kind: 'workspace' as const, id: 'other' });
  const anyGrant: fc.Arbitrary<Grant> = fc.record({
    principal: anyPrincipal,
    role: fc.constantFrom(...WORKSPACE_ROLES),
    subject: anySubject,
    until: fc.constantFrom(new Date(now.getTime() - 1), new Date(now.getTime() + 1)),
  });
  const anyDenial: fc.Arbitrary<Denial> = fc.record({ principal: anyPrincipal, subject: anySubject });

  test('[A5] [A6] one more grant never weakens, one more denial never strengthens, order does not matter', () => {
    const rank = (role: WorkspaceRole | null): number => (role === null ? 0 : 4 - WORKSPACE_ROLES.indexOf(role));
    fc.assert(
      fc.property(
        fc.array(anyGrant),
        fc.array(anyDenial, { maxLength: 2 }),
        anyGrant,
        anyDenial,
        (grants, denials, more, less) => {
          const before = roleOn(asked, grants, denials, now);
          expect(rank(roleOn(asked, [more, ...grants], denials, now))).toBeGreaterThanOrEqual(rank(before));
          expect(rank(roleOn(asked, grants, [less, ...denials], now))).toBeLessThanOrEqual(rank(before));
          expect(roleOn(asked, [...grants].reverse(), [...denials].reverse(), now)).toBe(before);
        },
      ),
    );
  });

  test('[A5] a role is at least itself and whatever is weaker', () => {
    expect(atLeast('editor', 'editor') && atLeast('owner', 'viewer') && !atLeast('commenter', 'editor')).toBe(true);
  });
});
