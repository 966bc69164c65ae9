import { type Actor, Problem } from '@concert/contract';
import { maySeePeople } from '@concert/domain/administration/rules.ts';

/** [AD1] For everybody else than administrators and the secretariat there is no administration at all. */
export function requireStaff({ platformRole }: Actor): void {
  if (!maySeePeople(platformRole)) throw new Problem('NOT_FOUND', 'not-found');
}

/** [AD2] Who may look but not change is told so; to everybody else there is nothing here. */
export function requireAdministrator(actor: Actor): void {
  requireStaff(actor);
  if (actor.platformRole !== 'administrator') throw new Problem('FORBIDDEN', 'administrators-only');
}
