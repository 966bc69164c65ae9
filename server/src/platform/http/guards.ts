import { randomBytes } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
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

/** Where other servers call, with bodies that are signed as they came: of any of their types, and small. */
export const SERVER_CALLS_PATH = '/rooms/';

/** What servers send that call: never a browser, which would name its origin or carry a cookie. */
const isServerCall = (request: Request): boolean =>
  request.path.startsWith(SERVER_CALLS_PATH) &&
  request.headers.cookie === undefined &&
  request.headers.origin === undefined &&
  Boolean(request.is(['application/webhook+json', 'application/x-www-form-urlencoded']));

/** A state-changing body is JSON or an upload: forms and plain text are what a foreign page could send unasked. */
export const jsonOrUpload: RequestHandler = (request, response, next) => {
  if (READING.has(request.method)) return next();
  const empty =
    request.headers['content-length'] === '0' ||
    (request.headers['content-length'] === undefined && request.headers['transfer-encoding'] === undefined);
  if (empty || request.is('application/json') || request.is('multipart/form-data')) return next();
  if (isServerCall(request)) return next();
  // The address alone says what is to stop, and nobody's cookie is looked at.
  if (request.path.startsWith(ONE_CLICK_PATH) && request.is('application/x-www-form-urlencoded')) return next();
  sendProblem(response, 'UNSUPPORTED_MEDIA_TYPE', 'unsupported-type');
};

/** Gives each response its nonce, in `response.locals.nonce`. */
export const nonce: RequestHandler = (_request, response, next) => {
  response.locals.nonce = randomBytes(16).toString('base64');
  next();
};

/**
 * Security headers of every answer. Scripts come from our own files only; styles also by the response's nonce. No other
 * page is shown inside ours but those of `framed` origins, which alone may be given camera, microphone and screen.
 */
export function securityHeaders(site: Site, framed: readonly string[]): RequestHandler {
  const shown = framed.length === 0 ? ["'none'"] : [...framed];
  const lent = framed.length === 0 ? '()' : `(self ${framed.map((origin) => `"${origin}"`).join(' ')})`;
  const permissions = ['camera', 'microphone', 'display-capture'].map((what) => `${what}=${lent}`).join(', ');
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
          frameSrc: shown,
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
  return (request, response, next) => {
    response.setHeader('Permissions-Policy', permissions);
    (secure() ? tls : plain)(request, response, next);
  };
}
