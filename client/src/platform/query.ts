import { ProblemBody } from '@concert/contract';
import { api } from '@concert/domain/api.ts';
import { createORPCClient, ORPCError } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { JsonifiedClient } from '@orpc/openapi-client';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';

/** Why a request failed, in stable codes: `reason` is what texts are looked up by (`problem.<reason>`). */
export type ClientProblem = {
  readonly code: string;
  readonly reason: string;
  readonly status: number;
  readonly detail: Readonly<Record<string, unknown>>;
};

/** A failed request to a route outside the contract (those of the authentication library). */
export class RequestError extends Error {
  readonly problem: ClientProblem;

  constructor(problem: ClientProblem) {
    super(`${problem.code}: ${problem.reason}`);
    this.name = 'RequestError';
    this.problem = problem;
  }
}

const link = new OpenAPILink(api, {
  url: () => `${window.location.origin}/api`,
  customErrorResponseBodyDecoder: (body, response) => {
    const parsed = ProblemBody.safeParse(body);
    if (!parsed.success) return null;
    return new ORPCError(parsed.data.code, {
      status: response.status,
      message: parsed.data.message,
      data: parsed.data.data,
    });
  },
});

/** Every route of the contract, typed: `await client.workspaces.get({ id })`. Dates arrive as ISO 8601 strings. */
export const client: JsonifiedClient<ContractRouterClient<typeof api>> = createORPCClient(link);

/** The same routes for TanStack Query: `useQuery(orpc.workspaces.get.queryOptions({ input: { id } }))`. */
export const orpc = createTanstackQueryUtils(client);

/** Reads any failure as a problem: what the server said, no network, or a fault that nobody foresaw. */
export function problemOf(error: unknown): ClientProblem {
  if (error instanceof RequestError) return error.problem;
  if (error instanceof ORPCError) {
    const detail = isRecord(error.data) ? error.data : {};
    const reason = typeof detail.reason === 'string' ? detail.reason : error.code.toLowerCase().replaceAll('_', '-');
    return { code: error.code, reason, status: error.status, detail };
  }
  if (error instanceof TypeError) return { code: 'NETWORK', reason: 'network', status: 0, detail: {} };
  return { code: 'INTERNAL', reason: 'unexpected', status: 500, detail: {} };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Answers the query parameters of the next page of a list. */
export const nextCursor = (page: { next?: string | undefined }): string | undefined => page.next;

/** Refusals are answers: only what may pass by itself (network, overload) is asked again. */
export function worthRetrying(failures: number, error: unknown): boolean {
  const { status } = problemOf(error);
  return failures < 2 && (status === 0 || status >= 502);
}
