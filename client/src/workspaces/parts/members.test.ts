import { describe, expect, test } from '@jest/globals';
import { isLastOwner } from './members.ts';

describe('the last owner', () => {
  test('is the only one with that role', () => {
    const members = [
      { personId: 'ada', role: 'owner' as const },
      { personId: 'bob', role: 'editor' as const },
    ];
    expect(isLastOwner(members, 'ada')).toBe(true);
    expect(isLastOwner(members, 'bob')).toBe(false);
    expect(isLastOwner([...members, { personId: 'zoe', role: 'owner' }], 'ada')).toBe(false);
  });
});
