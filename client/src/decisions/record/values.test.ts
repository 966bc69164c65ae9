import { describe, expect, test } from '@jest/globals';
import { draftOf, emptyValues, isWhole, linesOf } from './values.ts';

const values = { ...emptyValues('board'), title: ' Budget ', text: ' The budget is adopted. ' };

describe('the form of a decision', () => {
  test('is whole with a body, a subject, a text, and what it rests on', () => {
    expect(isWhole(values)).toBe(false);
    expect(isWhole({ ...values, pollId: 'poll' })).toBe(true);
    expect(isWhole({ ...values, basis: 'consensus' })).toBe(true);
    expect(isWhole({ ...values, basis: 'delegated', grounds: ' ' })).toBe(false);
    expect(isWhole({ ...values, basis: 'delegated', grounds: 'the act of 3 March' })).toBe(true);
    expect(isWhole({ ...values, pollId: 'poll', text: ' ' })).toBe(false);
    expect(isWhole({ ...values, pollId: 'poll', bodyId: null })).toBe(false);
  });

  test('asks for what goes with its basis alone', () => {
    const filled = { ...values, pollId: 'poll', grounds: 'the act', decidedOn: '2026-11-02', effects: 'One\n\n Two ' };
    expect(draftOf(filled, undefined)).toEqual({
      ...{ bodyId: 'board', basis: 'poll', pollId: 'poll', title: 'Budget', text: 'The budget is adopted.' },
      ...{ effects: ['One', 'Two'], documents: [] },
    });
    expect(draftOf({ ...filled, basis: 'written' }, 'former')).toMatchObject({
      ...{ basis: 'written', grounds: 'the act', decidedOn: '2026-11-02', supersedes: 'former' },
    });
    expect(draftOf({ ...filled, basis: 'written' }, undefined)).not.toHaveProperty('pollId');
  });

  test('takes one effect a line', () => {
    expect(linesOf(' a \n\n b')).toEqual(['a', 'b']);
    expect(linesOf('')).toEqual([]);
  });
});
