import type { z } from 'zod';
import { CONDUCTING, conducts, type Reader } from '../governance/conducting.ts';
import { isRunning } from '../governance/mandates.ts';
import { type SeatMandate, type SeatTerms, seating } from '../governance/seats.ts';
import type { Answered, StoredState } from './model.ts';
import type { Quality } from './shapes.ts';

/** A body as its meetings see it. */
export type MeetingBody = {
  readonly publicity: 'members' | 'internal';
  readonly seats: readonly SeatTerms[];
  readonly mandates: readonly SeatMandate[];
};

type Called = { readonly personId: string; readonly quality: z.infer<typeof Quality>; readonly role?: string };

/** [M8] Who is called to a meeting of a body at an instant, in which quality: each person once, by their strongest. */
export function calledTo(body: MeetingBody, guestIds: readonly string[], at: Date): readonly Called[] {
  const places = seating(body.seats, body.mandates, at).filter(({ seat }) => seat.voting);
  const people = new Map<string, Called>();
  const call = (personId: string, quality: Called['quality'], role?: string): void => {
    if (!people.has(personId)) people.set(personId, { personId, quality, ...(role === undefined ? {} : { role }) });
  };
  for (const { holder } of places) if (holder !== undefined) call(holder.personId, 'voter', holder.role);
  for (const { alternates } of places) for (const { personId } of alternates) call(personId, 'alternate', 'alternate');
  const running = body.mandates.filter((mandate) => isRunning(mandate, at));
  for (const { personId, role } of running) if (CONDUCTING.has(role)) call(personId, 'secretary', role);
  for (const { personId, role } of running) call(personId, 'observer', role);
  for (const personId of guestIds) call(personId, 'guest');
  return [...people.values()];
}

/** [M58] All answers with that of one person: one that differs from the one before is a change. */
export function answered(
  answers: readonly Answered[],
  personId: string,
  answer: Answered['answer'],
  now: Date,
): readonly Answered[] {
  const before = answers.find((one) => one.personId === personId);
  const changedAt = before === undefined || before.answer === answer ? before?.changedAt : now;
  return [
    ...answers.filter((one) => one.personId !== personId),
    { personId, answer, at: now, ...(changedAt === undefined ? {} : { changedAt }) },
  ];
}

/** A meeting as far as it matters who sees it. */
type Seen = { readonly state: StoredState; readonly guestIds: readonly string[]; readonly at: Date };

/**
 * [M2] Who sees a meeting: who conducts it; who has a mandate in the body now, or had one when it was held; its guests, once
 * it is convened; and where the body's meetings are open to members, everybody but guests of the platform, once it is
 * convened. A limited token sees none.
 */
export function seesMeeting(body: MeetingBody, reader: Reader, { state, guestIds, at }: Seen, now: Date): boolean {
  if (reader.limited) return false;
  if (conducts(body, reader, now)) return true;
  const own = body.mandates.filter(({ personId }) => personId === reader.personId);
  if (own.some((one) => isRunning(one, now) || isRunning(one, at))) return true;
  if (state === 'draft') return false;
  if (guestIds.includes(reader.personId)) return true;
  return body.publicity === 'members' && reader.platformRole !== 'guest';
}

/** [M7] Who takes part: whoever is called. */
export const takesPart = (called: readonly Called[], personId: string): boolean =>
  called.some((one) => one.personId === personId && one.quality !== 'observer');
