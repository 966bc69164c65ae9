import type { Actor } from '@concert/contract';
import { movesFrom } from '@concert/domain/decisions/actions.ts';
import { resultOf } from '@concert/domain/decisions/grounds.ts';
import { numberText } from '@concert/domain/decisions/numbers.ts';
import { conducts } from '@concert/domain/governance/conducting.ts';
import type { BodyFacts } from '../platform/bodies.ts';
import type { ActionGiven, DecisionTaken, Outcomes } from '../platform/outcomes.ts';
import { readerOf } from '../platform/rule-answers.ts';
import type { ActionRecord } from './actions/records.ts';
import type { ActionStore } from './actions/store.ts';
import type { Parts } from './parts.ts';
import type { DecisionRecord } from './records.ts';

/** What the minutes of one meeting show of what others left open. */
const MAX_CARRIED = 200;

const takenOf = ({ id, meeting, year, seq, title, text, vote, state }: DecisionRecord): readonly DecisionTaken[] =>
  seq === undefined
    ? []
    : [
        {
          ...{ id, number: numberText(year, seq), title, text, result: resultOf(vote?.outcome) },
          ...(meeting === undefined ? {} : { itemId: meeting.itemId }),
          annulled: state === 'annulled',
        },
      ];

/** What came of meetings, for their minutes: what was adopted, and what somebody is to do. */
export function createOutcomes({ platform, store }: Parts, actions: ActionStore): Outcomes {
  const { bodies, ports } = platform;
  const givenTo = (reader: Actor | null, body: BodyFacts | undefined) => {
    const acts = reader !== null && body !== undefined && conducts(body, readerOf(reader), ports.now());
    return ({ id, about, title, ownerId, dueOn, state }: ActionRecord): ActionGiven => {
      const moves = movesFrom(state, { owner: ownerId === reader?.personId, conducts: acts });
      return {
        ...{ id, title, ownerId, state },
        ...(about === undefined ? {} : { itemId: about.itemId }),
        ...(dueOn === undefined ? {} : { dueOn }),
        ticks: moves.includes('done') || (state === 'done' && moves.includes('open')),
      };
    };
  };
  return {
    ofMeeting: async ({ meetingId, bodyId, before }, reader) => {
      const [taken, given, open, named] = await Promise.all([
        store.ofMeeting(meetingId),
        actions.ofMeeting(meetingId),
        actions.leftOpen({ bodyId, meetingId, before, limit: MAX_CARRIED }),
        bodies.byIds([bodyId]),
      ]);
      const shown = givenTo(reader, named.get(bodyId));
      return { decisions: taken.flatMap(takenOf), actions: given.map(shown), carried: open.map(shown) };
    },
  };
}
