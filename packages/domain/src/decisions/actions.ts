import { no, type Verdict, yes } from '@concert/contract';
import { ACTION_STATES, type ActionState } from './actions-api.ts';
import { daysAfter } from './numbers.ts';

/** Somebody in relation to an action item. */
type Standing = { readonly owner: boolean; readonly conducts: boolean };

/** [AI2] What the owner does, from which state to which. */
const BY_OWNER: Readonly<Partial<Record<ActionState, readonly ActionState[]>>> = {
  open: ['in-progress', 'done'],
  'in-progress': ['open', 'done'],
  done: ['open', 'in-progress'],
};
/** [AI2] What who acts for the body does beside that. */
const BY_CONDUCTOR: Readonly<Partial<Record<ActionState, readonly ActionState[]>>> = {
  open: ['cancelled'],
  'in-progress': ['cancelled'],
  done: ['verified', 'cancelled'],
  verified: ['open'],
  cancelled: ['open'],
};

/** [AI2] To which states somebody may bring an action item. */
export const movesFrom = (state: ActionState, { owner, conducts }: Standing): readonly ActionState[] =>
  ACTION_STATES.filter(
    (to) =>
      ((owner || conducts) && (BY_OWNER[state] ?? []).includes(to)) ||
      (conducts && (BY_CONDUCTOR[state] ?? []).includes(to)),
  );

export type MoveRefusal = 'not-yours' | 'action-not-so' | 'reason-missing';

/** [AI2] Whether somebody may bring it to a state; who drops it says why. */
export function mayMove(state: ActionState, to: ActionState, who: Standing, reason: string): Verdict<MoveRefusal> {
  if (!who.owner && !who.conducts) return no('not-yours');
  if (!movesFrom(state, who).includes(to))
    return movesFrom(state, { owner: true, conducts: true }).includes(to) ? no('not-yours') : no('action-not-so');
  return to === 'cancelled' && reason === '' ? no('reason-missing') : yes;
}

/** [AI5] Closed is what was seen to be done, or dropped; the rest is carried to the next meeting. */
export const isClosed = (state: ActionState): boolean => state === 'verified' || state === 'cancelled';

const TO_DO: ReadonlySet<ActionState> = new Set(['open', 'in-progress']);

/** [AI2] What is still to be done. */
export const isToDo = (state: ActionState): boolean => TO_DO.has(state);

type Due = { readonly state: ActionState; readonly dueOn?: string };

/** [AI3] Its day has passed, and it is not done. */
export const isOverdue = ({ state, dueOn }: Due, today: string): boolean =>
  TO_DO.has(state) && dueOn !== undefined && dueOn < today;

/** So many days before its day its owner is reminded. */
export const REMINDED_BEFORE = 3;

/** [AI6] Of what its owner is to be reminded now: that its day is near, or that it has passed. */
export function reminderFor(action: Due, today: string): 'soon' | 'late' | undefined {
  const { state, dueOn } = action;
  if (!TO_DO.has(state) || dueOn === undefined) return undefined;
  if (isOverdue(action, today)) return 'late';
  return dueOn <= daysAfter(today, REMINDED_BEFORE) ? 'soon' : undefined;
}
