import { REMINDED_BEFORE, reminderFor } from '@concert/domain/decisions/actions.ts';
import { dayOf, daysAfter } from '@concert/domain/decisions/numbers.ts';
import { CONDUCTING } from '@concert/domain/governance/conducting.ts';
import { isRunning } from '@concert/domain/governance/mandates.ts';
import type { BodyFacts } from '../platform/bodies.ts';
import { type ActionRecord, reminderId, reminderKey } from './actions/records.ts';
import type { ActionStore } from './actions/store.ts';
import { registerTelling } from './noticing.ts';
import type { Parts } from './parts.ts';
import type { DecisionRecord } from './records.ts';

const HOUR_MS = 3_600_000;

/**
 * [R11] [AI6] Reminds of what is due: in the inbox, and by mail as each has chosen. A reminder is the same event however often
 * it is told, so that several instances tell it once; it is noted, so that it does not come back when the inbox has let go
 * of it.
 */
export async function remind(parts: Parts, actions: ActionStore): Promise<void> {
  const { platform, store } = parts;
  const { bodies, ports } = platform;
  const { ofAction, ofDecision } = registerTelling(parts, actions);
  const at = ports.now();
  const today = dayOf(at);

  const ofDue = async (action: ActionRecord): Promise<void> => {
    const what = reminderFor(action, today);
    const { id, ownerId, dueOn } = action;
    if (what === undefined || dueOn === undefined) return;
    const reminder = { id, what, dueOn, ownerId };
    if (action.reminded === reminderKey(reminder)) return;
    const told = { eventId: reminderId(reminder), at, day: dueOn, participants: [ownerId] };
    await ofAction(id, { ...told, what: what === 'soon' ? 'action-soon' : 'action-late' });
    await actions.reminded(action, reminderKey(reminder));
  };
  const ofReview = async ({ id, reviewOn }: DecisionRecord, body: BodyFacts | undefined): Promise<void> => {
    if (body === undefined || reviewOn === undefined) return;
    const leading = body.mandates.filter((one) => CONDUCTING.has(one.role) && isRunning(one, at));
    const participants = [...new Set(leading.map(({ personId }) => personId))];
    await ofDecision(id, {
      ...{ eventId: `review:${id}:${reviewOn}`, what: 'decision-review', at, day: reviewOn, participants },
    });
    await store.reminded(id, at);
  };

  const [due, review] = await Promise.all([actions.dueUntil(daysAfter(today, REMINDED_BEFORE)), store.toReview(today)]);
  const named = await bodies.byIds(review.map(({ bodyId }) => bodyId));
  for (const action of due) await ofDue(action);
  for (const decision of review) await ofReview(decision, named.get(decision.bodyId));
}

/** Reminds at the start and every hour; answers how to stop. */
export function keepReminding(parts: Parts, actions: ActionStore): () => Promise<void> {
  const { log } = parts.platform;
  const run = (): Promise<void> =>
    remind(parts, actions).catch((error: unknown) => {
      log.warn({ err: error }, 'not everybody could be reminded; trying again in an hour');
    });
  let running = run();
  const timer = setInterval(() => {
    running = running.then(run);
  }, HOUR_MS).unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
