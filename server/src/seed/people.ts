import type { PlatformRole } from '@concert/contract';
import { Problem } from '@concert/contract';
import { organisationStore } from '../organisations/store.ts';
import type { Platform } from '../platform/module.ts';
import { ORGANISATIONS } from './content/organisations.ts';
import { PEOPLE } from './content/people.ts';
import type { SeedPerson } from './content/types.ts';

/** Everybody's password in the demonstration, which runs on loopback only. */
const DEMO_PASSWORD = 'concert-demo';
const demoEmail = (id: string): string => `${id}@demo.concert.test`;
/** Ids of the demonstration are the same in every installation, so that a link to it works everywhere. */
export const demoId = (id: string): string => `demo-${id}`;

/** Before any document of the demonstration. */
export const SINCE = new Date('2025-09-01T07:00:00.000Z');

const ROLES: Readonly<Record<string, PlatformRole>> = {
  admin: 'administrator',
  secretary: 'secretariat',
  sme: 'guest',
  sme2: 'guest',
};

async function seedPerson({ auth }: Platform, person: SeedPerson): Promise<string> {
  const email = demoEmail(person.id);
  const known = await auth.people.byEmail(email);
  if (known !== null) return known.id;
  return auth.createAccount({
    email,
    name: person.name,
    password: DEMO_PASSWORD,
    locale: person.locale,
    color: person.color,
    title: person.locale === 'fr' ? person.jobTitle.fr : person.jobTitle.en,
    organisationId: demoId(person.organisation),
    organisationConfirmedAt: SINCE,
    platformRole: ROLES[person.id] ?? 'member',
  });
}

/** The accounts; answers person ids by short ids. */
export async function seedPeople(platform: Platform): Promise<Map<string, string>> {
  const ids = await Promise.all(PEOPLE.map(async (person) => [person.id, await seedPerson(platform, person)] as const));
  return new Map(ids);
}

/** The organisations; answers their ids by short ids. */
export async function seedOrganisations({ db }: Platform): Promise<Map<string, string>> {
  const store = organisationStore(db);
  const known = await store.names(ORGANISATIONS.map(({ id }) => demoId(id)));
  const missing = ORGANISATIONS.filter(({ id }) => !known.has(demoId(id)));
  await Promise.all(
    missing.map(({ id, name, kind, state, territory }) =>
      store.insert({ id: demoId(id), name, kind, state, territory, createdAt: SINCE }),
    ),
  );
  return new Map(ORGANISATIONS.map(({ id }) => [id, demoId(id)]));
}

/** The real id of a person whom the texts name. @throws Problem when the demonstration contradicts itself */
export function personIn(people: ReadonlyMap<string, string>, short: string): string {
  const id = people.get(short);
  if (id === undefined) throw new Problem('NOT_FOUND', 'no-such-person', { detail: { short } });
  return id;
}
