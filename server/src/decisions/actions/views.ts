import type { Actor } from '@concert/contract';
import { isClosed, isOverdue, movesFrom } from '@concert/domain/decisions/actions.ts';
import type { ActionItem } from '@concert/domain/decisions/actions-api.ts';
import { dayOf, numberText } from '@concert/domain/decisions/numbers.ts';
import { conducts } from '@concert/domain/governance/conducting.ts';
import { readerOf } from '../../platform/rule-answers.ts';
import { meetingsOf, type Parts, sees } from '../parts.ts';
import type { ActionRecord } from './records.ts';

/** Action items as one reader may see them; whether they may be seen is judged before. */
export async function actionViews(
  { platform, store }: Parts,
  actions: readonly ActionRecord[],
  actor: Actor,
): Promise<ActionItem[]> {
  const { auth, bodies, ports, resolutions } = platform;
  const decisions = await store.getAll(actions.flatMap(({ decisionId }) => decisionId ?? []));
  const [named, people, barred] = await Promise.all([
    bodies.byIds(actions.map(({ bodyId }) => bodyId)),
    auth.people.byIds(actions.map(({ ownerId }) => ownerId)),
    resolutions.barredFrom(actor.personId, [
      ...meetingsOf(decisions),
      ...actions.flatMap(({ about }) => about?.meetingId ?? []),
    ]),
  ]);
  const now = ports.now();
  const sourceOf = ({ decisionId, about, bodyId }: ActionRecord): ActionItem['source'] => {
    if (decisionId === undefined)
      return about === undefined || barred.has(about.itemId) ? undefined : { kind: 'item', ...about };
    const decision = decisions.find(({ id }) => id === decisionId);
    const body = named.get(bodyId);
    if (decision === undefined || body === undefined || !sees(actor, { decision, body, now }, barred)) return undefined;
    const { id, title, year, seq } = decision;
    return { kind: 'decision', id, title, ...(seq === undefined ? {} : { number: numberText(year, seq) }) };
  };
  return actions.flatMap((action): ActionItem[] => {
    const body = named.get(action.bodyId);
    if (body === undefined) return [];
    const owner = people.get(action.ownerId);
    const source = sourceOf(action);
    const acts = conducts(body, readerOf(actor), now);
    const { id, bodyId, title, note, dueOn, state, doneAt, cancelledReason } = action;
    return [
      {
        ...{ id, bodyId, bodyName: body.name, title, note, state },
        owner: { id: action.ownerId, name: owner?.name ?? '', color: owner?.color ?? '#868e96' },
        ...(dueOn === undefined ? {} : { dueOn }),
        overdue: isOverdue(action, dayOf(now)),
        ...(source === undefined ? {} : { source }),
        createdAt: action.createdAt.toISOString(),
        ...(doneAt === undefined ? {} : { doneAt: doneAt.toISOString() }),
        ...(cancelledReason === undefined ? {} : { cancelledReason }),
        me: {
          edits: acts && !isClosed(state),
          moves: [...movesFrom(state, { owner: action.ownerId === actor.personId, conducts: acts })],
        },
      },
    ];
  });
}
