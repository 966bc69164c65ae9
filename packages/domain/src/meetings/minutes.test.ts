import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Approving, mayApprove, mayBegin, mayReopen, maySubmit, wantedBlocks } from './minutes.ts';
import { MINUTES_STATES } from './minutes-api.ts';
import type { Item, StoredState } from './model.ts';

const item = (id: string, over: Partial<Item> = {}): Item => ({
  ...{ id, title: `Item ${id}`, note: '', kind: 'discussion', state: 'scheduled', late: false, plannedSec: 600 },
  ...{ proposedBy: 'chair', papers: [], spentMs: 0, queueOpen: true },
  ...over,
});
const at = (hour: number): Date => new Date(Date.UTC(2026, 10, 23, hour));
const no = (reason: string) => ({ ok: false, reason });
const yes = { ok: true };

describe('minutes', () => {
  test('[M70] begin once the meeting is convened, in a workspace, and once', () => {
    const begin = (state: StoredState, begun = false, workspaceId: string | undefined = 'w') =>
      mayBegin({ state, begun, workspaceId });
    for (const state of ['convened', 'in-session', 'suspended', 'ended'] as const) expect(begin(state)).toEqual(yes);
    for (const state of ['draft', 'postponed', 'cancelled'] as const)
      expect(begin(state)).toEqual(no('meeting-not-convened'));
    expect(begin('convened', true)).toEqual(no('minutes-begun'));
    expect(mayBegin({ state: 'convened', begun: false, workspaceId: undefined })).toEqual(
      no('minutes-without-workspace'),
    );
  });

  test('[M72] are submitted as a draft, after the meeting', () => {
    expect(maySubmit({ state: 'ended' }, 'draft')).toEqual(yes);
    expect(maySubmit({ state: 'in-session' }, 'draft')).toEqual(no('meeting-not-ended'));
    expect(maySubmit({ state: 'ended' }, undefined)).toEqual(no('minutes-not-begun'));
    for (const state of ['submitted', 'approved'] as const)
      expect(maySubmit({ state: 'ended' }, state)).toEqual(no('minutes-not-so'));
  });

  const minutes = { meetingId: 'm', bodyId: 'b', state: 'submitted', endedAt: at(12) } as const;
  const later: Approving = { bodyId: 'b', state: 'in-session', openedAt: at(14), agenda: [] };
  const about = { minutesOf: 'm', startedAt: at(14) };

  test('[M73] are approved by a later meeting of the same body, on an item about them that was opened', () => {
    expect(mayApprove(minutes, later, about, [])).toEqual(yes);
    expect(mayApprove({ ...minutes, state: 'draft' }, later, about, [])).toEqual(no('minutes-not-so'));
    for (const other of [
      { ...later, bodyId: 'another' },
      { ...later, openedAt: at(11) },
      { ...later, state: 'convened' as const },
      { ...later, state: 'cancelled' as const },
    ])
      expect(mayApprove(minutes, other, about, [])).toEqual(no('not-a-later-meeting'));
    expect(mayApprove(minutes, later, undefined, [])).toEqual(no('not-about-these-minutes'));
    expect(mayApprove(minutes, later, { ...about, minutesOf: 'n' }, [])).toEqual(no('not-about-these-minutes'));
    expect(mayApprove(minutes, later, { minutesOf: 'm' }, [])).toEqual(no('item-not-opened'));
  });

  test('[M73] without a vote nobody has objected; else the last vote decides, and none may be open', () => {
    const vote = (outcome: string | undefined, open = false) => ({ outcome, open });
    const verdict = (...votes: ReturnType<typeof vote>[]) => mayApprove(minutes, later, about, votes);
    expect(verdict(vote('rejected'), vote('adopted'))).toEqual(yes);
    expect(verdict(vote('adopted'), vote('rejected'))).toEqual(no('not-adopted'));
    expect(verdict(vote('tie'))).toEqual(no('not-adopted'));
    expect(verdict(vote('adopted'), vote(undefined, true))).toEqual(no('open-poll'));
    // One that was annulled, or never made known, says nothing.
    expect(verdict(vote('adopted'), vote(undefined))).toEqual(yes);
  });

  test('[M74] are opened again: submitted ones freely, approved ones with a reason while they are the last', () => {
    expect(mayReopen('submitted', { later: true, reason: undefined })).toEqual(yes);
    expect(mayReopen('approved', { later: false, reason: 'a wrong figure' })).toEqual(yes);
    expect(mayReopen('approved', { later: false, reason: undefined })).toEqual(no('reason-missing'));
    expect(mayReopen('approved', { later: true, reason: 'a wrong figure' })).toEqual(no('later-minutes'));
    expect(mayReopen('draft', { later: false, reason: undefined })).toEqual(no('minutes-not-so'));
    expect(mayReopen(undefined, { later: false, reason: undefined })).toEqual(no('minutes-not-begun'));
    expect(MINUTES_STATES).toEqual(['draft', 'submitted', 'approved']);
  });

  test('[M71] hold what happened under its item, and what belongs to none at the end', () => {
    const agenda = [item('a'), item('b', { late: true }), item('c', { state: 'proposed' })];
    const happened = {
      polls: [{ id: 'p', itemId: 'b' }],
      decisions: [{ id: 'd', itemId: 'b' }, { id: 'e' }],
      actions: [{ id: 't', itemId: 'a' }],
    };
    const blocks = wantedBlocks({ id: 'm', agenda }, happened);
    expect(blocks.map(({ part, ref }) => `${part}/${ref}`)).toEqual([
      ...['attendance/m', 'carried/m', 'item/a', 'action/t', 'item/b', 'poll/p', 'decision/d', 'decision/e'],
    ]);
    expect(blocks.find(({ ref }) => ref === 'b')).toMatchObject({ heading: 'L1. Item b', under: 'b' });
    expect(blocks.find(({ ref }) => ref === 'd')).toMatchObject({ under: 'b' });
    expect(blocks.find(({ ref }) => ref === 'e')?.under).toBeUndefined();
  });

  test('[M71] hold each thing once, whatever the agenda', () => {
    const ids = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { maxLength: 6 });
    fc.assert(
      fc.property(ids, ids, (items, polls) => {
        const agenda = items.map((id) => item(`i${id}`));
        const happened = polls.map((id, n) => ({
          id: `p${id}`,
          itemId: agenda[n % (agenda.length + 1)]?.id ?? 'gone',
        }));
        const blocks = wantedBlocks({ id: 'm', agenda }, { polls: happened, decisions: [], actions: [] });
        expect(new Set(blocks.map(({ part, ref }) => `${part}/${ref}`)).size).toBe(blocks.length);
        expect(blocks).toHaveLength(2 + items.length + polls.length);
      }),
    );
  });
});
