import type { IncomingMessage, Server, ServerOptions } from 'node:http';
import { createServer } from 'node:http';
import type { Duplex } from 'node:stream';
import type { AnyRouter } from '@orpc/server';
import type { RequestHandler } from 'express';
import express from 'express';
import type { Auth } from '../auth/auth.ts';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import { answers } from '../mongo/patience.ts';
import { framedOrigins } from '../video.ts';
import { apiHandler } from './api.ts';
import { bodies } from './body.ts';
import { createAddresses } from './client-address.ts';
import { clientFiles } from './client-files.ts';
import { jsonOrUpload, nonce, ownOriginOnly, securityHeaders } from './guards.ts';
import type { Metrics } from './metrics.ts';
import { metricsRoute } from './metrics.ts';
import { openApiRoute, routeNames } from './open-api.ts';
import { lastResort, notFound } from './problems.ts';
import { refuseUpgrade } from './refuse-upgrade.ts';
import { requestLog } from './request-log.ts';
import { routeNamer } from './route-names.ts';
import type { Site } from './site.ts';

/** Answers one WebSocket upgrade, or says that the address is not its own. */
export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => boolean;

export type HttpOptions = {
  readonly config: Config;
  readonly log: Log;
  readonly site: Site;
  readonly metrics: Metrics;
  readonly auth: Auth;
  readonly router: AnyRouter;
  /** Resolves when the database answers. */
  readonly ping: () => Promise<void>;
  /** Whether everything else that this instance needs is there. */
  readonly isReady: () => boolean;
};

const health =
  ({ ping, isReady, log }: Pick<HttpOptions, 'ping' | 'isReady' | 'log'>): RequestHandler =>
  async (_request, response) => {
    if (isReady() && (await answers(ping))) {
      response.json({ status: 'ready' });
      return;
    }
    log.warn('not ready: the database or the bus does not answer');
    response.status(503).setHeader('Retry-After', '5').json({ status: 'unavailable' });
  };

/** Times in milliseconds. Sockets over time are looked for every second: cut at most a second late. */
const LIMITS: ServerOptions = {
  maxHeaderSize: 32 * 1024,
  headersTimeout: 8_000,
  requestTimeout: 120_000,
  keepAliveTimeout: 10_000,
  connectionsCheckingInterval: 1_000,
};

/** The whole HTTP side on one server that does not listen yet. */
export function createHttp(options: HttpOptions): Server {
  const { config, log, site, metrics, auth } = options;
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  const addresses = createAddresses(config.trustedProxies);
  const routeOf = routeNamer(routeNames(options.router, auth));
  // Never `true`: a client could then write its own address into a header and escape every limit by it.
  app.set('trust proxy', (address: string) => addresses.isTrusted(address));
  app.use(
    requestLog(log, addresses, routeOf),
    metrics.observeRequests(routeOf),
    nonce,
    securityHeaders(site, framedOrigins(config.video)),
  );
  app.get('/healthz', (_request, response) => {
    response.json({ status: 'alive' });
  });
  app.get('/readyz', health(options));
  app.get('/metrics', metricsRoute(metrics, site, config.metricsToken));
  app.use('/api', ownOriginOnly(site), jsonOrUpload, bodies);
  app.get('/api/openapi.json', openApiRoute(options.router, auth));
  app.all('/api/auth/{*any}', auth.handler);
  app.use('/api', apiHandler({ router: options.router, auth, addresses, ping: options.ping }));
  app.use('/api', notFound);
  app.use(clientFiles());
  app.use(notFound, lastResort);
  const server = createServer(LIMITS, app);
  server.maxRequestsPerSocket = 10_000;
  return server;
}

/** Sends each upgrade to the part that owns its address; an address that nobody owns is closed at once. */
export function routeUpgrades(server: Server, handlers: readonly UpgradeHandler[]): void {
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // A peer that resets while we answer must not become an uncaught error.
    socket.on('error', () => socket.destroy());
    if (handlers.some((handle) => handle(request, socket, head))) return;
    refuseUpgrade(socket, 404);
  });
}
