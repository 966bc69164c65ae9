import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AnyRouter } from '@orpc/server';
import type { Db } from 'mongodb';
import { migrations } from './migrations.ts';
import { modules } from './modules.ts';
import { createAccess } from './platform/access/create-access.ts';
import { createActivity } from './platform/activity.ts';
import { createAudit } from './platform/audit/create-audit.ts';
import type { Ended } from './platform/auth/auth.ts';
import { createAuth } from './platform/auth/create-auth.ts';
import { createBodies } from './platform/bodies.ts';
import type { Bus } from './platform/bus/bus.ts';
import { createBus } from './platform/bus/create-bus.ts';
import type { Config } from './platform/config.ts';
import { createRooms } from './platform/documents/create-rooms.ts';
import type { RunningRooms } from './platform/documents/rooms.ts';
import { createFileStore } from './platform/files/create-file-store.ts';
import { createHealth } from './platform/health.ts';
import { createHttp, routeUpgrades } from './platform/http/http.ts';
import { createMetrics } from './platform/http/metrics.ts';
import { routeNames } from './platform/http/open-api.ts';
import { createSite } from './platform/http/site.ts';
import { createLimits } from './platform/limits.ts';
import { createLive } from './platform/live/create-live.ts';
import type { Live } from './platform/live/live.ts';
import type { Log } from './platform/log.ts';
import { createLookups } from './platform/lookups.ts';
import { createMail } from './platform/mail/create-mail.ts';
import { createMentionSources } from './platform/mentions.ts';
import type { Platform, ServerModule } from './platform/module.ts';
import { createCompaction } from './platform/mongo/compaction.ts';
import type { Database } from './platform/mongo/database.ts';
import { createIndexes } from './platform/mongo/database.ts';
import { migrate } from './platform/mongo/migrations.ts';
import { createNotices } from './platform/notices.ts';
import { createOutbox } from './platform/outbox/create-outbox.ts';
import { createOutcomes } from './platform/outcomes.ts';
import { createPapers } from './platform/papers.ts';
import { createPassages } from './platform/passages.ts';
import { accountData, mailData } from './platform/people/account-data.ts';
import { createDirectory } from './platform/people/directory.ts';
import { createAccountStatus } from './platform/people/status.ts';
import { createPersonalDataHolders } from './platform/personal-data.ts';
import type { Ports } from './platform/ports.ts';
import { systemPorts } from './platform/ports.ts';
import { createRecordBlocks } from './platform/record-blocks.ts';
import { createResolutions } from './platform/resolutions.ts';
import { createSearchPort } from './platform/search.ts';
import { createSettings } from './platform/settings/create-settings.ts';
import { carryOutAll } from './platform/steps.ts';
import { createSubjects } from './platform/subjects.ts';
import { isDemonstration } from './seed/seed.ts';

export type AppOptions = {
  readonly config: Config;
  readonly log: Log;
  readonly database: Database;
  readonly ports?: Ports;
};

/** The product with everything mounted: listens when told to, and stops without losing anything. */
export type App = {
  readonly platform: Platform;
  readonly server: Server;
  /** Every route that is mounted, as `METHOD /path` below `/api`. */
  readonly routes: readonly string[];
  /** Starts listening; answers the origin under which people reach the site. */
  listen(): Promise<string>;
  /**
   * Is no longer ready, accepts nothing more, tells open documents and live sockets to come back, writes what is under
   * way, ends. Answers what had to be given up because it took too long or failed: nothing, as a rule.
   */
  stop(): Promise<readonly string[]>;
};

/**
 * Mounts the platform and every slice on one server. The database is the caller's to close.
 * @throws ConfigError for settings that do not go with what the database holds
 * @throws DataTooNew for data of a newer version, without touching them
 */
export async function createApp(options: AppOptions): Promise<App> {
  const { log, database, ports = systemPorts } = options;
  const { db } = database;
  await migrate({ db, migrations, log, ports });
  const config: Config = { ...options.config, demo: await isDemonstration(db, options.config) };
  const site = createSite(config);
  const metrics = createMetrics();
  const bus = await createBus({ redisUrl: config.redisUrl, name: db.databaseName, log });
  const registers = createRegisters({ db, ports, bus, log });
  const access = createAccess({
    ...{ ports, log },
    publish: (match) => bus.publish('access.changed', match),
  });
  const lookups = createLookups();
  const limits = createLimits({ db, enabled: config.rateLimits });
  const outbox = createOutbox({ db, log, ports, alone: config.redisUrl === undefined });
  const auth = await createAuth({
    ...{ db, config, site, log, ports, limits, lookups, outbox },
    settings: registers.settings,
    audit: registers.audit,
    metrics: metrics.registry,
    onEnded: async (match) => {
      bus.publish('auth.ended', match);
      await endHere(platform, match);
    },
  });
  access.registerPeople(auth.people);
  const files = createFileStore({ db });
  const mail = createMail({ db, config, log, ports });
  const { audit } = registers;
  const rooms = await createRooms({
    ...{ db, config, site, log, access, auth, bus, audit, ports },
    metrics: metrics.registry,
  });
  const live = await createLive({ config, site, log, access, auth, bus });
  followRights(bus, { access, live, rooms });
  let stopping = false;
  const health = createHealth({
    startedAt: ports.now(),
    ping: database.ping,
    isStopping: () => stopping,
    hasBus: config.redisUrl !== undefined,
    live,
    rooms,
    outbox,
  });
  metrics.observeHealth(health.read);
  const platform: Platform = {
    config,
    log,
    ports,
    site,
    health: health.read,
    metrics: metrics.registry,
    db,
    ...registers,
    ...{ auth, access, live, rooms, files, mail, outbox, lookups, limits },
  };

  const { slices, router } = mount(platform);
  const held = [...slices, ...registers.personalData.all().values()];
  await createIndexes(db, indexesOf([auth, limits, mail, rooms, registers.directory, registers.audit, ...held]));

  const server = createHttp({
    config,
    log,
    site,
    metrics,
    auth,
    router,
    ping: database.ping,
    isReady: () => !stopping && live.isReady(),
  });
  live.attach(server);
  rooms.serveFallback(live.namespace('/sync'));
  routeUpgrades(server, [rooms.handleUpgrade, live.handleUpgrade]);
  const stopOutbox = await outbox.start(slices.flatMap((slice) => (slice.reactions ? [slice.reactions] : [])));
  const stopSlices = await Promise.all(slices.flatMap((slice) => (slice.start ? [slice.start()] : [])));

  return {
    platform,
    server,
    routes: routeNames(router, auth),
    listen: () => listen(server, config, (port) => site.bound(port)).then(() => site.url()),
    stop: async () => {
      stopping = true;
      health.stop();
      const givenUp = await stopAll(server, { live, rooms, stopOutbox, stopSlices }, log);
      access.stop();
      await bus.stop();
      return givenUp;
    },
  };
}

type Watched = Pick<Platform, 'access' | 'live' | 'rooms'>;

/** Takes every change of rights to the sockets of this instance, whichever instance made it. */
function followRights(bus: Bus, watched: Watched): void {
  const { access, live, rooms } = watched;
  access.onChanged(async (match) => {
    await Promise.all([live.rightsChanged(match), rooms.invalidate(match)]);
  });
  bus.on('access.changed', access.heard);
  bus.on('auth.ended', (match) => endHere(watched, match));
  bus.onReturn(() => access.heard({}));
}

/** Ends what was opened with a session or token that has ended, on this instance. */
async function endHere({ live, rooms }: Pick<Watched, 'live' | 'rooms'>, match: Ended): Promise<void> {
  live.end(match);
  await rooms.invalidate(match);
}

/** Makes every slice, and one router of all their routes. */
function mount(platform: Platform): { slices: readonly ServerModule[]; router: AnyRouter } {
  const made: readonly (readonly [string, ServerModule])[] = Object.entries(modules).map(([name, make]) => [
    name,
    make(platform),
  ]);
  for (const [name, { personalData }] of made)
    if (personalData !== undefined) platform.personalData.register(name, personalData);
  const routers = made.flatMap(([name, { router, otherRouters = {} }]) => [
    ...(router === undefined ? [] : [[name, router] as const]),
    ...Object.entries(otherRouters),
  ]);
  return { slices: made.map(([, slice]) => slice), router: Object.fromEntries(routers) };
}

/** What the installation keeps about itself and its people, beside their accounts. */
function createRegisters({ db, ports, bus, log }: { db: Db; ports: Ports; bus: Bus; log: Log }) {
  const personalData = createPersonalDataHolders();
  personalData.register('account', accountData(db));
  personalData.register('mail', mailData(db));
  return {
    settings: createSettings({ db, ports }),
    directory: createDirectory({ db, now: ports.now }),
    status: createAccountStatus({ db }),
    audit: createAudit({ db, ports }),
    mentions: createMentionSources(),
    subjects: createSubjects(),
    notices: createNotices(),
    activity: createActivity(),
    bodies: createBodies(),
    compaction: createCompaction(db, log),
    papers: createPapers(),
    passages: createPassages(),
    recordBlocks: createRecordBlocks(),
    resolutions: createResolutions(),
    outcomes: createOutcomes(),
    search: createSearchPort(bus),
    personalData,
  };
}

type Parts = {
  readonly live: Pick<Live, 'stop'>;
  readonly rooms: Pick<RunningRooms, 'stop'>;
  readonly stopOutbox: () => Promise<void>;
  readonly stopSlices: readonly (() => Promise<void>)[];
};

/** Ends the parts of a running app, each within its time: ten seconds together at the most. */
async function stopAll(server: Server, parts: Parts, log: Log): Promise<readonly string[]> {
  const answered = stopAccepting(server);
  const textKept = parts.rooms.stop();
  const givenUp = await carryOutAll(
    [
      [
        { name: 'text that could not be saved', withinMs: 7_000, run: () => textKept },
        // Documents may be open over the same connections: what is still said there goes first.
        { name: 'live sockets', withinMs: 7_000, run: () => parts.live.stop(textKept) },
        { name: 'requests under way', withinMs: 7_000, run: () => answered },
        { name: 'events under way', withinMs: 5_000, run: parts.stopOutbox },
      ],
      parts.stopSlices.map((run) => ({ name: 'work of a slice', withinMs: 3_000, run })),
    ],
    log,
  );
  server.closeAllConnections();
  return givenUp;
}

/** Accepts nothing more; resolves when every request under way has been answered. */
function stopAccepting(server: Server): Promise<void> {
  if (!server.listening) return Promise.resolve();
  return new Promise((resolve) => {
    server.close(() => resolve());
    // Whoever keeps a connection for later is told by its end.
    server.prependListener('request', (_request, response) => response.setHeader('Connection', 'close'));
  });
}

type Indexed = { readonly indexes?: ServerModule['indexes'] };

const indexesOf = (parts: readonly Indexed[]) => parts.map((part) => part.indexes ?? {});

async function listen(server: Server, config: Config, bound: (port: number) => void): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.port, config.host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  bound((server.address() as AddressInfo).port);
}
