import { describe, expect, test } from '@jest/globals';
import { safeReturn } from './router.tsx';

describe('the way back after signing in', () => {
  test('is a path of ours', () => {
    expect(safeReturn('/workspaces/mobility/members')).toBe('/workspaces/mobility/members');
  });

  test('never leads to another site', () => {
    for (const next of ['//evil.test', '/\\evil.test', 'https://evil.test', 'javascript:alert(1)', '', null]) {
      expect(safeReturn(next)).toBe('/');
    }
  });
});
