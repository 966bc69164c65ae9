import { no, type Verdict, yes } from '@concert/contract';
import { chairs, conducts, type Reader } from '../governance/conducting.ts';
import { isRunning, type MandateTerms } from '../governance/mandates.ts';

/** A body as its register of decisions sees it. */
export type DecidingBody = { readonly mandates: readonly MandateTerms[] };

/** A decision as far as it matters who sees it. */
type Seen = {
  readonly drafted: boolean;
  readonly published: boolean;
  readonly decidedAt: Date;
  /** Whether a conflict of interest keeps the reader from the item it was taken on. */
  readonly barred: boolean;
};

/** Who has a mandate in a body now, or had one at an instant. */
export const isOf = (body: DecidingBody, personId: string, at: Date, now: Date): boolean =>
  body.mandates.some((one) => one.personId === personId && (isRunning(one, now) || isRunning(one, at)));

/**
 * [R2] Drafts are seen by who acts for the body; what was adopted, by who has a mandate in it now, or had one when it was
 * decided, too; what is published, by every member of the platform. Who is barred from the item waits for that.
 */
export function seesDecision(
  body: DecidingBody,
  reader: Reader,
  { drafted, published, decidedAt, barred }: Seen,
  now: Date,
): boolean {
  if (reader.limited) return false;
  if (published && reader.platformRole !== 'guest') return true;
  if (barred) return false;
  if (conducts(body, reader, now)) return true;
  return !drafted && isOf(body, reader.personId, decidedAt, now);
}

export type SignRefusal = 'not-sitting' | 'already-signed' | 'not-in-force' | 'hash-differs' | 'decision-not-adopted';

/** A decision as far as it matters who signs it. */
type Signed = {
  readonly adopted: boolean;
  readonly inForce: boolean;
  readonly hash?: string;
  readonly signers: readonly string[];
};

/** [R9] Signs who sits in the body now, once, and what they have read. */
export function maySign(
  body: DecidingBody,
  personId: string,
  { adopted, inForce, hash, signers }: Signed,
  read: string,
  now: Date,
): Verdict<SignRefusal> {
  const sits = body.mandates.some((one) => one.personId === personId && one.role !== 'observer' && isRunning(one, now));
  if (!sits) return no('not-sitting');
  if (!adopted) return no('decision-not-adopted');
  if (!inForce) return no('not-in-force');
  if (signers.includes(personId)) return no('already-signed');
  return hash === read ? yes : no('hash-differs');
}

/** [R9] Whose signature makes a decision a signed one. */
export const signsForAll = (body: DecidingBody, personId: string, now: Date): boolean => chairs(body, personId, now);
