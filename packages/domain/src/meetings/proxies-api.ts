import { Color, Id, Instant, PersonId } from '@concert/contract';
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { Day, VoteProxyState } from './shapes.ts';

const Holder = z.object({ id: PersonId, name: z.string(), color: Color });

/** [M50] A vote that is in another's hands from one day to another, in all meetings of a body. */
export const PeriodProxy = z.object({
  id: Id,
  bodyId: Id,
  bodyName: z.string(),
  seatId: Id,
  seatTitle: z.string().optional(),
  from: Holder,
  to: Holder,
  /** The first day and the last, both included. */
  fromDay: Day,
  untilDay: Day,
  state: VoteProxyState,
  /** Whether its last day is behind us. */
  over: z.boolean(),
  at: Instant,
});
export type PeriodProxy = z.infer<typeof PeriodProxy>;

/** A seat of one's own whose vote one may give, and to whom. */
export const GivableSeat = z.object({
  bodyId: Id,
  bodyName: z.string(),
  seatId: Id,
  title: z.string(),
  /** When one's mandate ends. */
  until: Instant.optional(),
  receivers: z.array(Holder),
});
export type GivableSeat = z.infer<typeof GivableSeat>;

const route = (method: 'GET' | 'POST', path: `/${string}`, summary: string) =>
  oc.route({ method, path, tags: ['proxies'], summary });

export const proxiesApi = {
  list: route(
    'GET',
    '/proxies',
    'Proxies for a time: one’s own; of a body, for who sits in it or conducts its meetings',
  )
    .input(z.object({ bodyId: Id.optional() }).strict())
    .output(z.object({ items: z.array(PeriodProxy) })),
  seats: route('GET', '/proxies/seats', 'For which of one’s seats one may give a proxy, and to whom')
    .input(z.object({}).strict())
    .output(z.object({ items: z.array(GivableSeat) })),
  give: route('POST', '/proxies', 'Put one’s vote into the hands of another for a time, in all meetings of a body')
    .input(z.object({ bodyId: Id, seatId: Id.optional(), toId: PersonId, fromDay: Day, untilDay: Day }).strict())
    .output(PeriodProxy),
  settle: route('POST', '/proxies/{id}', 'Accept or refuse a proxy, or take one’s own back')
    .input(z.object({ id: Id, as: z.enum(['accepted', 'refused', 'revoked']) }).strict())
    .output(PeriodProxy),
};
