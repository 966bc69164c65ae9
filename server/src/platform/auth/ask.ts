import { Problem } from '@concert/contract';
import type { Request as ExpressRequest } from 'express';
import type { Audit } from '../audit/audit.ts';
import type { Site } from '../http/site.ts';
import type { Limits } from '../limits.ts';
import type { Log } from '../log.ts';
import type { Lookups } from '../lookups.ts';
import type { Ports } from '../ports.ts';
import type { Attempts } from './attempts.ts';
import type { Auth, NewAccount } from './auth.ts';
import type { Devices } from './device.ts';
import type { AccountLetters } from './letters.ts';
import type { Library } from './library.ts';
import type { Passwords } from './password.ts';
import type { People } from './people.ts';
import type { Policy } from './policy.ts';
import type { SessionStore } from './sessions.ts';

export type Body = Readonly<Record<string, unknown>>;

/** What the routes under `/api/auth` work with. */
export type Parts = {
  readonly library: Library;
  readonly secret: string;
  readonly attempts: Attempts;
  readonly limits: Limits;
  readonly lookups: Pick<Lookups, 'organisationDomains'>;
  readonly devices: Devices;
  readonly people: People;
  readonly passwords: Passwords;
  readonly letters: AccountLetters;
  readonly policy: Policy;
  readonly audit: Audit;
  readonly sessions: SessionStore;
  readonly revokeTokens: (personId: string) => Promise<void>;
  readonly createAccount: (account: NewAccount) => Promise<string>;
  readonly site: Site;
  readonly ports: Ports;
  readonly log: Log;
  readonly identify: Auth['identify'];
  readonly ended: (credentialId: string) => Promise<void>;
  /** Resolves when the database answers. */
  readonly ping: () => Promise<unknown>;
};

/** An answer before it goes out. */
export type Answer = { readonly status: number; readonly cookies: readonly string[]; readonly body: unknown };

export type Handle = (request: ExpressRequest, body: Body) => Promise<Answer>;

export const done = (body: Body = {}, cookies: readonly string[] = []): Answer => ({
  status: 200,
  cookies,
  body: { status: true, ...body },
});

/** The person whose session the browser holds. @throws Problem UNAUTHORIZED `no-session` */
export async function mine({ identify }: Pick<Parts, 'identify'>, request: ExpressRequest) {
  const actor = await identify({ cookie: request.headers.cookie });
  if (actor === null) throw new Problem('UNAUTHORIZED', 'no-session');
  return actor;
}

/** Writes down what somebody did with their own account. */
export const note = (
  { audit }: Pick<Parts, 'audit'>,
  what: string,
  person: { readonly personId: string; readonly credentialId?: string },
): Promise<void> =>
  audit.record({
    event: `accounts.${what}`,
    actorId: person.personId,
    ...(person.credentialId === undefined ? {} : { credentialId: person.credentialId }),
    subject: { kind: 'person', id: person.personId },
  });

/** Ends all sessions of a person, or all but one; their sockets follow before the answer. */
export async function endSessions({ sessions, ended }: Parts, personId: string, keep?: string): Promise<void> {
  for (const id of await sessions.endOthers(personId, keep)) await ended(id);
}

/** Hands a request to the library, as if it came straight from the wire: same cookie, same origin, checked body. */
export async function ask(
  parts: Pick<Parts, 'library' | 'site'>,
  request: ExpressRequest,
  body: Body | undefined,
  path = request.path,
): Promise<Answer> {
  const headers = new Headers();
  for (const name of ['cookie', 'origin', 'user-agent'] as const) {
    const value = request.headers[name];
    if (value !== undefined) headers.set(name, value);
  }
  if (body !== undefined) headers.set('content-type', 'application/json');
  const response = await parts.library.handler(
    // The path stands in our table; what else the request says of its address is not asked for.
    new Request(new URL(path, parts.site.url()), {
      method: request.method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  );
  const text = await response.text();
  return {
    status: response.status,
    cookies: response.headers.getSetCookie(),
    body: text === '' ? null : JSON.parse(text),
  };
}

/** The code of a refusal of the library, as a reason: `INVALID_PASSWORD` → `invalid-password`. */
export const reasonOf = (body: unknown): string =>
  typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string'
    ? body.code.toLowerCase().replaceAll('_', '-')
    : 'refused';

/** Answers about accounts go out on a beat, so that their time does not tell whether there is such an account. */
const BEAT_MS = 50;

/** Waits for the next beat after `begun` (of performance.now), counted in milliseconds. */
export const nextBeat = (begun: number, beat = BEAT_MS): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, beat - ((performance.now() - begun) % beat)));
