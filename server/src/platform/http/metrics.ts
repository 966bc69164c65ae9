import { timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { isLoopback } from '../config.ts';
import type { Health } from '../health.ts';
import type { RouteOf } from './route-names.ts';
import type { Site } from './site.ts';

/** Measurements of one running server, in the Prometheus text format. */
export type Metrics = {
  readonly registry: Registry;
  /** Measures every request under the name of its route: no id is ever a label. */
  observeRequests(routeOf: RouteOf): RequestHandler;
  /** Shows what an instance knows of itself, read anew for every answer. */
  observeHealth(read: () => Promise<Health>): void;
};

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PATCH', 'DELETE', 'PUT', 'OPTIONS']);
/** Routes whose refusals are somebody who does not know a password. */
const SIGN_IN = '/api/auth/sign-in/email';

function requestMeasures(registry: Registry) {
  return {
    seconds: new Histogram({
      name: 'http_request_duration_seconds',
      help: 'Time from the request to the end of its answer',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.025, 0.1, 0.25, 1, 5],
      registers: [registry],
    }),
    limited: new Counter({
      name: 'http_requests_limited_total',
      help: 'Requests answered 429',
      labelNames: ['route'],
      registers: [registry],
    }),
    failedSignIns: new Counter({
      name: 'sign_in_failures_total',
      help: 'Sign-ins refused for their address or password, or for too many of them',
      registers: [registry],
    }),
  };
}

const truth = (is: boolean): number => (is ? 1 : 0);

/** What cannot be told is shown as not a number, not as none. */
const HEALTH: readonly (readonly [name: string, help: string, value: (health: Health) => number | null])[] = [
  ['ready', '1 while /readyz says so', ({ ready }) => truth(ready)],
  ['database_up', '1 while the database answers', ({ database }) => truth(database.answers)],
  [
    'database_ping_seconds',
    'Time the database took to answer a ping',
    ({ database: { ms } }) => (ms === null ? null : ms / 1_000),
  ],
  ['bus_up', '1 while the other instances can be reached, or there are none', ({ bus }) => truth(bus !== 'away')],
  ['live_sockets', 'Open sockets for live news', ({ liveSockets }) => liveSockets],
  ['events_waiting', 'Records whose events (mails among them) wait to be carried out', ({ events }) => events.waiting],
  ['events_failed', 'Events put aside after failing too often', ({ events }) => events.failed],
];

function observeHealth(registry: Registry, read: () => Promise<Health>): void {
  let reading: Promise<Health> | undefined;
  /** One reading for all that are asked at the same time. */
  const once = (): Promise<Health> => {
    reading ??= read().finally(() => {
      reading = undefined;
    });
    return reading;
  };
  for (const [name, help, value] of HEALTH)
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        this.set(value(await once()) ?? Number.NaN);
      },
    });
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const { seconds, limited, failedSignIns } = requestMeasures(registry);
  const observeRequests =
    (routeOf: RouteOf): RequestHandler =>
    (request, response, next) => {
      const route = routeOf({ method: request.method, url: request.originalUrl });
      const stop = seconds.startTimer({ method: METHODS.has(request.method) ? request.method : 'other', route });
      response.once('finish', () => {
        const { statusCode } = response;
        stop({ status: String(statusCode) });
        if (statusCode === 429) limited.inc({ route });
        if (route === SIGN_IN && (statusCode === 401 || statusCode === 429)) failedSignIns.inc();
      });
      next();
    };
  return { registry, observeRequests, observeHealth: (read) => observeHealth(registry, read) };
}

const same = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
};

/** What a proxy on this machine adds: behind one, everybody comes from here. */
const FORWARDED = [
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
  'via',
] as const;

const nameOf = (host: string | undefined): string => {
  try {
    return new URL(`http://${host ?? ''}`).hostname.replace(/^\[|\]$/g, '');
  } catch {
    // What is no host name is no name of this machine either.
    return '';
  }
};

/**
 * Whether a request was made on this machine itself, under one of its own names. Where the site has a public address a
 * proxy stands before this port, and a proxy need not say that it is one: then nobody is taken to be local.
 */
const isLocal = (site: Site, { socket, headers }: Request): boolean =>
  isLoopback(nameOf(new URL(site.url()).host)) &&
  isLoopback(socket.remoteAddress?.replace(/^::ffff:/, '') ?? '') &&
  isLoopback(nameOf(headers.host)) &&
  FORWARDED.every((name) => headers[name] === undefined);

/** `GET /metrics`, with the token; where none is set, from this machine. For anybody else it does not exist. */
export const metricsRoute =
  ({ registry }: Metrics, site: Site, token: string | undefined): RequestHandler =>
  async (request, response, next) => {
    const given = request.headers.authorization?.replace(/^Bearer /, '') ?? '';
    const allowed = token === undefined ? isLocal(site, request) : same(given, token);
    if (!allowed) return next();
    response.setHeader('Cache-Control', 'no-store');
    response.setHeader('Content-Type', registry.contentType);
    response.send(await registry.metrics());
  };
