import { PLATFORM_ROLES, type PlatformRole } from '@concert/contract';
import { describe, expect, test } from '@jest/globals';
import {
  type ChangeRefusal,
  mayChangeRole,
  mayEdit,
  mayErase,
  maySeePeople,
  maySuspend,
  type Situation,
} from './rules.ts';

type Given = {
  readonly actor?: PlatformRole;
  readonly self?: boolean;
  readonly person?: Partial<Situation['person']>;
  readonly others?: number;
};

const aSituation = ({ actor = 'administrator', self = false, person = {}, others = 1 }: Given = {}): Situation => ({
  actor: { id: 'ada', platformRole: actor },
  person: { id: self ? 'ada' : 'bob', platformRole: 'member', suspended: false, erased: false, ...person },
  otherAdministrators: others,
});

const refusal = (verdict: { ok: true } | { ok: false; reason: ChangeRefusal }) => (verdict.ok ? null : verdict.reason);

const judgements = { mayEdit, mayChangeRole, maySuspend, mayErase };
const refusals = (given: Given) =>
  Object.fromEntries(Object.entries(judgements).map(([name, judge]) => [name, refusal(judge(aSituation(given)))]));

describe('administration', () => {
  test('[AD1] administrators and the secretariat see the people, nobody else does', () => {
    expect(PLATFORM_ROLES.filter(maySeePeople)).toEqual(['administrator', 'secretariat']);
  });

  test('[AD2] only administrators change people', () => {
    for (const actor of ['secretariat', 'member', 'guest'] as const)
      expect(new Set(Object.values(refusals({ actor })))).toEqual(new Set(['administrators-only']));
    expect(new Set(Object.values(refusals({})))).toEqual(new Set([null]));
  });

  test('[AD3] [AD5] nobody changes their own role or suspends themself', () => {
    expect(refusals({ self: true, person: { platformRole: 'administrator' } })).toEqual({
      mayEdit: null,
      mayChangeRole: 'own-role',
      maySuspend: 'own-account',
      mayErase: null,
    });
  });

  test('[AD4] the last administrator stays one', () => {
    const last = { person: { platformRole: 'administrator' as const }, others: 0 };
    expect(refusals(last)).toEqual({
      mayEdit: null,
      mayChangeRole: 'last-administrator',
      maySuspend: 'last-administrator',
      mayErase: 'last-administrator',
    });
    expect(refusal(mayErase(aSituation({ ...last, self: true })))).toBe('last-administrator');
    expect(refusal(mayChangeRole(aSituation(last), 'administrator'))).toBeNull();
    // Who is suspended administers nothing, and can go.
    expect(refusals({ ...last, person: { ...last.person, suspended: true } }).mayErase).toBeNull();
    expect(refusals({ others: 0 }).maySuspend).toBeNull();
  });

  test('[AD6] the erased stay as they are', () => {
    expect(new Set(Object.values(refusals({ person: { erased: true } })))).toEqual(new Set(['already-erased']));
  });

  test('[AD7] people erase themselves whatever their role, and nobody else', () => {
    for (const actor of PLATFORM_ROLES)
      expect(refusal(mayErase(aSituation({ actor, self: true, person: { platformRole: actor } })))).toBeNull();
    expect(refusal(mayErase(aSituation({ actor: 'secretariat' })))).toBe('administrators-only');
  });
});
