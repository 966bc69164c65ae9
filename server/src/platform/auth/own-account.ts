import { type Actor, type Locale, Problem } from '@concert/contract';
import type { Request as ExpressRequest } from 'express';
import { localeOf } from '../http/locale.ts';
import { networkOf } from '../limits.ts';
import { done, endSessions, type Handle, mine, nextBeat, note, type Parts } from './ask.ts';
import { passwordCheck } from './check-password.ts';
import type { LinkKind } from './letters.ts';
import { requireGoodPassword } from './password.ts';
import type { AuthRoute } from './routes.ts';
import { fingerprint } from './secrets.ts';
import { sessionCookie } from './session-cookie.ts';

/** Used, expired, replaced, made for another address, or never there: the answer does not say which. */
const badLink = (): Problem => new Problem('BAD_REQUEST', 'bad-link');

/** The password of whoever is signed in, in the browser they are in. */
const requirePassword = (parts: Parts, request: ExpressRequest, { personId, email }: Actor, password: string) => {
  const device = parts.devices.known(email, request.headers.cookie);
  return passwordCheck(parts)({ personId, email, address: request.ip ?? '', device }, password);
};

/** Asks for a letter to an address, for somebody who is not signed in: the same for every address [A7]. */
const asking =
  (parts: Parts, kind: LinkKind): Handle =>
  async (request, body) => {
    const begun = performance.now();
    const email = String(body.email);
    await parts.limits.require('lettersOfNetwork', networkOf(request.ip ?? ''), 'too-many-letters');
    await parts.limits.require('lettersToAddress', fingerprint(email), 'too-many-letters');
    await parts.letters.ask({ kind, email, locale: localeOf(request) });
    await nextBeat(begun);
    return done();
  };

/** Passwords: changed by who is signed in, or chosen anew with a mailed link. */
function passwordRoutes(parts: Parts) {
  const { letters, passwords, people } = parts;
  const tell = (person: { id: string; email: string; locale: Locale }): Promise<void> =>
    letters.ask({
      kind: 'password-changed',
      email: person.email,
      locale: person.locale,
      personId: person.id,
      accountEmail: person.email,
    });
  return {
    'POST /change-password': async (request, body) => {
      const actor = await mine(parts, request);
      const password = String(body.newPassword);
      requireGoodPassword(password, actor);
      await requirePassword(parts, request, actor, String(body.currentPassword));
      await passwords.change(actor.personId, password);
      await letters.forget(actor.personId);
      if (body.revokeOtherSessions === true) await endSessions(parts, actor.personId, actor.credentialId);
      if (body.revokeTokens === true) await parts.revokeTokens(actor.personId);
      const person = await people.byId(actor.personId);
      if (person !== null) await tell(person);
      await note(parts, 'password-changed', actor);
      const renewed = await parts.sessions.renew(actor.credentialId);
      if (renewed === null) throw new Problem('UNAUTHORIZED', 'no-session');
      return done({}, [await sessionCookie(parts, renewed, request.headers.cookie)]);
    },
    'POST /request-password-reset': asking(parts, 'reset'),
    'POST /reset-password': async (_request, body) => {
      const token = String(body.token);
      const found = await letters.look('reset', token);
      const person = found && (await people.byId(found.personId));
      if (!person || person.suspended || person.email !== found?.accountEmail) throw badLink();
      const password = String(body.newPassword);
      // Judged before the link is used up: who chose badly chooses again.
      requireGoodPassword(password, person);
      if ((await letters.take('reset', token)) === null) throw badLink();
      if (!(await passwords.change(person.id, password))) throw badLink();
      await people.confirm(person.id, person.email);
      await letters.forget(person.id);
      await endSessions(parts, person.id);
      // An account that nobody had shown to own may have been opened by a stranger: nothing of theirs stays.
      if (body.revokeTokens === true || !person.emailVerified) await parts.revokeTokens(person.id);
      await tell(person);
      await note(parts, 'password-reset', { personId: person.id });
      // Who reads the mail of the account is no stranger: guesses of others do not keep this browser out.
      return done({}, [parts.devices.mark(person.email)]);
    },
  } satisfies Partial<Record<AuthRoute, Handle>>;
}

/** Access rule A11: who is of an organisation because the address is of its domain, is so while it is. */
async function leaveDomain({ lookups, people }: Parts, personId: string, to: string): Promise<void> {
  const person = await people.byId(personId);
  if (person?.organisationId === undefined || person.organisationConfirmedAt === undefined) return;
  const { organisationId, email } = person;
  const domain = (await lookups.organisationDomains.of([organisationId])).get(organisationId);
  if (domain !== undefined && email.endsWith(`@${domain}`) && !to.endsWith(`@${domain}`))
    await people.unconfirm(personId, organisationId);
}

/** Addresses: confirmed, and changed once the new one has been. */
function addressRoutes(parts: Parts) {
  const { letters, people } = parts;
  return {
    'POST /send-verification-email': asking(parts, 'verify'),
    'POST /verify-email': async (_request, body) => {
      const found = await letters.take('verify', String(body.token));
      if (found === null || !(await people.confirm(found.personId, found.email))) throw badLink();
      await note(parts, 'address-confirmed', found);
      return done({ email: found.email });
    },
    'POST /change-email': async (request, body) => {
      const actor = await mine(parts, request);
      const email = String(body.newEmail);
      await parts.limits.require('lettersOfNetwork', networkOf(request.ip ?? ''), 'too-many-letters');
      await requirePassword(parts, request, actor, String(body.currentPassword));
      if (email === actor.email) throw new Problem('BAD_REQUEST', 'same-address');
      await parts.limits.require('lettersToAddress', fingerprint(email), 'too-many-letters');
      // Whether the address is taken is looked up when the letter is written: its owner alone is told.
      const { personId, email: accountEmail } = actor;
      await letters.askForChange({ email, personId, accountEmail, locale: localeOf(request) });
      return done();
    },
    'POST /confirm-email': async (_request, body) => {
      const found = await letters.take('change', String(body.token));
      if (found === null) throw badLink();
      const { personId, email, accountEmail } = found;
      await leaveDomain(parts, personId, email);
      if (!(await people.move(personId, { from: accountEmail, to: email }))) throw badLink();
      await letters.forget(personId);
      const person = await people.byId(personId);
      if (person !== null)
        await letters.ask({
          kind: 'address-changed',
          email: accountEmail,
          accountEmail: email,
          personId,
          locale: person.locale,
        });
      await note(parts, 'address-changed', { personId });
      return done({ email });
    },
  } satisfies Partial<Record<AuthRoute, Handle>>;
}

/** The routes on one's own account: its password and its address. */
export const ownAccountRoutes = (parts: Parts) => ({ ...passwordRoutes(parts), ...addressRoutes(parts) });
