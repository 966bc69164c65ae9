import type { Workers } from '../platform/documents/workers.ts';
import type { Platform } from '../platform/module.ts';
import type { Projector } from './projector.ts';
import type { DocumentStore } from './store.ts';
import type { VersionStore } from './version-store.ts';
import type { Versions } from './versions.ts';
import type { Jobs } from './worker/jobs.ts';

/** What the routes of this slice work with. */
export type Parts = {
  readonly platform: Platform;
  readonly documents: DocumentStore;
  readonly versionStore: VersionStore;
  readonly versions: Versions;
  readonly projector: Projector;
  /** For what somebody waits for. */
  readonly workers: Workers<Jobs>;
  /** For exports, which may take long. */
  readonly exporters: Workers<Jobs>;
};
