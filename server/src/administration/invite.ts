import { type Actor, type Locale, type PlatformRole, Problem } from '@concert/contract';
import { newSecret } from '../platform/auth/secrets.ts';
import type { DomainEvent } from '../platform/events.ts';
import type { Platform } from '../platform/module.ts';
import { accountLetter } from './letter.ts';
import { peopleService } from './people.ts';

const INVITED = 'administration.invited';

type Invited = {
  readonly email: string;
  readonly name: string;
  readonly platformRole: PlatformRole;
  readonly locale: Locale;
};

/** Accounts that wait for their owners: made with a role, and with a password that nobody knows. */
export function invitations(platform: Platform) {
  const { auth, directory, limits, mail, outbox, settings } = platform;
  const { note } = peopleService(platform);

  const spend = (actor: Actor): Promise<void> =>
    limits.require('invitationsOfStaff', actor.personId, 'too-many-invitations');

  const ask = async (actor: Actor, personId: string): Promise<void> => {
    await directory.invited(personId, outbox.event(INVITED, { personId }, actor.personId));
    outbox.wake('users');
    await note(actor, 'invited', personId);
  };

  return {
    /** @throws Problem CONFLICT `email-taken` */
    invite: async (actor: Actor, invited: Invited): Promise<string> => {
      await spend(actor);
      const id = await auth.createAccount({ ...invited, password: newSecret(), emailVerified: false });
      await ask(actor, id);
      return id;
    },
    /** @throws Problem CONFLICT `already-there` for somebody whose address is confirmed or who is suspended */
    again: async (actor: Actor, personId: string): Promise<void> => {
      const account = await directory.byId(personId);
      if (account === null) throw new Problem('NOT_FOUND', 'not-found');
      if (account.emailVerified || account.suspendedAt !== undefined) throw new Problem('CONFLICT', 'already-there');
      await spend(actor);
      await ask(actor, personId);
    },
    reactions: {
      [INVITED]: async (event: DomainEvent): Promise<void> => {
        const account = await directory.byId(String(event.data.personId));
        // Has come, was suspended or erased before the letter left: there is nothing to send any more.
        if (account === null || account.emailVerified || account.suspendedAt !== undefined) return;
        const [{ name }, inviter] = await Promise.all([
          settings.get(),
          event.actorId === undefined ? null : auth.people.byId(event.actorId),
        ]);
        const { link, expiresAt } = await auth.letters.offer(event.id, account);
        const letter = accountLetter({
          locale: account.locale,
          installation: name[account.locale],
          inviter: inviter?.name ?? '',
          role: account.platformRole,
          link,
          expiresAt,
        });
        await mail.send({ to: account.email, ...letter, messageId: event.id });
      },
    },
  };
}
export type Invitations = ReturnType<typeof invitations>;
