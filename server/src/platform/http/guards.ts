import { randomBytes } from 'node:crypto';
import type { RequestHandler } from 'express';
import helmet from 'helmet';
import { sendProblem } from './problems.ts';
import type { Site } from './site.ts';

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Cross-site requests change nothing: what may change something must name our own origin (ASVS 5.0 3.5). Browsers name
 * the origin of every such request, so one without origin and without cookies is no browser and carries nobody's
 * authority but what it states itself.
 */
export const ownOriginOnly =
  (site: Site): RequestHandler =>
  (request, response, next) => {
    if (READING.has(request.method)) return next();
    const { origin, cookie } = request.headers;
    if (origin === undefined && cookie === undefined && request.headers['sec-fetch-site'] === undefined) return next();
    if (site.isOwnOrigin(origin)) return next();
    sendProblem(response, 'FORBIDDEN', 'cross-site');
  };

/** Where a mail program may send a form: one click that stops letters (RFC 8058 3.1). */
export const ONE_CLICK_PATH = '/notifications/unsubscribe/';

/** A state-changing body is JSON or an upload: forms and plain text are what a foreign page could send unasked. */
export const jsonOrUpload: RequestHandler = (request, response, next) => {
  if (READING.has(request.method)) return next();
  const empty =
    request.headers['content-length'] === '0' ||
    (request.headers['content-length'] === undefined && request.headers['transfer-encoding'] === undefined);
  if (empty || request.is('application/json') || request.is('multipart/form-data')) return next();
  // The address alone says what is to stop, and nobody's cookie is looked at.
  if (request.path.startsWith(ONE_CLICK_PATH) && request.is('application/x-www-form-urlencoded')) return next();
  sendProblem(response, 'UNSUPPORTED_MEDIA_TYPE', 'unsupported-type');
};

/** Gives each response its nonce, in `response.locals.nonce`. */
export const nonce: RequestHandler = (_request, response, next) => {
  response.locals.nonce = randomBytes(16).toString('base64');
  next();
};

/** Security headers of every answer. Scripts come from our own files only; styles also by the response's nonce. */
export function securityHeaders(site: Site): RequestHandler {
  const secure = () => site.url().startsWith('https://');
  const make = (https: boolean) =>
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'self'"],
          scriptSrc: ["'self'"],
          styleSrcElem: [
            "'self'",
            (_request, response) =>
              `'nonce-${'locals' in response ? String((response as { locals?: { nonce?: string } }).locals?.nonce) : ''}'`,
          ],
          styleSrcAttr: ["'none'"],
          imgSrc: ["'self'", 'data:', 'blob:'],
          fontSrc: ["'self'", 'data:'],
          connectSrc: ["'self'", () => site.url().replace(/^http/, 'ws')],
          objectSrc: ["'none'"],
          baseUri: ["'none'"],
          formAction: ["'self'"],
          frameAncestors: ["'none'"],
          ...(https ? { upgradeInsecureRequests: [] } : {}),
        },
      },
      strictTransportSecurity: https ? { maxAge: 31_536_000, includeSubDomains: true } : false,
      referrerPolicy: { policy: 'no-referrer' },
      crossOriginEmbedderPolicy: false,
    });
  const plain = make(false);
  const tls = make(true);
  return (request, response, next) => (secure() ? tls : plain)(request, response, next);
}
