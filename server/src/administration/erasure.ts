import { randomBytes } from 'node:crypto';
import { type Actor, LOCALES, Problem } from '@concert/contract';
import { pseudonymCode, pseudonymOf } from '@concert/domain/administration/personal-data.ts';
import { mayErase } from '@concert/domain/administration/rules.ts';
import type { DomainEvent } from '../platform/events.ts';
import type { Platform } from '../platform/module.ts';
import type { Account } from '../platform/people/account.ts';
import type { Erased } from '../platform/personal-data.ts';
import { enforce } from './people.ts';
import { situationOf } from './views.ts';

/** Carried out at least once by the outbox of the account, also after a crash. */
export const ERASING = 'administration.erasing';

const pseudonymFor = (code: string): Erased['pseudonym'] => {
  const [fr, en, it] = LOCALES.map((locale) => pseudonymOf(code, locale));
  return { code, in: { fr: fr ?? code, en: en ?? code, it: it ?? code } };
};

/** Erasing people: begun by one write, after which it always comes to its end. */
export function erasureService(platform: Platform) {
  const { access, audit, auth, directory, log, outbox, personalData, ports, status } = platform;

  const eventFor = (personId: string, actorId?: string): DomainEvent => outbox.event(ERASING, { personId }, actorId);

  /** Every part lets go of the person; the account itself, from which the others are told who it is, comes last. */
  const carryOut = async (account: Account): Promise<void> => {
    const pseudonym = pseudonymFor(account.pseudonym ?? '');
    const erased: Erased = { personId: account.id, name: account.name, email: account.email, pseudonym };
    for (const holder of personalData.all().values()) await holder.erase(erased);
    await directory.erase(account.id, pseudonym.in[account.locale]);
    await access.changed({ personId: account.id });
    await audit.record({
      event: 'administration.erased',
      actorId: null,
      subject: { kind: 'person', id: account.id },
    });
    log.info({ personId: account.id }, 'an account has been erased');
  };

  const newCode = async (): Promise<string> => {
    for (;;) {
      const code = pseudonymCode(randomBytes(4));
      if (!(await directory.isPseudonym(code))) return code;
    }
  };

  return {
    /**
     * Begins to erase a person. Nobody else's work waits for it: who erases their own account hands over first.
     * @throws Problem CONFLICT `last-owner` with `handOver`, `last-administrator`
     */
    begin: async (actor: Actor, personId: string): Promise<'erasing' | 'erased'> => {
      const known = await directory.byId(personId);
      if (known === null) throw new Problem('NOT_FOUND', 'not-found');
      if (known.erasedAt !== undefined) return 'erased';
      const left = actor.personId === personId ? await personalData.toHandOver(personId) : [];
      if (left.length > 0) throw new Problem('CONFLICT', 'last-owner', { detail: { handOver: left } });
      const pseudonym = await newCode();
      await status.change(personId, (now) => {
        if (now.person.erasingAt !== undefined) return null;
        enforce(mayErase(situationOf(actor, now)));
        return {
          erasingAt: ports.now(),
          // From here on nobody comes in under this account any more.
          suspendedAt: now.person.suspendedAt ?? ports.now(),
          pseudonym,
          event: eventFor(personId, actor.personId),
        };
      });
      await auth.endAll(personId);
      await audit.record({
        event: 'administration.erasure-begun',
        actorId: actor.personId,
        credentialId: actor.credentialId,
        subject: { kind: 'person', id: personId },
      });
      outbox.wake('users');
      return 'erasing';
    },
    reactions: {
      [ERASING]: async (event: DomainEvent): Promise<void> => {
        const account = await directory.byId(String(event.data.personId));
        if (account?.erasingAt !== undefined && account.erasedAt === undefined) await carryOut(account);
      },
    },
    /** Takes up again what was put aside after too many failures. */
    resume: async (): Promise<void> => {
      for (const { id } of await directory.erasing()) await directory.push(id, eventFor(id));
      outbox.wake('users');
    },
  };
}
export type ErasureService = ReturnType<typeof erasureService>;
