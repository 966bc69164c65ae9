import type { PollResult } from '@concert/domain/meetings/polls-api.ts';
import { beforeAll, expect, test } from '@jest/globals';
import { renderHook } from '@testing-library/react';
import { startI18n } from '../../platform/i18n.ts';
import { messages } from '../messages.ts';
import { useSay } from './say.ts';
import { aPoll } from './test/data.ts';
import { verdictSentence } from './verdict-sentence.ts';

beforeAll(() => startI18n([messages], 'en'));

const poll = aPoll({ method: 'choose', options: ['Ada', 'Bob', 'Eve'].map((label) => ({ id: label, label })) });
const check = { base: 'yes-no', unit: 'heads', of: 9, needed: 5, got: 4, met: false };
const sentence = (over: Partial<PollResult>): string => {
  const result: PollResult = {
    ...{ outcome: 'elected', checks: [], lines: [], byCollege: [], cast: { heads: 9, weight: 9_000 }, elected: [] },
    ...{ tied: [], runoff: [], stages: [], objections: [], typedIn: false },
    ...over,
  };
  const { result: say } = renderHook(() => useSay());
  return verdictSentence({ poll, result, locale: 'en', t: say.current });
};

test('[V30] an election says what its majority needed, and who goes into a further round', () => {
  expect(sentence({ elected: ['Ada'], checks: [{ ...check, got: 6, met: true }] })).toBe(
    'Ada wins with 6 votes; 5 were needed.',
  );
  expect(sentence({ outcome: 'runoff', runoff: ['Ada', 'Bob'], checks: [check] })).toBe(
    'Nobody has the majority: 5 votes were needed, the most was 4. A further round is due between Ada and Bob.',
  );
  expect(sentence({ outcome: 'runoff', elected: ['Eve'], runoff: ['Ada', 'Bob'], checks: [check] })).toBe(
    'Eve wins. For the rest nobody has the majority of 5 votes: a further round is due between Ada and Bob.',
  );
  expect(sentence({ outcome: 'no-verdict', checks: [{ ...check, of: 0, got: 0, needed: 1 }] })).toBe(
    'No result: there were 0 votes cast.',
  );
});

test('[V28] where the most votes win no majority is spoken of', () => {
  expect(sentence({ elected: ['Ada'] })).toBe('Ada wins.');
  expect(sentence({ outcome: 'tie', tied: ['Ada', 'Bob'] })).toBe('The count does not decide between Ada and Bob.');
});
