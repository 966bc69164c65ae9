import type { Locale } from '@concert/contract';
import { RequestError } from './query.ts';

type Body = Readonly<Record<string, string | boolean>>;

/** Asks a route of the authentication library, which lives outside the contract. Throws a RequestError. */
async function ask(path: string, body: Body): Promise<void> {
  const response = await fetch(`${window.location.origin}/api/auth/${path}`, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new RequestError(authProblem(response.status, await readJson(response)));
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

export const signInByPassword = (email: string, password: string): Promise<void> =>
  ask('sign-in/email', { email: email.trim().toLowerCase(), password });

export type NewPerson = {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly locale: Locale;
};

/** Creates an account; its language is the one in which the form was filled in. */
export const signUpByPassword = ({ name, email, password, locale }: NewPerson): Promise<void> =>
  ask('sign-up/email', { name: name.trim(), email: email.trim().toLowerCase(), password, locale });

export const endSession = (): Promise<void> => ask('sign-out', {});
