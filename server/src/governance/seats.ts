import { type Actor, Problem } from '@concert/contract';
import { governanceApi } from '@concert/domain/governance/api.ts';
import { DEFAULT_WEIGHT, MAX_SEATS, type SeatTerms } from '@concert/domain/governance/seats.ts';
import { implement } from '@orpc/server';
import type { Context } from '../platform/http/route.ts';
import { requireActor } from '../platform/http/route.ts';
import { lookingUp, type Parts, peopleIn } from './parts.ts';
import { BODIES, type BodyRecord } from './store.ts';
import { governanceViews } from './views.ts';

const found = ({ seats }: BodyRecord, id: string): SeatTerms => {
  const seat = seats.find((one) => one.id === id);
  if (seat === undefined) throw new Problem('NOT_FOUND', 'no-such-seat');
  return seat;
};

/** [G8] The seats once one of them is abolished now; what nobody ever held is removed. */
function abolished({ seats, mandates }: BodyRecord, wanted: SeatTerms, now: Date): readonly SeatTerms[] {
  const held = mandates.filter(({ seatId }) => seatId === wanted.id);
  if (held.some(({ until }) => until === undefined || until > now)) throw new Problem('CONFLICT', 'seat-in-use');
  if (held.length === 0) return seats.filter(({ id }) => id !== wanted.id);
  return seats.map((one) => (one.id === wanted.id && one.until === undefined ? { ...one, until: now } : one));
}

/** Seats of a body, and who sits there. */
export function seatRoutes(parts: Parts) {
  const { platform, store } = parts;
  const { access, live, lookups, outbox, ports } = platform;
  const os = implement(governanceApi).$context<Context>().use(requireActor);
  const views = governanceViews(platform);
  const { visible, managed } = lookingUp(parts);
  const write = async (
    actor: Actor,
    bodyId: string,
    decide: (body: BodyRecord) => readonly SeatTerms[],
  ): Promise<BodyRecord> => {
    const event = outbox.event('governance.body-changed', { bodyId }, actor.personId);
    const saved = await store.change(bodyId, (body) => ({ seats: decide(body), events: [event] }));
    outbox.wake(BODIES);
    await access.changed({ personIds: peopleIn(saved) });
    live.toMembers('bodies.changed', { bodyId });
    return saved;
  };
  const shown = async (body: BodyRecord, id: string) => {
    const seat = (await views.seats(body, ports.now())).find((one) => one.id === id);
    if (seat === undefined) throw new Problem('NOT_FOUND', 'no-such-seat');
    return seat;
  };
  const enforceOrganisation = async (id: string | null | undefined): Promise<void> => {
    if (typeof id === 'string' && !(await lookups.organisationNames.of([id])).has(id))
      throw new Problem('NOT_FOUND', 'no-such-organisation');
  };
  return {
    seats: os.seats.handler(async ({ input: { id, at }, context: { actor } }) => ({
      items: await views.seats(await visible(actor, id), at === undefined ? ports.now() : new Date(at)),
    })),
    addSeat: os.addSeat.handler(async ({ input, context: { actor } }) => {
      const { id, title, college, organisationId, voting = true, weight = DEFAULT_WEIGHT } = input;
      await managed(actor, id);
      await enforceOrganisation(organisationId);
      const seat: SeatTerms = {
        ...{ id: ports.newId(), title, voting, weight, from: ports.now() },
        ...(college === undefined ? {} : { college }),
        ...(organisationId === undefined ? {} : { organisationId }),
      };
      const saved = await write(actor, id, ({ state, seats }) => {
        if (state === 'archived') throw new Problem('FORBIDDEN', 'body-archived');
        if (seats.length >= MAX_SEATS) throw new Problem('CONFLICT', 'too-many-seats');
        return [...seats, seat];
      });
      return shown(saved, seat.id);
    }),
    changeSeat: os.changeSeat.handler(async ({ input, context: { actor } }) => {
      const { id, seatId, title, college, organisationId, voting, weight } = input;
      found(await managed(actor, id), seatId);
      await enforceOrganisation(organisationId);
      const saved = await write(actor, id, (body) => {
        const { college: ofCollege, organisationId: ofOrganisation, ...before } = found(body, seatId);
        const [group, owner] = [
          college === undefined ? ofCollege : college,
          organisationId === undefined ? ofOrganisation : organisationId,
        ];
        const after: SeatTerms = {
          ...before,
          ...(title === undefined ? {} : { title }),
          ...(voting === undefined ? {} : { voting }),
          ...(weight === undefined ? {} : { weight }),
          ...(group == null ? {} : { college: group }),
          ...(owner == null ? {} : { organisationId: owner }),
        };
        return body.seats.map((one) => (one.id === seatId ? after : one));
      });
      return shown(saved, seatId);
    }),
    removeSeat: os.removeSeat.handler(async ({ input: { id, seatId }, context: { actor } }) => {
      found(await managed(actor, id), seatId);
      const now = ports.now();
      await write(actor, id, (body) => abolished(body, found(body, seatId), now));
      return {};
    }),
  };
}
