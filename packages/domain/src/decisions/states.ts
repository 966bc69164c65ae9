import { no, type Verdict, yes } from '@concert/contract';
import type { DecisionState } from './api.ts';

export type DecisionEvent = 'adopt' | 'sign' | 'publish' | 'supersede' | 'annul';

/** [R4] [R7] [R8] [R9] [R10] From which state an event leads to which. What was adopted never becomes a draft again. */
export const TRANSITIONS: Readonly<Record<DecisionEvent, Partial<Record<DecisionState, DecisionState>>>> = {
  adopt: { draft: 'adopted' },
  sign: { adopted: 'signed' },
  publish: { signed: 'published' },
  supersede: { adopted: 'superseded', signed: 'superseded', published: 'superseded' },
  annul: { adopted: 'annulled', signed: 'annulled', published: 'annulled' },
};

/** States in which a decision holds. */
const IN_FORCE: ReadonlySet<DecisionState> = new Set(['adopted', 'signed', 'published']);
export const isInForce = (state: DecisionState): boolean => IN_FORCE.has(state);

/** [R12] Only what was never adopted is worded anew, and deleted. */
export const mayDraft = (state: DecisionState): Verdict<'decision-adopted'> =>
  state === 'draft' ? yes : no('decision-adopted');

/** [R10] Published is what was signed. */
export function mayPublish(state: DecisionState): Verdict<'not-signed' | 'already-published' | 'not-in-force'> {
  if (TRANSITIONS.publish[state] !== undefined) return yes;
  if (state === 'published') return no('already-published');
  return state === 'superseded' || state === 'annulled' ? no('not-in-force') : no('not-signed');
}

/** [R8] Annulled is what holds. */
export const mayAnnul = (state: DecisionState): Verdict<'not-in-force'> =>
  TRANSITIONS.annul[state] === undefined ? no('not-in-force') : yes;

/** [R7] Superseded is what holds, by a decision of the same body, and once. */
export function maySupersede(
  former: { readonly bodyId: string; readonly state: DecisionState },
  bodyId: string,
): Verdict<'no-such-decision' | 'already-superseded' | 'not-in-force'> {
  if (former.bodyId !== bodyId || former.state === 'draft') return no('no-such-decision');
  if (former.state === 'superseded') return no('already-superseded');
  return isInForce(former.state) ? yes : no('not-in-force');
}
