import { describe, expect, test } from '@jest/globals';
import { barredItems, recusedFrom, sentOut, standing } from './attendance.ts';
import { afterDeclaring, isNotice, MAX_NOTICES, mayDeclare, seesConflict } from './conflicts.ts';
import type { DeclaredConflict } from './model.ts';

const conflict = (over: Partial<DeclaredConflict> = {}): DeclaredConflict => ({
  ...{ id: 'c', personId: 'ada', itemId: 'budget', declaredBy: 'ada', note: 'her cousin', lifted: false },
  at: new Date('2026-11-23T09:00:00.000Z'),
  ...over,
});
const notice = (over: Partial<DeclaredConflict> = {}) => conflict({ declaredBy: 'bob', notice: true, ...over });
const refused = (reason: string) => ({ ok: false, reason });

describe('a conflict of interest', () => {
  test('[M60] declared by oneself or by who conducts binds at once; by another member it is a notice', () => {
    expect(isNotice(conflict(), false)).toBe(false);
    expect(isNotice(conflict({ declaredBy: 'chair' }), true)).toBe(false);
    expect(isNotice(conflict({ declaredBy: 'bob' }), false)).toBe(true);
  });

  test('[M60] a notice changes nothing until it is assessed, and then what the assessment says', () => {
    const all = ['ada', 'cleo', 'dan', 'chair'].map((personId) => notice({ id: personId, personId }));
    for (const ask of [recusedFrom, sentOut]) expect(ask(all, 'budget').size).toBe(0);
    expect(barredItems(all, 'ada').size).toBe(0);
    expect(recusedFrom([notice({ assessment: 'no-vote' })], 'budget')).toEqual(new Set(['ada']));
    expect(sentOut([notice({ assessment: 'leave-room' })], 'budget')).toEqual(new Set(['ada']));
    expect(barredItems([notice({ assessment: 'barred' })], 'ada')).toEqual(new Set(['budget']));
    for (const over of [{ assessment: 'no-action' }, { lifted: true }] as const)
      expect(standing(notice(over))).toBe(false);
  });

  test('[M60] is declared once, and what was only reported hinders nobody', () => {
    const again = (before: DeclaredConflict, wanted = conflict(), conducts = false) =>
      mayDeclare([before], wanted, conducts);
    expect(again(conflict())).toEqual(refused('already-declared'));
    expect(again(conflict({ lifted: true })).ok).toBe(true);
    expect(again(conflict({ itemId: 'other' })).ok).toBe(true);
    expect(again(notice()).ok).toBe(true);
    expect(again(notice(), conflict({ declaredBy: 'chair' }), true).ok).toBe(true);
    expect(again(notice(), notice({ declaredBy: 'cleo' })).ok).toBe(true);
    expect(again(notice(), notice())).toEqual(refused('already-declared'));
    // Once it was looked at it is not reported over and over.
    expect(again(notice({ assessment: 'no-action' }), notice({ declaredBy: 'cleo' }))).toEqual(
      refused('already-declared'),
    );
    expect(afterDeclaring([notice({ id: 'n' })], conflict()).map(({ id, lifted }) => [id, lifted])).toEqual([
      ['n', true],
      ['c', false],
    ]);
    expect(afterDeclaring([notice({ id: 'n' })], notice({ declaredBy: 'cleo' })).map(({ lifted }) => lifted)).toEqual([
      false,
      false,
    ]);
  });

  test('[M60] a notice says why, and nobody gives more than twenty', () => {
    const { note: _, ...silent } = notice();
    for (const wanted of [silent, notice({ note: '' })])
      expect(mayDeclare([], wanted, false)).toEqual(refused('notice-needs-reason'));
    const many = Array.from({ length: MAX_NOTICES }, (_, n) => notice({ personId: `p${n}`, lifted: true }));
    expect(mayDeclare(many.slice(1), notice(), false).ok).toBe(true);
    expect(mayDeclare(many, notice(), false)).toEqual(refused('too-many-notices'));
    expect(mayDeclare(many, notice({ declaredBy: 'cleo' }), false).ok).toBe(true);
  });

  test('[M60] a notice is known to the person concerned, to who gave it and to who conducts, until it matters', () => {
    const seen = (one: DeclaredConflict) =>
      [seesConflict(one, 'ada', false), seesConflict(one, 'bob', false), seesConflict(one, 'x', true)].every(Boolean) &&
      seesConflict(one, 'x', false);
    expect([seen(notice()), seen(notice({ assessment: 'no-action' }))]).toEqual([false, false]);
    expect([seen(notice({ assessment: 'no-vote' })), seen(conflict())]).toEqual([true, true]);
    expect(['ada', 'bob'].map((id) => seesConflict(notice(), id, false))).toEqual([true, true]);
  });
});
