import { numberText } from '@concert/domain/decisions/numbers.ts';
import type { Reader } from '../platform/mentions.ts';
import type { SearchEntry, SearchHit, SearchSource } from '../platform/search.ts';
import type { ActionRecord } from './actions/records.ts';
import { actionPath, seenActions } from './actions/seen.ts';
import type { ActionStore } from './actions/store.ts';
import { type Found, meetingsOf, type Parts, sees } from './parts.ts';
import type { DecisionRecord } from './records.ts';

/** The names under which decisions and action items are found. */
export const FOUND_DECISIONS = 'decisions';
export const FOUND_ACTIONS = 'actions';

/** How a decision is called: with its number, once it has one. */
export const nameOf = ({ title, year, seq }: Pick<DecisionRecord, 'title' | 'year' | 'seq'>): string =>
  seq === undefined ? title : `${numberText(year, seq)} · ${title}`;

const textOf = ({ text, effects }: DecisionRecord): string => [text, ...effects].join('\n');

/** [R2] Those of the decisions that a reader sees. */
export async function seenDecisions(
  { bodies, ports, resolutions }: Parts['platform'],
  reader: Reader,
  decisions: readonly DecisionRecord[],
): Promise<readonly Found[]> {
  const [named, barred] = await Promise.all([
    bodies.byIds(decisions.map(({ bodyId }) => bodyId)),
    resolutions.barredFrom(reader.personId, meetingsOf(decisions)),
  ]);
  const now = ports.now();
  return decisions.flatMap((decision) => {
    const body = named.get(decision.bodyId);
    const found = body && { decision, body, now };
    return found !== undefined && sees(reader, found, barred) ? [found] : [];
  });
}

const entryOf = (decision: DecisionRecord): SearchEntry => ({
  ...{ id: decision.id, revision: String(decision.rev), kind: 'decision', group: decision.id, place: { asked: true } },
  ...{ staff: false, title: nameOf(decision), text: textOf(decision), at: decision.decidedAt.getTime(), authorIds: [] },
});

/** Decisions by their numbers, titles, texts and effects. */
export function decisionSearch({ platform, store }: Parts): SearchSource {
  return {
    revisions: () => store.revisions(),
    entries: async (ids) => (await store.getAll(ids)).map(entryOf),
    visible: async (reader, ids) => {
      const seen = await seenDecisions(platform, reader, await store.getAll(ids));
      return new Set(seen.map(({ decision }) => decision.id));
    },
    hits: async (reader, ids) => {
      const seen = await seenDecisions(platform, reader, await store.getAll(ids));
      return new Map(
        seen.map(({ decision, body }): [string, SearchHit] => {
          const { id, decidedAt: at } = decision;
          const rest = { title: nameOf(decision), context: body.name, text: textOf(decision), at };
          return [id, { ...rest, path: `/decisions/${id}` }];
        }),
      );
    },
  };
}

const actionEntry = ({ id, rev, title, note, createdAt }: ActionRecord): SearchEntry => ({
  ...{ id, revision: String(rev), kind: 'action', group: id, place: { asked: true }, staff: false },
  ...{ title, text: note, at: createdAt.getTime(), authorIds: [] },
});

/** Action items by their titles and notes. */
export function actionSearch({ platform }: Parts, actions: ActionStore): SearchSource {
  return {
    revisions: () => actions.revisions(),
    entries: async (ids) => (await actions.getAll(ids)).map(actionEntry),
    visible: async (reader, ids) => {
      const seen = await seenActions(platform, reader, await actions.getAll(ids));
      return new Set(seen.map(({ action }) => action.id));
    },
    hits: async (reader, ids) => {
      const seen = await seenActions(platform, reader, await actions.getAll(ids));
      return new Map(
        seen.map(({ action, body }): [string, SearchHit] => {
          const { id, title, note: text, createdAt: at } = action;
          return [id, { title, text, at, context: body.name, path: actionPath(action, reader.personId) }];
        }),
      );
    },
  };
}
