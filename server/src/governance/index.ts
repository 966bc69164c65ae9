import { rulesInForce } from '@concert/domain/governance/rule-set.ts';
import type { MandateFacts } from '../platform/access/access.ts';
import type { BodyFacts } from '../platform/bodies.ts';
import type { DomainEvent } from '../platform/events.ts';
import { defineModule } from '../platform/module.ts';
import { together } from '../platform/mongo/together.ts';
import { bodyMentions } from './mentions.ts';
import { peopleIn } from './parts.ts';
import { bodyData } from './personal-data.ts';
import { governanceRoutes } from './routes.ts';
import { BODIES, type BodyRecord, bodyIndexes, bodyStore } from './store.ts';

/** [G5] An archived body gives nobody a right. */
const mandatesOf = ({ id, state, mandates }: BodyRecord): MandateFacts[] =>
  state === 'archived' ? [] : mandates.map((mandate) => ({ ...mandate, bodyId: id }));

/** What other slices may know of a body. */
const factsOf = ({ id, name, kind, state, publicity, seats, mandates, rules }: BodyRecord): BodyFacts => ({
  ...{ id, name, kind, state, publicity, seats, mandates },
  rules: rulesInForce(kind, rules),
});

const nameOf = ({ id, name }: BodyRecord) => [id, name] as const;

/** The bodies of the governance structure, and who is what in them for how long. */
export const governance = defineModule((platform) => {
  const { access, db, lookups, outbox } = platform;
  const store = bodyStore(db);
  access.registerBodies({
    mandatesOf: async (personIds) => {
      const wanted = new Set(personIds);
      return (await store.withPeople(personIds)).flatMap(mandatesOf).filter(({ personId }) => wanted.has(personId));
    },
    mandatesIn: async (bodyIds) => (await store.getAll(bodyIds)).flatMap(mandatesOf),
  });
  const oneOf = together(async (ids) => new Map((await store.getAll(ids)).map((body) => [body.id, factsOf(body)])));
  platform.bodies.answeredBy({
    byIds: async (ids) => {
      const found = await Promise.all(ids.map(oneOf));
      return new Map(found.flatMap((body) => (body === undefined ? [] : [[body.id, body] as const])));
    },
    all: async (ids) =>
      (ids === undefined ? await store.inState(['active', 'archived']) : await store.getAll(ids)).map(factsOf),
    ofPerson: async (personId) => (await store.withPeople([personId])).map(factsOf),
    letterheadOf: async (bodyId) => {
      const found = await store.letterhead(bodyId);
      if (found === null) return null;
      const { name: body, ...letterhead } = found;
      return { body, ...letterhead };
    },
  });
  lookups.bodyNames.answeredBy(async (ids) => new Map((await store.getAll(ids)).map(nameOf)));
  lookups.activeBodyNames.answeredBy(
    async (ids) => new Map((await store.getAll(ids)).filter(({ state }) => state === 'active').map(nameOf)),
  );
  platform.mentions.register('body', bodyMentions(store));
  outbox.watch(BODIES);
  const again = async ({ data }: DomainEvent): Promise<void> => {
    const body = typeof data.bodyId === 'string' ? await store.get(data.bodyId) : null;
    const personIds = typeof data.personId === 'string' ? [data.personId] : body === null ? [] : peopleIn(body);
    await access.changed({ personIds });
  };
  return {
    router: governanceRoutes({ platform, store }),
    indexes: bodyIndexes,
    personalData: bodyData({ platform, store }),
    // A crash between the write and the news must not leave somebody with a right that has ended.
    reactions: { 'governance.mandates-changed': again, 'governance.body-changed': again },
  };
});
