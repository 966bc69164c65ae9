import type { ProblemCode } from '@concert/contract';
import { PROBLEM_STATUS, Problem } from '@concert/contract';
import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import type { Log } from '../log.ts';

/** Answers a Problem outside the contract's routes, in the same shape. */
export function sendProblem(response: Response, code: ProblemCode, reason: string): void {
  response
    .status(PROBLEM_STATUS[code])
    .json({ code, status: PROBLEM_STATUS[code], message: `${code}: ${reason}`, data: { reason } });
}

/** No such route. */
export const notFound: RequestHandler = (_request, response) => sendProblem(response, 'NOT_FOUND', 'not-found');

const statusOf = (error: unknown): number =>
  typeof error === 'object' && error !== null && 'status' in error && typeof error.status === 'number'
    ? error.status
    : 500;

/** The last resort of the HTTP server: what nobody caught is logged in full and answered without detail. */
export const lastResort =
  (log: Log): ErrorRequestHandler =>
  (error, _request, response, next) => {
    if (response.headersSent) return next(error);
    if (error instanceof Problem) return sendProblem(response, error.code, error.reason);
    const status = statusOf(error);
    if (status >= 400 && status < 500) {
      response.status(status).json({
        code: 'BAD_REQUEST',
        status,
        message: 'The request could not be read',
        data: { reason: 'invalid-input' },
      });
      return;
    }
    log.error({ err: error }, 'a request failed');
    response.status(500).json({
      code: 'INTERNAL_SERVER_ERROR',
      status: 500,
      message: 'Something went wrong on our side',
      data: { reason: 'internal' },
    });
  };
