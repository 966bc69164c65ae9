import type { Card, Step, SubjectSource } from '../platform/subjects.ts';
import { actionPath, seenActions } from './actions/seen.ts';
import type { ActionStore } from './actions/store.ts';
import type { Parts } from './parts.ts';
import { nameOf, seenDecisions } from './searching.ts';

/** Decisions and action items as other slices speak of them. */
export const DECISION = 'decision';
export const ACTION = 'action';

export const decisionStep = (id: string): Step => ({ kind: DECISION, id });
export const actionStep = (id: string): Step => ({ kind: ACTION, id });

/** [R2] A decision is known to who sees it. */
export function decisionSubjects({ platform, store }: Parts): SubjectSource {
  return {
    cards: async (reader, ids) => {
      const seen = await seenDecisions(platform, reader, await store.getAll([...new Set(ids)]));
      return new Map(
        seen.map(({ decision, body }): [string, Card] => {
          const { id } = decision;
          return [id, { id, title: nameOf(decision), path: `/decisions/${id}`, context: body.name }];
        }),
      );
    },
    path: async (reader, id) =>
      (await seenDecisions(platform, reader, await store.getAll([id]))).length === 0 ? null : [decisionStep(id)],
  };
}

/** [AI4] An action item is known to who sees it. */
export function actionSubjects({ platform }: Parts, actions: ActionStore): SubjectSource {
  return {
    cards: async (reader, ids) => {
      const seen = await seenActions(platform, reader, await actions.getAll([...new Set(ids)]));
      return new Map(
        seen.map(({ action, body }): [string, Card] => {
          const { id, title } = action;
          return [id, { id, title, path: actionPath(action, reader.personId), context: body.name }];
        }),
      );
    },
    path: async (reader, id) =>
      (await seenActions(platform, reader, await actions.getAll([id]))).length === 0 ? null : [actionStep(id)],
  };
}
