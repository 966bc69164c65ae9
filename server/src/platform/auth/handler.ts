import { Problem } from '@concert/contract';
import type { Request as ExpressRequest, Response as ExpressResponse, RequestHandler } from 'express';
import express from 'express';
import type { z } from 'zod';
import { sendProblem } from '../http/problems.ts';
import { answers, storeUnavailable, whileStoreAnswers } from '../mongo/patience.ts';
import { type Answer, ask, type Handle, type Parts, reasonOf } from './ask.ts';
import { ownAccountRoutes } from './own-account.ts';
import { AUTH_ROUTES, type AuthRoute, authRoute, problemOf } from './routes.ts';
import { sessionRoutes } from './session-routes.ts';
import { signInRoutes } from './sign-in.ts';

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

function send(response: ExpressResponse, answer: Answer): void {
  if (answer.cookies.length > 0) response.setHeader('Set-Cookie', [...answer.cookies]);
  if (answer.status >= 500) throw new Error(`the authentication library answered ${answer.status}`);
  if (answer.status >= 400) sendProblem(response, problemOf(answer.status), reasonOf(answer.body));
  else response.status(answer.status).json(withoutToken(answer.body));
}

/** What is wrong with a body: of a new password it can be said in the words of its rule. */
function refusalOf({ issues }: z.core.$ZodError): Problem {
  const length = issues.length === 1 ? issues[0] : undefined;
  const field = length?.path.join('.');
  if (field === 'password' || field === 'newPassword') {
    if (length?.code === 'too_small') return new Problem('BAD_REQUEST', 'password-too-short');
    if (length?.code === 'too_big') return new Problem('BAD_REQUEST', 'password-too-long');
  }
  return new Problem('BAD_REQUEST', 'invalid-input');
}

/** Serves `/api/auth/*`: a closed table of routes, checked bodies, counted failures, no token in any answer. */
export function authHandler(parts: Parts): RequestHandler {
  const own: Partial<Record<AuthRoute, Handle>> = {
    ...signInRoutes(parts),
    ...ownAccountRoutes(parts),
    ...sessionRoutes(parts),
  };
  const parse = express.json({ limit: MAX_BODY });
  const answer = async (request: ExpressRequest): Promise<Answer> => {
    const route = authRoute(request.method, request.path);
    if (route === undefined) throw new Problem('NOT_FOUND', 'not-found');
    const body = AUTH_ROUTES[route].body?.safeParse(request.body ?? {});
    if (body?.success === false) throw refusalOf(body.error);
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
