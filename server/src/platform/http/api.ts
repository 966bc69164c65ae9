import type { IncomingMessage, ServerResponse } from 'node:http';
import { Problem } from '@concert/contract';
import { OpenAPIHandler } from '@orpc/openapi/node';
import type { AnyRouter } from '@orpc/server';
import { ORPCError } from '@orpc/server';
import { BodyLimitPlugin } from '@orpc/server/node';
import type { RequestHandler } from 'express';
import type { Auth } from '../auth/auth.ts';
import type { Log } from '../log.ts';
import { isAway } from '../mongo/errors.ts';
import { storeUnavailable, whileStoreAnswers } from '../mongo/patience.ts';
import type { Addresses } from './client-address.ts';
import { localeOf } from './locale.ts';
import { retryAfter, sendProblem } from './problems.ts';
import type { Context } from './route.ts';

const MAX_UPLOAD_BYTES = 11 * 1024 * 1024;

const issuesOf = (data: unknown): unknown => {
  if (typeof data !== 'object' || data === null || !('issues' in data) || !Array.isArray(data.issues)) return undefined;
  return data.issues
    .slice(0, 20)
    .map((issue: { path?: unknown; message?: unknown }) => ({ path: issue.path, message: issue.message }));
};

const REASON_BY_STATUS: Readonly<Record<number, string>> = {
  400: 'invalid-input',
  404: 'not-found',
  405: 'method-not-allowed',
  413: 'too-big',
  415: 'unsupported-type',
};

/** The body of every failing answer: a stable code and reason, never a stack or a query. */
function errorBody(error: ORPCError<string, unknown>): unknown {
  const data = typeof error.data === 'object' && error.data !== null ? error.data : {};
  const reason =
    'reason' in data && typeof data.reason === 'string' ? data.reason : (REASON_BY_STATUS[error.status] ?? 'internal');
  const issues = issuesOf(data);
  return {
    defined: false,
    code: error.code,
    status: error.status,
    message: error.status >= 500 ? 'Something went wrong on our side' : error.message,
    data: issues === undefined ? { ...data, reason } : { reason, issues },
  };
}

const fromProblem = (problem: Problem): ORPCError<string, unknown> =>
  new ORPCError(problem.code, {
    status: problem.status,
    message: problem.message,
    data: { ...problem.detail, reason: problem.reason },
    cause: problem,
  });

/** Turns what a handler threw into what the wire may carry. Anything unexpected is our fault: logged, answered 500. */
function toWire(error: unknown, log: Log): ORPCError<string, unknown> {
  if (error instanceof Problem) return fromProblem(error);
  if (isAway(error)) {
    log.warn({ err: error }, 'the database does not answer');
    return fromProblem(storeUnavailable(error));
  }
  if (error instanceof ORPCError && error.status < 500) return error;
  log.error({ err: error }, 'a route failed');
  return new ORPCError('INTERNAL_SERVER_ERROR', { status: 500, data: { reason: 'internal' } });
}

type Wire = { readonly status: number; readonly headers: object; readonly body: unknown };

/** Says when to come back, where that helps; and of a fault of ours by what name we find it in our log. */
function finished<Answer extends Wire>(response: Answer, requestId: string): Answer {
  const { status, body, headers } = response;
  const data = typeof body === 'object' && body !== null && 'data' in body ? body.data : undefined;
  const seconds = retryAfter(status, data);
  const told =
    seconds === undefined ? response : { ...response, headers: { ...headers, 'retry-after': String(seconds) } };
  if (status < 500 || typeof body !== 'object' || typeof data !== 'object') return told;
  return { ...told, body: { ...body, data: { ...data, requestId } } };
}

/** What the border itself knows of a request beside what every route does. */
type RequestContext = Context & { readonly requestId: string; readonly log: Log };

/** The product's own routes under `/api`, from the routers of the slices. */
export function apiHandler(options: {
  router: AnyRouter;
  auth: Auth;
  addresses: Addresses;
  /** Resolves when the database answers. */
  ping: () => Promise<void>;
}): RequestHandler {
  const { auth, addresses, ping } = options;
  const handler = new OpenAPIHandler<RequestContext>(options.router, {
    // Bodies of JSON have been read before, within a limit of their own.
    plugins: [new BodyLimitPlugin({ maxBodySize: MAX_UPLOAD_BYTES })],
    customErrorResponseBodyEncoder: errorBody,
    rootInterceptors: [
      async ({ context, next }) => {
        const result = await next();
        return result.matched ? { matched: true, response: finished(result.response, context.requestId) } : result;
      },
    ],
    clientInterceptors: [
      async ({ context, next }) => {
        try {
          return await whileStoreAnswers(next(), ping);
        } catch (error) {
          throw toWire(error, context.log);
        }
      },
    ],
  });
  return async (request, response, next) => {
    const { cookie, authorization } = request.headers;
    const actor = await whileStoreAnswers(auth.identify({ cookie, authorization }), ping);
    const context: RequestContext = {
      actor,
      ip: addresses.clientAddress(request),
      locale: localeOf(request),
      requestId: String(request.id),
      log: request.log,
    };
    // Whoever is not signed in makes us hold no more than a small body: uploads are for members.
    if (actor === null && request.is('multipart/form-data')) return sendProblem(response, 'UNAUTHORIZED', 'no-session');
    // Express strips the mount path from `url`; the routes are declared from the prefix on.
    request.url = request.originalUrl;
    response.setHeader('Cache-Control', 'private, no-store');
    const { matched } = await handler.handle(request as IncomingMessage, response as ServerResponse, {
      prefix: '/api',
      context,
    });
    if (!matched) next();
  };
}
