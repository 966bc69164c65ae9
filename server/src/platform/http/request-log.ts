import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import { pinoHttp } from 'pino-http';
import type { Log } from '../log.ts';
import type { Addresses } from './client-address.ts';
import type { RouteOf } from './route-names.ts';

/** What proxies write: a UUID, or 32 hexadecimal digits. Nothing that could be anything else in a log. */
const WELL_FORMED = /^[A-Za-z0-9-]{8,36}$/;
const HEADER = 'X-Request-Id';

/** The id of a request: a trusted proxy's, so that its log and ours can be read together; else one of our own. */
function idOf(request: IncomingMessage, { isTrusted }: Addresses): string {
  const given = request.headers['x-request-id'];
  const believed =
    typeof given === 'string' && WELL_FORMED.test(given) && isTrusted(request.socket.remoteAddress ?? '');
  return believed ? given : randomUUID();
}

/**
 * Gives each request an id, which its answer carries in `X-Request-Id`, and a log that says it on every line
 * (`request.log`). One line tells of each answer; it names the route, never the address.
 */
export function requestLog(log: Log, addresses: Addresses, routeOf: RouteOf): RequestHandler {
  const logged = pinoHttp({
    logger: log,
    quietReqLogger: true,
    customAttributeKeys: { reqId: 'requestId', req: 'request', res: 'response', responseTime: 'ms' },
    genReqId: (request) => idOf(request, addresses),
    serializers: {
      request: (request: IncomingMessage) => ({
        method: request.method,
        route: routeOf(request),
        address: addresses.clientAddress(request),
      }),
      response: ({ statusCode, headersSent }: { statusCode: number; headersSent: boolean }) => ({
        status: headersSent ? statusCode : null,
      }),
    },
    wrapSerializers: false,
    autoLogging: { ignore: ({ url }) => url === '/healthz' || url === '/readyz' },
    customLogLevel: (_request, response) => (response.statusCode >= 500 ? 'warn' : 'debug'),
    customSuccessMessage: () => 'answered',
    customErrorMessage: () => 'answered',
    // The error itself has been told where it was met.
    customErrorObject: (_request, response, _error, { ms }) => ({ response, ms }),
  });
  return (request, response, next) => {
    logged(request, response);
    response.setHeader(HEADER, String(request.id));
    next();
  };
}
