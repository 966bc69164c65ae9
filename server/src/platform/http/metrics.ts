import { timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import { isLoopback } from '../config.ts';

/** Measurements of one running server, in the Prometheus text format. */
export type Metrics = { readonly registry: Registry; readonly observeRequest: RequestHandler };

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const seconds = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the request to the end of its answer',
    labelNames: ['method', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  });
  const observeRequest: RequestHandler = (request, response, next) => {
    const stop = seconds.startTimer({ method: request.method });
    response.once('finish', () => stop({ status: String(response.statusCode) }));
    next();
  };
  return { registry, observeRequest };
}

const same = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
};

/** What a proxy on this machine adds: behind one, everybody comes from here. */
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'] as const;

/** Whether a request was made on this machine itself, under one of its own names. */
const isLocal = ({ socket, headers, hostname }: Request): boolean =>
  isLoopback(socket.remoteAddress?.replace(/^::ffff:/, '') ?? '') &&
  isLoopback(hostname?.replace(/^\[|\]$/g, '') ?? '') &&
  FORWARDED.every((name) => headers[name] === undefined);

/** `GET /metrics`, from this machine or with the token; for anybody else it does not exist. */
export const metricsRoute =
  (metrics: Metrics, token: string | undefined): RequestHandler =>
  async (request, response, next) => {
    const given = request.headers.authorization?.replace(/^Bearer /, '') ?? '';
    const allowed = token === undefined ? isLocal(request) : same(given, token);
    if (!allowed) return next();
    response.setHeader('Content-Type', metrics.registry.contentType);
    response.send(await metrics.registry.metrics());
  };
