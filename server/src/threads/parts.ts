import type { Platform } from '../platform/module.ts';
import type { AttachmentStore } from './attachments.ts';
import type { ThreadStore } from './store.ts';

/** What the routes of this slice work with. */
export type Parts = {
  readonly platform: Platform;
  readonly store: ThreadStore;
  readonly attachments: AttachmentStore;
};
