import type { PlatformRole } from '@concert/contract';
import { type Actor, Problem, type Verdict } from '@concert/contract';
import { type ChangeRefusal, mayChangeRole, mayEdit, maySuspend } from '@concert/domain/administration/rules.ts';
import type { AuditEvent } from '../platform/audit/audit.ts';
import type { Platform } from '../platform/module.ts';
import type { AccountChange } from '../platform/people/directory.ts';
import type { StatusChange, StatusSituation } from '../platform/people/status.ts';
import { situationOf } from './views.ts';

/** What an administrator changes of a person. */
export type PersonChange = AccountChange & {
  readonly platformRole?: PlatformRole | undefined;
  readonly suspended?: boolean | undefined;
};

/** A refusal as the Problem to answer. */
export function enforce(verdict: Verdict<ChangeRefusal>): void {
  if (verdict.ok) return;
  const lacking = verdict.reason === 'administrators-only';
  throw new Problem(lacking ? 'FORBIDDEN' : 'CONFLICT', verdict.reason);
}

const personSubject = (id: string) => ({ kind: 'person', id }) as const;

/** Changes of people's accounts, each told to whom it concerns and written into the audit trail. */
export function peopleService(platform: Platform) {
  const { access, audit, auth, directory, live, lookups, ports, status } = platform;

  const note = (actor: Actor, event: string, personId: string, data?: AuditEvent['data']): Promise<void> =>
    audit.record({
      event: `administration.${event}`,
      actorId: actor.personId,
      credentialId: actor.credentialId,
      subject: personSubject(personId),
      ...(data === undefined ? {} : { data }),
    });

  /** What of the change is a change of status; null when it leaves that as it is. */
  const decide = (
    actor: Actor,
    { platformRole, suspended }: PersonChange,
    now: StatusSituation,
  ): StatusChange | null => {
    const situation = situationOf(actor, now);
    enforce(mayEdit(situation));
    const change: { platformRole?: PlatformRole; suspendedAt?: Date | null } = {};
    if (platformRole !== undefined && platformRole !== now.person.platformRole) {
      enforce(mayChangeRole(situation, platformRole));
      change.platformRole = platformRole;
    }
    if (suspended !== undefined && suspended !== (now.person.suspendedAt !== undefined)) {
      enforce(suspended ? maySuspend(situation) : mayEdit(situation));
      change.suspendedAt = suspended ? ports.now() : null;
    }
    return Object.keys(change).length === 0 ? null : change;
  };

  const changeStatus = async (actor: Actor, personId: string, change: PersonChange): Promise<void> => {
    let done: StatusChange | null = null;
    let before: PlatformRole | undefined;
    await status.change(personId, (now) => {
      before = now.person.platformRole;
      done = decide(actor, change, now);
      return done;
    });
    const { platformRole, suspendedAt }: StatusChange = done ?? {};
    if (suspendedAt !== undefined) {
      // Also when somebody comes back: a session that was begun while they were out must not come to life with them.
      await auth.endAll(personId);
      await note(actor, suspendedAt === null ? 'reactivated' : 'suspended', personId);
    }
    if (platformRole !== undefined)
      await note(actor, 'role-changed', personId, { from: before ?? null, to: platformRole });
  };

  const changeAccount = async (actor: Actor, personId: string, change: AccountChange): Promise<void> => {
    const changed = Object.entries(change).filter(([, value]) => value !== undefined);
    if (changed.length === 0) return;
    if (
      change.organisationId != null &&
      !(await lookups.organisationNames.of([change.organisationId])).has(change.organisationId)
    )
      throw new Problem('BAD_REQUEST', 'no-such-organisation');
    if ((await directory.change(personId, change)) === null) throw new Problem('CONFLICT', 'already-erased');
    await note(actor, 'person-changed', personId, { fields: changed.map(([key]) => key).join(' ') });
  };

  return {
    note,
    change: async (
      actor: Actor,
      personId: string,
      { platformRole, suspended, ...fields }: PersonChange,
    ): Promise<void> => {
      const situation = await status.situation(personId);
      if (situation === null) throw new Problem('NOT_FOUND', 'not-found');
      // Every right is asked for before anything is done, so that a refusal changes nothing.
      decide(actor, { platformRole, suspended }, situation);
      // Naming the same organisation again leaves its confirmation.
      const same = fields.organisationId === situation.person.organisationId;
      await changeAccount(actor, personId, same ? { ...fields, organisationId: undefined } : fields);
      await changeStatus(actor, personId, { platformRole, suspended });
      live.toPerson(personId, 'access.changed', {});
      await access.changed({ personId });
    },
    endSessions: async (actor: Actor, personId: string): Promise<void> => {
      const situation = await status.situation(personId);
      if (situation === null) throw new Problem('NOT_FOUND', 'not-found');
      enforce(mayEdit(situationOf(actor, situation)));
      await auth.endAll(personId);
      await note(actor, 'sessions-ended', personId);
    },
  };
}
