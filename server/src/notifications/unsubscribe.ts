import { timingSafeEqual } from 'node:crypto';
import { MAILED, type Mailed, type Preferences } from '@concert/domain/notifications/preferences.ts';
import type { Auth } from '../platform/auth/auth.ts';

/** What one click stops: one kind of letter, or digests. */
export type StopKind = Mailed | 'digest';

const KINDS: readonly StopKind[] = [...MAILED, 'digest'];

type Deriving = Pick<Auth, 'derive'>;

const secretOf = (auth: Deriving, personId: string, kind: StopKind): string =>
  auth.derive(`notifications-stop:${kind}:${personId}`);

/** The end of a link that stops letters for one person, for as long as the installation keeps its secret. */
export const stopKeyOf = (auth: Deriving, personId: string, kind: StopKind): string =>
  [kind, personId, secretOf(auth, personId, kind)].join('.');

const same = (one: string, other: string): boolean => {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
};

/** Whose letters a link stops, and which, or null when it is none of ours. */
export function readStopKey(auth: Deriving, key: string): { personId: string; of: StopKind } | null {
  const [named = '', personId = '', secret = '', ...more] = key.split('.');
  const of = KINDS.find((kind) => kind === named);
  if (of === undefined || more.length > 0 || !same(secret, secretOf(auth, personId, of))) return null;
  return { personId, of };
}

/** The kinds of events that are not mailed any more: of digests, all that came by one. */
export const stoppedKinds = (of: StopKind, mail: Preferences['mail']): readonly Mailed[] =>
  of === 'digest' ? MAILED.filter((kind) => mail[kind] === 'daily' || mail[kind] === 'weekly') : [of];
