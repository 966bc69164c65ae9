import { Problem } from '@concert/contract';
import { LETTER_EVENT } from '../platform/auth/letters.ts';
import type { DomainEvent } from '../platform/events.ts';
import type { Platform } from '../platform/module.ts';
import { accountLetter } from './letters.ts';

/** Letters about accounts leave after what they tell of is written, out of sight of whoever asked for them. */
export function accountReactions({ access, auth, mail }: Platform) {
  const sendLetter = async (event: DomainEvent): Promise<void> => {
    const id = event.data.letterId;
    if (typeof id !== 'string') throw new Problem('BAD_REQUEST', 'bad-event', { detail: { type: event.type } });
    const letter = await auth.letters.prepare(id);
    if (letter === null) return;
    await mail.send({ to: letter.to, ...accountLetter(letter), messageId: event.id });
    // With the address a right may have gone: that of an organisation whose domain it had.
    if (letter.kind === 'address-changed') await access.changed({ personId: letter.personId });
    await auth.letters.sent({ id, kind: letter.kind });
  };
  return { [LETTER_EVENT]: sendLetter };
}
