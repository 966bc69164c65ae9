import { conducts } from '@concert/domain/governance/conducting.ts';
import { isRunning } from '@concert/domain/governance/mandates.ts';
import type { BodyFacts } from '../../platform/bodies.ts';
import type { Reader } from '../../platform/mentions.ts';
import { readerOf } from '../../platform/rule-answers.ts';
import type { Parts } from '../parts.ts';
import type { ActionRecord } from './records.ts';

export type SeenAction = { readonly action: ActionRecord; readonly body: BodyFacts };

/** [AI4] Those of the action items that a reader sees. A limited token sees none (access rule A20). */
export async function seenActions(
  { bodies, ports, resolutions }: Parts['platform'],
  reader: Reader,
  actions: readonly ActionRecord[],
): Promise<readonly SeenAction[]> {
  if (reader.limits !== undefined) return [];
  const { personId } = reader;
  const [named, barred] = await Promise.all([
    bodies.byIds(actions.map(({ bodyId }) => bodyId)),
    resolutions.barredFrom(
      personId,
      actions.flatMap(({ about }) => about?.meetingId ?? []),
    ),
  ]);
  const now = ports.now();
  return actions.flatMap((action) => {
    const body = named.get(action.bodyId);
    if (body === undefined) return [];
    const own = action.ownerId === personId;
    const here = body.mandates.some((one) => one.personId === personId && isRunning(one, now));
    if (!own && (barred.has(action.about?.itemId ?? '') || !(here || conducts(body, readerOf(reader), now)))) return [];
    return [{ action, body }];
  });
}

/** Where an action item stands in a list that its reader may open. */
export function actionPath({ id, bodyId, ownerId, closed }: ActionRecord, personId: string): string {
  if (closed) return `/actions?scope=closed&body=${bodyId}#action-${id}`;
  return ownerId === personId ? `/actions#action-${id}` : `/actions?scope=all&body=${bodyId}#action-${id}`;
}
