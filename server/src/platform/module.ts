import type { AnyRouter } from '@orpc/server';
import type { Db, IndexDescription } from 'mongodb';
import type { Registry } from 'prom-client';
import type { Access } from './access/access.ts';
import type { ActivityPort } from './activity.ts';
import type { Audit } from './audit/audit.ts';
import type { Auth } from './auth/auth.ts';
import type { BodiesPort } from './bodies.ts';
import type { Config } from './config.ts';
import type { Rooms } from './documents/rooms.ts';
import type { DomainEvent } from './events.ts';
import type { FileStore } from './files/file-store.ts';
import type { Health } from './health.ts';
import type { Site } from './http/site.ts';
import type { Limits } from './limits.ts';
import type { Live } from './live/live.ts';
import type { Log } from './log.ts';
import type { Lookups } from './lookups.ts';
import type { Mail } from './mail/mail.ts';
import type { MentionSources } from './mentions.ts';
import type { Compaction } from './mongo/compaction.ts';
import type { NoticesPort } from './notices.ts';
import type { Outbox } from './outbox/outbox.ts';
import type { OutcomesPort } from './outcomes.ts';
import type { PapersPort } from './papers.ts';
import type { PassagesPort } from './passages.ts';
import type { Directory } from './people/directory.ts';
import type { AccountStatus } from './people/status.ts';
import type { PersonalData, PersonalDataHolders } from './personal-data.ts';
import type { Ports } from './ports.ts';
import type { RecordBlocksPort } from './record-blocks.ts';
import type { ResolutionsPort } from './resolutions.ts';
import type { SearchPort } from './search.ts';
import type { SettingsPort } from './settings/settings.ts';
import type { Subjects } from './subjects.ts';

/** What the platform lends to every slice. */
export type Platform = {
  readonly config: Config;
  readonly log: Log;
  readonly ports: Ports;
  /** Where people reach this installation. */
  readonly site: Site;
  /** How this instance is now: database, bus, event loop, live documents with their acknowledgement times, queues. */
  health(): Promise<Health>;
  /** Where a slice registers what it measures. */
  readonly metrics: Registry;
  readonly db: Db;
  /** What administrators have decided for the whole installation. */
  readonly settings: SettingsPort;
  /** The accounts as administration sees and changes them. */
  readonly directory: Directory;
  /** Roles, suspensions and erasures: one change at a time for the whole installation. */
  readonly status: AccountStatus;
  /** What happened that somebody may have to account for. */
  readonly audit: Audit;
  /** Who holds something about people. */
  readonly personalData: PersonalDataHolders;
  readonly auth: Auth;
  readonly access: Access;
  readonly live: Live;
  readonly rooms: Rooms;
  readonly files: FileStore;
  readonly mail: Mail;
  readonly outbox: Outbox;
  /** What slices ask each other without knowing each other. */
  readonly lookups: Lookups;
  /** What can be mentioned, of slices that do not know each other. */
  readonly mentions: MentionSources;
  /** Anything that can be discussed, co-edited or notified about: how slices meet without knowing each other. */
  readonly subjects: Subjects;
  /** The bodies of the governance structure: their seats, mandates and rules. */
  readonly bodies: BodiesPort;
  /** Leaves nothing on the disk of what was overwritten. */
  readonly compaction: Compaction;
  /** Documents that belong to meetings. */
  readonly papers: PapersPort;
  /** What records say in the documents that hold blocks of them. */
  readonly recordBlocks: RecordBlocksPort;
  /** What meetings have voted on. */
  readonly resolutions: ResolutionsPort;
  /** What has come of meetings. */
  readonly outcomes: OutcomesPort;
  /** Passages of documents that are discussed. */
  readonly passages: PassagesPort;
  /** What can be found, and that it has changed. */
  readonly search: SearchPort;
  /** Remembering what people did. */
  readonly activity: ActivityPort;
  /** Telling people what has happened. */
  readonly notices: NoticesPort;
  /** How often somebody may do what costs, or could be used to guess. */
  readonly limits: Limits;
};

/** A slice of the business as the platform sees it. */
export type ServerModule = {
  /** Routes, implementing the slice's contract of packages/domain. */
  readonly router?: AnyRouter;
  /** Routes of further contracts that the slice implements, by their name in the table of contents. */
  readonly otherRouters?: Readonly<Record<string, AnyRouter>>;
  /** Indexes by collection, created at start. */
  readonly indexes?: Readonly<Record<string, readonly IndexDescription[]>>;
  /** What to do after a committed event; repeated deliveries must be harmless. */
  readonly reactions?: Readonly<Record<string, (event: DomainEvent) => Promise<void>>>;
  /** What the slice holds about people: given out and let go of on their request. */
  readonly personalData?: PersonalData;
  /** Runs once everything is mounted; answers how to stop. */
  readonly start?: () => Promise<() => Promise<void>>;
};

/** Declares a slice: called once at start with the platform. */
export const defineModule = <Module extends ServerModule>(make: (platform: Platform) => Module) => make;
