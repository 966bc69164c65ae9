import { DEFAULT_PREFERENCES, type Preferences } from '@concert/domain/notifications/preferences.ts';
import type { Db } from 'mongodb';

type PreferencesDoc = Partial<Preferences> & { _id: string };

/** What somebody decides anew; the rest stays as it is. */
export type PreferencesChange = {
  readonly [Key in Exclude<keyof Preferences, 'mail'>]?: Preferences[Key] | undefined;
} & {
  readonly mail?: { readonly [Kind in keyof Preferences['mail']]?: Preferences['mail'][Kind] | undefined } | undefined;
};

const PREFERENCES = 'notification_preferences';

const toPreferences = ({ _id: _, ...chosen }: PreferencesDoc): Preferences => ({
  ...DEFAULT_PREFERENCES,
  ...chosen,
  mail: { ...DEFAULT_PREFERENCES.mail, ...chosen.mail },
});

/** How people want to be told, by person. What they have not chosen is as by default. */
export function preferencesStore(db: Db) {
  const collection = db.collection<PreferencesDoc>(PREFERENCES);
  const among = async (personIds: readonly string[]): Promise<ReadonlyMap<string, Preferences>> => {
    const found = personIds.length === 0 ? [] : await collection.find({ _id: { $in: [...personIds] } }).toArray();
    const chosen = new Map(found.map((doc) => [doc._id, toPreferences(doc)]));
    return new Map(personIds.map((id) => [id, chosen.get(id) ?? DEFAULT_PREFERENCES]));
  };
  const of = async (personId: string): Promise<Preferences> =>
    (await among([personId])).get(personId) ?? DEFAULT_PREFERENCES;
  return {
    of,
    among,
    change: async (personId: string, { mail, ...rest }: PreferencesChange): Promise<Preferences> => {
      const modes = Object.entries(mail ?? {}).map(([kind, mode]) => [`mail.${kind}`, mode] as const);
      const decided = [...Object.entries(rest), ...modes].filter(([, value]) => value !== undefined);
      if (decided.length > 0)
        await collection.updateOne({ _id: personId }, { $set: Object.fromEntries(decided) }, { upsert: true });
      return of(personId);
    },
    forget: async (personId: string): Promise<void> => {
      await collection.deleteOne({ _id: personId });
    },
  };
}
export type PreferencesStore = ReturnType<typeof preferencesStore>;
