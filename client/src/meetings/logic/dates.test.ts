import type { DateOption } from '@concert/domain/meetings/shapes.ts';
import { expect, test } from '@jest/globals';
import { nextDraft, optionsOf } from '../dates/option-drafts.ts';
import { answerOf, bestDates, countsOf, withAnswer } from './dates.ts';

const anOption = (id: string, answers: Record<string, 'yes' | 'maybe' | 'no'> = {}): DateOption => ({
  id,
  startAt: '2027-01-12T08:30:00.000Z',
  endAt: '2027-01-12T11:00:00.000Z',
  answers: Object.entries(answers).map(([personId, answer]) => ({ personId, answer })),
});

test('The best date is the one that most can, then the fewest cannot', () => {
  const options = [
    anOption('a', { ada: 'yes', bob: 'no' }),
    anOption('b', { ada: 'yes', bob: 'maybe' }),
    anOption('c', { ada: 'maybe', bob: 'maybe' }),
  ];
  expect([...bestDates(options)]).toEqual(['b']);
});

test('Dates that suit alike are both the best; none is while nobody says yes', () => {
  expect([...bestDates([anOption('a', { ada: 'yes' }), anOption('b', { bob: 'yes' })])]).toEqual(['a', 'b']);
  expect(bestDates([anOption('a', { ada: 'maybe' }), anOption('b')]).size).toBe(0);
});

test('An answer replaces the one before', () => {
  const [after] = withAnswer([anOption('a', { ada: 'no', bob: 'yes' })], 'a', { personId: 'ada', answer: 'yes' });
  expect(after && countsOf(after)).toEqual({ yes: 2, maybe: 0, no: 0 });
  expect(after && answerOf(after, 'ada')).toBe('yes');
});

test('Of what is typed complete dates are sent, each once, in order', () => {
  const draft = { key: 0, day: '2027-01-14', from: '09:30', until: '12:00' };
  const earlier = { ...draft, key: 1, day: '2027-01-12' };
  const wrong = { ...draft, key: 2, until: '09:00' };
  const startAts = optionsOf([draft, earlier, wrong, { ...draft, key: 3 }, nextDraft([draft])], 'Europe/Paris');
  expect(startAts.map(({ startAt }) => startAt)).toEqual(['2027-01-12T08:30:00.000Z', '2027-01-14T08:30:00.000Z']);
});

test('A further date keeps the hours of the last one', () => {
  const next = nextDraft([{ key: 4, day: '2027-01-14', from: '14:00', until: '16:00' }]);
  expect(next).toEqual({ key: 5, day: null, from: '14:00', until: '16:00' });
});
