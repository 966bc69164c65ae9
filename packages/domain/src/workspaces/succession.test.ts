import { describe, expect, test } from '@jest/globals';
import type { WorkspaceRole } from '../access/roles.ts';
import { leavesOthersAlone, membersWithout } from './succession.ts';

const aMember = (personId: string, role: WorkspaceRole, day: number, until?: Date) => ({
  personId,
  role,
  since: new Date(Date.UTC(2026, 0, day)),
  ...(until === undefined ? {} : { until }),
});

const ada = aMember('ada', 'owner', 1);
const teamOf = (members: readonly ReturnType<typeof aMember>[], denied: readonly string[] = []) => ({
  state: 'active' as const,
  members,
  denied: new Set(denied),
});

describe('after the last owner', () => {
  test('[W6] the strongest role follows for good, and among equals who has been there longest', () => {
    const early = aMember('early', 'editor', 3, new Date(Date.UTC(2030, 0, 1)));
    const late = aMember('late', 'editor', 9);
    const viewer = aMember('viewer', 'viewer', 2);
    expect(membersWithout(teamOf([ada, viewer, late, early]), 'ada')).toEqual([
      viewer,
      late,
      aMember('early', 'owner', 3),
    ]);
  });

  test('[W6] nobody follows who is kept out by a conflict of interest, and nobody is left in the end', () => {
    const eve = aMember('eve', 'owner', 2);
    expect(membersWithout(teamOf([ada, eve], ['eve']), 'ada')).toBeNull();
    expect(membersWithout(teamOf([ada]), 'ada')).toBeNull();
  });

  test('[W6] where another owner stays, nothing changes for the others', () => {
    const eve = aMember('eve', 'owner', 2);
    expect(membersWithout(teamOf([ada, eve]), 'ada')).toEqual([eve]);
    expect(membersWithout(teamOf([ada, eve]), 'bob')).toEqual([ada, eve]);
  });

  test('[W6] only who would leave others without an owner has to hand over', () => {
    const bob = aMember('bob', 'viewer', 2);
    expect(leavesOthersAlone(teamOf([ada, bob]), 'ada')).toBe(true);
    expect(leavesOthersAlone(teamOf([ada, bob, aMember('eve', 'owner', 3)]), 'ada')).toBe(false);
    expect(leavesOthersAlone(teamOf([ada]), 'ada')).toBe(false);
    expect(leavesOthersAlone(teamOf([ada, bob]), 'bob')).toBe(false);
  });
});
