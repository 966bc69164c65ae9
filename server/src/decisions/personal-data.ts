import { numberText } from '@concert/domain/decisions/numbers.ts';
import type { PersonalData } from '../platform/personal-data.ts';
import type { ActionRecord } from './actions/records.ts';
import { ACTIONS } from './actions/store.ts';
import type { Parts } from './parts.ts';
import type { DecisionRecord } from './records.ts';
import { DECISIONS } from './store.ts';

/**
 * Who signed what, and who was to do what, is the body's record and stays, under an id that says no name. What is still to be
 * done is given to somebody else by who acts for the body.
 */
export function decisionData({ platform: { db } }: Pick<Parts, 'platform'>): PersonalData {
  const decisions = db.collection<Omit<DecisionRecord, 'id'> & { _id: string }>(DECISIONS);
  const actions = db.collection<Omit<ActionRecord, 'id'> & { _id: string }>(ACTIONS);
  return {
    indexes: { [DECISIONS]: [{ key: { 'signatures.personId': 1 } }, { key: { createdBy: 1 } }] },
    export: async (personId) => ({
      signed: (await decisions.find({ 'signatures.personId': { $eq: personId } }).toArray()).map(
        ({ _id, title, year, seq = 0, signatures }) => ({
          ...{ id: _id, number: numberText(year, seq), title },
          signatures: signatures.filter((one) => one.personId === personId),
        }),
      ),
      actions: (await actions.find({ ownerId: { $eq: personId } }).toArray()).map(
        ({ _id, title, note, dueOn, state, createdAt, doneAt }) => ({
          ...{ id: _id, title, note, dueOn, state, createdAt, doneAt },
        }),
      ),
      drafted: (await decisions.find({ createdBy: { $eq: personId } }).toArray()).map(({ _id, title, createdAt }) => ({
        ...{ id: _id, title, createdAt },
      })),
    }),
    erase: async () => undefined,
  };
}
