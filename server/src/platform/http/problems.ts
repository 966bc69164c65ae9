import type { ProblemCode } from '@concert/contract';
import { PROBLEM_STATUS, Problem } from '@concert/contract';
import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import { isAway } from '../mongo/errors.ts';
import { storeUnavailable } from '../mongo/patience.ts';

/** How long to wait before asking again, in seconds, where nobody knows better. */
const RETRY_SECONDS = 5;

/** The `Retry-After` of an answer, in seconds; undefined for those after which waiting does not help. */
export function retryAfter(status: number, data: unknown): number | undefined {
  if (status !== PROBLEM_STATUS.TOO_MANY_REQUESTS && status !== PROBLEM_STATUS.SERVICE_UNAVAILABLE) return undefined;
  const given = typeof data === 'object' && data !== null && 'retryAfter' in data ? data.retryAfter : undefined;
  return typeof given === 'number' ? Math.max(1, Math.ceil(given)) : RETRY_SECONDS;
}

/** Answers a Problem outside the contract's routes, in the same shape. */
export function sendProblem(
  response: Response,
  code: ProblemCode,
  reason: string,
  detail: Readonly<Record<string, unknown>> = {},
): void {
  const status = PROBLEM_STATUS[code];
  const seconds = retryAfter(status, detail);
  if (seconds !== undefined) response.setHeader('Retry-After', String(seconds));
  response.status(status).json({ code, status, message: `${code}: ${reason}`, data: { ...detail, reason } });
}

/** No such route. */
export const notFound: RequestHandler = (_request, response) => sendProblem(response, 'NOT_FOUND', 'not-found');

const statusOf = (error: unknown): number =>
  typeof error === 'object' && error !== null && 'status' in error && typeof error.status === 'number'
    ? error.status
    : 500;

/** The last resort of the HTTP server: what nobody caught is logged in full and answered without detail. */
export const lastResort: ErrorRequestHandler = (error, request, response, next) => {
  if (response.headersSent) return next(error);
  if (error instanceof Problem) return sendProblem(response, error.code, error.reason, error.detail);
  const requestId = String(request.id);
  if (isAway(error)) {
    request.log.warn({ err: error }, 'the database does not answer');
    const { code, reason, detail } = storeUnavailable(error);
    return sendProblem(response, code, reason, { ...detail, requestId });
  }
  const status = statusOf(error);
  if (status === PROBLEM_STATUS.PAYLOAD_TOO_LARGE) return sendProblem(response, 'PAYLOAD_TOO_LARGE', 'too-big');
  if (status >= 400 && status < 500) {
    response.status(status).json({
      code: 'BAD_REQUEST',
      status,
      message: 'The request could not be read',
      data: { reason: 'invalid-input' },
    });
    return;
  }
  request.log.error({ err: error }, 'a request failed');
  response.status(500).json({
    code: 'INTERNAL_SERVER_ERROR',
    status: 500,
    message: 'Something went wrong on our side',
    data: { reason: 'internal', requestId },
  });
};
