import type { PlatformRole } from '@concert/contract';
import { isRunning, type MandateTerms } from './mandates.ts';

/** Somebody in relation to a body. */
export type Reader = {
  readonly personId: string;
  readonly platformRole: PlatformRole;
  /** Whether they come with a limited token. */
  readonly limited: boolean;
};

type Led = { readonly mandates: readonly MandateTerms[] };

export const CONDUCTING: ReadonlySet<string> = new Set(['chair', 'vice-chair', 'secretary']);

/** [G12] Who acts for a body: prepares and conducts its meetings, keeps its decisions and its action items. */
export const conducts = (body: Led, { personId, platformRole, limited }: Reader, now: Date): boolean =>
  !limited &&
  (platformRole === 'administrator' ||
    platformRole === 'secretariat' ||
    body.mandates.some((one) => one.personId === personId && CONDUCTING.has(one.role) && isRunning(one, now)));

/** [G12] Who chairs a body. */
export const chairs = (body: Led, personId: string, now: Date): boolean =>
  body.mandates.some(
    (one) => one.personId === personId && (one.role === 'chair' || one.role === 'vice-chair') && isRunning(one, now),
  );
