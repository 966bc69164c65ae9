import { type Actor, Problem } from '@concert/contract';
import { governanceApi } from '@concert/domain/governance/api.ts';
import { mayHaveMandate, mayManageBodies, maySeeBodies, stateOf } from '@concert/domain/governance/mandates.ts';
import { endingWithin, mayFillSeat, mayStandBelow } from '@concert/domain/governance/seats.ts';
import { implement } from '@orpc/server';
import { pageByName } from '../platform/http/cursor.ts';
import type { Context } from '../platform/http/route.ts';
import { requireActor } from '../platform/http/route.ts';
import { letterheadRoutes } from './letterheads.ts';
import { changed, ended } from './mandates.ts';
import { enforce, lookingUp, notFound, type Parts, peopleIn } from './parts.ts';
import { rulesRoutes } from './rules.ts';
import { seatRoutes } from './seats.ts';
import { BODIES, type BodyRecord, type MandateRecord } from './store.ts';
import { governanceViews } from './views.ts';

/** More mandates than this in one body, ended ones included, is a mistake of a program. */
const MAX_MANDATES = 1_000;

/** More than a secretariat looks through. */
const MAX_ENDING = 500;

const REFUSED_AS = { 'ends-before-it-begins': 'BAD_REQUEST', 'already-has-mandate': 'CONFLICT' } as const;
const SEAT_REFUSED_AS = {
  'seat-taken': 'CONFLICT',
  'rank-taken': 'CONFLICT',
  'no-such-seat': 'NOT_FOUND',
  'alternate-of-what': 'BAD_REQUEST',
  'observers-hold-no-seat': 'BAD_REQUEST',
} as const;

/** [G2] [G3] [G5] [G6] */
function enforceMandate(body: BodyRecord, wanted: MandateRecord): void {
  const others = body.mandates.filter(({ id }) => id !== wanted.id);
  if (others.length >= MAX_MANDATES) throw new Problem('CONFLICT', 'too-many-mandates');
  const seat = mayFillSeat(body.seats, others, wanted);
  if (!seat.ok) throw new Problem(SEAT_REFUSED_AS[seat.reason], seat.reason);
  const verdict = mayHaveMandate({ state: body.state, others }, wanted);
  if (verdict.ok) return;
  throw new Problem(verdict.reason === 'body-archived' ? 'FORBIDDEN' : REFUSED_AS[verdict.reason], verdict.reason);
}

/** [G10] */
async function enforcePlace({ store }: Parts, id: string, parentId: string): Promise<void> {
  const all = await store.inState(['active', 'archived']);
  const verdict = mayStandBelow(new Map(all.map((one) => [one.id, one.parentId ?? undefined])), id, parentId);
  if (!verdict.ok) throw new Problem(verdict.reason === 'no-such-body' ? 'NOT_FOUND' : 'CONFLICT', verdict.reason);
}

/** Bodies themselves. */
function bodyRoutes(parts: Parts) {
  const { platform, store } = parts;
  const { access, live, outbox, ports } = platform;
  const os = implement(governanceApi).$context<Context>().use(requireActor);
  const views = governanceViews(platform);
  const { visible, managed } = lookingUp(parts);
  return {
    list: os.list.handler(async ({ input, context: { actor } }) => {
      if (!maySeeBodies(actor.platformRole)) return { items: [] };
      const all = await store.inState(input.state === undefined ? ['active', 'archived'] : [input.state]);
      const page = pageByName(all, input, (body) => body);
      return { ...page, items: page.items.map((body) => views.body(body, actor.personId)) };
    }),
    create: os.create.handler(async ({ input, context: { actor } }) => {
      enforce(mayManageBodies(actor.platformRole));
      const { name, kind, remit = '', parentId, publicity = 'members' } = input;
      const id = ports.newId();
      if (parentId !== undefined) await enforcePlace(parts, id, parentId);
      const body: BodyRecord = {
        ...{ id, name, kind, remit, state: 'active', publicity, seats: [], mandates: [], rules: [] },
        ...(parentId === undefined ? {} : { parentId }),
        createdAt: ports.now(),
        createdBy: actor.personId,
      };
      await store.insert(body, [outbox.event('governance.body-founded', { bodyId: body.id }, actor.personId)]);
      outbox.wake(BODIES);
      live.toMembers('bodies.changed', { bodyId: body.id });
      return views.body(body, actor.personId);
    }),
    get: os.get.handler(async ({ input, context: { actor } }) =>
      views.body(await visible(actor, input.id), actor.personId),
    ),
    update: os.update.handler(async ({ input, context: { actor } }) => {
      const { id, name, kind, remit, state, parentId, publicity } = input;
      await managed(actor, id);
      if (typeof parentId === 'string') await enforcePlace(parts, id, parentId);
      const fields = {
        ...(parentId === undefined ? {} : { parentId }),
        ...(publicity === undefined ? {} : { publicity }),
        ...(name === undefined ? {} : { name }),
        ...(kind === undefined ? {} : { kind }),
        ...(remit === undefined ? {} : { remit }),
        ...(state === undefined ? {} : { state }),
      };
      const event = outbox.event('governance.body-changed', { bodyId: id, ...fields }, actor.personId);
      const saved = await store.change(id, () => ({ ...fields, events: [event] }));
      outbox.wake(BODIES);
      if (state !== undefined) await access.changed({ personIds: peopleIn(saved) });
      live.toMembers('bodies.changed', { bodyId: id });
      return views.body(saved, actor.personId);
    }),
    remove: os.remove.handler(async ({ input: { id }, context: { actor } }) => {
      const body = await managed(actor, id);
      const below = (await store.inState(['active', 'archived'])).some(({ parentId }) => parentId === id);
      const used =
        below ||
        (await platform.bodies.isUsed(id)) ||
        body.mandates.length > 0 ||
        (await platform.access.isNamed({ type: 'body', id }));
      if (used || !(await store.removeUnused(id))) throw new Problem('CONFLICT', 'body-in-use');
      live.toMembers('bodies.changed', { bodyId: id });
      return {};
    }),
  };
}

/** Mandates. Each change is one guarded write, then the news to the person whose rights it may change. */
function mandateRoutes(parts: Parts) {
  const { platform, store } = parts;
  const { access, auth, live, outbox, ports } = platform;
  const os = implement(governanceApi).$context<Context>().use(requireActor);
  const views = governanceViews(platform);
  const { visible, managed } = lookingUp(parts);
  const shown = async (mandate: MandateRecord) => {
    const [view] = await views.mandates([mandate]);
    if (view === undefined) throw notFound();
    return view;
  };
  const found = ({ mandates }: BodyRecord, id: string): MandateRecord => {
    const mandate = mandates.find((one) => one.id === id);
    if (mandate === undefined) throw new Problem('NOT_FOUND', 'no-such-mandate');
    return mandate;
  };
  /** Writes the mandates of a body, and tells whom it concerns. */
  const write = async (
    actor: Actor,
    bodyId: string,
    personId: string,
    decide: (body: BodyRecord) => readonly MandateRecord[],
  ): Promise<void> => {
    const event = outbox.event('governance.mandates-changed', { bodyId, personId }, actor.personId);
    await store.change(bodyId, (body) => ({ mandates: decide(body), events: [event] }));
    outbox.wake(BODIES);
    await access.changed({ personId });
    live.toMembers('bodies.changed', { bodyId });
  };
  return {
    mandates: os.mandates.handler(async ({ input: { id, ended: past = false, ...page }, context: { actor } }) => {
      const body = await visible(actor, id);
      const wanted = body.mandates.filter((mandate) => (stateOf(mandate, ports.now()) === 'ended') === past);
      return pageByName(await views.mandates(wanted), page, (mandate) => mandate);
    }),
    giveMandate: os.giveMandate.handler(async ({ input, context: { actor } }) => {
      const { id, personId, role, from, until, seatId, rank, appointedBy } = input;
      await managed(actor, id);
      if ((await auth.people.byId(personId)) === null) throw new Problem('NOT_FOUND', 'no-such-person');
      const mandate: MandateRecord = {
        ...{ id: ports.newId(), personId, role },
        ...(seatId === undefined ? {} : { seatId }),
        ...(rank === undefined ? {} : { rank }),
        ...(appointedBy === undefined ? {} : { appointedBy }),
        from: from === undefined ? ports.now() : new Date(from),
        ...(until === undefined ? {} : { until: new Date(until) }),
      };
      await write(actor, id, personId, (body) => {
        enforceMandate(body, mandate);
        return [...body.mandates, mandate];
      });
      return shown(mandate);
    }),
    changeMandate: os.changeMandate.handler(async ({ input, context: { actor } }) => {
      const { id, mandateId, ...change } = input;
      const { personId } = found(await managed(actor, id), mandateId);
      await write(actor, id, personId, (body) => {
        const after = changed(found(body, mandateId), change);
        enforceMandate(body, after);
        return body.mandates.map((one) => (one.id === mandateId ? after : one));
      });
      return shown(found((await store.get(id)) ?? (await visible(actor, id)), mandateId));
    }),
    endingMandates: os.endingMandates.handler(async ({ input: { days }, context: { actor } }) => {
      enforce(mayManageBodies(actor.platformRole));
      const bodies = await store.inState(['active']);
      const inBody = new Map(bodies.flatMap(({ id, name, mandates }) => mandates.map((one) => [one.id, { id, name }])));
      const soon = endingWithin(
        bodies.flatMap(({ mandates }) => mandates),
        ports.now(),
        days,
      ).slice(0, MAX_ENDING);
      const shownOnes = await views.mandates(soon);
      return {
        items: shownOnes.flatMap((mandate) => {
          const body = inBody.get(mandate.id);
          return body === undefined ? [] : [{ ...mandate, bodyId: body.id, bodyName: body.name }];
        }),
      };
    }),
    endMandate: os.endMandate.handler(async ({ input: { id, mandateId }, context: { actor } }) => {
      const { personId } = found(await managed(actor, id), mandateId);
      const now = ports.now();
      await write(actor, id, personId, (body) => ended(body.mandates, found(body, mandateId), now));
      return {};
    }),
  };
}

/** The routes of the contract. */
export const governanceRoutes = (parts: Parts) =>
  implement(governanceApi)
    .$context<Context>()
    .router({
      ...bodyRoutes(parts),
      ...mandateRoutes(parts),
      ...seatRoutes(parts),
      ...rulesRoutes(parts),
      ...letterheadRoutes(parts),
    });
