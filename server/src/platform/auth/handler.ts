import { LOCALES, Problem } from '@concert/contract';
import type { Request as ExpressRequest, Response as ExpressResponse, RequestHandler } from 'express';
import express from 'express';
import { localeOf } from '../http/locale.ts';
import { sendProblem } from '../http/problems.ts';
import type { Site } from '../http/site.ts';
import { answers, storeUnavailable, whileStoreAnswers } from '../mongo/patience.ts';
import type { Attempts } from './attempts.ts';
import type { Auth } from './auth.ts';
import type { Devices } from './device.ts';
import type { Library } from './library.ts';
import type { People } from './people.ts';
import { AUTH_ROUTES, type AuthRoute, authRoute, problemOf } from './routes.ts';
import type { SessionStore } from './sessions.ts';

type Body = Readonly<Record<string, unknown>>;

type Parts = {
  readonly library: Library;
  readonly attempts: Attempts;
  readonly devices: Devices;
  readonly people: People;
  readonly sessions: SessionStore;
  readonly site: Site;
  readonly identify: Auth['identify'];
  readonly ended: (credentialId: string) => Promise<void>;
  /** Resolves when the database answers. */
  readonly ping: () => Promise<unknown>;
};

/** An answer of the library before it goes out. */
type Answer = { readonly status: number; readonly cookies: readonly string[]; readonly body: unknown };

const MAX_BODY = '16kb';

/** The library's answers name the session token in their bodies: it belongs in the cookie alone. */
const withoutToken = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutToken);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'token')
      .map(([key, item]) => [key, key === 'session' || key === 'user' ? withoutToken(item) : item]),
  );
};

/** Hands a request to the library, as if it came straight from the wire: same cookie, same origin, checked body. */
async function ask(parts: Parts, request: ExpressRequest, body: Body | undefined): Promise<Answer> {
  const headers = new Headers();
  for (const name of ['cookie', 'origin', 'user-agent'] as const) {
    const value = request.headers[name];
    if (value !== undefined) headers.set(name, value);
  }
  if (body !== undefined) headers.set('content-type', 'application/json');
  const response = await parts.library.handler(
    // The path stands in our table; what else the request says of its address is not asked for.
    new Request(new URL(request.path, parts.site.url()), {
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

const reasonOf = (body: unknown): string =>
  typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string'
    ? body.code.toLowerCase().replaceAll('_', '-')
    : 'refused';

function send(response: ExpressResponse, answer: Answer): void {
  if (answer.cookies.length > 0) response.setHeader('Set-Cookie', [...answer.cookies]);
  if (answer.status >= 500) throw new Error(`the authentication library answered ${answer.status}`);
  if (answer.status >= 400) sendProblem(response, problemOf(answer.status), reasonOf(answer.body));
  else response.status(answer.status).json(withoutToken(answer.body));
}

const userIdOf = (body: unknown): string | undefined => {
  if (typeof body !== 'object' || body === null || !('user' in body)) return undefined;
  const user = body.user;
  return typeof user === 'object' && user !== null && 'id' in user && typeof user.id === 'string' ? user.id : undefined;
};

/** Failures are answered on a beat of 50 ms, so that their time does not tell whether there is such an account. */
const BEAT_MS = 50;
const nextBeat = (begun: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, BEAT_MS - ((performance.now() - begun) % BEAT_MS)));

/** The routes that hold a password: their failures are counted, and what else comes with a success is done. */
function passwordRoutes(parts: Parts) {
  const guarded = async (request: ExpressRequest, account: string, body: Body): Promise<Answer> => {
    const begun = performance.now();
    const device = parts.devices.known(account, request.headers.cookie);
    const checked = await parts.attempts.guard({ account, address: request.ip ?? '', device }, async () => {
      const answer = await ask(parts, request, body);
      const failed = answer.status >= 400;
      const mark = failed || device !== undefined ? [] : [parts.devices.mark(account)];
      return { failed, result: { ...answer, cookies: [...answer.cookies, ...mark] } };
    });
    if (checked.status >= 400) await nextBeat(begun);
    return checked;
  };
  /** Who signs in anew leaves the session that the browser had before: its cookie is worth nothing any more. */
  const leaving = async (request: ExpressRequest, signIn: () => Promise<Answer>): Promise<Answer> => {
    const before = await parts.identify({ cookie: request.headers.cookie });
    const answer = await signIn();
    if (answer.status !== 200 || before === null) return answer;
    await parts.sessions.end(before.personId, before.credentialId);
    await parts.ended(before.credentialId);
    return answer;
  };
  const signUp = async (request: ExpressRequest, { locale, ...body }: Body): Promise<Answer> => {
    await parts.attempts.signUp(request.ip ?? '');
    await parts.people.dropUnfinished(String(body.email));
    const answer = await ask(parts, request, body);
    const personId = userIdOf(answer.body);
    if (answer.status !== 200 || personId === undefined) return answer;
    await parts.people.update(personId, { locale: LOCALES.find((known) => known === locale) ?? localeOf(request) });
    return { ...answer, cookies: [...answer.cookies, parts.devices.mark(String(body.email))] };
  };
  return {
    'POST /sign-in/email': (request: ExpressRequest, body: Body) =>
      leaving(request, () => guarded(request, String(body.email), body)),
    'POST /sign-up/email': (request: ExpressRequest, body: Body) => leaving(request, () => signUp(request, body)),
    'POST /change-password': async (request: ExpressRequest, body: Body): Promise<Answer> => {
      const actor = await parts.identify({ cookie: request.headers.cookie });
      if (actor === null) throw new Problem('UNAUTHORIZED', 'no-session');
      return guarded(request, actor.email, body);
    },
  } satisfies Partial<Record<AuthRoute, unknown>>;
}

/** The routes on one's own sessions. The library's own ask for the token of a session, which nobody is told. */
function sessionRoutes(parts: Parts) {
  const mine = async (request: ExpressRequest) => {
    const actor = await parts.identify({ cookie: request.headers.cookie });
    if (actor === null) throw new Problem('UNAUTHORIZED', 'no-session');
    return actor;
  };
  const done: Answer = { status: 200, cookies: [], body: { status: true } };
  const endOthers = async (personId: string, keep?: string) => {
    for (const id of await parts.sessions.endOthers(personId, keep)) await parts.ended(id);
    return done;
  };
  return {
    // Asked here first: the library knows neither of idle sessions nor of suspended people.
    'GET /get-session': async (request: ExpressRequest): Promise<Answer> => {
      const actor = await parts.identify({ cookie: request.headers.cookie });
      return actor === null ? { ...done, body: null } : ask(parts, request, undefined);
    },
    'GET /list-sessions': async (request: ExpressRequest): Promise<Answer> => {
      const actor = await mine(request);
      const sessions = await parts.sessions.list(actor.personId);
      const body = sessions.map(({ _id, createdAt, updatedAt, expiresAt, userAgent }) => ({
        id: _id,
        createdAt,
        updatedAt,
        expiresAt,
        userAgent: userAgent ?? '',
        current: _id === actor.credentialId,
      }));
      return { ...done, body };
    },
    'POST /revoke-session': async (request: ExpressRequest, body: Body): Promise<Answer> => {
      const actor = await mine(request);
      const id = String(body.id);
      if (!(await parts.sessions.end(actor.personId, id))) throw new Problem('NOT_FOUND', 'not-found');
      await parts.ended(id);
      return done;
    },
    'POST /revoke-sessions': async (request: ExpressRequest) => endOthers((await mine(request)).personId),
    'POST /revoke-other-sessions': async (request: ExpressRequest) => {
      const actor = await mine(request);
      return endOthers(actor.personId, actor.credentialId);
    },
  } satisfies Partial<Record<AuthRoute, unknown>>;
}

/** Serves `/api/auth/*`: a closed table of routes, checked bodies, counted failures, no token in any answer. */
export function authHandler(parts: Parts): RequestHandler {
  const own: Partial<Record<AuthRoute, (request: ExpressRequest, body: Body) => Promise<Answer>>> = {
    ...passwordRoutes(parts),
    ...sessionRoutes(parts),
  };
  const parse = express.json({ limit: MAX_BODY });
  const answer = async (request: ExpressRequest): Promise<Answer> => {
    const route = authRoute(request.method, request.path);
    if (route === undefined) throw new Problem('NOT_FOUND', 'not-found');
    const body = AUTH_ROUTES[route].body?.safeParse(request.body ?? {});
    if (body?.success === false) throw new Problem('BAD_REQUEST', 'invalid-input');
    const handle = own[route];
    return handle === undefined ? ask(parts, request, body?.data) : handle(request, body?.data ?? {});
  };
  const serve = async (request: ExpressRequest, response: ExpressResponse): Promise<void> => {
    response.setHeader('Cache-Control', 'private, no-store');
    try {
      const given = await whileStoreAnswers(answer(request), parts.ping);
      // The library tells nobody why it failed.
      if (given.status >= 500 && !(await answers(parts.ping))) throw storeUnavailable();
      send(response, given);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      sendProblem(response, error.code, error.reason, error.detail);
    }
  };
  return (request, response, next) => {
    parse(request, response, (error?: unknown) => {
      if (error !== undefined) return next(error);
      serve(request, response).catch(next);
    });
  };
}
