import type { Majority } from '@concert/domain/polls/api.ts';

export type Share = Pick<Majority, 'num' | 'den' | 'strict'>;
type Terms = Share & Pick<Majority, 'base'>;

/** Majorities that have a name. */
export const PRESETS = ['simple', 'absolute', 'three-fifths', 'two-thirds', 'three-quarters', 'unanimous'] as const;
export type Preset = (typeof PRESETS)[number];

export const TERMS: Readonly<Record<Preset, Terms>> = {
  simple: { base: 'yes-no', num: 1, den: 2, strict: true },
  absolute: { base: 'entitled', num: 1, den: 2, strict: true },
  'three-fifths': { base: 'valid', num: 3, den: 5, strict: false },
  'two-thirds': { base: 'valid', num: 2, den: 3, strict: false },
  'three-quarters': { base: 'valid', num: 3, den: 4, strict: false },
  unanimous: { base: 'yes-no', num: 1, den: 1, strict: false },
};

/** The name of a majority, if it has one. */
export const presetOf = ({ base, num, den, strict }: Terms): Preset | undefined =>
  PRESETS.find((name) => {
    const terms = TERMS[name];
    return terms.base === base && terms.num * den === num * terms.den && terms.strict === strict;
  });

const PARTS = { third: [1, 3], half: [1, 2], 'two-thirds': [2, 3], 'three-quarters': [3, 4], all: [1, 1] } as const;
export type Part = keyof typeof PARTS;

/** The word for a fraction, if there is one. */
export const partOf = ({ num, den }: Pick<Share, 'num' | 'den'>): Part | undefined =>
  (Object.keys(PARTS) as Part[]).find((part) => PARTS[part][0] * den === num * PARTS[part][1]);

/** More than all: no vote can ever reach it. */
export const outOfReach = ({ num, den, strict }: Share): boolean => num > den || (strict && num === den);
