import { LOCALES, Problem } from '@concert/contract';
import type { Request as ExpressRequest } from 'express';
import { localeOf } from '../http/locale.ts';
import { networkOf } from '../limits.ts';
import { type Answer, ask, type Body, type Handle, nextBeat, note, type Parts, reasonOf } from './ask.ts';
import { requireGoodPassword } from './password.ts';
import type { AuthRoute } from './routes.ts';
import { fingerprint } from './secrets.ts';

/** Who has shown the right password and is refused for another reason has not guessed. */
const isGuess = ({ status }: Answer): boolean => status >= 400 && status !== 403;

const userIdOf = (body: unknown): string | undefined => {
  if (typeof body !== 'object' || body === null || !('user' in body)) return undefined;
  const user = body.user;
  return typeof user === 'object' && user !== null && 'id' in user && typeof user.id === 'string' ? user.id : undefined;
};

const sessionTokenOf = (body: unknown): string | undefined =>
  typeof body === 'object' && body !== null && 'token' in body && typeof body.token === 'string'
    ? body.token
    : undefined;

/**
 * Signs in with the library. A password that is changed or reset in between is not the one that was compared, and the
 * sessions that end with it have been ended already: then this one ends too.
 */
async function asksLibrary(parts: Parts, request: ExpressRequest, body: Body): Promise<Answer> {
  const { passwords, people, sessions } = parts;
  const personId = (await people.byEmail(String(body.email)))?.id ?? '';
  const before = await passwords.mark(personId);
  const answer = await ask(parts, request, body, '/api/auth/sign-in/email');
  if (answer.status !== 200 || before === (await passwords.mark(personId))) return answer;
  // Another sign-in may have hashed the same password anew.
  if (await passwords.isRight(personId, String(body.password))) return answer;
  const token = sessionTokenOf(answer.body);
  if (token !== undefined) await sessions.endByToken(token);
  return { status: 401, cookies: [], body: { code: 'INVALID_EMAIL_OR_PASSWORD' } };
}

/** A failure is written down whether there is such an account or not, in the same steps. */
async function noteFailure({ audit, people }: Parts, email: string, reason: string): Promise<void> {
  const person = await people.byEmail(email);
  const subject = person === null ? {} : { subject: { kind: 'person', id: person.id } };
  await audit.record({ event: 'accounts.sign-in-failed', actorId: null, ...subject, data: { reason } });
}

/** Signing in with address and password: failures are counted, the browser is marked, a weak hash is renewed. */
const signingIn =
  (parts: Parts): Handle =>
  async (request, body) => {
    const begun = performance.now();
    const account = String(body.email);
    const device = parts.devices.known(account, request.headers.cookie);
    const answer = await parts.attempts.guard({ account, address: request.ip ?? '', device }, async () => {
      const result = await asksLibrary(parts, request, body);
      return { failed: isGuess(result), result };
    });
    if (answer.status >= 400) {
      await noteFailure(parts, account, reasonOf(answer.body));
      await nextBeat(begun);
      return answer;
    }
    const personId = userIdOf(answer.body);
    if (personId !== undefined) {
      await parts.passwords.strengthen(personId, String(body.password));
      await note(parts, 'signed-in', { personId });
    }
    return device === undefined ? { ...answer, cookies: [...answer.cookies, parts.devices.mark(account)] } : answer;
  };

/** Who signs in anew leaves the session that the browser had before: its cookie is worth nothing any more. */
const leaving =
  (parts: Parts, signIn: Handle): Handle =>
  async (request, body) => {
    const before = await parts.identify({ cookie: request.headers.cookie });
    const answer = await signIn(request, body);
    if (answer.status !== 200 || answer.cookies.length === 0 || before === null) return answer;
    await parts.sessions.end(before.personId, before.credentialId);
    await parts.ended(before.credentialId);
    return answer;
  };

/** Whether somebody with this address may open an account; answers whether the address is shown to be theirs. */
async function admission(parts: Parts, email: string, token: string | undefined): Promise<{ invited: boolean }> {
  const { signUp } = await parts.policy.now();
  if (signUp === 'closed') throw new Problem('FORBIDDEN', 'sign-up-closed');
  const invited = await parts.policy.invites(token, email);
  if (signUp === 'invited' && !invited) throw new Problem('FORBIDDEN', 'sign-up-by-invitation');
  return { invited };
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** A free address is written to more collections than a taken one: a beat that is longer than either. */
const SIGN_UP_BEAT_MS = 300;

/**
 * Opens an account. A taken address is answered as a free one is [A7]: one password hashed, one letter asked for at
 * most, the same answer; only a session, where one begins at once, tells them apart.
 */
function signingUp(parts: Parts, signIn: Handle): Handle {
  const open = async (
    request: ExpressRequest,
    body: Body,
  ): Promise<{ id: string; created: boolean; confirmed: boolean }> => {
    const email = String(body.email);
    const { invited } = await admission(parts, email, textOf(body.invitation));
    const { verifyEmail, defaultRole } = await parts.policy.now();
    await parts.people.dropUnfinished(email);
    const locale = LOCALES.find((known) => known === body.locale) ?? localeOf(request);
    const account = { email, name: String(body.name), password: String(body.password), locale };
    const id = await parts
      .createAccount({ ...account, platformRole: defaultRole, emailVerified: invited })
      .catch((error: unknown) => {
        if (error instanceof Problem && error.reason === 'email-taken') return undefined;
        throw error;
      });
    if (id !== undefined) await note(parts, 'signed-up', { personId: id });
    const confirmed = invited || !verifyEmail;
    if (id === undefined || !confirmed) {
      // Beyond the limit no letter leaves, and nobody is told: the answer would say that there is an account.
      const wait = await parts.limits.spend('lettersToAddress', fingerprint(email));
      if (wait === undefined) await parts.letters.ask({ kind: id === undefined ? 'known' : 'verify', email, locale });
    }
    return { id: id ?? parts.ports.newId(), created: id !== undefined, confirmed };
  };
  return async (request, body) => {
    const begun = performance.now();
    await parts.limits.require('signUpsOfNetwork', networkOf(request.ip ?? ''), 'too-many-attempts');
    const [name, email] = [String(body.name), String(body.email)];
    requireGoodPassword(String(body.password), { name, email });
    const { id, created, confirmed } = await open(request, body);
    const credentials = { email, password: body.password, rememberMe: body.rememberMe };
    const signedIn = created && confirmed ? await signIn(request, credentials) : undefined;
    if (signedIn !== undefined && signedIn.status !== 200) return signedIn;
    // A session that begins says more than any time could.
    if (!confirmed) await nextBeat(begun, SIGN_UP_BEAT_MS);
    // Not whether a session began: it would say whether the address was free. The browser may ask for its session.
    return { status: 200, cookies: signedIn?.cookies ?? [], body: { user: { id, name, email } } };
  };
}

/** The routes through which somebody comes in. */
export function signInRoutes(parts: Parts) {
  const signIn = signingIn(parts);
  return {
    'POST /sign-in/email': leaving(parts, signIn),
    'POST /sign-up/email': leaving(parts, signingUp(parts, signIn)),
  } satisfies Partial<Record<AuthRoute, Handle>>;
}
