import { Email, Id, LOCALES, Locale, PROBLEM_STATUS, ProblemBody, type ProblemCode } from '@concert/contract';
import { LinkToken, Password, PersonName } from '@concert/domain/accounts/api.ts';
import { z } from 'zod';

/** What a sign-in may be asked with: any password length that may be right, so that the answer says nothing. */
const GivenPassword = z.string().min(1).max(256);

/**
 * Every route under `/api/auth`, with what it takes. What is not in this table does not exist: social providers,
 * magic links and the rest of the library are not offered.
 */
export const AUTH_ROUTES = {
  'POST /sign-up/email': {
    summary: 'Open an account',
    body: z
      .object({
        name: PersonName,
        email: Email,
        password: Password,
        locale: Locale.optional(),
        rememberMe: z.boolean().optional(),
        /** Of an invitation to a workspace that went to this address: it shows that the address is the person's own. */
        invitation: LinkToken.optional(),
      })
      .strict(),
  },
  'POST /sign-in/email': {
    summary: 'Sign in with address and password',
    body: z.object({ email: Email, password: GivenPassword, rememberMe: z.boolean().optional() }).strict(),
  },
  'POST /sign-out': { summary: 'End this session', body: z.object({}).strict() },
  'GET /get-session': { summary: 'The session and its person, or null', body: undefined },
  'GET /list-sessions': { summary: 'My open sessions', body: undefined },
  'POST /revoke-session': { summary: 'End one of my sessions', body: z.object({ id: Id }).strict() },
  'POST /revoke-sessions': { summary: 'End all my sessions', body: z.object({}).strict() },
  'POST /revoke-other-sessions': { summary: 'End all my sessions but this one', body: z.object({}).strict() },
  'POST /change-password': {
    summary: 'Change my password',
    body: z
      .object({
        currentPassword: GivenPassword,
        newPassword: Password,
        revokeOtherSessions: z.boolean().optional(),
        revokeTokens: z.boolean().optional(),
      })
      .strict(),
  },
  'POST /send-verification-email': {
    summary: 'Mail a new link that confirms an address; the answer says nothing about the address',
    body: z.object({ email: Email }).strict(),
  },
  'POST /verify-email': {
    summary: 'Confirm an address with the mailed secret',
    body: z.object({ token: LinkToken }).strict(),
  },
  'POST /request-password-reset': {
    summary: 'Mail a link to choose a new password; the answer says nothing about the address',
    body: z.object({ email: Email }).strict(),
  },
  'POST /reset-password': {
    summary: 'Choose a new password with the mailed secret; ends every session',
    body: z.object({ token: LinkToken, newPassword: Password, revokeTokens: z.boolean().optional() }).strict(),
  },
  'POST /change-email': {
    summary: 'Ask for another address; it counts once the link mailed to it was followed',
    body: z.object({ newEmail: Email, currentPassword: GivenPassword }).strict(),
  },
  'POST /confirm-email': {
    summary: 'Take the new address with the secret mailed to it',
    body: z.object({ token: LinkToken }).strict(),
  },
} as const;

export type AuthRoute = keyof typeof AUTH_ROUTES;

/** The table's routes as `METHOD /path` below `/api`. */
export const authRouteNames: readonly string[] = Object.keys(AUTH_ROUTES).map((name) => name.replace(' ', ' /auth'));

/** The route that a request names, or undefined. */
export const authRoute = (method: string, path: string): AuthRoute | undefined => {
  const key = `${method} ${path.replace(/^\/api\/auth/, '')}`;
  return key in AUTH_ROUTES ? (key as AuthRoute) : undefined;
};

/** The kind of Problem that goes with a status of the library; 422 is its word for a conflict. */
export const problemOf = (status: number): ProblemCode => {
  if (status === 422) return 'CONFLICT';
  const known = Object.entries(PROBLEM_STATUS).find(([, value]) => value === status);
  return (known?.[0] as ProblemCode | undefined) ?? 'BAD_REQUEST';
};

const json = (schema: unknown) => ({ content: { 'application/json': { schema } } });

const UserSchema = {
  type: 'object',
  properties: {
    id: { type: 'string' },
    name: { type: 'string' },
    email: { type: 'string' },
    locale: { enum: LOCALES },
    color: { type: 'string' },
    platformRole: { type: 'string' },
  },
} as const;

const SessionSchema = {
  type: 'object',
  properties: {
    id: { type: 'string' },
    userId: { type: 'string' },
    expiresAt: { type: 'string', format: 'date-time' },
  },
} as const;

const ANSWERS: Partial<Record<AuthRoute, unknown>> = {
  'POST /sign-up/email': {
    type: 'object',
    /** The same for an address that has an account already: a mail tells its owner. */
    properties: { user: UserSchema },
  },
  'POST /sign-in/email': { type: 'object', properties: { user: UserSchema } },
  'POST /verify-email': { type: 'object', properties: { email: { type: 'string' } } },
  'POST /confirm-email': { type: 'object', properties: { email: { type: 'string' } } },
  'GET /get-session': { type: ['object', 'null'], properties: { session: SessionSchema, user: UserSchema } },
  'GET /list-sessions': { type: 'array', items: SessionSchema },
};

/** OpenAPI 3.1 of the table above. */
export function authPaths(): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [key, route] of Object.entries(AUTH_ROUTES)) {
    const [method = '', path = ''] = key.split(' ');
    paths[`/auth${path}`] = {
      [method.toLowerCase()]: {
        operationId: `auth.${path.slice(1).replaceAll('/', '-')}`,
        tags: ['auth'],
        summary: route.summary,
        ...(route.body === undefined
          ? {}
          : { requestBody: { required: true, ...json(z.toJSONSchema(route.body, { io: 'input' })) } }),
        responses: {
          200: { description: 'OK', ...json(ANSWERS[key as AuthRoute] ?? { type: 'object' }) },
          default: { description: 'A problem', ...json(z.toJSONSchema(ProblemBody)) },
        },
      },
    };
  }
  return paths;
}
