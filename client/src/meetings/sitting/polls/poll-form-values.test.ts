import { DEFAULT_RULES } from '@concert/domain/governance/rule-set.ts';
import { describe, expect, test } from '@jest/globals';
import { aPoll } from '../test/data.ts';
import {
  EMPTY_POLL,
  limitFault,
  optionFault,
  optionsOf,
  pollInput,
  runoffOf,
  valuesOf,
  withMethod,
} from './poll-form-values.ts';

const options = [
  { id: 'a', label: 'Ada' },
  { id: 'b', label: 'Bob' },
  { id: 'c', label: 'Chiara' },
];

describe('the form of a poll', () => {
  test('reads one option a line, none empty and none twice', () => {
    expect(optionsOf(' Ada \n\nBob\nAda\n')).toEqual(['Ada', 'Bob']);
    expect(optionFault({ method: 'choose', options: 'Ada' })).toBe('few');
    expect(optionFault({ method: 'choose', options: 'Ada\nBob' })).toBeUndefined();
    expect(optionFault({ method: 'motion', options: '' })).toBeUndefined();
    expect(optionFault({ method: 'dots', options: `a\n${'x'.repeat(301)}` })).toBe('long');
  });

  test('asks for limits of its own method alone', () => {
    const values = { ...EMPTY_POLL, method: 'ranked' as const, options: 'Ada\nBob', max: 3, seats: 2 };
    expect(pollInput(values).limits).toEqual({ seats: 2 });
    expect(pollInput({ ...values, method: 'motion' })).toMatchObject({ limits: {}, options: [] });
    expect(limitFault({ method: 'choose', min: 3, max: 2 })).toBe(true);
  });

  test('shows hands to everybody, and only where they can be counted', () => {
    const hands = { ...EMPTY_POLL, secrecy: 'secret' as const, byHands: true };
    expect(pollInput(hands)).toMatchObject({ byHands: true, secrecy: 'named-live' });
    expect(pollInput({ ...hands, method: 'ranked' })).toMatchObject({ byHands: false, secrecy: 'secret' });
  });

  test('keeps the ids of options and a majority of its own when a poll is changed', () => {
    const own = { ...DEFAULT_RULES.majorities.ordinary, num: 3, den: 5 };
    const poll = aPoll({ method: 'choose', options, majority: own, limits: { max: 2 } });
    const values = valuesOf(poll, DEFAULT_RULES);
    expect(values).toMatchObject({ majority: 'kept', max: 2, min: '', options: 'Ada\nBob\nChiara' });
    const input = pollInput({ ...values, options: 'Bob\nEve' }, poll);
    expect(input.options).toEqual([{ id: 'b', label: 'Bob' }, { label: 'Eve' }]);
    expect(input.majority).toEqual(own);
    expect(valuesOf(aPoll(), DEFAULT_RULES).majority).toBe('ordinary');
  });

  test('[V28] proposes that the most votes win between options, and nowhere else', () => {
    const motion = { ...EMPTY_POLL };
    expect(withMethod(motion, 'choose')).toEqual({ method: 'choose', majority: 'relative' });
    const choice = { ...motion, ...withMethod(motion, 'choose') };
    expect(withMethod(choice, 'choose')).toEqual({});
    expect(withMethod(choice, 'motion').majority).toBe('ordinary');
    expect(withMethod({ ...choice, majority: 'qualified' }, 'ranked').majority).toBe('qualified');
    const relative = { ...DEFAULT_RULES.majorities.ordinary, relative: true as const };
    const poll = aPoll({ method: 'choose', options, majority: relative });
    expect(valuesOf(poll, DEFAULT_RULES).majority).toBe('relative');
    expect(pollInput({ ...valuesOf(poll, DEFAULT_RULES), majority: 'kept' }, poll).majority).toBe('relative');
  });

  test('begins a second round with those who are left', () => {
    const result = {
      outcome: 'runoff' as const,
      checks: [],
      lines: [],
      byCollege: [],
      cast: { heads: 0, weight: 0 },
      elected: [],
      tied: [],
      runoff: ['a', 'c'],
      stages: [],
      objections: [],
      typedIn: false,
    };
    expect(runoffOf(aPoll({ method: 'choose', options, result }), DEFAULT_RULES).options).toBe('Ada\nChiara');
  });
});
