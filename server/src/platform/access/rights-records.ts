import type { Denial, Grant, Principal, Subject } from '@concert/domain/access/grants.ts';
import type { WorkspaceRole } from '@concert/domain/access/roles.ts';
import { z } from 'zod';
import type { DomainEvent } from '../events.ts';

/** A right as it is kept in the record that it is about. */
export type GrantRecord = {
  readonly id: string;
  readonly principal: Principal;
  readonly role: WorkspaceRole;
  readonly until?: Date;
  readonly since: Date;
  /** The person who gave it. */
  readonly by: string;
};

/** A conflict of interest as it is kept in the record that it is about. */
export type DenialRecord = {
  readonly id: string;
  readonly principal: Principal;
  readonly reason: 'conflict-of-interest';
  readonly note?: string;
  readonly since: Date;
  readonly by: string;
};

/** What a workspace or document holds of rights beside its members. */
export type RightsRecord = { readonly grants: readonly GrantRecord[]; readonly denials: readonly DenialRecord[] };

/** The rules' view of a record. */
export const grantsOn = (subject: Subject, grants: readonly GrantRecord[]): Grant[] =>
  grants.map(({ principal, role, since, until }) => ({
    principal,
    role,
    since,
    subject,
    ...(until === undefined ? {} : { until }),
  }));

/** The rules' view of a record. */
export const denialsOn = (subject: Subject, denials: readonly DenialRecord[]): Denial[] =>
  denials.map(({ principal, since, note, by }) => ({
    principal,
    since,
    by,
    subject,
    ...(note === undefined ? {} : { note }),
  }));

/** Ids of principals, as a question to the database. What the ids name is judged by the rules afterwards. */
export const principalIds = (principals: readonly Principal[]): string[] => [
  ...new Set(principals.map(({ id }) => id)),
];

const Concerned = z.object({
  concerned: z.object({ type: z.enum(['person', 'body', 'organisation', 'token']), id: z.string() }),
});

/** Whose right an event is about. @throws when the event says nothing of it */
export const concernedBy = (event: DomainEvent): Principal => Concerned.parse(event.data).concerned;
