import { z } from 'zod';

/**
 * The kinds of expected failure, and the HTTP status each is answered with.
 * Anything thrown that is not a Problem is a fault of ours: it is logged and answered 500 without detail.
 */
export const PROBLEM_STATUS = {
  BAD_REQUEST: 400,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  TOO_MANY_REQUESTS: 429,
  SERVICE_UNAVAILABLE: 503,
} as const;

export type ProblemCode = keyof typeof PROBLEM_STATUS;

/** An expected failure: `code` says which kind, `reason` (kebab-case, stable) says why, and may be shown translated. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly reason: string;
  readonly detail: Readonly<Record<string, unknown>>;

  constructor(code: ProblemCode, reason: string, options: { detail?: Record<string, unknown>; cause?: unknown } = {}) {
    super(`${code}: ${reason}`, { cause: options.cause });
    this.name = 'Problem';
    this.code = code;
    this.reason = reason;
    this.detail = options.detail ?? {};
  }

  get status(): number {
    return PROBLEM_STATUS[this.code];
  }
}

/** What every failing route answers: never a stack, a path or a query. */
export const ProblemBody = z.object({
  code: z.string(),
  status: z.number().int(),
  message: z.string(),
  data: z.object({ reason: z.string() }).loose().optional(),
});
export type ProblemBody = z.infer<typeof ProblemBody>;
