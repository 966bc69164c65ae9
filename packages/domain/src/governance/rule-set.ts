import { z } from 'zod';
import { Majority, Quorum } from '../polls/api.ts';

/** What happens to an item that is proposed after the agenda was frozen. */
export const LATE_ITEMS = ['no', 'chair', 'two-thirds'] as const;

/** [G9] By which a body meets and votes. Set as a whole; each setting is a version of its own. */
export const RuleSet = z
  .object({
    quorum: Quorum,
    /** Of decisions in general, and of those that the body holds to be weightier (its rules, its dissolution). */
    majorities: z.object({ ordinary: Majority, qualified: Majority }).strict(),
    /** Clear days between the convocation and the meeting: neither of the two days counts. */
    noticeDays: z.number().int().min(0).max(90),
    /** Hours before the meeting at which the agenda is frozen. */
    freezeHours: z.number().int().min(0).max(720),
    lateItems: z.enum(LATE_ITEMS),
    proxies: z
      .object({
        allowed: z.boolean(),
        /** How many one person may hold at a time. */
        maxPerHolder: z.number().int().min(1).max(50),
      })
      .strict(),
    /** Whether the chair's vote settles a tie. Never in a secret vote. */
    castingVote: z.boolean(),
    /** Seconds for one speech; 0: as long as it takes. */
    speakSeconds: z.number().int().min(0).max(7_200),
    /** Seconds of all speeches of one college on one item; 0: no budget. */
    collegeSeconds: z.number().int().min(0).max(36_000),
  })
  .strict();
export type RuleSet = z.infer<typeof RuleSet>;

/**
 * [G9] The rules of a body that has set none, after those of French regional councils: more than half of the seats that
 * are filled (CGCT art. L4132-13; who is represented does not count), more than half of the votes cast, the chair settles a
 * tie (L4132-14), one proxy a person (L4132-15), twelve days' notice (L4132-18).
 */
export const DEFAULT_RULES: RuleSet = {
  quorum: { base: 'filled', unit: 'heads', num: 1, den: 2, strict: true, countProxies: false, perCollege: false },
  majorities: {
    ordinary: { base: 'yes-no', unit: 'weight', num: 1, den: 2, strict: true, tie: 'chair', perCollege: false },
    qualified: { base: 'valid', unit: 'weight', num: 2, den: 3, strict: false, tie: 'rejected', perCollege: false },
  },
  noticeDays: 12,
  freezeHours: 24,
  lateItems: 'chair',
  proxies: { allowed: true, maxPerHolder: 1 },
  castingVote: true,
  speakSeconds: 0,
  collegeSeconds: 0,
};

/** [G9] Those of a working group: it talks rather than votes, and meets when it likes. */
export const WORKING_GROUP_RULES: RuleSet = {
  ...DEFAULT_RULES,
  quorum: { ...DEFAULT_RULES.quorum, base: 'none' },
  noticeDays: 0,
  freezeHours: 0,
  proxies: { allowed: false, maxPerHolder: 1 },
};

/** A version of a body's rules; `by` is absent for those of the platform. */
export type RulesRecord = {
  readonly version: number;
  readonly rules: RuleSet;
  readonly at?: Date;
  readonly by?: string;
};

/** [G9] What is in force where a body has set nothing, or its last version. */
export const rulesInForce = (kind: string, versions: readonly RulesRecord[]): RulesRecord =>
  versions.at(-1) ?? { version: 0, rules: kind === 'working-group' ? WORKING_GROUP_RULES : DEFAULT_RULES };
