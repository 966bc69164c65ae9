import type { Seating } from '../governance/seats.ts';
import type { Register, RegisterEntry, Via } from '../polls/types.ts';
import type { Attended, DeclaredConflict, GivenProxy, MeetingFacts, Presence } from './model.ts';

/** [M14] Where everybody is at an instant, by the log: who was never noted is not there. */
export function presenceAt(log: readonly Attended[], at?: Date): ReadonlyMap<string, Presence> {
  const where = new Map<string, Presence>();
  for (const { personId, what, at: when } of log) if (at === undefined || when <= at) where.set(personId, what);
  return where;
}

export const isThere = (presence: Presence | undefined): boolean => presence === 'in' || presence === 'remote';

/** [M10] [M60] Conflicts that count: not lifted, not found to be without consequence, and no mere notice. */
export const standing = ({ lifted, assessment, notice }: Pick<DeclaredConflict, 'lifted' | 'assessment' | 'notice'>) =>
  !lifted && assessment !== 'no-action' && !(notice && assessment === undefined);

/** [M10] Who does not vote on an item. */
export const recusedFrom = (conflicts: readonly DeclaredConflict[], itemId: string | undefined): ReadonlySet<string> =>
  new Set(conflicts.filter((one) => one.itemId === itemId && standing(one)).map(({ personId }) => personId));

/** [M10] Who leaves the room for an item: neither heard nor counted. */
export const sentOut = (conflicts: readonly DeclaredConflict[], itemId: string | undefined): ReadonlySet<string> =>
  new Set(
    conflicts
      .filter((one) => one.itemId === itemId && standing(one))
      .filter(({ assessment }) => assessment === 'leave-room' || assessment === 'barred')
      .map(({ personId }) => personId),
  );

/** [M10] From which items somebody is kept altogether, papers and all. */
export const barredItems = (conflicts: readonly DeclaredConflict[], personId: string): ReadonlySet<string> =>
  new Set(
    conflicts
      .filter((one) => one.personId === personId && standing(one) && one.assessment === 'barred')
      .map(({ itemId }) => itemId),
  );

/**
 * [M16] [M53] Proxies that hold for an item: accepted, and given for it, for the whole meeting, or for a time; the last only
 * where its giver has given no other for this meeting or item.
 */
function holding(proxies: readonly GivenProxy[], itemId: string | undefined): readonly GivenProxy[] {
  const about = proxies.filter(
    (one) => one.state === 'accepted' && !one.rests && (one.itemId === undefined || one.itemId === itemId),
  );
  const given = new Set(about.flatMap(({ period, seatId }) => (period === undefined ? [seatId] : [])));
  return about.filter(({ period, seatId }) => period === undefined || !given.has(seatId));
}

/**
 * [M15] The register of a vote on an item as things stand: for each voting seat who casts its vote. Its holder, if there;
 * else the first alternate who is there and sits for nobody else; else who holds a proxy for it, is there and votes in
 * person, as far as the body lets one person hold proxies; one that somebody gave who holds the seat no more is none. A conflict of interest of the holder recuses the seat, unless an
 * alternate without one takes it.
 */
export function registerFor(
  seats: readonly Seating[],
  meeting: Pick<MeetingFacts, 'attendance' | 'proxies' | 'conflicts' | 'rules'>,
  itemId: string | undefined,
): Register {
  const where = presenceAt(meeting.attendance);
  const out = sentOut(meeting.conflicts, itemId);
  const recused = recusedFrom(meeting.conflicts, itemId);
  const there = (personId: string): boolean => isThere(where.get(personId)) && !out.has(personId);
  const voting = seats.filter(({ seat }) => seat.voting);
  const sitting = new Set(voting.flatMap(({ holder }) => (holder && there(holder.personId) ? [holder.personId] : [])));
  const inPerson = voting.map((place): { place: Seating; voterId?: string; via?: Via } => {
    const { holder, alternates } = place;
    if (holder && there(holder.personId) && !recused.has(holder.personId))
      return { place, voterId: holder.personId, via: 'self' };
    const alternate = alternates.find(
      ({ personId }) => there(personId) && !sitting.has(personId) && !recused.has(personId),
    );
    if (alternate !== undefined) {
      sitting.add(alternate.personId);
      return { place, voterId: alternate.personId, via: 'alternate' };
    }
    return { place };
  });
  const voters = new Set(inPerson.flatMap(({ voterId }) => voterId ?? []));
  const held = new Map<string, number>();
  const { allowed, maxPerHolder } = meeting.rules.proxies;
  const most = allowed ? maxPerHolder : 0;
  return inPerson.map(({ place, voterId, via }): RegisterEntry => {
    const { seat, holder } = place;
    const entry = {
      seatId: seat.id,
      weight: seat.weight,
      ...(seat.college === undefined ? {} : { college: seat.college }),
      ...(holder === undefined ? {} : { holderId: holder.personId }),
    };
    if (voterId !== undefined && via !== undefined) return { ...entry, voterId, via, present: true, recused: false };
    if (holder === undefined) return { ...entry, present: false, recused: false };
    if (recused.has(holder.personId)) return { ...entry, present: false, recused: true };
    const proxy = isThere(where.get(holder.personId))
      ? undefined
      : holding(meeting.proxies, itemId).find(
          ({ seatId, fromId, toId }) =>
            seatId === seat.id && fromId === holder.personId && voters.has(toId) && (held.get(toId) ?? 0) < most,
        );
    if (proxy === undefined) return { ...entry, present: false, recused: false };
    held.set(proxy.toId, (held.get(proxy.toId) ?? 0) + 1);
    return { ...entry, voterId: proxy.toId, via: 'proxy', present: false, recused: false };
  });
}
