import { type Actor, Problem } from '@concert/contract';
import { conducts } from '@concert/domain/governance/conducting.ts';
import { isRunning } from '@concert/domain/governance/mandates.ts';
import { dayOf } from '@concert/domain/meetings/days.ts';
import {
  givable,
  mayGivePeriod,
  maySettlePeriod,
  type PeriodProxy,
  votingSeats,
} from '@concert/domain/meetings/period-proxies.ts';
import { proxiesApi, type PeriodProxy as Shown } from '@concert/domain/meetings/proxies-api.ts';
import { implement } from '@orpc/server';
import type { BodyFacts } from '../../platform/bodies.ts';
import type { Context } from '../../platform/http/route.ts';
import { requireActor } from '../../platform/http/route.ts';
import { readerOf } from '../../platform/rule-answers.ts';
import { enforce, type Parts } from '../parts.ts';
import type { PlacedProxy } from './store.ts';

/** More in one body than seats that give one after another for a year. */
const MAX_ENTRIES = 2_000;
/** Those of one person, taken back ones included. */
const MAX_OWN = 50;

const ruled = (body: BodyFacts, proxies: readonly PeriodProxy[]) => ({ ...body, rules: body.rules.rules, proxies });

/** What those who sit in a body hear of it. */
function tellProxies({ platform: { live, ports } }: Parts, { id: bodyId, mandates }: BodyFacts): void {
  const now = ports.now();
  const personIds = [...new Set(mandates.filter((one) => isRunning(one, now)).map(({ personId }) => personId))];
  live.toBody({ personIds, members: false }, 'proxies.changed', { bodyId });
}

/** Proxies as they are shown, with the names of people, bodies and seats. */
async function shownProxies({ platform }: Parts, proxies: readonly PlacedProxy[]): Promise<Shown[]> {
  const { auth, bodies, ports } = platform;
  const [people, known] = await Promise.all([
    auth.people.byIds([...new Set(proxies.flatMap(({ fromId, toId }) => [fromId, toId]))]),
    bodies.byIds(proxies.map(({ bodyId }) => bodyId)),
  ]);
  const named = (id: string) => ({ id, name: people.get(id)?.name ?? '', color: people.get(id)?.color ?? '#868e96' });
  const today = dayOf(ports.now(), 'UTC');
  return proxies.flatMap(({ bodyId, seatId, fromId, toId, from, until, ...proxy }): Shown[] => {
    const body = known.get(bodyId);
    if (body === undefined) return [];
    const title = body.seats.find(({ id }) => id === seatId)?.title;
    return [
      {
        ...{ id: proxy.id, state: proxy.state, at: proxy.at.toISOString() },
        ...{ bodyId, bodyName: body.name, seatId, ...(title === undefined ? {} : { seatTitle: title }) },
        ...{ from: named(fromId), to: named(toId), fromDay: from, untilDay: until, over: until < today },
      },
    ];
  });
}

/** [M54] The proxies of a body that this person sees; to guests of the platform who do not sit in it there is no such body. */
async function ofBody({ platform, periods }: Parts, actor: Actor, bodyId: string): Promise<readonly PlacedProxy[]> {
  const { bodies, ports } = platform;
  const body = (await bodies.byIds([bodyId])).get(bodyId);
  const now = ports.now();
  const sits = body?.mandates.some((one) => one.personId === actor.personId && isRunning(one, now)) ?? false;
  if (body === undefined || (actor.platformRole === 'guest' && !sits)) throw new Problem('NOT_FOUND', 'not-found');
  const all = (await periods.of(bodyId)).map((one) => ({ ...one, bodyId }));
  const sees = sits || conducts(body, readerOf(actor), now);
  return sees ? all : all.filter(({ fromId, toId }) => fromId === actor.personId || toId === actor.personId);
}

/** The last to begin first. */
const inOrder = (proxies: readonly PlacedProxy[]): readonly PlacedProxy[] =>
  proxies.toSorted((one, other) => (one.from === other.from ? 0 : one.from < other.from ? 1 : -1));

/** [M50] Giving. */
function giving(parts: Parts) {
  const { platform, periods } = parts;
  const { bodies, ports } = platform;
  const os = implement(proxiesApi).$context<Context>().use(requireActor);
  return os.give.handler(async ({ input, context: { actor } }) => {
    const { bodyId, toId, fromDay: from, untilDay: until } = input;
    const now = ports.now();
    const body = (await bodies.byIds([bodyId])).get(bodyId);
    const sits = body?.mandates.some(({ personId }) => personId === actor.personId) ?? false;
    if (body === undefined || (actor.platformRole === 'guest' && !sits)) throw new Problem('NOT_FOUND', 'no-such-body');
    if (actor.limits !== undefined) throw new Problem('FORBIDDEN', 'no-seat');
    const fromId = actor.personId;
    const own = votingSeats(body, { from, until }, now).find(({ holder }) => holder?.personId === fromId);
    const wanted = { seatId: input.seatId ?? own?.seat.id ?? '', fromId, toId, from, until };
    const proxy: PeriodProxy = { ...wanted, id: ports.newId(), state: 'given', at: now };
    await periods.change(bodyId, now, (proxies) => {
      enforce(mayGivePeriod(ruled(body, proxies), wanted, now));
      const given = proxies.filter((one) => one.fromId === fromId).length;
      if (proxies.length >= MAX_ENTRIES || given >= MAX_OWN) throw new Problem('CONFLICT', 'too-many-proxies');
      return [...proxies, proxy];
    });
    tellProxies(parts, body);
    return mustBeShown(await shownProxies(parts, [{ ...proxy, bodyId }]));
  });
}

/** [M51] Accepting, refusing and taking back. */
function settling(parts: Parts) {
  const { platform, periods } = parts;
  const { bodies, ports } = platform;
  const os = implement(proxiesApi).$context<Context>().use(requireActor);
  return os.settle.handler(async ({ input: { id, as }, context: { actor } }) => {
    const now = ports.now();
    const proxy = await periods.byId(id);
    const mine = proxy !== undefined && [proxy.fromId, proxy.toId].includes(actor.personId);
    // Of those that are not theirs nobody is told here that they exist.
    if (!mine || actor.limits !== undefined) throw new Problem('NOT_FOUND', 'no-such-proxy');
    const { bodyId } = proxy;
    const body = (await bodies.byIds([bodyId])).get(bodyId);
    if (body === undefined) throw new Problem('NOT_FOUND', 'no-such-proxy');
    const change = { state: as, at: now };
    await periods.change(bodyId, now, (proxies) => {
      const found = proxies.find((one) => one.id === id);
      if (found === undefined) throw new Problem('NOT_FOUND', 'no-such-proxy');
      enforce(maySettlePeriod(ruled(body, proxies), found, actor.personId, as, now));
      return proxies.map((one) => (one.id === id ? { ...one, ...change } : one));
    });
    tellProxies(parts, body);
    return mustBeShown(await shownProxies(parts, [{ ...proxy, ...change }]));
  });
}

function mustBeShown([shown]: readonly Shown[]): Shown {
  if (shown === undefined) throw new Problem('NOT_FOUND', 'no-such-proxy');
  return shown;
}

/** Proxies for a time. */
export function periodRoutes(parts: Parts) {
  const { platform, periods } = parts;
  const { auth, bodies, ports } = platform;
  const os = implement(proxiesApi).$context<Context>().use(requireActor);
  return {
    list: os.list.handler(async ({ input: { bodyId }, context: { actor } }) => {
      if (actor.limits !== undefined) return { items: [] };
      const found = await (bodyId === undefined ? periods.ofPerson(actor.personId) : ofBody(parts, actor, bodyId));
      return { items: await shownProxies(parts, inOrder(found)) };
    }),
    seats: os.seats.handler(async ({ context: { actor } }) => {
      if (actor.limits !== undefined) return { items: [] };
      const now = ports.now();
      const own = await bodies.ofPerson(actor.personId);
      const seats = own.flatMap((body) =>
        givable(ruled(body, []), actor.personId, now).map((seat) => ({ ...seat, body })),
      );
      const people = await auth.people.byIds([...new Set(seats.flatMap(({ receivers }) => receivers))]);
      return {
        items: seats.map(({ body, seatId, title, until, receivers }) => ({
          ...{ bodyId: body.id, bodyName: body.name, seatId, title },
          ...(until === undefined ? {} : { until: until.toISOString() }),
          receivers: receivers.flatMap((id) => {
            const person = people.get(id);
            return person === undefined ? [] : [{ id, name: person.name, color: person.color }];
          }),
        })),
      };
    }),
    give: giving(parts),
    settle: settling(parts),
  };
}
