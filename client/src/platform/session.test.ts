import { describe, expect, test } from '@jest/globals';
import { ORPCError } from '@orpc/client';
import { aMe } from '../../test/region.ts';
import { onSignOut, stateOf, wipeBrowser } from './session.tsx';

describe('who is signed in', () => {
  test('stays so while the network is away, and ends only by a refusal', () => {
    expect(stateOf(aMe(), new TypeError('Failed to fetch'))).toBe('signed-in');
    expect(stateOf(aMe(), new ORPCError('UNAUTHORIZED'))).toBe('signed-out');
  });

  test('is unknown, not nobody, when the server never answered', () => {
    expect(stateOf(undefined, new TypeError('Failed to fetch'))).toBe('unreachable');
    expect(stateOf(undefined, null)).toBe('loading');
  });
});

describe('signing out', () => {
  test('erases everything that was registered, even when one erasure fails', async () => {
    const erased: string[] = [];
    const undo = [
      onSignOut(() => Promise.reject(new Error('locked'))),
      onSignOut((personId) => void erased.push(personId)),
    ];
    expect(await wipeBrowser('ada')).toBe(1);
    expect(erased).toEqual(['ada']);
    for (const each of undo) each();
    expect(await wipeBrowser('ada')).toBe(0);
    expect(erased).toEqual(['ada']);
  });
});
