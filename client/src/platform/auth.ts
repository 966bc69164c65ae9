import { Instant, type Locale } from '@concert/contract';
import { z } from 'zod';
import { RequestError } from './query.ts';

type Body = Readonly<Record<string, string | boolean>>;

/** Asks a route of the authentication library, which lives outside the contract. Throws a RequestError. */
async function ask(path: string, body?: Body): Promise<unknown> {
  const response = await fetch(`${window.location.origin}/api/auth/${path}`, {
    credentials: 'same-origin',
    ...(body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const answer = await readJson(response);
  if (!response.ok) throw new RequestError(authProblem(response.status, answer));
  return answer;
}

/** The code of the library in our own form: `INVALID_EMAIL_OR_PASSWORD` → `invalid-email-or-password`. */
export function authProblem(status: number, body: unknown): RequestError['problem'] {
  const fields = typeof body === 'object' && body !== null ? body : {};
  const data = 'data' in fields && typeof fields.data === 'object' && fields.data !== null ? fields.data : {};
  const code = 'code' in fields && typeof fields.code === 'string' ? fields.code : '';
  const reason = 'reason' in data && typeof data.reason === 'string' ? data.reason : kebab(code);
  return { code: code || `HTTP_${status}`, reason: reason || fallbackReason(status), status, detail: { ...data } };
}

const kebab = (code: string): string => code.toLowerCase().replaceAll('_', '-');

const fallbackReason = (status: number): string =>
  status === 429 ? 'too-many-requests' : status === 401 ? 'unauthorized' : status >= 500 ? 'unexpected' : 'bad-request';

// A proxy in between may answer a failure with something that is not JSON: its status then says all there is.
async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

export async function signInByPassword(email: string, password: string): Promise<void> {
  await ask('sign-in/email', { email: plain(email), password });
}

/** An address is compared without its capitals, and typed with spaces around it. */
const plain = (email: string): string => email.trim().toLowerCase();

export type NewPerson = {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly locale: Locale;
  /** The secret of the invitation that led here: it shows that the address is the person's own. */
  readonly invitation?: string;
};

/** What the session route says of this browser: nothing while nobody is signed in. */
const Present = z
  .object({ session: z.object({}).loose() })
  .loose()
  .nullable();

/**
 * Creates an account; its language is the one in which the form was filled in. Answers whether its session began: it
 * does not where the address must be confirmed first.
 */
export async function signUpByPassword({ name, email, ...rest }: NewPerson): Promise<{ signedIn: boolean }> {
  await ask('sign-up/email', { name: name.trim(), email: plain(email), ...rest });
  // The answer is the same for every address, so that it tells nobody who has an account.
  return { signedIn: Present.parse(await ask('get-session')) !== null };
}

export async function endSession(): Promise<void> {
  await ask('sign-out', {});
}

/** Mails a new link that confirms an address. The answer is the same for every address. */
export async function mailVerification(email: string): Promise<void> {
  await ask('send-verification-email', { email: plain(email) });
}

const Confirmed = z.object({ email: z.string().optional() });

/** Confirms an address by the secret mailed to it: of a new account, or of somebody who takes another address. */
export async function confirmAddress(of: 'account' | 'change', token: string): Promise<{ email?: string }> {
  const { email } = Confirmed.parse(await ask(of === 'account' ? 'verify-email' : 'confirm-email', { token }));
  return email ? { email } : {};
}

/** Mails a link by which a new password is chosen. The answer is the same for every address. */
export async function mailReset(email: string): Promise<void> {
  await ask('request-password-reset', { email: plain(email) });
}

/** Chooses a new password by the mailed secret; every session ends, and every token when that is wanted. */
export async function resetPassword(given: {
  readonly token: string;
  readonly newPassword: string;
  readonly revokeTokens: boolean;
}): Promise<void> {
  await ask('reset-password', given);
}

export async function changePassword(given: {
  readonly currentPassword: string;
  readonly newPassword: string;
  readonly revokeOtherSessions: boolean;
  readonly revokeTokens: boolean;
}): Promise<void> {
  await ask('change-password', given);
}

/** Asks for another address; it counts once the link mailed to it was followed. */
export async function changeEmail(newEmail: string, currentPassword: string): Promise<void> {
  await ask('change-email', { newEmail: plain(newEmail), currentPassword });
}

/** A browser or program in which the person is signed in. */
export const OpenSession = z.object({
  id: z.string(),
  createdAt: Instant,
  /** Last use, to the quarter of an hour. */
  updatedAt: Instant,
  expiresAt: Instant,
  userAgent: z.string().default(''),
  current: z.boolean().default(false),
});
export type OpenSession = z.infer<typeof OpenSession>;

/** The key under which the sessions of the signed-in person are kept. */
export const SESSIONS_KEY = ['auth', 'sessions'] as const;

export const readSessions = async (): Promise<OpenSession[]> => z.array(OpenSession).parse(await ask('list-sessions'));

export async function endOneSession(id: string): Promise<void> {
  await ask('revoke-session', { id });
}

/** Ends every session of the person, the one of this page included or not. */
export async function endSessions(which: 'others' | 'all'): Promise<void> {
  await ask(which === 'others' ? 'revoke-other-sessions' : 'revoke-sessions', {});
}
