import { type Actor, Problem, type Verdict } from '@concert/contract';
import { mayManageBodies, maySeeBodies } from '@concert/domain/governance/mandates.ts';
import type { Platform } from '../platform/module.ts';
import type { BodyRecord, BodyStore } from './store.ts';

export type Parts = { readonly platform: Platform; readonly store: BodyStore };

export const notFound = (): Problem => new Problem('NOT_FOUND', 'not-found');

/** Turns a verdict of who may into its refusal. */
export const enforce = (verdict: Verdict<string>): void => {
  if (!verdict.ok) throw new Problem('FORBIDDEN', verdict.reason);
};

/** Looking up bodies: [G1] for guests there are none. */
export function lookingUp({ store }: Parts) {
  const visible = async (actor: Actor, id: string): Promise<BodyRecord> => {
    const body = maySeeBodies(actor.platformRole) ? await store.get(id) : null;
    if (body === null) throw notFound();
    return body;
  };
  /** Unknown is not found, and only what is known is refused: both are told to members alone. */
  const managed = async (actor: Actor, id: string): Promise<BodyRecord> => {
    const body = await visible(actor, id);
    enforce(mayManageBodies(actor.platformRole));
    return body;
  };
  return { visible, managed };
}

/** Everybody whose rights a change of a body may touch. */
export const peopleIn = ({ mandates }: BodyRecord): string[] => [...new Set(mandates.map(({ personId }) => personId))];
