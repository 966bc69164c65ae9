import { expect, test } from '@jest/globals';
import { stacked } from './stacking.ts';

test('cards stand where they want to, and below each other where they would cover each other', () => {
  const wanting = [
    { id: 'c', top: 112 },
    { id: 'a', top: 10 },
    { id: 'b', top: 100 },
    { id: 'd', top: 300 },
  ];
  expect(stacked(wanting, 30)).toEqual([
    { id: 'a', top: 10 },
    { id: 'b', top: 100 },
    { id: 'c', top: 130 },
    { id: 'd', top: 300 },
  ]);
  expect(stacked([], 30)).toEqual([]);
});
