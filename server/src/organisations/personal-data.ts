import type { Db } from 'mongodb';
import type { PersonalData } from '../platform/personal-data.ts';
import type { OrganisationRecord } from './store.ts';

/** Finds what somebody has proposed. */
const indexes: NonNullable<PersonalData['indexes']> = {
  organisations: [{ key: { createdBy: 1 }, sparse: true }],
};

/** Who proposed an organisation. What is proposed belongs to everybody, and keeps an id that says no name. */
export function organisationData(db: Db): PersonalData {
  const organisations = db.collection<Omit<OrganisationRecord, 'id'> & { _id: string }>('organisations');
  return {
    indexes,
    export: async (personId) => ({
      proposed: (await organisations.find({ createdBy: { $eq: personId } }).toArray()).map(
        ({ _id, name, kind, state, createdAt }) => ({ id: _id, name, kind, state, createdAt }),
      ),
    }),
    erase: async () => undefined,
  };
}
