import {
  type Body,
  MANDATE_ROLES,
  type Mandate,
  type RulesVersion,
  type Seat,
} from '@concert/domain/governance/api.ts';
import { isRunning, stateOf } from '@concert/domain/governance/mandates.ts';
import { type RulesRecord, rulesInForce } from '@concert/domain/governance/rule-set.ts';
import { type SeatMandate, seating } from '@concert/domain/governance/seats.ts';
import type { Platform } from '../platform/module.ts';
import type { BodyRecord, MandateRecord } from './store.ts';

/** Shows records as the contract declares them. */
export function governanceViews({ auth, lookups, ports }: Platform) {
  const body = (record: BodyRecord, readerId: string): Body => {
    const { mandates, seats, rules, createdBy: _, parentId, createdAt, ...rest } = record;
    const now = ports.now();
    const running = mandates.filter((mandate) => isRunning(mandate, now));
    const own = new Set(running.filter(({ personId }) => personId === readerId).map(({ role }) => role));
    const places = seats.length === 0 ? [] : seating(seats, mandates, now);
    return {
      ...rest,
      ...(parentId == null ? {} : { parentId }),
      seatCount: places.length,
      vacantCount: places.filter(({ holder }) => holder === undefined).length,
      rulesVersion: rulesInForce(record.kind, rules).version,
      memberCount: new Set(running.map(({ personId }) => personId)).size,
      myRoles: MANDATE_ROLES.filter((role) => own.has(role)),
      createdAt: createdAt.toISOString(),
    };
  };
  const mandates = async (list: readonly MandateRecord[]): Promise<Mandate[]> => {
    const people = await auth.people.byIds(list.map(({ personId }) => personId));
    const organisationIds = [...people.values()].flatMap(({ organisationId }) => organisationId ?? []);
    const organisations = await lookups.organisationNames.of(organisationIds);
    return list.flatMap((mandate) => {
      const person = people.get(mandate.personId);
      if (person === undefined) return [];
      const organisationName = organisations.get(person.organisationId ?? '');
      return [
        {
          id: mandate.id,
          personId: mandate.personId,
          name: person.name,
          color: person.color,
          ...(person.title === undefined ? {} : { title: person.title }),
          ...(organisationName === undefined ? {} : { organisationName }),
          role: mandate.role,
          ...(mandate.seatId === undefined ? {} : { seatId: mandate.seatId }),
          ...(mandate.rank === undefined ? {} : { rank: mandate.rank }),
          ...(mandate.appointedBy === undefined ? {} : { appointedBy: mandate.appointedBy }),
          from: mandate.from.toISOString(),
          ...(mandate.until === undefined ? {} : { until: mandate.until.toISOString() }),
          state: stateOf(mandate, ports.now()),
        },
      ];
    });
  };
  /** Who sits where at an instant. Seats of people whose accounts have gone are vacant. */
  const seats = async (record: BodyRecord, at: Date): Promise<Seat[]> => {
    const places = record.seats.length === 0 ? [] : seating(record.seats, record.mandates, at);
    const people = await auth.people.byIds(
      places.flatMap(({ holder, alternates }) => [holder, ...alternates].flatMap((one) => one?.personId ?? [])),
    );
    const names = await lookups.organisationNames.of(places.flatMap(({ seat }) => seat.organisationId ?? []));
    const sitter = (mandate: SeatMandate) => {
      const person = people.get(mandate.personId);
      if (person === undefined) return undefined;
      const { id: mandateId, personId, until } = mandate;
      const end = until === undefined ? {} : { until: until.toISOString() };
      return { mandateId, personId, name: person.name, color: person.color, ...end };
    };
    return places.map(({ seat: { from, until, organisationId, college, ...seat }, holder, alternates }) => {
      const sitting = holder && sitter(holder);
      const organisationName = names.get(organisationId ?? '');
      return {
        ...seat,
        ...(college === undefined ? {} : { college }),
        ...(organisationId === undefined ? {} : { organisationId }),
        ...(organisationName === undefined ? {} : { organisationName }),
        since: from.toISOString(),
        ...(until === undefined ? {} : { until: until.toISOString() }),
        ...(holder && sitting ? { holder: { ...sitting, role: holder.role } } : {}),
        alternates: alternates.flatMap((mandate) => {
          const one = sitter(mandate);
          return one === undefined ? [] : [{ ...one, rank: mandate.rank ?? 1 }];
        }),
      };
    });
  };
  /** [G9] The version in force first. */
  const rules = async ({ kind, rules: all }: BodyRecord): Promise<RulesVersion[]> => {
    const versions: readonly RulesRecord[] = all.length === 0 ? [rulesInForce(kind, all)] : all.toReversed();
    const people = await auth.people.byIds(versions.flatMap(({ by }) => by ?? []));
    return versions.map(({ version, rules: set, at, by }) => ({
      version,
      rules: set,
      ...(at === undefined ? {} : { since: at.toISOString() }),
      ...(by === undefined ? {} : { by: { id: by, name: people.get(by)?.name ?? '' } }),
    }));
  };
  return { body, mandates, seats, rules };
}
