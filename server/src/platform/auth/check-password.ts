import { Problem } from '@concert/contract';
import { nextBeat } from './ask.ts';
import type { Attempts } from './attempts.ts';
import type { Passwords } from './password.ts';

/** Whose password is asked for, and where the question came from; `device` marks a browser that the account knows. */
export type Asked = {
  readonly personId: string;
  readonly email: string;
  readonly address: string;
  readonly device?: string | undefined;
};

/**
 * Demands the password of whoever is signed in: a wrong one counts as a guess.
 * @throws Problem BAD_REQUEST `invalid-password`, TOO_MANY_REQUESTS `too-many-attempts`
 */
export const passwordCheck =
  ({ attempts, passwords }: { attempts: Attempts; passwords: Pick<Passwords, 'isRight'> }) =>
  async ({ personId, email, address, device }: Asked, password: string): Promise<void> => {
    const begun = performance.now();
    const right = await attempts.guard({ account: email, address, device }, async () => {
      const result = await passwords.isRight(personId, password);
      return { failed: !result, result };
    });
    if (right) return;
    await nextBeat(begun);
    throw new Problem('BAD_REQUEST', 'invalid-password');
  };
