import type { Platform } from '../platform/module.ts';
import type { ErasureService } from './erasure.ts';
import type { Invitations } from './invite.ts';

/** What the routes of this slice work with. */
export type AdministrationParts = {
  readonly platform: Platform;
  readonly erasure: ErasureService;
  readonly invitations: Invitations;
  /** Names this process among its likes. */
  readonly instanceId: string;
};
