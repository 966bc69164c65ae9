import { expect, test } from '@jest/globals';
import { disagreements, readRules } from '../mutants/agreement.ts';

test('every rule of SPEC.md has a test, every numbered test a rule, every safety rule a mutant that applies', () => {
  expect(readRules().all.length).toBeGreaterThan(40);
  expect(readRules().safety.length).toBeGreaterThan(30);
  expect(disagreements()).toEqual([]);
});
