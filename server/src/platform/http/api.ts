import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Locale } from '@concert/contract';
import { LOCALES, Problem } from '@concert/contract';
import { OpenAPIHandler } from '@orpc/openapi/node';
import type { AnyRouter } from '@orpc/server';
import { ORPCError } from '@orpc/server';
import { BodyLimitPlugin } from '@orpc/server/node';
import type { Request, RequestHandler } from 'express';
import type { Auth } from '../auth/auth.ts';
import type { Log } from '../log.ts';
import type { Context } from './route.ts';

/** JSON bodies are small; only uploads are not. */
const MAX_JSON_BYTES = 1024 * 1024;
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

/** Turns what a handler threw into what the wire may carry. Anything unexpected is our fault: logged, answered 500. */
function toWire(error: unknown, log: Log): ORPCError<string, unknown> {
  if (error instanceof Problem)
    return new ORPCError(error.code, {
      status: error.status,
      message: error.message,
      data: { ...error.detail, reason: error.reason },
      cause: error,
    });
  if (error instanceof ORPCError && error.status < 500) return error;
  log.error({ err: error }, 'a route failed');
  return new ORPCError('INTERNAL_SERVER_ERROR', { status: 500, data: { reason: 'internal' } });
}

const localeOf = (request: Request): Locale => {
  const preferred = request.acceptsLanguages(...LOCALES);
  return LOCALES.find((locale) => locale === preferred) ?? 'fr';
};

/** The product's own routes under `/api`, from the routers of the slices. */
export function apiHandler(options: { router: AnyRouter; auth: Auth; log: Log }): RequestHandler {
  const handlerFor = (maxBodySize: number) =>
    new OpenAPIHandler<Context>(options.router, {
      plugins: [new BodyLimitPlugin({ maxBodySize })],
      customErrorResponseBodyEncoder: errorBody,
      clientInterceptors: [
        async ({ next }) => {
          try {
            return await next();
          } catch (error) {
            throw toWire(error, options.log);
          }
        },
      ],
    });
  const json = handlerFor(MAX_JSON_BYTES);
  const upload = handlerFor(MAX_UPLOAD_BYTES);
  return async (request, response, next) => {
    const actor = await options.auth.identify({
      cookie: request.headers.cookie,
      authorization: request.headers.authorization,
    });
    const context: Context = { actor, ip: request.ip ?? '', locale: localeOf(request) };
    // Whoever is not signed in makes us hold no more than a small body.
    const handler = actor !== null && request.is('multipart/form-data') ? upload : json;
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
