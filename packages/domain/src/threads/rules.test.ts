import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { WORKSPACE_ROLES, type WorkspaceRole } from '../access/roles.ts';
import {
  isStaff,
  mayArrange,
  mayDeleteReply,
  mayDeleteThread,
  mayEditReply,
  mayModerate,
  mayReply,
  maySettle,
  type Participant,
  seesThread,
} from './rules.ts';

const somebody = (role: WorkspaceRole, over: Partial<Participant> = {}): Participant => ({
  personId: 'me',
  platformRole: 'member',
  role,
  workspaceRole: role,
  ...over,
});
const thread = { openedBy: 'else', locked: false };
const mine = { ...thread, openedBy: 'me' };
const locked = { ...thread, locked: true };

describe('for whom a thread is', () => {
  test('[T2] staff reach the subject through its workspace and are no guests; a limited token is nobody’s staff', () => {
    expect(isStaff(somebody('viewer'))).toBe(true);
    expect(isStaff(somebody('owner', { platformRole: 'guest' }))).toBe(false);
    expect(isStaff(somebody('editor', { workspaceRole: null }))).toBe(false);
    expect(isStaff(somebody('owner', { limited: true }))).toBe(false);
  });

  test('[T2] a thread for everyone is seen by everyone who can read the subject', () => {
    for (const role of WORKSPACE_ROLES) {
      expect(seesThread(somebody(role, { platformRole: 'guest', workspaceRole: null }), 'everyone')).toBe(true);
      expect(seesThread(somebody(role, { platformRole: 'guest' }), 'staff')).toBe(false);
    }
  });
});

describe('who may do what', () => {
  test('[T1] whoever reads may reply', () => {
    for (const role of WORKSPACE_ROLES) expect(mayReply(somebody(role), thread)).toEqual({ ok: true });
  });

  test('[T7] in a locked thread only editors write', () => {
    expect(mayReply(somebody('commenter'), locked)).toEqual({ ok: false, reason: 'thread-locked' });
    expect(mayReply(somebody('editor'), locked)).toEqual({ ok: true });
  });

  test('[T4] a reply is changed by who wrote it, not by an owner', () => {
    expect(mayEditReply(somebody('owner'), thread, { authorId: 'else', deleted: false })).toEqual({
      ok: false,
      reason: 'not-the-author',
    });
    expect(mayEditReply(somebody('viewer'), thread, { authorId: 'me', deleted: false })).toEqual({ ok: true });
    expect(mayEditReply(somebody('viewer'), locked, { authorId: 'me', deleted: false })).toEqual({
      ok: false,
      reason: 'thread-locked',
    });
    expect(mayEditReply(somebody('owner'), thread, { authorId: 'me', deleted: true })).toEqual({
      ok: false,
      reason: 'reply-deleted',
    });
  });

  test('[T5] [T7] a reply is deleted by who wrote it, in a locked thread too, or by an editor', () => {
    expect(mayDeleteReply(somebody('viewer'), { authorId: 'me', deleted: false })).toEqual({ ok: true });
    expect(mayDeleteReply(somebody('editor'), { authorId: 'else', deleted: false })).toEqual({ ok: true });
    expect(mayDeleteReply(somebody('commenter'), { authorId: 'else', deleted: false })).toEqual({
      ok: false,
      reason: 'not-the-author',
    });
    expect(mayDeleteReply(somebody('owner'), { authorId: 'else', deleted: true })).toEqual({
      ok: false,
      reason: 'reply-deleted',
    });
  });

  test('[T6] a thread is resolved by who opened it, or by a commenter or above', () => {
    expect(maySettle(somebody('viewer'), thread)).toEqual({ ok: false, reason: 'not-a-commenter' });
    expect(maySettle(somebody('viewer'), mine)).toEqual({ ok: true });
    expect(maySettle(somebody('commenter'), thread)).toEqual({ ok: true });
    expect(maySettle(somebody('commenter'), locked)).toEqual({ ok: false, reason: 'thread-locked' });
  });

  test('[T7] editors pin, lock and move', () => {
    expect(mayModerate(somebody('commenter'))).toEqual({ ok: false, reason: 'not-an-editor' });
    expect(mayModerate(somebody('editor'))).toEqual({ ok: true });
  });

  test('[T7] [T8] who opened a thread names it and marks its answer, while it is not locked', () => {
    expect(mayArrange(somebody('viewer'), mine)).toEqual({ ok: true });
    expect(mayArrange(somebody('viewer'), { ...mine, locked: true })).toEqual({ ok: false, reason: 'thread-locked' });
    expect(mayArrange(somebody('commenter'), thread)).toEqual({ ok: false, reason: 'not-an-editor' });
    expect(mayArrange(somebody('editor'), locked)).toEqual({ ok: true });
  });

  test('[T12] who opened a thread deletes it while nobody else has replied; an editor always', () => {
    expect(mayDeleteThread(somebody('viewer'), mine)).toEqual({ ok: true });
    expect(mayDeleteThread(somebody('viewer'), { ...mine, hasOthers: true })).toEqual({
      ok: false,
      reason: 'others-have-replied',
    });
    expect(mayDeleteThread(somebody('commenter'), thread)).toEqual({ ok: false, reason: 'not-an-editor' });
    expect(mayDeleteThread(somebody('editor'), { ...thread, hasOthers: true })).toEqual({ ok: true });
  });

  test('a stronger role may do all that a weaker one may', () => {
    const states = fc.record({
      openedBy: fc.constantFrom('me', 'else'),
      locked: fc.boolean(),
      hasOthers: fc.boolean(),
    });
    const replies = fc.record({ authorId: fc.constantFrom('me', 'else'), deleted: fc.boolean() });
    fc.assert(
      fc.property(states, replies, fc.nat(WORKSPACE_ROLES.length - 2), (state, reply, at) => {
        const [stronger, weaker] = WORKSPACE_ROLES.slice(at, at + 2).map((role) => somebody(role));
        if (stronger === undefined || weaker === undefined) throw new Error('there are no two roles');
        const answers = (who: Participant) => [
          mayReply(who, state),
          mayEditReply(who, state, reply),
          mayDeleteReply(who, reply),
          maySettle(who, state),
          mayModerate(who),
          mayArrange(who, state),
          mayDeleteThread(who, state),
        ];
        const above = answers(stronger);
        expect(answers(weaker).every(({ ok }, index) => !ok || above[index]?.ok === true)).toBe(true);
      }),
    );
  });
});
