import { describe, expect, test } from '@jest/globals';
import { BODY_KINDS } from './api.ts';
import { DEFAULT_RULES, RuleSet, type RulesRecord, rulesInForce, WORKING_GROUP_RULES } from './rule-set.ts';

const version = (number: number, over: Partial<RuleSet> = {}): RulesRecord => ({
  version: number,
  rules: { ...DEFAULT_RULES, ...over },
  at: new Date(Date.UTC(2026, 0, number)),
  by: 'ada',
});

describe('the rules of a body', () => {
  test('[G9] in force is the version that was set last', () => {
    const versions = [version(1, { noticeDays: 5 }), version(2, { noticeDays: 9 })];
    for (const kind of BODY_KINDS) expect(rulesInForce(kind, versions)).toBe(versions[1]);
  });

  test('[G9] where a body has set none they are those of the platform, as version 0', () => {
    for (const kind of BODY_KINDS.filter((one) => one !== 'working-group'))
      expect(rulesInForce(kind, [])).toEqual({ version: 0, rules: DEFAULT_RULES });
    expect(rulesInForce('working-group', [])).toEqual({ version: 0, rules: WORKING_GROUP_RULES });
  });

  test('[G9] those of a working group ask for neither quorum nor notice', () => {
    expect(WORKING_GROUP_RULES).toMatchObject({ quorum: { base: 'none' }, noticeDays: 0, freezeHours: 0 });
    expect(WORKING_GROUP_RULES.proxies.allowed).toBe(false);
  });

  test('[G9] those of the platform are those of French regional councils', () => {
    expect(DEFAULT_RULES).toMatchObject({
      quorum: { base: 'filled', num: 1, den: 2, strict: true, countProxies: false },
      majorities: { ordinary: { base: 'yes-no', num: 1, den: 2, strict: true, tie: 'chair' } },
      noticeDays: 12,
      proxies: { allowed: true, maxPerHolder: 1 },
      castingVote: true,
    });
  });

  test('[G9] they are set as a whole: nothing is left out, nothing is added, nothing is beyond bounds', () => {
    for (const rules of [DEFAULT_RULES, WORKING_GROUP_RULES]) expect(RuleSet.parse(rules)).toEqual(rules);
    for (const key of Object.keys(DEFAULT_RULES)) {
      const { [key as keyof RuleSet]: _, ...rest } = DEFAULT_RULES;
      expect(RuleSet.safeParse(rest).success).toBe(false);
    }
    for (const over of [
      { unknown: 1 },
      { noticeDays: -1 },
      { noticeDays: 91 },
      { noticeDays: 1.5 },
      { freezeHours: 721 },
      { lateItems: 'perhaps' },
      { proxies: { allowed: true, maxPerHolder: 0 } },
      { proxies: { allowed: true } },
      { speakSeconds: 7_201 },
      { collegeSeconds: -1 },
    ])
      expect(RuleSet.safeParse({ ...DEFAULT_RULES, ...over }).success).toBe(false);
  });
});
